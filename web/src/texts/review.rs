//! Texts of the review.

super::texts! {
    TITLE: "Review your order", "确认订单";
    LEAD: "These are all the parameters that are sent. Nothing is bought until you choose Buy.",
        "以下是将要提交的全部参数。点击“购买”之前不会产生购买。";
    CHANGE: "Change", "修改";
    CHANGE_WHAT: "Change: {what}", "修改：{what}";
    NONE: "None", "无";
    DEFAULT_GROUP: "Default resource group", "默认资源组";
    YES: "Yes", "是";
    NO: "No", "否";
    NO_VALUE: "no value", "无取值";
    COMPONENTS: "Components", "规格项";
    NOT_SENT: "not sent; the proxy decides", "不提交，由代理服务器决定";
    PLEASE_CHECK: "Please check", "请确认";

    CONSENT: "Consent", "确认";
    CONSENT_PREPAYMENT: "I agree to be charged now, in advance, for {term}.", "我同意立即预先支付 {term}的费用。";
    CONSENT_UNKNOWN: "The amount is unknown.", "金额未知。";
    CONSENT_AMOUNT: "I agree to be charged {amount} now, in advance", "我同意立即预先支付 {amount}";
    CONSENT_TERM: ", for {term}.", "，购买时长 {term}。";
    CONSENT_USAGE: "Fees by usage come on top.", "按用量计费部分另行扣款。";
    CONSENT_PAYER: "{account} pays.", "付款方：{account}。";
    CONSENT_RENEWAL: "I agree that it renews automatically and that I am charged again each time.", "我同意自动续费，并在每次续费时扣款。";
    CONSENT_TERMS: "I accept the terms.", "我接受服务条款。";
    READ_TERMS: "Read the terms (new tab)", "阅读服务条款（新标签页）";
    TERMS_CHANGED: "The terms have changed, and nothing was bought", "服务条款已变更，未产生扣费";
    TERMS_CHANGED_HINT: "Read the terms. Once you accept them, Buy sends the order.", "请阅读服务条款，接受后点击“购买”提交订单。";
    CONSENT_MISSING: "Tick this box to buy.", "购买前请勾选此项。";
    BUY: "Buy", "购买";
    BUYING: "Buying…", "正在购买…";
    BUYING_NOTE: "The order is being sent. Keep this page open.", "订单正在提交，请勿关闭此页面。";
    BACK: "Back to the form", "返回表单";
    ONCE: "However often you click, this order is sent once.", "无论点击多少次，此订单只会提交一次。";

    CONSENT_ANOTHER: "The same order was sent before: {what}. I want one more.", "完全相同的订单已提交过：{what}。确认再购买一个。";
    EARLIER_CREATED: "instance {id}", "实例 {id}";
    EARLIER_PENDING: "still in progress, order {id}", "处理中，订单 {id}";
    EARLIER_UNKNOWN: "perhaps bought, order {id}", "可能已购买，订单 {id}";
    ORDERED_BEFORE: "Nothing was sent. The same order was sent before.", "未提交。完全相同的订单已提交过。";
    NOT_ARRIVED: "The order did not arrive, and nothing was bought", "订单未送达，未产生扣费";
    NOT_ARRIVED_HINT: "Buy sends the same order again; it is bought once at most.", "点击“购买”将再次提交同一订单，最多购买一次。";
    OFFLINE: "You are offline. Nothing is sent until the network is back.", "您已离线，网络恢复之前不会提交。";
    CHECK: "Check without buying", "预检（不购买）";
    CHECK_HINT: "The proxy checks the order and shows the request that it would send. It sends nothing.",
        "代理服务器检查订单并显示将要提交的请求，但不会提交。";
    CHECKING: "Checking…", "正在预检…";
    CHECKED: "This order is valid. This request would be sent:", "检查通过，将提交以下请求：";
    CHECK_FAILED: "This order would be refused.", "检查未通过，订单会被拒绝。";
}
