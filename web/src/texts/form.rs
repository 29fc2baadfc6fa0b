//! Texts of the page and its form.

super::texts! {
    PRODUCT: "OpenSearch Havenask", "OpenSearch Havenask";
    TITLE: "Buy a Havenask instance", "购买 Havenask 实例";
    LEAD: "Buy an instance of OpenSearch Havenask, the retrieval engine edition. The signing proxy signs the order and sends it to Alibaba Cloud. Nothing is bought before you have reviewed it.",
        "购买 OpenSearch 召回引擎版（Havenask，自 2026 年起亦称问天引擎）实例。订单由签名代理服务器签名并提交至阿里云，在您确认订单之前不会产生购买。";
    OTHER_LANGUAGE: "中文", "English";
    SWITCH_LANGUAGE: "Show this page in Chinese", "以英文显示此页面";

    ERROR: "Error", "错误";
    NOTICE: "Please check", "请确认";
    BROKEN_TEXT: "The text has a broken character (�). Delete it and type it again.", "文本中含有损坏的字符（�），请删除后重新输入。";
    BAD_LINK: "The draft in this link cannot be read: it was cut off, changed, or made by another version of this page. The form is unchanged. Ask for the link again.",
        "无法读取链接中的草稿：链接不完整、被改动过，或来自本页面的其他版本。草稿内容未被采用，请重新获取链接。";
    CATALOG_CHANGED: "The catalogue has changed. Review the order again.", "规格目录已更新，请重新确认订单。";
    NOT_READY: "Nothing can be bought at the moment", "目前无法购买";
    ALLOW_ORIGIN: "Check that the proxy runs at its address, and that it was started with --allow-origin {origin}.",
        "请确认代理服务器在该地址运行，并且启动时使用了 --allow-origin {origin}。";
    NO_ORIGIN: "This frame has no origin that a proxy could allow: its sandbox needs allow-same-origin.",
        "此框架没有可供代理服务器允许的源：其 sandbox 属性需要 allow-same-origin。";
    WAITING: "Waiting for the proxy. Nothing can be bought until it responds.", "正在等待代理服务器响应，响应之前无法购买。";
    THERE_IS_A_PROBLEM: "There is a problem", "存在问题";
    OPTIONAL: "optional", "可选";

    NEW_ORDER: "New order", "新建订单";
    INSTANCES: "Instances", "实例";
    DEVELOPER: "Developer", "开发者";
    LOADING: "Loading…", "正在加载…";
    VIEW_NOT_LOADED: "This view could not be loaded", "此视图加载失败";
    LOAD_AGAIN: "Try again, or reload the page. The form keeps what is filled in.", "请重试，或刷新页面；已填写的内容会保留。";
    NOT_LOADED: "This part could not be loaded. Reload the page.", "此部分加载失败，请刷新页面。";
    NAVIGATION: "Main navigation", "页面导航";
    CLEAR: "Clear form", "清空表单";
    CLEARED: "The form is cleared.", "表单已清空。";
    UNDO: "Undo", "撤销";
    UNDONE: "The form is as it was before", "表单已恢复";
    PRESETS: "Start with", "快速填写";
    NO_PRESET: "Choose an order", "请选择订单";
    PRESETS_HINT: "Fills in the whole form.", "将填写整个表单。";
    FILLED: "The form is filled in.", "表单已填写。";
    JSON: "Order as JSON", "订单 JSON";
    JSON_HINT: "The body of CreateInstance. Change it or paste another one, and fill in the form with it.",
        "CreateInstance 的请求体。可修改或粘贴其他内容，再填入表单。";
    COPY_JSON: "Copy the order as JSON", "复制订单 JSON";
    FILL: "Fill in the form", "填入表单";
    FILE: "Or fill it in from a file", "或从文件填入";
    FILE_TOO_LARGE: "This file is too large to be an order.", "文件过大，不是有效的订单。";
    FILE_UNREADABLE: "This file cannot be read. Choose it again.", "无法读取该文件，请重新选择。";
    NO_JSON: "This is not JSON: {why}", "不是有效的 JSON：{why}";
    ABOUT: "About {what}", "{what}说明";
    SHARE: "Copy a link to this draft", "复制草稿链接";
    SHARED: "The link is copied. It holds the values of the form, and no credentials.", "链接已复制，包含已填写的内容，不含访问凭证。";

    REGION_AND_BILLING: "Region and billing", "基础配置";
    REGION: "Region", "地域";
    REGION_FIXED: "The proxy buys in this region. To buy in another one, start it with that region.",
        "代理服务器在该地域购买。如需在其他地域购买，请以该地域启动代理服务器。";
    REGION_ANY: "The proxy sends to one fixed address, such as the emulator, which takes any region. The region is not part of the order.",
        "代理服务器发送至一个固定地址（例如模拟器），该地址接受任意地域。地域不包含在订单中。";
    BILLING: "Billing method", "付费方式";
    PREPAY: "Subscription", "包年包月";
    PREPAY_HINT: "You pay for the whole term in advance. The account needs enough balance or credit.",
        "预先支付整个时长的费用，账号须有足够的余额或信用额度。";
    POSTPAY: "Pay-as-you-go", "按量付费";
    POSTPAY_HINT: "Alibaba Cloud documents this method as not supported, so it cannot be chosen here.",
        "阿里云文档说明暂不支持该方式，因此无法选择。";
    POSTPAY_ALLOWED: "Alibaba Cloud documents this method as not supported. This proxy allows it.",
        "阿里云文档说明暂不支持该方式，但此代理服务器允许使用。";

    SPECIFICATION: "Specification", "规格";
    SPECIFICATION_HINT: "Use the codes and values of the Alibaba Cloud buy page. They are sent unchanged.",
        "规格代码与取值须与阿里云购买页一致，将按此处内容原样发送。";
    NO_CATALOG: "This proxy has no catalogue: enter the code and value of each component. They are not checked here.",
        "此代理服务器未提供规格目录：请逐项填写规格代码与取值，此处不做检查。";
    CODE: "Code", "规格代码";
    VALUE: "Value", "取值";
    CODE_OF: "Code of component {number}", "规格项 {number} 的规格代码";
    COMPONENT_VALUE_OF: "Value of component {number}", "规格项 {number} 的取值";
    ADD_COMPONENT: "Add component", "添加规格项";
    REMOVE_COMPONENT: "Remove component {number}", "删除规格项 {number}";
    COMPONENT_REMOVED: "The component is removed.", "规格项已删除。";
    UNCHECKED: "{number} components are not in the catalogue, so their values are not checked.",
        "有 {number} 个规格项不在目录中，其取值不会被检查。";

    TERM: "Term", "时长";
    TERM_OF: "Term", "购买时长";
    AUTO_RENEW: "Renew automatically", "自动续费";
    AUTO_RENEW_HINT: "When the term ends, the instance is renewed and the account is charged again, until you turn this off in the Alibaba Cloud console.",
        "时长结束时自动续费并再次扣款，直到您在阿里云控制台关闭该功能。";
    NO_TERM: "Pay-as-you-go has no term.", "按量付费没有购买时长。";

    TAGS_AND_GROUP: "Tags and resource group", "标签与资源组";
    RESOURCE_GROUP: "Resource group ID", "资源组 ID";
    RESOURCE_GROUP_HINT: "Left empty, the instance goes to the default resource group.", "留空则归入默认资源组。";
    TAGS: "Tags", "标签";
    TAG_KEY: "Key", "标签键";
    TAG_VALUE: "Value", "标签值";
    TAG_KEY_OF: "Key of tag {number}", "标签 {number} 的键";
    TAG_VALUE_OF: "Value of tag {number}", "标签 {number} 的值";
    ADD_TAG: "Add tag", "添加标签";
    REMOVE_TAG: "Remove tag {number}", "删除标签 {number}";
    TAG_REMOVED: "The tag is removed.", "标签已删除。";

    SUMMARY: "Your order", "订单摘要";
    INSTANCE: "1 Havenask instance", "1 个 Havenask 实例";
    NOT_YET: "Not filled in yet", "尚未填写";
    MORE: "and {number} more", "以及另外 {number} 项";
    RENEWAL: "Renewal", "续费";
    PAID_IN_ADVANCE: "{term}, paid in advance", "{term}，预付费";
    PAID_BY_USE: "No term, billed by usage", "无固定时长，按用量付费";
    RENEWS: "Renews automatically (no document says for how long)", "自动续费（按文档未注明的周期）";
    ENDS: "Ends after {term}; not renewed", "{term}后到期，不自动续费";
    REVIEW: "Review order", "确认订单";
    NOTHING_BOUGHT_YET: "Nothing is bought yet.", "此步骤不会下单。";
}
