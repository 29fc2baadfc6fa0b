//! Why something was not done, in one form from the proxy through the client to the page, and what to do about it.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    Fields, FromInput, Input, Locale, Problem, Shape,
    answer::Outcome,
    fault::{Fault, Texts},
    json::Object,
    shape::Field,
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
    /// Seconds after which to ask again: the header `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// What is wrong with the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
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
            retry_after: None,
            problems: Vec::new(),
        }
    }

    /// The request breaks these rules.
    #[must_use]
    pub fn invalid_request(problems: Vec<Problem>, locale: Locale) -> Self {
        Self { problems, ..Self::of(Fault::InvalidRequest, locale) }
    }

    /// Whether the cloud was too busy to look at the request: the same may be sent again.
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        self.code.starts_with("Throttling")
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
        if let Some(seconds) = self.retry_after {
            push_number(failure.name("retryAfter"), seconds.into(), 1);
        }
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
        Field::optional("retryAfter", &Shape::Integer),
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
            retry_after: fields.optional::<i64>("retryAfter").and_then(|it| it.try_into().ok()),
            problems: fields.required("problems"),
        }
    }
}

/// What to do about an error code of the cloud; empty when nothing is known of it.
#[must_use]
pub fn remedy(code: &str, locale: Locale) -> &'static str {
    let is_of = |family: &&str| {
        code.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let known = REMEDIES.iter().find(|remedy| remedy.families.iter().any(is_of));
    known.map_or("", |remedy| locale.pick(remedy.en, remedy.zh))
}

/// What to do about error codes of the cloud.
#[derive(Clone, Copy, Debug)]
pub struct Remedy {
    /// The codes: each stands for itself and for all that begin with it and a dot, `Forbidden` for `Forbidden.RAM`.
    pub families: &'static [&'static str],
    /// The English text.
    pub en: &'static str,
    /// The Chinese text.
    pub zh: &'static str,
}

/// Every error of the cloud that something is known to do about. `InvalidPayMethod` is in the text of `chargeType` of
/// OpenSearch:CreateInstance, `InternalServerError` in its sample of an error; the others are the client errors that all
/// APIs of the cloud have (`developer.aliyun.com/ask/278265`), and those of RAM and STS.
pub const REMEDIES: [Remedy; 9] = [
    Remedy {
        families: &["InvalidPayMethod"],
        en: "The account cannot pay for a subscription. Top up its balance, or set up a credit card, in the billing centre.",
        zh: "账号无法支付预付费订单，请在费用中心充值余额或绑定信用卡。",
    },
    Remedy {
        families: &["Forbidden", "NoPermission"],
        en: "Grant the RAM user of the proxy the actions searchengine:CreateInstance, GetInstance and ListInstances.",
        zh: "请为代理所用的 RAM 用户授予 searchengine:CreateInstance、GetInstance 和 ListInstances 权限。",
    },
    Remedy {
        families: &[
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "InvalidSignatureMethod",
        ],
        en: "Check the AccessKey id and secret with which the proxy was started.",
        zh: "请检查代理启动时使用的 AccessKey ID 和 Secret。",
    },
    Remedy {
        families: &["MissingSecurityToken", "InvalidSecurityToken"],
        en: "The STS credential of the proxy has expired or is incomplete. Renew it.",
        zh: "代理的 STS 凭证已过期或不完整，请更新。",
    },
    Remedy {
        families: &["InvalidTimeStamp"],
        en: "The clock of the proxy is more than 15 minutes off. Set it.",
        zh: "代理的时钟偏差超过 15 分钟，请校准。",
    },
    Remedy { families: &["SignatureNonceUsed"], en: "Try again.", zh: "请重试。" },
    Remedy {
        families: &["Throttling"],
        en: "Too many requests. Wait a moment and try again.",
        zh: "请求过于频繁，请稍候重试。",
    },
    Remedy {
        families: &["InternalServerError", "InternalError", "ServiceUnavailable"],
        en: "The cloud failed. A purchase may have been made all the same: look at the list of instances before you buy again.",
        zh: "云服务出错。购买可能已经生效：请先查看实例列表，再决定是否重新购买。",
    },
    Remedy {
        families: &["MissingParameter", "InvalidParameter"],
        en: "The cloud does not accept a parameter. Compare the components with the buy page.",
        zh: "云服务不接受某个参数，请对照购买页检查规格项。",
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
}
