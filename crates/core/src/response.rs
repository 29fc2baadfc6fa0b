//! Responses of the cloud as typed results. The one question that matters after a purchase is whether it may have bought.

use alloc::{
    borrow::ToOwned,
    string::{String, ToString},
    vec::Vec,
};

use serde::{Deserialize, Serialize};

use crate::{
    FromValue, Locale, ObjectReader, Problem, Schema, SignedRequest, Value,
    failure::{CloudCode, ErrorCode, Failure, LOOK_FIRST, PurchaseOutcome, Retry, purchase_remedy},
    json::Property,
    json_object,
};

/// An instance was bought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Created {
    /// The id that the support of the cloud asks for.
    pub request_id: String,
    /// The id of the new instance: `ha-cn-pl32rf0****`.
    pub instance_id: String,
}

json_object! {
    /// Result of a dry run: everything was checked and built, and nothing was sent. The signature is left out, since with it
    /// anybody could send the request.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(rename_all = "camelCase")]
    pub struct DryRun: OpenObject {
        /// Always true.
        pub dry_run: bool as Schema::TRUE,
        /// Always false.
        pub sent: bool as Schema::FALSE,
        /// The HTTP method.
        pub method: String,
        /// The whole address.
        pub url: String,
        /// The body.
        pub body: String,
        /// Canonical request; an STS token is hidden. Absent for ROA, which has no such stage.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub canonical_request: Option<String>,
        /// String to sign.
        pub string_to_sign: String,
        /// Warnings: allowed, and probably not meant.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub warnings: Vec<Problem> = default,
    }
}

impl DryRun {
    /// Shows a request that is not sent.
    #[must_use]
    pub fn of(signed: &SignedRequest, warnings: Vec<Problem>) -> Self {
        Self {
            dry_run: true,
            sent: false,
            method: signed.method.clone(),
            url: signed.url.clone(),
            body: String::from_utf8_lossy(&signed.body).into_owned(),
            canonical_request: signed.canonical_request.as_ref().map(ToString::to_string),
            string_to_sign: signed.string_to_sign.to_string(),
            warnings,
        }
    }
}

/// The form of every answer of the service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "camelCase")]
pub struct ApiResponse<T> {
    /// The id that the support of the cloud asks for.
    pub request_id: String,
    /// The result.
    pub result: T,
    /// In a list, how many there are on all pages together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_count: Option<u64>,
}

json_object! {
    /// The `result` of `CreateInstance`.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(rename_all = "camelCase")]
    pub struct NewInstance: OpenObject {
        /// The id of the new instance.
        pub instance_id: String as Schema::SingleLine,
    }
}

/// An error as it comes over the wire: the service writes its fields in lower case (`ErrorResponse` of the metadata), the gateway in
/// front of it in upper case. The official SDKs read both.
struct ErrorBody {
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
    /// A link to a page that diagnoses this very request.
    recommend: Option<String>,
}

impl<T: FromValue> FromValue for ApiResponse<T> {
    const SCHEMA: &'static Schema = &Schema::OpenObject(&[
        Property::required("requestId", &Schema::Text),
        Property::required("result", T::SCHEMA),
        Property::optional("totalCount", &Schema::Integer),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::new(value);
        Self {
            request_id: fields.read("requestId"),
            result: fields.read("result"),
            total_count: fields.read("totalCount"),
        }
    }
}

impl FromValue for ErrorBody {
    const SCHEMA: &'static Schema = &Schema::OpenObject(&[
        Property::optional("code", &Schema::SingleLine),
        Property::optional("Code", &Schema::SingleLine),
        Property::optional("message", &Schema::Text),
        Property::optional("Message", &Schema::Text),
        Property::optional("requestId", &Schema::Text),
        Property::optional("RequestId", &Schema::Text),
        Property::optional("recommend", &Schema::Text),
        Property::optional("Recommend", &Schema::Text),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::new(value);
        let either =
            |lower, upper| fields.read::<Option<String>>(lower).or_else(|| fields.read(upper));
        Self {
            code: either("code", "Code"),
            message: either("message", "Message"),
            request_id: either("requestId", "RequestId"),
            recommend: either("recommend", "Recommend"),
        }
    }
}

/// Reads the answer to `CreateInstance`. `None` as a body stands for one that is not JSON.
///
/// ```
/// use havenask_core::{Locale, PurchaseOutcome, Value, response};
///
/// let refused: Value<'_> =
///     serde_json::from_str(r#"{"requestId": "R-1", "code": "InvalidPayMethod", "message": "no money"}"#)?;
/// let failure = response::parse_created(400, Some(&refused), Locale::En).unwrap_err();
/// assert_eq!((failure.code.as_str(), failure.outcome), ("InvalidPayMethod", PurchaseOutcome::NotCreated));
/// assert!(failure.remedy.starts_with("The account cannot pay"));
///
/// // A machine in between says this, and nobody knows what happened behind it.
/// let failure = response::parse_created(502, None, Locale::En).unwrap_err();
/// assert_eq!(failure.outcome, PurchaseOutcome::Unknown);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn parse_created(
    status: u16,
    body: Option<&Value<'_>>,
    locale: Locale,
) -> Result<Created, Failure> {
    match read::<ApiResponse<NewInstance>>(body) {
        Some(answer) if status == 200 => {
            Ok(Created { request_id: answer.request_id, instance_id: answer.result.instance_id })
        }
        _ => {
            let failure = parse_failure(status, body, locale);
            let remedy = purchase_remedy(&failure.code, failure.retry, locale);
            Err(if remedy.is_empty() { failure } else { Failure { remedy, ..failure } })
        }
    }
}

/// Reads an answer that is no success.
#[must_use]
pub fn parse_failure(status: u16, body: Option<&Value<'_>>, locale: Locale) -> Failure {
    // Everything but a refusal may come from a machine in between, or from the service after it has bought.
    let refused = (400..500).contains(&status) && status != 408;
    match read(body) {
        Some(ErrorBody { code: Some(code), message, request_id, recommend }) if status >= 400 => {
            let row = CloudCode::find(&code);
            let proof = row.filter(|it| refused && it.proves_nothing_made);
            let [en, zh] = row.map_or(LOOK_FIRST, |it| [it.en, it.zh]);
            Failure {
                remedy: locale.localized(en, zh).to_owned(),
                message: message.unwrap_or_default(),
                outcome: if proof.is_some() {
                    PurchaseOutcome::NotCreated
                } else {
                    PurchaseOutcome::Unknown
                },
                retry: proof.map_or(Retry::SameKey, |it| it.retry),
                code,
                status,
                request_id,
                recommend,
                retry_after: None,
                problems: Vec::new(),
                purchase: None,
                quote: None,
            }
        }
        _ => Failure { status, ..Failure::new(ErrorCode::UpstreamResponseUnreadable, locale) },
    }
}

fn read<T: FromValue>(body: Option<&Value<'_>>) -> Option<T> {
    body.filter(|body| T::SCHEMA.check(body).is_ok()).map(T::from_checked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> Result<Created, Failure> {
        parse_created(status, serde_json::from_str(body).ok().as_ref(), Locale::En)
    }

    #[test]
    fn both_spellings_of_an_error_are_read() {
        let service = r#"{"requestId":"R-1","code":"InvalidPayMethod","message":"no money"}"#;
        let gateway = r#"{"RequestId":"R-1","HostId":"h","Code":"InvalidPayMethod","Message":"no money","Recommend":"https://x"}"#;
        for (body, recommend) in [(service, None), (gateway, Some("https://x"))] {
            let failure = read(400, body).unwrap_err();
            assert_eq!(
                (failure.code.as_str(), failure.message.as_str()),
                ("InvalidPayMethod", "no money")
            );
            assert_eq!(failure.request_id.as_deref(), Some("R-1"));
            assert_eq!(failure.recommend.as_deref(), recommend);
            assert_eq!(failure.outcome, PurchaseOutcome::NotCreated);
            assert!(failure.remedy.contains("balance"), "{}", failure.remedy);
        }
    }

    #[test]
    fn an_instance_was_bought_only_when_the_answer_names_it() {
        let bought = r#"{"requestId":"R-1","result":{"instanceId":"ha-cn-1"}}"#;
        let created = Created { request_id: "R-1".into(), instance_id: "ha-cn-1".into() };
        assert_eq!(read(200, bought), Ok(created));
        let error = r#"{"code":"InternalServerError","message":"internal server error"}"#;
        for (status, body) in [
            (200, "{}"),
            (200, r#"{"requestId":"R-1","result":{}}"#),
            (200, r#"{"requestId":"R-1","result":{"instanceId":""}}"#),
            (200, r#"{"requestId":"R-1","result":{"instanceId":"ha-cn-1\n"}}"#),
            (200, r#"["R-1",["ha-cn-1"]]"#),
            (200, error),
            (200, "<html>"),
            (204, ""),
            (302, ""),
            (400, "<html>"),
            (400, r#"{"code":"","message":"no"}"#),
            (400, r#"["Forbidden","no","R-1",null]"#),
            (408, error),
            (500, error),
            (502, "<html>"),
            (503, "{}"),
        ] {
            let failure = read(status, body).unwrap_err();
            assert_eq!(
                (failure.outcome, failure.status),
                (PurchaseOutcome::Unknown, status),
                "{status} {body}"
            );
            assert!(!failure.code.is_empty() && !failure.message.is_empty());
        }
    }
}
