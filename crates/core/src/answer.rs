//! What comes back, as a typed result. The one question that matters after a purchase is whether it may have bought.

use alloc::{
    borrow::ToOwned,
    string::{String, ToString},
    vec::Vec,
};

use serde::{Deserialize, Serialize};

pub use crate::outcome::Outcome;
use crate::{
    Fields, FromInput, Input, Locale, Problem, Shape, SignedRequest,
    cloud_code::{CloudCode, purchase_remedy},
    failure::Failure,
    fault::{Fault, LOOK_FIRST},
    retry::Retry,
    shape::Field,
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

/// What a dry run shows: everything was checked and built, and nothing was sent. The signature is left out, since with it
/// anybody could send the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DryRun {
    /// Always true.
    pub dry_run: bool,
    /// Always false.
    pub sent: bool,
    /// The HTTP method.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// The body.
    pub body: String,
    /// What would be hashed; an STS token is hidden. Absent for ROA, which has no such stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical_request: Option<String>,
    /// What would be signed.
    pub string_to_sign: String,
    /// What is allowed, and probably not meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Problem>,
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
pub struct Answer<T> {
    /// The id that the support of the cloud asks for.
    pub request_id: String,
    /// What was asked for.
    pub result: T,
    /// In a list, how many there are on all pages together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_count: Option<u64>,
}

/// The `result` of `CreateInstance`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewInstance {
    /// The id of the new instance.
    pub instance_id: String,
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

impl<T: FromInput> FromInput for Answer<T> {
    const SHAPE: &'static Shape = &Shape::Answer(&[
        Field::required("requestId", &Shape::Text),
        Field::required("result", T::SHAPE),
        Field::optional("totalCount", &Shape::Integer),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
        Self {
            request_id: fields.text("requestId"),
            result: fields.required("result"),
            total_count: fields.optional::<i64>("totalCount").and_then(|it| it.try_into().ok()),
        }
    }
}

impl FromInput for NewInstance {
    const SHAPE: &'static Shape = &Shape::Answer(&[Field::required("instanceId", &Shape::Line)]);

    fn take(input: &Input<'_>) -> Self {
        Self { instance_id: Fields::of(input).text("instanceId") }
    }
}

impl FromInput for DryRun {
    const SHAPE: &'static Shape = &Shape::Answer(&[
        Field::required("dryRun", &Shape::Always(true)),
        Field::required("sent", &Shape::Always(false)),
        Field::required("method", &Shape::Text),
        Field::required("url", &Shape::Text),
        Field::required("body", &Shape::Text),
        Field::optional("canonicalRequest", &Shape::Text),
        Field::required("stringToSign", &Shape::Text),
        Field::optional("warnings", Vec::<Problem>::SHAPE),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
        Self {
            dry_run: fields.required("dryRun"),
            sent: fields.required("sent"),
            method: fields.text("method"),
            url: fields.text("url"),
            body: fields.text("body"),
            canonical_request: fields.optional_text("canonicalRequest"),
            string_to_sign: fields.text("stringToSign"),
            warnings: fields.optional("warnings").unwrap_or_default(),
        }
    }
}

impl FromInput for ErrorBody {
    const SHAPE: &'static Shape = &Shape::Answer(&[
        Field::optional("code", &Shape::Line),
        Field::optional("Code", &Shape::Line),
        Field::optional("message", &Shape::Text),
        Field::optional("Message", &Shape::Text),
        Field::optional("requestId", &Shape::Text),
        Field::optional("RequestId", &Shape::Text),
        Field::optional("recommend", &Shape::Text),
        Field::optional("Recommend", &Shape::Text),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
        let either =
            |lower, upper| fields.optional_text(lower).or_else(|| fields.optional_text(upper));
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
/// use havenask_core::{Input, Locale, answer::{self, Outcome}};
///
/// let refused: Input<'_> =
///     serde_json::from_str(r#"{"requestId": "R-1", "code": "InvalidPayMethod", "message": "no money"}"#)?;
/// let failure = answer::created(400, Some(&refused), Locale::En).unwrap_err();
/// assert_eq!((failure.code.as_str(), failure.outcome), ("InvalidPayMethod", Outcome::NotCreated));
/// assert!(failure.remedy.starts_with("The account cannot pay"));
///
/// // A machine in between says this, and nobody knows what happened behind it.
/// let failure = answer::created(502, None, Locale::En).unwrap_err();
/// assert_eq!(failure.outcome, Outcome::Unknown);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn created(status: u16, body: Option<&Input<'_>>, locale: Locale) -> Result<Created, Failure> {
    match read::<Answer<NewInstance>>(body) {
        Some(answer) if status == 200 => {
            Ok(Created { request_id: answer.request_id, instance_id: answer.result.instance_id })
        }
        _ => {
            let failure = failure(status, body, locale);
            let remedy = purchase_remedy(&failure.code, failure.retry, locale);
            Err(if remedy.is_empty() { failure } else { Failure { remedy, ..failure } })
        }
    }
}

/// Reads an answer that is no success.
#[must_use]
pub fn failure(status: u16, body: Option<&Input<'_>>, locale: Locale) -> Failure {
    // Everything but a refusal may come from a machine in between, or from the service after it has bought.
    let refused = (400..500).contains(&status) && status != 408;
    match read(body) {
        Some(ErrorBody { code: Some(code), message, request_id, recommend }) if status >= 400 => {
            let row = CloudCode::find(&code);
            let proof = row.filter(|it| refused && it.proves_nothing_made);
            let [en, zh] = row.map_or(LOOK_FIRST, |it| [it.en, it.zh]);
            Failure {
                remedy: locale.pick(en, zh).to_owned(),
                message: message.unwrap_or_default(),
                outcome: if proof.is_some() { Outcome::NotCreated } else { Outcome::Unknown },
                retry: proof.map_or(Retry::SameKey, |it| it.retry),
                code,
                status,
                request_id,
                recommend,
                retry_after: None,
                problems: Vec::new(),
                purchase: None,
            }
        }
        _ => Failure { status, ..Failure::of(Fault::UpstreamAnswerUnreadable, locale) },
    }
}

fn read<T: FromInput>(body: Option<&Input<'_>>) -> Option<T> {
    body.filter(|body| T::SHAPE.check(body).is_ok()).map(T::take)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> Result<Created, Failure> {
        created(status, serde_json::from_str(body).ok().as_ref(), Locale::En)
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
            assert_eq!(failure.outcome, Outcome::NotCreated);
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
                (Outcome::Unknown, status),
                "{status} {body}"
            );
            assert!(!failure.code.is_empty() && !failure.message.is_empty());
        }
    }
}
