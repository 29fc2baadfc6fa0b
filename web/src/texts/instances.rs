//! Texts of the list of instances.

super::texts! {
    LEAD: "All instances of this account in this region.", "当前账号在该地域的全部实例。";
    SEARCH_FOR: "Instance ID or part of a description", "实例 ID 或描述的一部分";
    FILTER: "Filter this page by ID, description, tag or state", "按 ID、描述、标签或状态筛选本页";
    MATCHES: "Matching: {number}", "匹配：{number}";
    NO_MATCH: "Nothing in this list matches the filter.", "列表中没有符合筛选条件的内容。";
    CLEAR_FILTER: "Clear filter", "清除筛选";
    SEARCH: "Search", "搜索";
    REFRESH: "Refresh", "刷新";
    NONE: "There are no instances yet.", "还没有实例。";
    NONE_FOUND: "No instance matches. An ID must be complete.", "没有匹配的实例。实例 ID 须完整。";
    FAILED: "The list cannot be read", "无法读取列表";
    RETRY: "Try again", "重试";
    PAGES: "Pages of the list", "列表分页";
    FIRST: "First", "首页";
    PREVIOUS: "Previous", "上一页";
    NEXT: "Next", "下一页";
    LAST: "Last", "末页";
    OF: "of {total}", "（共 {total} 个）";
    ORDER: "order {key}", "订单 {key}";

    DETAILS: "Details", "详情";
    DETAILS_OF: "Details: {id}", "详情：{id}";
    CLOSE: "Close", "关闭";
    DETAILS_FAILED: "The details cannot be read: {why}", "无法读取更多信息：{why}";

    IS_READY: "Ready", "可用";
    IS_INIT: "Being created", "创建中";
    IS_UPDATING: "Being configured", "配置中";
    IS_WAITING: "To be configured", "待配置";

    DESCRIPTION: "Description", "描述";
    QUOTED: "Price when it was bought", "购买时的报价";
    COMMODITY: "Commodity code", "商品代码";
    UPDATED_AT: "Changed", "更新时间";
    EXPIRES_AT: "Term ends", "到期时间";
    LOCK_MODE: "Lock", "锁定状态";
    UNLOCKED: "Not locked", "未锁定";
    IN_DEBT: "Bill overdue", "是否欠费";
    EDITION: "Edition", "版本类型";
    VERSION: "Version", "版本";
    BS_VERSION: "Version of the machines", "机器版本";
    USER_NAME: "User", "用户名";
    NEW_MODE: "New console", "新版控制台";
    ZONES: "Zones", "可用区数";
    VPC: "VPC", "专有网络 VPC";
    V_SWITCH: "vSwitch", "交换机 vSwitch";
    ENDPOINT: "Endpoint in the VPC", "内网地址";
    PUBLIC_ENDPOINT: "Endpoint on the internet", "公网地址";
    ALLOW: "Allowed from the internet", "公网白名单";
    QRS: "Query nodes", "查询节点";
    SEARCHERS: "Data nodes", "数据节点";
    CORES: "{number} cores", "{number} 核";
    MEMORY: "{number} GB memory", "{number} GB 内存";
    STORAGE: "{number} GB storage", "{number} GB 存储";
}
