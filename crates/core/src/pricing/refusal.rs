//! Reasons for which there is no price: the trade system refuses such an order, or nobody says what it costs.

use alloc::{borrow::ToOwned, string::String};

use crate::{
    Locale,
    failure::{ErrorCode, Failure, Retry},
};

/// The code of an API that is called without a price. It promises nothing of what the call makes.
pub(super) const NOT_REQUIRED: &str = "PricingNotRequired";

/// An order without a price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPrice {
    /// The trade system refuses such an order.
    Refused(Failure),
    /// Nobody says what it costs.
    NotPriced(Failure),
}

/// Reasons for which no price is told, with their remedies in English and Chinese.
struct NoPriceReason {
    /// Beginnings of the code or the message.
    marks: &'static [&'static str],
    remedy: [&'static str; 2],
}

/// Sources: `CloudControl` SDK 1.3.1 (`PricingNotSupported`, `PricingNotRequired`), metadata of `BssOpenApi` 2017-12-14 (`NotApplicable`,
/// `NotAuthorized`, `InternalError`, `UndefinedError`), tests of aliyun-cli (`No pricingTarget matched the input request`). Third parties
/// report `PRICE.PRICING_PLAN_RESULT_NOT_FOUND`.
const REASONS: [NoPriceReason; 6] = [
    NoPriceReason {
        marks: &["PricingNotSupported", "PRICE.", "No pricingTarget matched"],
        remedy: [
            "The cloud quotes no price for this order. See the price on its buy page before you buy.",
            "云平台暂不支持对该订单询价，购买前请在购买页查看价格。",
        ],
    },
    NoPriceReason {
        marks: &[NOT_REQUIRED],
        remedy: [
            "The cloud says that the call itself costs nothing, and not what the instance costs. See the price on its buy page.",
            "云平台表示调用本身不计费，但未说明实例的价格，请在购买页查看价格。",
        ],
    },
    NoPriceReason {
        marks: &["NotApplicable", "not found article by given param"],
        remedy: [
            "The account belongs to the other site of Alibaba Cloud: set --account-site of the proxy.",
            "该账号属于阿里云的另一站点，请设置代理服务器的 --account-site。",
        ],
    },
    NoPriceReason {
        marks: &["NotAuthorized", "Forbidden", "NoPermission"],
        remedy: [
            "The credentials of the proxy may not ask for prices: add the statement for prices of its RAM policy.",
            "代理服务器的凭证无权询价，请添加 RAM 策略中的询价语句。",
        ],
    },
    NoPriceReason {
        marks: &["Throttling"],
        remedy: [
            "Prices were asked for too often. Ask again in a moment.",
            "询价过于频繁，请稍后再试。",
        ],
    },
    NoPriceReason {
        marks: &["InternalError", "UndefinedError", "ServiceUnavailable"],
        remedy: ["Ask again in a moment.", "请稍后再试。"],
    },
];

/// The remedy for an order that is refused.
const CORRECT_IT: [&str; 2] = [
    "The trade system of the cloud refuses this order: correct its components, their values or the term.",
    "云平台的交易系统拒绝该订单，请修正组件、取值或购买时长。",
];

/// Reads a failure of the business: a 200 whose `success` is false.
pub(super) fn of_business(
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
    locale: Locale,
) -> NoPrice {
    let unreadable = failure(locale);
    let code = code.or_else(|| message.clone()).unwrap_or_else(|| unreadable.code.clone());
    let message = message.unwrap_or_else(|| unreadable.message.clone());
    sort(Failure { code, message, status: 200, request_id, ..unreadable }, locale)
}

/// Reads a failure of the gateway, or an answer that no gateway gave.
pub(super) fn of_system(failure: Failure, locale: Locale) -> NoPrice {
    sort(failure.without_purchase(locale), locale)
}

/// Refuses an answer in which no price can be read for certain.
pub(super) fn unreadable(request_id: Option<String>, locale: Locale) -> NoPrice {
    NoPrice::NotPriced(Failure { request_id, ..failure(locale) })
}

fn failure(locale: Locale) -> Failure {
    Failure::new(ErrorCode::PriceUnreadable, locale)
}

/// Sorts by the code alone: what no code of the trade system refuses has no price.
fn sort(failure: Failure, locale: Locale) -> NoPrice {
    if ![&failure.code, &failure.message].into_iter().any(|it| is_of_trade(it)) {
        return NoPrice::NotPriced(with_remedy(failure, locale));
    }
    let remedy = locale.localized(CORRECT_IT[0], CORRECT_IT[1]).to_owned();
    NoPrice::Refused(Failure { remedy, retry: Retry::No, ..failure })
}

/// Codes of the trade system, which stand as the code or as the message, in the answer of any product.
fn is_of_trade(text: &str) -> bool {
    ["COMMODITY.", "ORDER.", "INVALID.ORDER", "INSUFFICIENT."].iter().any(|it| text.starts_with(it))
}

fn with_remedy(failure: Failure, locale: Locale) -> Failure {
    match reason(&failure) {
        Some(NoPriceReason { remedy: [en, zh], .. }) => {
            Failure { remedy: locale.localized(en, zh).to_owned(), ..failure }
        }
        None => failure,
    }
}

fn reason(failure: &Failure) -> Option<&'static NoPriceReason> {
    let begins =
        |mark: &&str| failure.code.starts_with(*mark) || failure.message.starts_with(*mark);
    REASONS.iter().find(|reason| reason.marks.iter().any(begins))
}
