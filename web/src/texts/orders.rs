//! Texts of the orders.

super::texts! {
    ORDERS: "Orders", "订单";
    LEAD: "Your orders through this proxy, the newest first.", "您通过此代理服务器提交的订单，最新的在前。";
    FILTER: "Filter this list by key, instance, state, region or tag", "按幂等键、实例、状态、地域或标签筛选此列表";
    NONE: "There are no orders yet.", "还没有订单。";
    FAILED: "The orders cannot be read", "无法读取订单";
    MORE: "Show more", "显示更多";
    ORDER: "Order", "订单";
    ORDER_OF: "Order {key}", "订单 {key}";
    ORDERED_AT: "Ordered", "下单时间";
    STATE: "State", "状态";
    TERMS: "Accepted terms", "已接受的服务条款";
    INSTANCE: "Instance", "实例";
    NO_PRICE: "Unknown", "未知";

    IS_CREATED: "Bought", "已购买";
    IS_PENDING: "Being checked", "确认中";
    IS_FAILED: "Not bought", "未购买";
    IS_UNKNOWN: "Unclear", "待核实";
    PENDING_HINT: "The proxy is looking for the instance. Do not order again meanwhile.", "代理服务器正在查找实例，在此期间请勿再次下单。";
    UNKNOWN_HINT: "Look for it in the billing centre; the operator of the proxy then resolves it.", "请在费用中心查找该订单，再由代理服务器管理员处理。";

    PENDING: "The order is in progress", "订单处理中";
    PENDING_LEAD: "It is not known yet whether the instance was bought. This page finds out; do not order again meanwhile.",
        "尚不能确定实例是否已购买。本页面正在查询结果，在此期间请勿再次下单。";
    NOT_FOUND: "This order cannot be shown", "无法显示此订单";

    NEXT_STEPS: "Next steps", "后续步骤";
    SHOW_INSTANCE: "Show the instance", "查看实例";
    CONSOLE: "Open the OpenSearch console (new tab)", "打开 OpenSearch 控制台（新标签页）";
    DOCUMENTS: "Read the documents (new tab)", "查看产品文档（英文，新标签页）";
    RECEIPT: "Receipt", "订单凭证";
    PRINT: "Print", "打印";
    DOWNLOAD: "Download as JSON", "下载 JSON";
    AGAIN: "Order the same again", "按此配置再次下单";
    ALL_ORDERS: "All orders", "全部订单";
}
