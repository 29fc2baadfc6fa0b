//! Why something was not done, in one form from the proxy through the client to the page, and what to do about it.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    Fields, FromInput, Input, Locale, Problem, Shape, answer::Outcome, json::Object, shape::Field,
    text::push_number,
};

/// A refusal or a failure: the cloud's own, or one of the [`Fault`]s that are found on the way to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// The error code of the cloud, or that of a [`Fault`].
    pub code: String,
    /// What happened.
    pub message: String,
    /// The HTTP status; 0 when no answer came.
    pub status: u16,
    /// The id that the support of the cloud asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// What to do next; empty when nothing is known.
    pub remedy: String,
    /// Whether it may have bought all the same.
    pub outcome: Outcome,
    /// A link to the cloud's diagnosis of this very request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recommend: Option<String>,
    /// What is wrong with the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

/// What this product itself finds wrong, before the cloud or in place of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "FaultCode"))]
pub enum Fault {
    /// The request breaks a rule.
    InvalidRequest,
    /// The body is not JSON.
    BodyNotJson,
    /// The body is larger than any purchase.
    BodyTooLarge,
    /// The body did not arrive in time.
    BodyTooSlow,
    /// The body is not said to be JSON.
    ContentTypeNotJson,
    /// A purchase without the header `Idempotency-Key`.
    IdempotencyKeyMissing,
    /// An `Idempotency-Key` of another form.
    IdempotencyKeyMalformed,
    /// There is nothing at this address.
    NotFound,
    /// The address does not take this method.
    MethodNotAllowed,
    /// The address is asked something that it does not take.
    QueryUnknown,
    /// The cloud could not be reached: nothing was sent.
    UpstreamUnreachable,
    /// The cloud did not answer in time.
    UpstreamTimeout,
    /// What came back is not an answer of the cloud.
    UpstreamAnswerUnreadable,
    /// The proxy could not be reached, or the connection broke.
    NetworkError,
    /// The caller gave up waiting.
    Aborted,
    /// An argument is not what the function takes.
    InvalidArgument,
}

/// The advice after a purchase that may have happened.
const LOOK_FIRST: [&str; 2] = [
    "Look at the list of instances before you buy again: a purchase may have been made.",
    "再次购买之前请先查看实例列表：购买可能已经完成。",
];

struct Texts {
    code: &'static str,
    status: u16,
    outcome: Outcome,
    message: [&'static str; 2],
    remedy: [&'static str; 2],
}

impl Fault {
    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.texts().code
    }

    /// The status with which the proxy answers it; 0 for what happens without an answer.
    #[must_use]
    pub const fn status(self) -> u16 {
        self.texts().status
    }

    #[allow(clippy::too_many_lines, reason = "one table")]
    // A program carries the texts of those alone that it names.
    #[inline(always)]
    const fn texts(self) -> &'static Texts {
        use Outcome::{NotCreated, Unknown};
        match self {
            Self::InvalidRequest => &Texts {
                code: "InvalidRequest",
                status: 400,
                outcome: NotCreated,
                message: ["The request cannot be bought as it is.", "该请求无法购买。"],
                remedy: ["Correct what the problems name.", "请修正下列问题。"],
            },
            Self::BodyNotJson => &Texts {
                code: "BodyNotJson",
                status: 400,
                outcome: NotCreated,
                message: ["The body is not JSON.", "请求体不是有效的 JSON。"],
                remedy: ["Send one JSON object in UTF-8.", "请发送一个 UTF-8 编码的 JSON 对象。"],
            },
            Self::BodyTooLarge => &Texts {
                code: "BodyTooLarge",
                status: 413,
                outcome: NotCreated,
                message: ["The body is too large.", "请求体过大。"],
                remedy: ["No purchase needs more than 64 KiB.", "购买请求不会超过 64 KiB。"],
            },
            Self::BodyTooSlow => &Texts {
                code: "BodyTooSlow",
                status: 408,
                outcome: NotCreated,
                message: ["The body did not arrive in time.", "请求体未能按时到达。"],
                remedy: ["Send it again.", "请重新发送。"],
            },
            Self::ContentTypeNotJson => &Texts {
                code: "ContentTypeNotJson",
                status: 415,
                outcome: NotCreated,
                message: ["The body is not said to be JSON.", "请求体未声明为 JSON。"],
                remedy: [
                    "Send the header Content-Type: application/json.",
                    "请发送请求头 Content-Type: application/json。",
                ],
            },
            Self::IdempotencyKeyMissing => &Texts {
                code: "IdempotencyKeyMissing",
                status: 400,
                outcome: NotCreated,
                message: [
                    "A purchase needs the header Idempotency-Key.",
                    "购买请求必须带有 Idempotency-Key 请求头。",
                ],
                remedy: [
                    "Make one for each purchase, and send the same one when you try the same purchase again.",
                    "请为每次购买生成一个键，重试同一次购买时使用同一个键。",
                ],
            },
            Self::IdempotencyKeyMalformed => &Texts {
                code: "IdempotencyKeyMalformed",
                status: 400,
                outcome: NotCreated,
                message: [
                    "The Idempotency-Key has another form.",
                    "Idempotency-Key 的格式不正确。",
                ],
                remedy: [
                    "Use 8 to 64 letters, digits, hyphens and underscores; a UUID is fine.",
                    "请使用 8 至 64 个字母、数字、连字符或下划线，例如 UUID。",
                ],
            },
            Self::NotFound => &Texts {
                code: "NotFound",
                status: 404,
                outcome: NotCreated,
                message: ["There is nothing at this address.", "该地址不存在。"],
                remedy: ["Check the address.", "请检查地址。"],
            },
            Self::MethodNotAllowed => &Texts {
                code: "MethodNotAllowed",
                status: 405,
                outcome: NotCreated,
                message: ["This address does not take this method.", "该地址不支持此方法。"],
                remedy: ["Check the method.", "请检查请求方法。"],
            },
            Self::QueryUnknown => &Texts {
                code: "QueryUnknown",
                status: 400,
                outcome: NotCreated,
                message: [
                    "The query after the address has a name or a value that is not known here.",
                    "地址后的查询参数含有无法识别的名称或取值。",
                ],
                remedy: [
                    "A purchase takes dryRun=true or dryRun=false, a list what ListInstances takes.",
                    "购买请求只接受 dryRun=true 或 dryRun=false，列表请求接受 ListInstances 的参数。",
                ],
            },
            Self::UpstreamUnreachable => &Texts {
                code: "UpstreamUnreachable",
                status: 502,
                outcome: NotCreated,
                message: [
                    "The cloud could not be reached. Nothing was sent.",
                    "无法连接到云服务，请求未发出。",
                ],
                remedy: [
                    "Try again; if it stays so, check the network of the proxy.",
                    "请重试；如仍失败，请检查代理的网络。",
                ],
            },
            Self::UpstreamTimeout => &Texts {
                code: "UpstreamTimeout",
                status: 504,
                outcome: Unknown,
                message: ["The cloud did not answer in time.", "云服务未按时响应。"],
                remedy: LOOK_FIRST,
            },
            Self::UpstreamAnswerUnreadable => &Texts {
                code: "UpstreamAnswerUnreadable",
                status: 502,
                outcome: Unknown,
                message: [
                    "What came back is not an answer of the cloud.",
                    "收到的不是云服务的响应。",
                ],
                remedy: LOOK_FIRST,
            },
            Self::NetworkError => &Texts {
                code: "NetworkError",
                status: 0,
                outcome: Unknown,
                message: [
                    "The proxy did not answer, or the connection broke.",
                    "代理没有响应，或连接已断开。",
                ],
                remedy: LOOK_FIRST,
            },
            Self::Aborted => &Texts {
                code: "Aborted",
                status: 0,
                outcome: Unknown,
                message: ["The request was given up.", "请求已中止。"],
                remedy: LOOK_FIRST,
            },
            Self::InvalidArgument => &Texts {
                code: "InvalidArgument",
                status: 0,
                outcome: NotCreated,
                message: ["An argument is not what the function takes.", "参数不正确。"],
                remedy: ["Compare it with the types of the package.", "请对照软件包的类型定义。"],
            },
        }
    }
}

impl Failure {
    /// One of our own.
    #[must_use]
    #[expect(
        clippy::inline_always,
        reason = "a program carries the texts of those alone that it names"
    )]
    #[inline(always)]
    pub fn of(fault: Fault, locale: Locale) -> Self {
        Self::told(fault.texts(), locale)
    }

    #[inline(never)]
    fn told(texts: &Texts, locale: Locale) -> Self {
        Self {
            code: texts.code.to_owned(),
            message: locale.pick(texts.message[0], texts.message[1]).to_owned(),
            status: texts.status,
            request_id: None,
            remedy: locale.pick(texts.remedy[0], texts.remedy[1]).to_owned(),
            outcome: texts.outcome,
            recommend: None,
            problems: Vec::new(),
        }
    }

    /// The request breaks these rules.
    #[must_use]
    pub fn invalid_request(problems: Vec<Problem>, locale: Locale) -> Self {
        Self { problems, ..Self::of(Fault::InvalidRequest, locale) }
    }

    /// The failure as JSON, byte for byte what serde makes of it.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(512);
        let mut failure = Object::open(&mut out);
        failure.text("code", &self.code);
        failure.text("message", &self.message);
        push_number(failure.name("status"), self.status.into(), 1);
        failure.optional("requestId", self.request_id.as_deref());
        failure.text("remedy", &self.remedy);
        failure.text("outcome", self.outcome.as_str());
        failure.optional("recommend", self.recommend.as_deref());
        if !self.problems.is_empty() {
            Problem::list(failure.name("problems"), &self.problems);
        }
        failure.close();
        out
    }
}

impl FromInput for Failure {
    const SHAPE: &'static Shape = &Shape::Answer(&[
        Field::required("code", &Shape::Text),
        Field::required("message", &Shape::Text),
        Field::required("status", &Shape::Integer),
        Field::optional("requestId", &Shape::Text),
        Field::required("remedy", &Shape::Text),
        Field::required("outcome", Outcome::SHAPE),
        Field::optional("recommend", &Shape::Text),
        Field::optional("problems", Vec::<Problem>::SHAPE),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
        Self {
            code: fields.text("code"),
            message: fields.text("message"),
            status: fields.required::<i64>("status").try_into().unwrap_or_default(),
            request_id: fields.optional_text("requestId"),
            remedy: fields.text("remedy"),
            outcome: fields.required("outcome"),
            recommend: fields.optional_text("recommend"),
            problems: fields.required("problems"),
        }
    }
}

/// What to do about an error code of the cloud; empty when nothing is known of it.
#[must_use]
pub fn remedy(code: &str, locale: Locale) -> &'static str {
    let family = |name: &str| {
        code == name || code.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
    };
    let texts = REMEDIES.iter().find(|(names, _, _)| names.iter().any(|name| family(name)));
    texts.map_or("", |(_, en, zh)| locale.pick(en, zh))
}

/// Families of codes, and what to do. Codes and meanings: `api-facts` section 6.
const REMEDIES: [(&[&str], &str, &str); 9] = [
    (
        &["InvalidPayMethod"],
        "The account cannot pay for a subscription. Top up its balance, or set up a credit card, in the billing centre.",
        "账号无法支付预付费订单，请在费用中心充值余额或绑定信用卡。",
    ),
    (
        &["Forbidden", "NoPermission"],
        "Grant the RAM user of the proxy the action searchengine:CreateInstance.",
        "请为代理所用的 RAM 用户授予 searchengine:CreateInstance 权限。",
    ),
    (
        &[
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "InvalidSignatureMethod",
        ],
        "Check the AccessKey id and secret with which the proxy was started.",
        "请检查代理启动时使用的 AccessKey ID 和 Secret。",
    ),
    (
        &["MissingSecurityToken", "InvalidSecurityToken"],
        "The STS credential of the proxy has expired or is incomplete. Renew it.",
        "代理的 STS 凭证已过期或不完整，请更新。",
    ),
    (
        &["InvalidTimeStamp"],
        "The clock of the proxy is more than 15 minutes off. Set it.",
        "代理的时钟偏差超过 15 分钟，请校准。",
    ),
    (&["SignatureNonceUsed"], "Try again.", "请重试。"),
    (
        &["Throttling"],
        "Too many requests. Wait a moment and try again.",
        "请求过于频繁，请稍候重试。",
    ),
    (
        &["InternalServerError", "InternalError", "ServiceUnavailable"],
        "The cloud failed, and may have bought all the same. Look at the list of instances before you buy again.",
        "云服务出错，但可能已经购买。请先查看实例列表，再决定是否重新购买。",
    ),
    (
        &["MissingParameter", "InvalidParameter"],
        "The cloud does not accept a parameter. Compare the components with the buy page.",
        "云服务不接受某个参数，请对照购买页检查规格项。",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_of_codes_has_one_remedy() {
        assert!(remedy("Forbidden.RAM", Locale::En).contains("searchengine:CreateInstance"));
        assert!(remedy("Throttling.User", Locale::Zh).contains("频繁"));
        assert_eq!(remedy("ForbiddenFruit", Locale::En), "");
    }
}
