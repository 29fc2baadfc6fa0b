//! Texts of the price.

super::texts! {
    PRICE: "Price", "价格";
    ASKING: "Asking for the price…", "正在询价…";
    INCOMPLETE: "Complete the order to see its price.", "填写完整后将显示价格。";
    UNKNOWN: "Price unknown", "价格未知";
    NOT_QUOTED: "This proxy quotes no price. Alibaba Cloud charges the account when you buy.",
        "此代理服务器不提供报价。购买时由阿里云从账号扣款。";
    REFUSED: "Alibaba Cloud refuses to quote this order", "阿里云拒绝对此订单报价";
    REFUSED_HINT: "An order like this is probably refused as well.", "此类订单很可能同样会被拒绝。";
    BUY_PAGE: "Buy page, pay-as-you-go (new tab)", "购买页，按量付费（新标签页）";
    PRICE_LIST: "Price list (new tab)", "价格说明（英文，新标签页）";
    ASK_AGAIN: "Ask again", "重新询价";

    FOR: "for {term}", "购买时长：{term}";
    PER: "per {unit}", "／{unit}";
    PER_MONTH: "{amount} per month", "每月 {amount}";
    PLUS_USAGE: "{total} + fees by usage", "{total} + 按用量计费";
    USAGE: "Fees by usage, not in the total", "按用量计费（不含在总价中）";
    ORIGINAL: "Original price", "原价";
    DISCOUNT: "Discount", "优惠";
    ENDS_ON: "Term ends on {date}, if bought today.", "如今日购买，将于 {date} 到期。";
    RENEWAL: "A renewal costs the same, as far as known.", "据目前所知，续费价格相同。";
    QUOTED_AT: "Quoted at {time}.", "报价时间：{time}。";

    TEST: "Test environment: nothing is bought", "测试环境：不会产生真实购买";
    ACCOUNT: "Account {id}", "账号 {id}";
    ROLE: "role {name}", "角色 {name}";
    USER: "user {name}", "用户 {name}";
    BALANCE_LOW: "The available balance, {balance}, is below the price. Alibaba Cloud may refuse the order.",
        "可用余额 {balance} 低于价格，订单可能被阿里云拒绝。";

    CHANGED: "The price has changed, and nothing was bought", "价格已变动，未产生扣费";
    CHANGED_TO: "The price is now {price}.", "当前价格为 {price}。";
    CHANGED_BY: "That is {amount} more than you agreed to.", "比您已同意的价格高 {amount}。";
    CHANGED_HINT: "Agree to the new price to buy. The order keeps its idempotency key and is bought once at most.",
        "如需购买，请同意新的价格。订单沿用原幂等键，最多购买一次。";
    LOST: "The price could not be confirmed, and nothing was bought", "无法确认价格，未产生扣费";
}
