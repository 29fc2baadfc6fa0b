//! Errors that this product itself finds, in both languages, with their remedies.

use super::{
    outcome::PurchaseOutcome::{NotCreated, Unknown},
    retry::Retry::{NewKey, No, SameKey},
    texts::{LOOK_FIRST, Texts},
};

/// Makes of one row all that there is of a fault.
macro_rules! faults {
    ($(#[doc = $doc:literal] $name:ident $status:literal $outcome:ident $retry:ident {
        message: $message:expr,
        remedy: $remedy:expr,
    })*) => {
        /// An error that this product itself finds, before the cloud or in place of it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum ErrorCode {
            $(#[doc = $doc] $name,)*
        }

        impl ErrorCode {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            // A program carries the texts of those alone that it names.
            #[inline(always)]
            pub(crate) const fn texts(self) -> &'static Texts {
                match self {
                    $(Self::$name => &Texts {
                        code: stringify!($name),
                        status: $status,
                        outcome: $outcome,
                        retry: $retry,
                        message: $message,
                        remedy: $remedy,
                    },)*
                }
            }
        }
    };
}

impl ErrorCode {
    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.texts().code
    }

    /// The status with which the proxy answers it; 0 for what happens without an answer.
    #[must_use]
    pub const fn status(self) -> u16 {
        self.texts().status
    }
}

faults! {
    /// The request breaks a rule.
    InvalidRequest 400 NotCreated No {
        message: ["The request cannot be bought as it is.", "该请求无法购买。"],
        remedy: ["Correct what the problems name.", "请修正下列问题。"],
    }
    /// The body is not JSON.
    BodyNotJson 400 NotCreated No {
        message: ["The body is not JSON.", "请求体不是有效的 JSON。"],
        remedy: ["Send one JSON object in UTF-8.", "请发送一个 UTF-8 编码的 JSON 对象。"],
    }
    /// The body is larger than any purchase.
    BodyTooLarge 413 NotCreated No {
        message: ["The body is too large.", "请求体过大。"],
        remedy: ["No purchase needs more than 64 KiB.", "购买请求不会超过 64 KiB。"],
    }
    /// The body did not arrive in time.
    BodyTimeout 408 NotCreated SameKey {
        message: ["The body did not arrive in time.", "请求体未能按时到达。"],
        remedy: ["Send it again.", "请重新发送。"],
    }
    /// A body that ends before its `Content-Length`, or whose chunks are malformed.
    BodyIncomplete 400 NotCreated SameKey {
        message: ["The body ends early, or its chunks are malformed.", "请求体提前结束或分块格式错误。"],
        remedy: [
            "Send the whole body with its true Content-Length; a gateway between you and the proxy may have cut it off.",
            "请发送完整的请求体和正确的 Content-Length；请求体也可能被代理服务器之前的网关截断。",
        ],
    }
    /// The body is not said to be JSON.
    ContentTypeNotJson 415 NotCreated No {
        message: ["The body is not said to be JSON.", "请求体未声明为 JSON。"],
        remedy: ["Send the header Content-Type: application/json.", "请发送请求头 Content-Type: application/json。"],
    }
    /// A purchase without the header `Idempotency-Key`.
    IdempotencyKeyMissing 400 NotCreated NewKey {
        message: ["A purchase needs the header Idempotency-Key.", "购买请求必须带有 Idempotency-Key 请求头。"],
        remedy: ["Make one for each purchase, and send the same one when you try the same purchase again.", "请为每次购买生成一个键，重试同一次购买时使用同一个键。"],
    }
    /// An `Idempotency-Key` of another form.
    IdempotencyKeyMalformed 400 NotCreated NewKey {
        message: ["The Idempotency-Key has another form.", "Idempotency-Key 的格式不正确。"],
        remedy: ["Use 8 to 64 letters, digits, hyphens and underscores; a UUID is fine.", "请使用 8 至 64 个字母、数字、连字符或下划线，例如 UUID。"],
    }
    /// The `Idempotency-Key` of another purchase.
    IdempotencyKeyReused 422 NotCreated NewKey {
        message: ["The Idempotency-Key belongs to another purchase.", "该 Idempotency-Key 已用于另一次购买。"],
        remedy: ["Make a new key for a new purchase. This request bought nothing.", "新的购买请使用新的键。本次请求没有购买任何实例。"],
    }
    /// The region of a request is none of the proxy's.
    RegionNotServed 400 NotCreated No {
        message: ["This proxy does not serve that region.", "该代理服务器不提供该地域。"],
        remedy: [
            "Choose one of the regions in /config.json, or leave ?region= out for the first of them.",
            "请选择 /config.json 中列出的地域；省略 ?region= 则使用其中第一个。",
        ],
    }
    /// A principal for whom no account is configured.
    AccountNotConfigured 403 NotCreated No {
        message: ["No account is configured for you on this proxy.", "该代理服务器没有为您配置账号。"],
        remedy: ["Ask the operator to add you to the file of accounts.", "请联系代理服务器的管理员将您加入账号文件。"],
    }
    /// The role of an account cannot be assumed at the moment.
    AccountUnavailable 503 NotCreated SameKey {
        message: ["The role of your account cannot be assumed at the moment.", "目前无法扮演您账号的角色。"],
        remedy: [
            "Try again in a minute. If it stays so, the operator finds the reason with havenask-proxy check.",
            "请一分钟后重试。若仍然如此，管理员可通过 havenask-proxy check 查看原因。",
        ],
    }
    /// A `Havenask-No-Repeat` that is no number of seconds.
    NoRepeatMalformed 400 NotCreated No {
        message: ["The header Havenask-No-Repeat is malformed.", "Havenask-No-Repeat 请求头的格式不正确。"],
        remedy: [
            "Send one whole number of seconds from 0 to 31622400, a year; 86400 is a day.",
            "请发送一个 0 到 31622400（一年）之间的整数秒数，例如 86400 表示一天。",
        ],
    }
    /// A `Havenask-Terms` that is no address of terms.
    TermsMalformed 400 NotCreated No {
        message: ["The header Havenask-Terms is malformed.", "Havenask-Terms 请求头的格式不正确。"],
        remedy: [
            "Send it once: an https address of at most 2048 bytes, percent-encoded, without spaces.",
            "请只发送一次：不超过 2048 字节的 https 地址，需经百分号编码，且不含空格。",
        ],
    }
    /// A purchase whose buyer has not accepted the terms of the operator.
    TermsNotAccepted 409 NotCreated SameKey {
        message: ["The terms of this proxy were not accepted. Nothing was sent.", "未接受本代理服务器的服务条款，订单未提交。"],
        remedy: [
            "Show the terms to the buyer. Once they are accepted, send this again with Havenask-Terms set to their address, which /config.json tells as termsUrl.",
            "请向购买者展示服务条款；接受后，将 Havenask-Terms 设为条款地址（即 /config.json 中的 termsUrl）并重新发送。",
        ],
    }
    /// The same order as an earlier one, within the time of `Havenask-No-Repeat`.
    OrderRepeated 409 NotCreated SameKey {
        message: ["The same order was placed a short time ago. Nothing was sent.", "不久前已提交过相同的订单，本次请求未发出。"],
        remedy: [
            "Look at the earlier purchase. To buy once more all the same, send this again with Havenask-No-Repeat: 0.",
            "请先查看之前的购买。如确需再次购买，请使用 Havenask-No-Repeat: 0 重新发送。",
        ],
    }
    /// The same purchase is being made.
    PurchaseInFlight 409 Unknown SameKey {
        message: ["This purchase is under way.", "该购买正在进行中。"],
        remedy: ["Wait and ask again with the same key: it is bought once at most.", "请稍候并使用同一个键再次查询：最多只会购买一次。"],
    }
    /// The outcome of the purchase could not be found out.
    PurchaseUnknown 504 Unknown No {
        message: [
            "The purchase was sent, and whether it was made could not be found out: no instance has its tag.",
            "购买请求已发出，但无法确认是否成功：没有实例带有该购买的标签。",
        ],
        remedy: [
            "Look for the order in the billing centre. Somebody who runs the proxy then settles it with havenask-proxy ledger resolve.",
            "请在费用中心查找该订单，然后由代理服务器管理员使用 havenask-proxy ledger resolve 处理。",
        ],
    }
    /// Somebody found out that the purchase was not made.
    PurchaseNotCreated 409 NotCreated NewKey {
        message: ["No answer came, and somebody has found out since that nothing was bought.", "当时没有收到响应，事后已人工确认没有购买任何实例。"],
        remedy: ["Buy again, with a new key.", "请使用新的键重新购买。"],
    }
    /// A tag of the caller has the key by which a purchase is found again.
    TagReserved 400 NotCreated No {
        message: ["The tag havenask-purchase is set by the proxy.", "标签 havenask-purchase 由代理服务器设置。"],
        remedy: ["Leave it out.", "请去掉该标签。"],
    }
    /// The ledger cannot be written.
    LedgerUnavailable 503 NotCreated SameKey {
        message: ["The purchase could not be written down, and was not sent.", "购买无法登记，因此没有发出。"],
        remedy: ["Try again with the same key; if it stays so, see to the ledger of the proxy.", "请使用同一个键重试；如仍失败，请检查代理服务器的账本。"],
    }
    /// The ledger cannot be read.
    LedgerUnreadable 503 Unknown SameKey {
        message: [
            "The ledger of the proxy cannot be read: what became of earlier requests is not known. Nothing was sent now.",
            "无法读取代理服务器的账本，无法得知此前请求的结果。本次没有发出请求。",
        ],
        remedy: ["Ask again with the same key; if it stays so, see to the ledger of the proxy.", "请使用同一个键再次查询；如仍失败，请检查代理服务器的账本。"],
    }
    /// A price that is above the bound that came with the purchase.
    PriceChanged 409 NotCreated SameKey {
        message: ["The price of now is above the one that was agreed to. Nothing was sent.", "当前价格高于已同意的价格，订单未提交。"],
        remedy: [
            "Show the new price; to buy at it, send this again with Havenask-Max-Price set to its total.",
            "请展示新价格；如同意按新价格购买，请将 Havenask-Max-Price 设为新总价后重新发送。",
        ],
    }
    /// A purchase with a price bound that nobody quotes a price for.
    PriceUnknown 409 NotCreated SameKey {
        message: ["The price cannot be found out, and a bound is set. Nothing was sent.", "无法获取价格，且已设置价格上限，订单未提交。"],
        remedy: [
            "Try again later. Without Havenask-Max-Price, and where the operator allows unpriced orders, it is sent at an unknown price.",
            "请稍后重试。若不带 Havenask-Max-Price 且管理员允许未询价的订单，将以未知价格提交。",
        ],
    }
    /// A `Havenask-Max-Price` that is no amount.
    MaxPriceMalformed 400 NotCreated No {
        message: ["The header Havenask-Max-Price is malformed.", "Havenask-Max-Price 请求头的格式不正确。"],
        remedy: [
            "Send it once: a currency of three capital letters, a space, digits and at most two decimals, as CNY 1234.50.",
            "请只发送一次：三个大写字母的币种、一个空格、数字和至多两位小数，例如 CNY 1234.50。",
        ],
    }
    /// A price above what the operator allows for one purchase.
    PriceAboveLimit 403 NotCreated No {
        message: ["The price is above what this proxy allows for one purchase.", "价格超过本代理服务器对单次购买的上限。"],
        remedy: ["Choose less, or ask the operator to raise --max-price.", "请减少配置，或请代理服务器管理员调高 --max-price。"],
    }
    /// A price above what is left of the budget.
    BudgetExceeded 403 NotCreated SameKey {
        message: ["The price is above what is left of this month's budget.", "价格超过本月预算的剩余额度。"],
        remedy: ["Wait for the next month, or ask the operator to raise --budget.", "请等到下个月，或请代理服务器管理员调高 --budget。"],
    }
    /// An answer to the question for a price in which no price can be read for certain.
    PriceUnreadable 502 NotCreated SameKey {
        message: ["The cloud's answer to the price request cannot be read.", "无法识别云平台的询价结果。"],
        remedy: ["Ask again in a moment; see the price on the buy page of the product before you buy.", "请稍后再试；购买前请在产品的购买页查看价格。"],
    }
    /// The request comes from a page of another origin.
    OriginNotAllowed 403 NotCreated SameKey {
        message: ["The request comes from a page, or by a name, that this proxy does not serve.", "请求来自本代理服务器不服务的页面或域名。"],
        remedy: [
            "Whoever runs the proxy allows a page with --allow-origin, and a name with --own-name.",
            "代理服务器管理员可通过 --allow-origin 允许页面，通过 --own-name 允许域名。",
        ],
    }
    /// Nobody is known by what the request says about who sends it.
    Unauthorized 401 NotCreated SameKey {
        message: ["It is not known who you are.", "无法确认您的身份。"],
        remedy: ["Sign in, or send a token that is valid.", "请登录，或使用有效的令牌。"],
    }
    /// Too many requests at a time.
    TooManyRequests 429 NotCreated SameKey {
        message: ["Too many requests at a time.", "请求过于频繁。"],
        remedy: ["Wait as long as Retry-After says.", "请按 Retry-After 的时间等待后重试。"],
    }
    /// Too many purchases in an hour.
    TooManyPurchases 429 NotCreated SameKey {
        message: ["More was bought in the last hour than this proxy allows.", "最近一小时的购买次数已达到本代理服务器的上限。"],
        remedy: ["Wait, or ask whoever runs the proxy to raise --purchases-per-hour.", "请稍后再试，或请代理服务器管理员调高 --purchases-per-hour。"],
    }
    /// The operator of the proxy does not sell this.
    PurchaseNotAllowed 403 NotCreated No {
        message: ["This proxy does not sell that.", "本代理服务器不允许该购买。"],
        remedy: ["Choose something else, or ask whoever runs the proxy.", "请选择其他配置，或联系代理服务器管理员。"],
    }
    /// A signed request has not the form of one that is relayed.
    SignedRequestInvalid 400 NotCreated No {
        message: ["The signed request is not one that is relayed.", "该已签名的请求不符合转发要求。"],
        remedy: [
            "Sign it with ACS3-HMAC-SHA256 and an STS credential, for the endpoint of the proxy, with the purchase tag in the body.",
            "请使用 ACS3-HMAC-SHA256 与 STS 凭证针对代理服务器的接入地址签名，并在请求体中带上购买标签。",
        ],
    }
    /// There is nothing at this address.
    NotFound 404 NotCreated No {
        message: ["There is nothing at this address.", "该地址不存在。"],
        remedy: ["Check the address.", "请检查地址。"],
    }
    /// The address does not take this method.
    MethodNotAllowed 405 NotCreated No {
        message: ["This address does not take this method.", "该地址不支持此方法。"],
        remedy: ["Check the method.", "请检查请求方法。"],
    }
    /// The address is asked something that it does not take.
    QueryUnknown 400 NotCreated No {
        message: ["The query after the address has a name or a value that is not known here.", "地址后的查询参数含有无法识别的名称或取值。"],
        remedy: [
            "Purchases take region and dryRun=true or dryRun=false; quotes and one instance take region; lists of instances take what ListInstances takes, at most 50 on a page; lists of purchases take nextToken.",
            "购买请求接受 region 和 dryRun=true 或 dryRun=false；询价和单个实例接受 region；实例列表接受 ListInstances 的参数，每页最多 50 个；订单列表接受 nextToken。",
        ],
    }
    /// The cloud could not be reached: nothing was sent.
    UpstreamUnreachable 502 NotCreated SameKey {
        message: ["The cloud could not be reached. Nothing was sent.", "无法连接到云服务，请求未发出。"],
        remedy: ["Try again; if it stays so, check the network of the proxy.", "请重试；如仍失败，请检查代理服务器的网络。"],
    }
    /// The cloud did not answer in time.
    UpstreamTimeout 504 Unknown SameKey {
        message: ["The cloud did not answer in time.", "云服务未按时响应。"],
        remedy: LOOK_FIRST,
    }
    /// The response is not one of the cloud.
    UpstreamResponseUnreadable 502 Unknown SameKey {
        message: ["The response is not one of the cloud.", "收到的不是云服务的响应。"],
        remedy: LOOK_FIRST,
    }
    /// The proxy could not be reached, or the connection broke.
    NetworkError 0 Unknown SameKey {
        message: ["The proxy did not answer, or the connection broke.", "代理服务器没有响应，或连接已断开。"],
        remedy: LOOK_FIRST,
    }
    /// No answer of the proxy has ever come: it is not there, or refuses the origin of the page.
    ProxyUnreachable 0 NotCreated SameKey {
        message: ["The signing proxy cannot be reached, or does not allow this page. Nothing was sent.", "无法连接到签名代理服务器，或其不允许此页面访问。请求未发出。"],
        remedy: [
            "Check that the proxy runs at this address; for a page of another origin, start it with --allow-origin and the origin of the page.",
            "请确认代理服务器在该地址运行；如页面来自其他源，请使用 --allow-origin 加上页面的源启动代理服务器。",
        ],
    }
    /// An answer that is not the proxy's; its texts depend on the status: [`unexpected_response`](crate::proxy_api::ProxyApi::unexpected_response).
    UnexpectedResponse 0 Unknown SameKey {
        message: ["Something other than the signing proxy answered.", "响应并非来自签名代理服务器。"],
        remedy: LOOK_FIRST,
    }
    /// The caller gave up waiting.
    Aborted 0 Unknown SameKey {
        message: ["The request was given up.", "请求已中止。"],
        remedy: LOOK_FIRST,
    }
    /// An argument is not what the function takes.
    InvalidArgument 0 NotCreated No {
        message: ["An argument is not what the function takes.", "参数不正确。"],
        remedy: ["Compare it with the types of the package.", "请对照软件包的类型定义。"],
    }
}
