//! Requests of a page to a signing proxy, and its responses: everything but the sending, for which each host has its own
//! `fetch`. The proxy holds the keys.

use alloc::{borrow::ToOwned, string::String, vec::Vec};
use core::fmt;

use crate::{
    ErrorCode, Failure, FromValue, Locale, Operation, Schema, Value,
    failure::{PurchaseOutcome, unexpected_response},
    json::{self, ObjectWriter},
    model::CreateInstanceRequest,
    operation::INSTANCES,
    percent,
    pricing::{MAX_PRICE, QUOTES, Quote},
    purchase::{IDEMPOTENCY_KEY, NEXT_TOKEN, NO_REPEAT, PURCHASES, TERMS},
    response::{ApiResponse, Created, DryRun, NewInstance},
    strings::{concat, push_u64},
};

/// The address of a proxy's configuration.
pub const CONFIG: &str = "/config.json";

/// The parameter that names the region of a request; the proxy's first one when it is left out.
pub const REGION: &str = "region";

/// A way to a proxy.
#[derive(Clone)]
pub struct ProxyApi {
    endpoint: String,
    locale: Locale,
    token: Option<String>,
    region: Option<String>,
}

/// A request to a proxy.
#[derive(Clone, PartialEq, Eq)]
pub struct ProxyRequest {
    /// The HTTP method.
    pub method: &'static str,
    /// The address.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Option<String>,
}

/// The headers of a purchase.
#[derive(Clone, Copy, Debug, Default)]
pub struct PurchaseHeaders<'a> {
    /// The key that tells it from every other, see [`crate::purchase::IdempotencyKey`].
    pub idempotency_key: &'a str,
    /// The seconds within which the same order of the same principal is refused, see [`NO_REPEAT`].
    pub no_repeat: Option<u32>,
    /// The most that it may cost, see [`crate::pricing::Money`].
    pub max_price: Option<&'a str>,
    /// The address of the terms that the buyer has accepted, see [`crate::purchase::TermsUrl`].
    pub terms: Option<&'a str>,
}

/// The kind of a response body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseKind {
    /// The result.
    Success,
    /// A [`Failure`].
    Failure,
}

impl ProxyRequest {
    /// The request as JSON: what JavaScript's `new Request(url, …)` takes.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(1024);
        let mut ask = ObjectWriter::open(&mut out);
        ask.text("method", self.method);
        ask.text("url", &self.url);
        json::list(ask.name("headers"), &self.headers, |out, (name, value)| {
            out.push('[');
            json::string(out, name);
            out.push(',');
            json::string(out, value);
            out.push(']');
        });
        ask.optional("body", self.body.as_deref());
        ask.close();
        out
    }
}

impl ProxyApi {
    /// The proxy at this address, which answers in this language: `/` for the one that served the page, `https://host/` for
    /// another.
    pub fn new(endpoint: impl Into<String>, locale: Locale) -> Self {
        let mut endpoint = endpoint.into();
        // With one left of two, what follows would name a host: `//openapi/…`.
        while endpoint.ends_with('/') {
            endpoint.pop();
        }
        Self { endpoint, locale, token: None, region: None }
    }

    /// The same, for a proxy that knows who asks by a bearer token.
    #[must_use]
    pub fn with_token(self, token: Option<String>) -> Self {
        Self { token, ..self }
    }

    /// The same, in a region that the proxy serves; without one, in its first.
    #[must_use]
    pub fn in_region(self, region: Option<String>) -> Self {
        Self { region, ..self }
    }

    /// Puts an operation; a purchase with its headers.
    #[must_use]
    pub fn request(
        &self,
        mut operation: Operation,
        purchase: Option<PurchaseHeaders<'_>>,
    ) -> ProxyRequest {
        let is_regional = operation.path.starts_with(INSTANCES) || operation.path == QUOTES;
        if let Some(region) = self.region.as_ref().filter(|_| is_regional) {
            operation.query.push((REGION.to_owned(), region.clone()));
        }
        let mut url = concat(&[&self.endpoint, &operation.path]);
        percent::push_query(&mut url, &operation.query);
        let mut headers = Vec::with_capacity(8);
        push(&mut headers, "accept", "application/json");
        push(&mut headers, "accept-language", self.locale.tag());
        if operation.body.is_some() {
            push(&mut headers, "content-type", "application/json");
        }
        if let Some(purchase) = purchase {
            push(&mut headers, IDEMPOTENCY_KEY, purchase.idempotency_key);
            if let Some(most) = purchase.max_price {
                push(&mut headers, MAX_PRICE, most);
            }
            if let Some(terms) = purchase.terms {
                push(&mut headers, TERMS, terms);
            }
            if let Some(seconds) = purchase.no_repeat {
                let mut number = String::new();
                push_u64(&mut number, seconds.into(), 1);
                push(&mut headers, NO_REPEAT, &number);
            }
        }
        if let Some(token) = &self.token {
            push(&mut headers, "authorization", &concat(&["Bearer ", token]));
        }
        ProxyRequest { method: operation.method, url, headers, body: operation.body }
    }

    /// Asks how far the purchase of a key is.
    #[must_use]
    pub fn progress_request(&self, key: &str) -> ProxyRequest {
        let mut path = concat(&[PURCHASES, "/"]);
        percent::encode(&mut path, key);
        let (query, body) = (Vec::new(), None);
        self.request(Operation { action: "", version: "", method: "GET", path, query, body }, None)
    }

    /// Asks for the purchases of the caller, the newest first; `next` is the [`next_token`](crate::purchase::PurchaseList::next_token) of the page before.
    #[must_use]
    pub fn purchases_request(&self, next: Option<&str>) -> ProxyRequest {
        let (path, body) = (PURCHASES.to_owned(), None);
        let query = next.map(|next| (NEXT_TOKEN.to_owned(), next.to_owned()));
        let query = query.into_iter().collect();
        self.request(Operation { action: "", version: "", method: "GET", path, query, body }, None)
    }

    /// Asks for the price of an order.
    #[must_use]
    pub fn quote_request(&self, request: &CreateInstanceRequest) -> ProxyRequest {
        let body = Some(request.to_json());
        let (path, query) = (QUOTES.to_owned(), Vec::new());
        self.request(Operation { action: "", version: "", method: "POST", path, query, body }, None)
    }

    /// Reads the answer to a purchase. `None` as a body stands for one that is not JSON.
    pub fn parse_created(&self, status: u16, body: Option<Value<'_>>) -> Result<Created, Failure> {
        let answer: ApiResponse<NewInstance> = self.read(status, body, PurchaseOutcome::Unknown)?;
        Ok(Created { request_id: answer.request_id, instance_id: answer.result.instance_id })
    }

    /// Reads the answer to a dry run.
    pub fn parse_dry_run(&self, status: u16, body: Option<Value<'_>>) -> Result<DryRun, Failure> {
        self.read(status, body, PurchaseOutcome::Unknown)
    }

    /// Reads the answer to a question, which buys nothing: an [`ApiResponse`] of the cloud, or a [`PurchaseProgress`](crate::purchase::PurchaseProgress).
    pub fn parse<T: FromValue>(&self, status: u16, body: Option<Value<'_>>) -> Result<T, Failure> {
        self.read(status, body, PurchaseOutcome::NotCreated)
            .map_err(|failure| failure.without_purchase(self.locale))
    }

    /// Reads the answer to the question for a price.
    pub fn parse_quote(&self, status: u16, body: Option<Value<'_>>) -> Result<Quote, Failure> {
        let is_half = status == 200 && body.as_ref().is_some_and(|body| !Quote::is_whole(body));
        self.parse(status, if is_half { None } else { body })
    }

    /// A failure of the way to the proxy.
    #[must_use]
    #[expect(
        clippy::inline_always,
        reason = "a program carries the texts of those alone that it names"
    )]
    #[inline(always)]
    pub fn failure(&self, code: ErrorCode) -> Failure {
        Failure::new(code, self.locale)
    }

    /// The same failure of a request that was not sent, or buys nothing.
    #[must_use]
    pub fn not_sent(&self, failure: Failure) -> Failure {
        failure.try_again(self.locale)
    }

    fn read<T: FromValue>(
        &self,
        status: u16,
        body: Option<Value<'_>>,
        outcome: PurchaseOutcome,
    ) -> Result<T, Failure> {
        let body = body.unwrap_or(Value::Null);
        match classify(status, &body, T::SCHEMA) {
            Some(ResponseKind::Success) => Ok(T::from_checked(&body)),
            Some(ResponseKind::Failure) => Err(Failure::from_checked(&body)),
            None => Err(self.unexpected_response(status, outcome)),
        }
    }

    /// Builds the failure for an answer that is not the proxy's: a status of 0 is a redirect that `fetch` did not follow.
    #[must_use]
    pub fn unexpected_response(&self, status: u16, outcome: PurchaseOutcome) -> Failure {
        unexpected_response(status, outcome, self.locale)
    }
}

#[inline(never)]
fn push(headers: &mut Vec<(&'static str, String)>, name: &'static str, value: &str) {
    headers.push((name, value.to_owned()));
}

/// The kind of an answer, when a success has this shape. The proxy refuses with a [`Failure`]; a machine between may answer
/// with anything: that is `None`.
#[must_use]
pub fn classify(status: u16, body: &Value<'_>, success: &Schema) -> Option<ResponseKind> {
    if status == 200 && success.check(body).is_ok() {
        return Some(ResponseKind::Success);
    }
    Failure::SCHEMA.check(body).is_ok().then_some(ResponseKind::Failure)
}

impl fmt::Debug for ProxyApi {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ProxyApi").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

impl fmt::Debug for ProxyRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut ask = formatter.debug_struct("ProxyRequest");
        ask.field("method", &self.method).field("url", &self.url).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::CreateInstanceRequest, operation};

    fn json(text: &str) -> Option<Value<'static>> {
        serde_json::from_str(text).ok()
    }

    #[test]
    fn a_purchase_carries_its_key_and_a_question_none() {
        let proxy = ProxyApi::new("https://shop.example/", Locale::Zh);
        let purchase = operation::create_instance(&CreateInstanceRequest::default(), Some(true));
        let headers = PurchaseHeaders {
            idempotency_key: "key-of-a-test",
            no_repeat: Some(86400),
            max_price: Some("CNY 1.00"),
            terms: Some("https://shop.example/terms"),
        };
        let ask = proxy.request(purchase, Some(headers));
        assert_eq!(ask.url, "https://shop.example/openapi/ha3/instances?dryRun=true");
        assert_eq!((ask.method, ask.body.as_deref()), ("POST", Some("{}")));
        let header = |name| ask.headers.iter().find(|it| it.0 == name).map(|it| it.1.as_str());
        assert_eq!(header("idempotency-key"), Some("key-of-a-test"));
        assert_eq!(header("havenask-no-repeat"), Some("86400"));
        assert_eq!(header("havenask-max-price"), Some("CNY 1.00"));
        assert_eq!(header("havenask-terms"), Some("https://shop.example/terms"));
        assert_eq!(header("accept-language"), Some("zh-CN"));
        assert_eq!(header("content-type"), Some("application/json"));
        let question =
            ProxyApi::new("/", Locale::En).request(operation::get_instance("ha-1"), None);
        assert_eq!(
            (question.method, question.url.as_str()),
            ("GET", "/openapi/ha3/instances/ha-1")
        );
        assert_eq!(question.headers.len(), 2);
        let question = ProxyApi::new("//", Locale::En).progress_request("key-of-a-test");
        assert_eq!(question.url, "/purchases/key-of-a-test", "no host of another");
    }

    #[test]
    fn a_region_is_named_where_the_cloud_is_asked() {
        let order = CreateInstanceRequest::default();
        let proxy = ProxyApi::new("/", Locale::En).in_region(Some("cn-beijing".to_owned()));
        let buy = proxy.request(operation::create_instance(&order, Some(true)), None);
        assert_eq!(buy.url, "/openapi/ha3/instances?dryRun=true&region=cn-beijing");
        let one = proxy.request(operation::get_instance("ha-1"), None);
        assert_eq!(one.url, "/openapi/ha3/instances/ha-1?region=cn-beijing");
        assert_eq!(proxy.quote_request(&order).url, "/quotes?region=cn-beijing");
        assert_eq!(proxy.progress_request("key-of-a-test").url, "/purchases/key-of-a-test");
        assert_eq!(proxy.purchases_request(Some("1.a")).url, "/purchases?nextToken=1.a");
    }

    #[test]
    fn a_token_goes_to_the_proxy_and_is_not_shown() {
        let proxy = ProxyApi::new("/", Locale::En).with_token(Some("t0ken".to_owned()));
        let ask = proxy.progress_request("key-of-a-test");
        assert!(ask.headers.contains(&("authorization", "Bearer t0ken".to_owned())));
        let shown = alloc::format!("{proxy:?} {ask:?}");
        assert!(shown.contains("/purchases/") && !shown.contains("t0ken"), "{shown}");
    }

    #[test]
    fn the_failure_of_the_proxy_is_handed_on_and_anything_else_leaves_it_open() {
        let proxy = ProxyApi::new("/", Locale::En);
        let told = Failure::new(ErrorCode::IdempotencyKeyMissing, Locale::Zh);
        let body = serde_json::to_string(&told).unwrap();
        assert_eq!(proxy.parse_created(400, json(&body)), Err(told));
        for (status, body) in [(200, "<html>"), (200, "{}"), (502, ""), (500, r#"{"code":"X"}"#)] {
            let failure = proxy.parse_created(status, json(body)).unwrap_err();
            assert_eq!(failure.outcome, PurchaseOutcome::Unknown, "{status} {body}");
            assert_eq!((failure.code.as_str(), failure.status), ("UnexpectedResponse", status));
            let failure = proxy.parse::<ApiResponse<String>>(status, json(body)).unwrap_err();
            assert_eq!(failure.outcome, PurchaseOutcome::NotCreated, "{status} {body}");
            assert!(!failure.remedy.contains("buy"), "a question buys nothing: {}", failure.remedy);
        }
    }

    #[test]
    fn a_request_that_was_sent_is_no_dry_run() {
        let proxy = ProxyApi::new("/", Locale::En);
        for (dry_run, sent, shown) in
            [(true, false, true), (true, true, false), (false, false, false)]
        {
            let body = format!(
                r#"{{"dryRun":{dry_run},"sent":{sent},"method":"POST","url":"u","body":"b","stringToSign":"s"}}"#
            );
            let outcome = proxy.parse_dry_run(200, json(&body)).map_err(|failure| failure.outcome);
            assert_eq!(outcome.is_ok(), shown, "{body}");
            assert!(shown || outcome == Err(PurchaseOutcome::Unknown), "{body}");
        }
    }
}
