//! What this product itself finds wrong, in both languages, with what to do about it.

use crate::answer::Outcome;

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

pub(crate) struct Texts {
    pub(crate) code: &'static str,
    pub(crate) status: u16,
    pub(crate) outcome: Outcome,
    pub(crate) message: [&'static str; 2],
    pub(crate) remedy: [&'static str; 2],
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
    pub(crate) const fn texts(self) -> &'static Texts {
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
