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
    /// The `Idempotency-Key` of another purchase.
    IdempotencyKeyReused,
    /// The same purchase is being made.
    PurchaseUnderWay,
    /// Whether the purchase was made could not be found out.
    PurchaseUnknown,
    /// Somebody found out that the purchase was not made.
    PurchaseNotMade,
    /// A tag of the caller has the key by which a purchase is found again.
    TagReserved,
    /// The ledger cannot be written.
    LedgerUnavailable,
    /// The request comes from a page of another origin.
    OriginRefused,
    /// Nobody is known by what the request says about who sends it.
    Unauthorized,
    /// Too many requests at a time.
    TooManyRequests,
    /// Too many purchases in an hour.
    TooManyPurchases,
    /// The operator of the proxy does not sell this.
    NotSold,
    /// A signed request has not the form of one that is relayed.
    NotRelayed,
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
    /// All of them.
    pub const ALL: [Self; 28] = [
        Self::InvalidRequest,
        Self::BodyNotJson,
        Self::BodyTooLarge,
        Self::BodyTooSlow,
        Self::ContentTypeNotJson,
        Self::IdempotencyKeyMissing,
        Self::IdempotencyKeyMalformed,
        Self::IdempotencyKeyReused,
        Self::PurchaseUnderWay,
        Self::PurchaseUnknown,
        Self::PurchaseNotMade,
        Self::TagReserved,
        Self::LedgerUnavailable,
        Self::OriginRefused,
        Self::Unauthorized,
        Self::TooManyRequests,
        Self::TooManyPurchases,
        Self::NotSold,
        Self::NotRelayed,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::QueryUnknown,
        Self::UpstreamUnreachable,
        Self::UpstreamTimeout,
        Self::UpstreamAnswerUnreadable,
        Self::NetworkError,
        Self::Aborted,
        Self::InvalidArgument,
    ];

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

    #[expect(clippy::too_many_lines, reason = "one table")]
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
            Self::IdempotencyKeyReused => &Texts {
                code: "IdempotencyKeyReused",
                status: 422,
                outcome: NotCreated,
                message: [
                    "The Idempotency-Key belongs to another purchase.",
                    "该 Idempotency-Key 已用于另一次购买。",
                ],
                remedy: [
                    "Make a new key for a new purchase. This request bought nothing.",
                    "新的购买请使用新的键。本次请求没有购买任何实例。",
                ],
            },
            Self::PurchaseUnderWay => &Texts {
                code: "PurchaseUnderWay",
                status: 409,
                outcome: Unknown,
                message: ["This purchase is under way.", "该购买正在进行中。"],
                remedy: [
                    "Wait and ask again with the same key: it is bought once at most.",
                    "请稍候并使用同一个键再次查询：最多只会购买一次。",
                ],
            },
            Self::PurchaseUnknown => &Texts {
                code: "PurchaseUnknown",
                status: 504,
                outcome: Unknown,
                message: [
                    "The purchase was sent, and whether it was made could not be found out: no instance has its tag.",
                    "购买请求已发出，但无法确认是否成功：没有实例带有该购买的标签。",
                ],
                remedy: [
                    "Look for the order in the billing centre. Somebody who runs the proxy then settles it with havenask-proxy ledger resolve.",
                    "请在费用中心查找该订单，然后由代理管理员使用 havenask-proxy ledger resolve 处理。",
                ],
            },
            Self::PurchaseNotMade => &Texts {
                code: "PurchaseNotMade",
                status: 409,
                outcome: NotCreated,
                message: [
                    "No answer came, and somebody has found out since that nothing was bought.",
                    "当时没有收到响应，事后已人工确认没有购买任何实例。",
                ],
                remedy: ["Buy again, with a new key.", "请使用新的键重新购买。"],
            },
            Self::TagReserved => &Texts {
                code: "TagReserved",
                status: 400,
                outcome: NotCreated,
                message: [
                    "The tag havenask-purchase is set by the proxy.",
                    "标签 havenask-purchase 由代理设置。",
                ],
                remedy: ["Leave it out.", "请去掉该标签。"],
            },
            Self::LedgerUnavailable => &Texts {
                code: "LedgerUnavailable",
                status: 503,
                outcome: NotCreated,
                message: [
                    "The purchase could not be written down, and was not sent.",
                    "购买无法登记，因此没有发出。",
                ],
                remedy: [
                    "Try again with the same key; if it stays so, see to the ledger of the proxy.",
                    "请使用同一个键重试；如仍失败，请检查代理的账本。",
                ],
            },
            Self::OriginRefused => &Texts {
                code: "OriginRefused",
                status: 403,
                outcome: NotCreated,
                message: [
                    "The request comes from a page, or by a name, that this proxy does not serve.",
                    "请求来自本代理不服务的页面或域名。",
                ],
                remedy: [
                    "Whoever runs the proxy allows a page with --allow-origin.",
                    "代理管理员可通过 --allow-origin 允许该页面。",
                ],
            },
            Self::Unauthorized => &Texts {
                code: "Unauthorized",
                status: 401,
                outcome: NotCreated,
                message: ["It is not known who you are.", "无法确认您的身份。"],
                remedy: ["Sign in, or send a token that is valid.", "请登录，或使用有效的令牌。"],
            },
            Self::TooManyRequests => &Texts {
                code: "TooManyRequests",
                status: 429,
                outcome: NotCreated,
                message: ["Too many requests at a time.", "请求过于频繁。"],
                remedy: [
                    "Wait as long as Retry-After says.",
                    "请按 Retry-After 的时间等待后重试。",
                ],
            },
            Self::TooManyPurchases => &Texts {
                code: "TooManyPurchases",
                status: 429,
                outcome: NotCreated,
                message: [
                    "More was bought in the last hour than this proxy allows.",
                    "最近一小时的购买次数已达到本代理的上限。",
                ],
                remedy: [
                    "Wait, or ask whoever runs the proxy to raise --purchases-per-hour.",
                    "请稍后再试，或请代理管理员调高 --purchases-per-hour。",
                ],
            },
            Self::NotSold => &Texts {
                code: "NotSold",
                status: 403,
                outcome: NotCreated,
                message: ["This proxy does not sell that.", "本代理不允许该购买。"],
                remedy: [
                    "Choose something else, or ask whoever runs the proxy.",
                    "请选择其他配置，或联系代理管理员。",
                ],
            },
            Self::NotRelayed => &Texts {
                code: "NotRelayed",
                status: 400,
                outcome: NotCreated,
                message: [
                    "The signed request is not one that is relayed.",
                    "该已签名的请求不符合转发要求。",
                ],
                remedy: [
                    "Sign it with ACS3-HMAC-SHA256 and an STS credential, for the endpoint of the proxy, with the purchase tag in the body.",
                    "请使用 ACS3-HMAC-SHA256 与 STS 凭证针对代理的接入地址签名，并在请求体中带上购买标签。",
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
