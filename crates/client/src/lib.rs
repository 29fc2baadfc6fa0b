//! Asks a signing proxy, over `fetch`: what [`havenask_core::proxy_api`] says, sent from the page. It holds no keys; the proxy signs.
//!
//! ```no_run
//! use havenask_client::{Client, PurchaseOptions, idempotency_key};
//! use havenask_core::{Failure, Locale, PurchaseOutcome, model::CreateInstanceRequest};
//!
//! async fn buy(request: &CreateInstanceRequest) -> Result<String, Failure> {
//!     let client = Client::new("/", Locale::En);
//!     // One for each purchase, kept for as long as it is tried.
//!     let purchase = PurchaseOptions { idempotency_key: idempotency_key(), ..PurchaseOptions::default() };
//!     let bought = client.create_instance(request, &purchase).await;
//!     if let Err(Failure { outcome: PurchaseOutcome::Unknown, .. }) = bought {
//!         // It may have been bought: ask how far it is, and do not buy again.
//!         let progress = client.purchase_progress(&purchase.idempotency_key).await?;
//!         println!("{:?}", progress.state);
//!     }
//!     Ok(bought?.instance_id)
//! }
//! ```

mod random;
pub mod value;

use gloo_net::http::{Method, RequestBuilder};
use havenask_core::{
    ErrorCode, Failure, FromValue, Locale, Operation, PurchaseOutcome, Value,
    instance::Instance,
    model::{CreateInstanceRequest, ListInstancesRequest},
    operation,
    pricing::Quote,
    proxy_api::{ProxyApi, ProxyRequest, PurchaseHeaders},
    purchase::{PurchaseList, PurchaseProgress},
    response::{ApiResponse, Created, DryRun},
};
use js_sys::JSON;
use web_sys::{AbortSignal, RequestRedirect};

pub use random::idempotency_key;

/// A way to a proxy.
#[derive(Clone, Debug)]
pub struct Client {
    proxy: ProxyApi,
}

/// Options of a purchase.
#[derive(Clone, Debug, Default)]
pub struct PurchaseOptions {
    /// Tells this purchase from every other; see [`havenask_core::purchase::IdempotencyKey`].
    pub idempotency_key: String,
    /// The seconds within which the same order is refused, whatever its key: see [`havenask_core::purchase::NO_REPEAT`].
    pub no_repeat: Option<u32>,
    /// The most that it may cost, `CNY 1234.50`: see [`havenask_core::pricing::Money`].
    pub max_price: Option<String>,
    /// The address of the terms that the buyer has accepted: see [`havenask_core::purchase::TermsUrl`].
    pub terms: Option<String>,
    /// Ends the waiting. A request that was sent may have bought all the same.
    pub signal: Option<AbortSignal>,
}

impl Client {
    /// A way to the proxy at this address, which answers in this language: `/` for the one that served the page,
    /// `https://host/` for another.
    pub fn new(endpoint: impl Into<String>, locale: Locale) -> Self {
        Self { proxy: ProxyApi::new(endpoint, locale) }
    }

    /// The same, for a proxy that knows who asks by a bearer token.
    #[must_use]
    pub fn with_token(self, token: Option<String>) -> Self {
        Self { proxy: self.proxy.with_token(token) }
    }

    /// The same, in a region that the proxy serves; without one, in its first.
    #[must_use]
    pub fn in_region(self, region: Option<String>) -> Self {
        Self { proxy: self.proxy.in_region(region) }
    }

    /// Buys an instance.
    pub async fn create_instance(
        &self,
        request: &CreateInstanceRequest,
        purchase: &PurchaseOptions,
    ) -> Result<Created, Failure> {
        let (status, body) = self.purchase(request, purchase, None).await?;
        self.proxy.parse_created(status, body)
    }

    /// Has the proxy check and build a purchase, and show what it would send.
    pub async fn dry_run(
        &self,
        request: &CreateInstanceRequest,
        purchase: &PurchaseOptions,
    ) -> Result<DryRun, Failure> {
        let (status, body) = self.purchase(request, purchase, Some(true)).await?;
        self.proxy.parse_dry_run(status, body)
    }

    async fn purchase(
        &self,
        request: &CreateInstanceRequest,
        purchase: &PurchaseOptions,
        dry_run: Option<bool>,
    ) -> Result<(u16, Option<Value<'static>>), Failure> {
        let operation = operation::create_instance(request, dry_run);
        let PurchaseOptions { idempotency_key, no_repeat, max_price, terms, signal } = purchase;
        let (max_price, terms) = (max_price.as_deref(), terms.as_deref());
        let headers = PurchaseHeaders { idempotency_key, no_repeat: *no_repeat, max_price, terms };
        self.send(self.proxy.request(operation, Some(headers)), signal.as_ref(), true).await
    }

    /// Asks for the price of an order.
    pub async fn quote(
        &self,
        request: &CreateInstanceRequest,
        signal: Option<&AbortSignal>,
    ) -> Result<Quote, Failure> {
        let (status, body) = self.send(self.proxy.quote_request(request), signal, false).await?;
        self.proxy.parse_quote(status, body)
    }

    /// Asks for one instance.
    pub async fn get_instance(&self, instance_id: &str) -> Result<Instance, Failure> {
        let answer: ApiResponse<Instance> = self.ask(operation::get_instance(instance_id)).await?;
        Ok(answer.result)
    }

    /// Asks for a page of the instances, and how many there are in all.
    pub async fn list_instances(
        &self,
        request: &ListInstancesRequest,
    ) -> Result<(Vec<Instance>, u64), Failure> {
        let answer: ApiResponse<Vec<Instance>> =
            self.ask(operation::list_instances(request)).await?;
        let total = answer.total_count.unwrap_or(answer.result.len() as u64);
        Ok((answer.result, total))
    }

    /// Asks how far a purchase is.
    pub async fn purchase_progress(
        &self,
        idempotency_key: &str,
    ) -> Result<PurchaseProgress, Failure> {
        let (status, body) =
            self.send(self.proxy.progress_request(idempotency_key), None, false).await?;
        let progress: PurchaseProgress = self.proxy.parse(status, body)?;
        let is_its = progress.is_of(idempotency_key);
        let other = || self.proxy.unexpected_response(status, PurchaseOutcome::NotCreated);
        is_its.then_some(progress).ok_or_else(other)
    }

    /// Asks for a page of the purchases, the newest first.
    pub async fn purchases(&self, next_token: Option<&str>) -> Result<PurchaseList, Failure> {
        let request = self.proxy.purchases_request(next_token);
        let (status, body) = self.send(request, None, false).await?;
        self.proxy.parse(status, body)
    }

    /// Asks for something that the proxy tells everybody, without waiting for long; [`Self::parse`] reads the answer.
    pub async fn get(&self, path: &str) -> Result<(u16, Option<Value<'static>>), Failure> {
        let path = path.to_owned();
        let operation = Operation {
            action: "",
            version: "",
            method: "GET",
            path,
            query: Vec::new(),
            body: None,
        };
        let signal = AbortSignal::timeout_with_u32(PATIENCE);
        self.send(self.proxy.request(operation, None), Some(&signal), false).await
    }

    /// Reads an answer to a question.
    pub fn parse<T: FromValue>(
        &self,
        (status, body): (u16, Option<Value<'static>>),
    ) -> Result<T, Failure> {
        self.proxy.parse(status, body)
    }

    async fn ask<T: FromValue>(&self, operation: Operation) -> Result<T, Failure> {
        let (status, body) = self.send(self.proxy.request(operation, None), None, false).await?;
        self.proxy.parse(status, body)
    }

    /// The status and the body of the answer, `None` when it is not JSON.
    async fn send(
        &self,
        ask: ProxyRequest,
        signal: Option<&AbortSignal>,
        buys: bool,
    ) -> Result<(u16, Option<Value<'static>>), Failure> {
        let method = if ask.method == "POST" { Method::POST } else { Method::GET };
        let mut builder = RequestBuilder::new(&ask.url).method(method);
        for (name, value) in &ask.headers {
            builder = builder.header(name, value);
        }
        // A redirect that is followed may buy somewhere else, or twice.
        builder = builder.redirect(RequestRedirect::Manual);
        builder = builder.abort_signal(signal);
        let request = match ask.body {
            Some(body) => builder.body(body),
            None => builder.build(),
        };
        // Nothing was sent: the address is no address, or the signal had been given before.
        let request = request.map_err(|error| {
            self.proxy.not_sent(self.proxy.failure(fault(&error, ErrorCode::InvalidArgument)))
        })?;
        let lost = |error: gloo_net::Error| {
            if buys {
                self.proxy.failure(fault(&error, ErrorCode::NetworkError))
            } else {
                self.proxy.not_sent(self.proxy.failure(fault(&error, ErrorCode::ProxyUnreachable)))
            }
        };
        let response = request.send().await.map_err(lost)?;
        let text = response.text().await.map_err(lost)?;
        let text = Some(text).filter(|text| text.len() <= MAX_ANSWER);
        let parsed = text.and_then(|text| JSON::parse(&text).ok());
        let mut body = parsed.and_then(|it| value::read(&it));
        let seconds = response.headers().get("retry-after").and_then(|it| it.parse().ok());
        if let (Some(Value::Object(fields)), Some(seconds)) = (&mut body, seconds) {
            fields.push(("retryAfter".into(), Value::Integer(seconds)));
        }
        Ok((response.status(), body))
    }
}

/// The longest answer that is read, in bytes: what is longer is nothing that a proxy says.
const MAX_ANSWER: usize = 4_000_000;

/// The wait of the page for what the proxy tells everybody, in milliseconds.
const PATIENCE: u32 = 15_000;

/// The name of the error with which `fetch` obeys an `AbortSignal`.
const ABORT: &str = "AbortError";

fn fault(error: &gloo_net::Error, other: ErrorCode) -> ErrorCode {
    match error {
        gloo_net::Error::JsError(error) if error.name == ABORT => ErrorCode::Aborted,
        _ => other,
    }
}
