//! A status and, after a space, the body of an answer: of the cloud to the proxy, and of the proxy to a page.

use std::fmt;

use havenask_core::{
    ErrorCode, Failure, FromValue, Locale, PurchaseOutcome, Retry, Value,
    failure::CloudCode,
    instance::Instance,
    proxy_api::ProxyApi,
    response::{self, ApiResponse, Created, NewInstance},
};
use serde::Serialize;

use crate::wire::split_once;

/// Nothing was bought for certain only where the cloud, or the proxy, says so in a form that is understood; something was
/// bought only where the answer names it. A page reads the proxy's answer as it was meant.
pub fn laws(bytes: &[u8]) {
    let (status, body) = split_once(bytes, b" ");
    let status = str::from_utf8(status).ok().and_then(|status| status.parse().ok());
    let (Some(status), Some(body)) = (status, body) else { return };
    let body: Option<Value<'_>> = serde_json::from_slice(body).ok();
    for locale in [Locale::En, Locale::Zh] {
        cloud(status, body.as_ref(), locale);
        page(status, body.as_ref(), &ProxyApi::new("/", locale));
    }
}

/// Responses of the cloud, which the proxy reads.
fn cloud(status: u16, body: Option<&Value<'_>>, locale: Locale) {
    match response::parse_created(status, body, locale) {
        Ok(created) => {
            assert_eq!(status, 200);
            assert_eq!(id(body), Some(&*created.instance_id));
            handed_on(created, locale);
        }
        Err(failure) => {
            assert_eq!(failure.status, status);
            let code = text(body, "code").or_else(|| text(body, "Code"));
            let understood = code.is_some_and(|code| !code.is_empty() && code == failure.code);
            assert!(understood || is_unreadable(&failure, locale), "{failure:?}");
            let refused = understood && (400..500).contains(&status) && status != 408;
            let proof =
                CloudCode::find(&failure.code).filter(|it| refused && it.proves_nothing_made);
            let expected = if proof.is_some() {
                PurchaseOutcome::NotCreated
            } else {
                PurchaseOutcome::Unknown
            };
            assert_eq!(failure.outcome, expected, "{failure:?}");
            assert_eq!(failure.retry, proof.map_or(Retry::SameKey, |it| it.retry), "{failure:?}");
            let json = failure.to_json();
            assert_eq!(json, serde_json::to_string(&failure).unwrap());
            let read =
                ProxyApi::new("/", locale).parse_created(status, serde_json::from_str(&json).ok());
            assert_eq!(read, Err(failure), "{json}");
        }
    }
}

fn handed_on(created: Created, locale: Locale) {
    let result = NewInstance { instance_id: created.instance_id.clone() };
    let answer = ApiResponse { request_id: created.request_id.clone(), result, total_count: None };
    let read = ProxyApi::new("/", locale).parse_created(200, written(&answer));
    assert_eq!(read, Ok(created));
}

/// Responses of the proxy, which a page reads.
fn page(status: u16, body: Option<&Value<'_>>, proxy: &ProxyApi) {
    match proxy.parse_created(status, body.cloned()) {
        Ok(created) => {
            assert_eq!(status, 200);
            assert_eq!(id(body), Some(&*created.instance_id));
        }
        Err(failure) => told(status, body, &failure),
    }
    match proxy.parse_dry_run(status, body.cloned()) {
        Ok(shown) => {
            assert_eq!(status, 200);
            assert!(shown.dry_run && !shown.sent, "{shown:?}");
            assert_eq!(proxy.parse_dry_run(200, written(&shown)), Ok(shown));
        }
        Err(failure) => told(status, body, &failure),
    }
    asked::<Instance>(status, body, proxy);
    asked::<Vec<Instance>>(status, body, proxy);
}

/// A failure is what the proxy tells in its own form, or leaves it open whether something was bought.
fn told(status: u16, body: Option<&Value<'_>>, failure: &Failure) {
    if failure.outcome == PurchaseOutcome::NotCreated {
        assert_eq!(text(body, "outcome"), Some("not-created"), "{failure:?}");
        assert_eq!(text(body, "code"), Some(&*failure.code));
        assert!(text(body, "message").is_some() && text(body, "remedy").is_some());
    } else if text(body, "outcome") != Some("unknown") {
        assert_eq!(failure.status, status);
    }
}

/// A question buys nothing, whatever comes back.
fn asked<T>(status: u16, body: Option<&Value<'_>>, proxy: &ProxyApi)
where
    T: FromValue + Serialize + PartialEq + fmt::Debug,
{
    match proxy.parse::<T>(status, body.cloned()) {
        Ok(answer) => {
            assert_eq!(status, 200);
            assert_eq!(proxy.parse(200, written(&answer)), Ok(answer));
        }
        Err(failure) => assert_eq!(failure.outcome, PurchaseOutcome::NotCreated),
    }
}

fn is_unreadable(failure: &Failure, locale: Locale) -> bool {
    let status = failure.status;
    *failure == Failure { status, ..Failure::new(ErrorCode::UpstreamResponseUnreadable, locale) }
}

fn written(value: &impl Serialize) -> Option<Value<'static>> {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).ok()
}

/// The id that an answer names, where it has the form of one.
fn id<'a>(body: Option<&'a Value<'_>>) -> Option<&'a str> {
    let id = text(field(body, "result"), "instanceId");
    id.filter(|id| !id.is_empty() && !id.chars().any(char::is_control))
}

fn field<'a>(input: Option<&'a Value<'a>>, name: &str) -> Option<&'a Value<'a>> {
    let Some(Value::Object(fields)) = input else { return None };
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

fn text<'a>(input: Option<&'a Value<'a>>, name: &str) -> Option<&'a str> {
    match field(input, name) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}
