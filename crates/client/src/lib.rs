//! Asks a signing proxy, over `fetch`: from a page, a worker or Node. It holds no keys; the proxy signs.
//!
//! The purchase form and the npm package share it.

mod plain;
mod random;

use gloo_net::http::{Request, RequestBuilder, Response};
use havenask_core::{
    Failure, Fault, FromInput, Locale, Operation,
    answer::{self, Answer, Created, DryRun, ErrorBody, NewInstance, Outcome},
    instance::Instance,
    model::{CreateInstanceRequest, ListInstancesRequest},
    operation,
    purchase::IDEMPOTENCY_KEY,
    sign::canonical,
};
use js_sys::{Function, JSON};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

pub use plain::input;
pub use random::{idempotency_key, nonce};

/// A way to a proxy.
#[derive(Clone, Debug)]
pub struct Client {
    endpoint: String,
    fetch: Option<Function>,
    locale: Locale,
}

/// What a purchase needs beside the request.
#[derive(Clone, Debug, Default)]
pub struct Purchase {
    /// Tells this purchase from every other; see [`havenask_core::purchase::is_idempotency_key`].
    pub idempotency_key: String,
    /// Ends the waiting. What was sent may have bought all the same.
    pub signal: Option<AbortSignal>,
}

impl Client {
    /// A way to the proxy at this address: `/` for the one that served the page, `https://host/` for another.
    pub fn new(endpoint: impl Into<String>) -> Self {
        let mut endpoint = endpoint.into();
        if endpoint.ends_with('/') {
            endpoint.pop();
        }
        Self { endpoint, fetch: None, locale: Locale::default() }
    }

    /// The same, with another function in place of the global `fetch`; it is called with a `Request`.
    #[must_use]
    pub fn with_fetch(mut self, fetch: Function) -> Self {
        self.fetch = Some(fetch);
        self
    }

    /// The same, asking for messages in a language.
    #[must_use]
    pub fn with_locale(mut self, locale: Locale) -> Self {
        self.locale = locale;
        self
    }

    /// Buys an instance.
    pub async fn create_instance(
        &self,
        request: &CreateInstanceRequest,
        purchase: &Purchase,
    ) -> Result<Created, Failure> {
        let (status, body) = self.purchase(request, purchase, None).await?;
        let success: Option<Answer<NewInstance>> = parsed(&body);
        match success {
            Some(_) => answer::created(status, success, None, self.locale),
            None => Err(self.failure(status, &body)),
        }
    }

    /// Has the proxy check and build a purchase, and show what it would send.
    pub async fn check_first(
        &self,
        request: &CreateInstanceRequest,
        purchase: &Purchase,
    ) -> Result<DryRun, Failure> {
        let (status, body) = self.purchase(request, purchase, Some(true)).await?;
        let shown = if status == 200 { parsed(&body) } else { None };
        shown.ok_or_else(|| self.failure(status, &body))
    }

    async fn purchase(
        &self,
        request: &CreateInstanceRequest,
        purchase: &Purchase,
        dry_run: Option<bool>,
    ) -> Result<(u16, String), Failure> {
        let operation = operation::create_instance(request, dry_run);
        let builder = self.request(&operation, purchase.signal.as_ref());
        let builder = builder
            .header("content-type", "application/json")
            .header(IDEMPOTENCY_KEY, &purchase.idempotency_key);
        self.send(builder, operation.body, Outcome::Unknown).await
    }

    /// Asks for one instance.
    pub async fn get_instance(&self, instance_id: &str) -> Result<Instance, Failure> {
        let answer: Answer<Instance> = self.ask(&operation::get_instance(instance_id)).await?;
        Ok(answer.result)
    }

    /// Asks for a page of the instances, and how many there are in all.
    pub async fn list_instances(
        &self,
        request: &ListInstancesRequest,
    ) -> Result<(Vec<Instance>, u64), Failure> {
        let answer: Answer<Vec<Instance>> = self.ask(&operation::list_instances(request)).await?;
        let total = answer.total_count.unwrap_or(answer.result.len() as u64);
        Ok((answer.result, total))
    }

    async fn ask<T: FromInput>(&self, operation: &Operation) -> Result<Answer<T>, Failure> {
        let builder = self.request(operation, None);
        let (status, body) = self.send(builder, None, Outcome::NotCreated).await?;
        let success = if status == 200 { parsed(&body) } else { None };
        success
            .ok_or_else(|| Failure { outcome: Outcome::NotCreated, ..self.failure(status, &body) })
    }

    fn request(&self, operation: &Operation, signal: Option<&AbortSignal>) -> RequestBuilder {
        let mut url = [self.endpoint.as_str(), &operation.path].concat();
        if !operation.query.is_empty() {
            url.push('?');
            canonical::pairs(&mut url, &operation.query, canonical::encode);
        }
        let builder = match operation.method {
            "POST" => Request::post(&url),
            _ => Request::get(&url),
        };
        builder
            .header("accept", "application/json")
            .header("accept-language", self.locale.tag())
            .abort_signal(signal)
    }

    /// The status and the text of the answer; `outcome` is what a broken connection leaves open.
    async fn send(
        &self,
        builder: RequestBuilder,
        body: Option<String>,
        outcome: Outcome,
    ) -> Result<(u16, String), Failure> {
        let broken = |fault| Failure { outcome, ..Failure::of(fault, self.locale) };
        let request = match body {
            Some(body) => builder.body(body),
            None => builder.build(),
        };
        let request = request.map_err(|error| {
            // Nothing was sent: the address is no address, or the signal had been given before.
            let fault = if is_abort(&error) { Fault::Aborted } else { Fault::InvalidArgument };
            Failure { outcome: Outcome::NotCreated, ..broken(fault) }
        })?;
        let response = match &self.fetch {
            None => request.send().await.map_err(|error| fault(&error)),
            Some(fetch) => call(fetch, request).await,
        };
        let response = response.map_err(broken)?;
        let text = response.text().await.map_err(|error| broken(fault(&error)))?;
        Ok((response.status(), text))
    }

    /// The proxy answers with a [`Failure`]; a machine between may answer with anything.
    fn failure(&self, status: u16, body: &str) -> Failure {
        parsed(body)
            .unwrap_or_else(|| answer::failure(status, parsed::<ErrorBody>(body), self.locale))
    }
}

async fn call(fetch: &Function, request: Request) -> Result<Response, Fault> {
    let failed = |error: JsValue| match error.dyn_into::<js_sys::Error>() {
        Ok(error) if error.name() == ABORT => Fault::Aborted,
        _ => Fault::NetworkError,
    };
    let request = web_sys::Request::from(request);
    let promise = fetch.call1(&JsValue::UNDEFINED, &request).map_err(failed)?;
    let response = JsFuture::from(js_sys::Promise::resolve(&promise)).await.map_err(failed)?;
    response.dyn_into::<web_sys::Response>().map(Response::from).map_err(failed)
}

/// The name of the error with which `fetch` obeys an `AbortSignal`.
const ABORT: &str = "AbortError";

fn fault(error: &gloo_net::Error) -> Fault {
    if is_abort(error) { Fault::Aborted } else { Fault::NetworkError }
}

fn is_abort(error: &gloo_net::Error) -> bool {
    matches!(error, gloo_net::Error::JsError(error) if error.name == ABORT)
}

fn parsed<T: FromInput>(body: &str) -> Option<T> {
    input(&JSON::parse(body).ok()?).and_then(T::from_input).ok()
}
