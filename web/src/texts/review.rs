//! What the review says.

super::texts! {
    TITLE: "Review your order", "核对订单";
    LEAD: "These are all the parameters that are sent. Nothing is bought until you choose Buy.",
        "以下是将要发送的全部参数。点击“购买”之前不会购买。";
    CHANGE: "Change", "修改";
    CHANGE_WHAT: "Change: {what}", "修改：{what}";
    NONE: "None", "无";
    DEFAULT_GROUP: "Default resource group", "默认资源组";
    YES: "Yes", "是";
    NO: "No", "否";
    NO_VALUE: "no value", "无取值";
    COMPONENTS: "Components", "规格项";
    NOT_SENT: "not sent; the proxy decides", "不发送，由代理服务器决定";
    CHECK_FIRST: "Worth a second look", "请再次确认";

    CONSENT: "Consent", "确认";
    CONSENT_PREPAYMENT: "I pay for {term} in advance, now.", "我同意现在预先支付 {term}的费用。";
    CONSENT_RENEWAL: "I let it renew itself, and be charged, every {term}.", "我同意每 {term}自动续费并扣款。";
    CONSENT_MISSING: "Tick this box to buy.", "购买前请勾选此项。";
    BUY: "Buy", "购买";
    BUYING: "Buying…", "正在购买…";
    BUYING_NOTE: "The order is on its way. Keep this page open.", "订单正在提交，请勿关闭此页面。";
    BACK: "Back to the form", "返回表单";
    ONCE: "However often you press, this order is sent once.", "无论点击多少次，此订单只会发送一次。";

    CONSENT_ANOTHER: "Exactly this was ordered before: {what}. I want one more.", "完全相同的订单已提交过：{what}。确认再购买一个。";
    EARLIER_CREATED: "instance {id}", "实例 {id}";
    EARLIER_PENDING: "still under way, order {id}", "处理中，订单 {id}";
    EARLIER_UNKNOWN: "perhaps bought, order {id}", "可能已购买，订单 {id}";
    ORDERED_BEFORE: "Nothing was sent. Exactly this was ordered before.", "未提交。完全相同的订单已提交过。";
    NOT_ARRIVED: "The order did not arrive, and nothing was bought", "订单未送达，未产生扣费";
    NOT_ARRIVED_HINT: "Buy sends the same order once more; it is bought once at most.", "点击“购买”将再次提交同一订单，最多购买一次。";
    OFFLINE: "You are offline. Nothing is sent until the network is back.", "您已离线，网络恢复之前不会提交。";
    CHECK: "Check first", "预检（不购买）";
    CHECK_HINT: "The proxy checks the order and shows the request that it would send. It sends nothing.",
        "代理服务器检查订单并显示将要发送的请求，但不会发送。";
    CHECKING: "Checking…", "正在检查…";
    CHECKED: "The order is in order. This would be sent:", "订单无误，将发送以下请求：";
    CHECK_FAILED: "The order would not be taken.", "订单不会被受理。";
}
