//! Error codes of the cloud: whether each proves that nothing was made, whether to send the request again, and the remedy.

use alloc::string::String;

use crate::{
    Locale,
    failure::Retry::{self, NewKey, No, SameKey},
    strings::concat,
};

/// Error codes of the cloud that mean the same.
#[derive(Clone, Copy, Debug)]
pub struct CloudCode {
    /// The codes: each stands for itself and for all that begin with it and a dot, `Forbidden` for `Forbidden.RAM`.
    pub families: &'static [&'static str],
    /// True if a status of the 400s with it proves that no instance was made.
    pub proves_nothing_made: bool,
    /// The way in which a purchase that it refuses may be sent again, if any.
    pub retry: Retry,
    /// The document that says so.
    pub source: &'static str,
    /// The remedy in English.
    pub en: &'static str,
    /// The remedy in Chinese.
    pub zh: &'static str,
}

impl CloudCode {
    /// The row of a code; `None` for one of which nothing is known, which proves nothing.
    #[must_use]
    pub fn find(code: &str) -> Option<&'static Self> {
        let is_of = |family: &&str| {
            code.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        CLOUD_CODES.iter().find(|row| row.families.iter().any(is_of))
    }
}

/// The remedy for an error code of the cloud; empty when nothing is known of it.
#[must_use]
pub fn remedy(code: &str, locale: Locale) -> &'static str {
    CloudCode::find(code).map_or("", |row| locale.localized(row.en, row.zh))
}

/// The remedy for a purchase, which says with which key to send it again; empty when nothing is known of the code.
pub(crate) fn purchase_remedy(code: &str, retry: Retry, locale: Locale) -> String {
    let [en, zh] = match (CloudCode::find(code), retry) {
        (None, _) => return String::new(),
        (_, SameKey) => WITH_THE_SAME_KEY,
        (_, NewKey) => WITH_A_NEW_KEY,
        (_, No) => [""; 2],
    };
    concat(&[remedy(code, locale), locale.localized(en, zh)])
}

const WITH_THE_SAME_KEY: [&str; 2] = [
    " It may have bought: send it with the same key only, and the proxy looks for the instance first.",
    "购买可能已经生效：重试时请务必使用同一个幂等键，代理服务器会先查找该实例。",
];
const WITH_A_NEW_KEY: [&str; 2] = [" Then buy with a new key.", "然后使用新的幂等键购买。"];

/// The public client error codes of all APIs of the cloud.
const PUBLIC: &str = "developer.aliyun.com/ask/278265";

/// Every error code of the cloud of which something is known. One that is not here proves nothing.
///
/// A gateway refuses before the service sees a request, so its refusals prove that nothing was made. Three do not:
/// `SignatureNonceUsed`, since a nonce is random and used once, so that something between sent the request twice and the first may
/// have bought; `Throttling`, which may be the answer to such a second one; and failures of the cloud itself.
pub const CLOUD_CODES: [CloudCode; 10] = [
    CloudCode {
        families: &["InvalidPayMethod"],
        proves_nothing_made: true,
        retry: NewKey,
        source: "OpenSearch:CreateInstance, `chargeType`",
        en: "The account cannot pay for a subscription. Top up its balance, or set up a credit card, in the billing centre.",
        zh: "账号无法支付预付费订单，请在费用中心充值余额或绑定信用卡。",
    },
    CloudCode {
        families: &["Forbidden", "NoPermission"],
        proves_nothing_made: true,
        retry: NewKey,
        source: "RAM; PolarDB error codes",
        en: "Grant the RAM user of the proxy the actions searchengine:CreateInstance, GetInstance and ListInstances.",
        zh: "请为代理服务器所用的 RAM 用户授予 searchengine:CreateInstance、GetInstance 和 ListInstances 权限。",
    },
    CloudCode {
        families: &[
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "InvalidSignatureMethod",
        ],
        proves_nothing_made: true,
        retry: NewKey,
        source: PUBLIC,
        en: "Check the AccessKey id and secret with which the proxy was started.",
        zh: "请检查代理服务器启动时使用的 AccessKey ID 和 Secret。",
    },
    CloudCode {
        families: &["MissingSecurityToken", "InvalidSecurityToken"],
        proves_nothing_made: true,
        retry: NewKey,
        source: "the gateway's codes in client libraries for Go",
        en: "The STS credential of the proxy has expired or is incomplete. Renew it.",
        zh: "代理服务器的 STS 凭证已过期或不完整，请更新。",
    },
    CloudCode {
        families: &["InvalidTimeStamp"],
        proves_nothing_made: true,
        retry: NewKey,
        source: PUBLIC,
        en: "The clock of the proxy is more than 15 minutes off. Set it.",
        zh: "代理服务器的时钟偏差超过 15 分钟，请校准。",
    },
    CloudCode {
        families: &["SignatureNonceUsed"],
        proves_nothing_made: false,
        retry: SameKey,
        source: PUBLIC,
        en: "The cloud received this request twice. Try again.",
        zh: "云服务收到了两次相同的请求，请重试。",
    },
    CloudCode {
        families: &["Throttling"],
        proves_nothing_made: false,
        retry: SameKey,
        source: PUBLIC,
        en: "Too many requests. Wait a moment and try again.",
        zh: "请求过于频繁，请稍候重试。",
    },
    CloudCode {
        families: &["InternalServerError", "InternalError", "ServiceUnavailable", "ServiceTimeout"],
        proves_nothing_made: false,
        retry: SameKey,
        source: "OpenSearch:CreateInstance, sample of an error; DNS error codes",
        en: "The cloud failed. Try again.",
        zh: "云服务出错，请重试。",
    },
    CloudCode {
        families: &["MissingParameter", "InvalidParameter"],
        proves_nothing_made: true,
        retry: No,
        source: PUBLIC,
        en: "The cloud does not accept a parameter. Compare the components with the buy page.",
        zh: "云服务不接受某个参数，请对照购买页检查规格项。",
    },
    CloudCode {
        families: &["InvalidApi", "InvalidAction", "InvalidVersion", "UnsupportedHTTPMethod"],
        proves_nothing_made: true,
        retry: NewKey,
        source: PUBLIC,
        en: "The endpoint does not know this API. Check the region or the upstream of the proxy.",
        zh: "该接入地址不支持此 API，请检查代理服务器的地域或上游地址。",
    },
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

    #[test]
    fn only_a_code_that_proves_nothing_was_made_asks_for_a_new_key() {
        for row in CLOUD_CODES {
            assert_eq!(row.retry == SameKey, !row.proves_nothing_made, "{:?}", row.families);
        }
    }
}
