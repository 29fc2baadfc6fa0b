//! Makes a purchase once: written down, sent, and written down how it ended.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use havenask_core::{
    ErrorCode, Failure, Locale, PurchaseOutcome as Certainty, Retry, Value,
    model::CreateInstanceRequest,
    operation::create_instance,
    pricing::Money,
    purchase::{EarlierPurchase, PURCHASE_TAG, order_content},
    response::{self, ApiResponse, Created, NewInstance},
};
use tracing::Instrument;

use crate::{
    closing,
    guard::Principal,
    hash::sha256,
    ledger::{Attempt, Begun, Conditions, Entry, Id, Outcome, Purchase, PurchaseState},
    pricing::charge,
    reconcile::find_instance,
    reply::Reply,
    routes::Proxy,
    stamp,
    upstream::{Parcel, UpstreamAnswer},
};

/// Seconds after which to ask for a purchase again that is under way.
const UNDER_WAY: u64 = 2;
/// Seconds after which to try again when too much was bought.
const TOO_MANY: u64 = 300;

/// The pause before it is tried again to write down how a purchase ended.
const CLOSE_AGAIN: Duration = Duration::from_secs(1);

/// A purchase that is right and has its tag.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) key: String,
    pub(crate) principal: Principal,
    pub(crate) request: CreateInstanceRequest,
    pub(crate) parcel: Parcel,
    /// Seconds in which the same may not have been bought; 0 when it may.
    pub(crate) no_repeat: u32,
    /// The most that it may cost, as its buyer has seen it.
    pub(crate) max_price: Option<Money>,
    pub(crate) locale: Locale,
}

/// The purchases that this process is making: nobody has to look for their instances yet.
#[derive(Debug, Default)]
pub(crate) struct UnderWay(Mutex<HashSet<Id>>);

impl UnderWay {
    fn ids<T>(&self, act: impl FnOnce(&mut HashSet<Id>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn has(&self, id: &Id) -> bool {
        self.ids(|ids| ids.contains(id))
    }

    /// Until the result is dropped, however that comes about; none when the purchase is being made already.
    fn enter(&self, id: &Id) -> Option<Making<'_>> {
        let is_new = self.ids(|ids| ids.insert(id.clone()));
        is_new.then(|| Making { all: self, id: id.clone() })
    }
}

/// A purchase that is being made.
#[derive(Debug)]
struct Making<'a> {
    all: &'a UnderWay,
    id: Id,
}

impl Drop for Making<'_> {
    fn drop(&mut self) {
        self.all.ids(|ids| ids.remove(&self.id));
    }
}

/// Makes a purchase, or answers what became of it before. Whoever hangs up meanwhile does not stop it.
pub(crate) async fn buy(proxy: Arc<Proxy>, order: Order) -> Reply {
    let locale = order.locale;
    let tasks = proxy.buying.clone();
    let buying = async move {
        let start = Instant::now();
        let mut purchase = purchase(&proxy, &order);
        let an_hour = proxy.config.spend.an_hour;
        let resend_pause = milliseconds(proxy.config.limits.resend_pause);
        let budget = proxy.config.prices.budget();
        let conditions = Conditions { an_hour, no_repeat: order.no_repeat, resend_pause, budget };
        let tag_is_signed = matches!(order.parcel, Parcel::Sealed(..));
        match charge::charge(&proxy, &order, &purchase, resend_pause).await {
            Ok(charge) => purchase.charge = charge,
            Err(reply) => return *reply,
        }
        // Before it can be seen in the ledger, and looked for.
        let _making = proxy.under_way.enter(&Id::of(&purchase));
        match proxy.ledger.begin(purchase.clone(), conditions, tag_is_signed).await {
            Err(_) => Reply::fault(ErrorCode::LedgerUnavailable, locale),
            Ok(Begun::TooMany) => {
                Reply::fault(ErrorCode::TooManyPurchases, locale).retry_after(Some(TOO_MANY))
            }
            Ok(Begun::OverBudget { left }) => charge::over_budget(&proxy, left, locale).into(),
            Ok(Begun::Repeated(earlier)) => repeated(*earlier, now(&proxy).await, locale).into(),
            Ok(Begun::TagTaken) => Reply::fault(ErrorCode::IdempotencyKeyReused, locale),
            Ok(Begun::Known(entry)) => {
                known(&entry, &purchase, now(&proxy).await - resend_pause, locale)
            }
            Ok(Begun::New(attempt)) => {
                proxy.audit.accepted(&purchase);
                Sending { proxy: Arc::clone(&proxy), purchase, attempt, start }.send(order).await
            }
            Ok(Begun::Again(attempt)) => {
                Sending { proxy: Arc::clone(&proxy), purchase, attempt, start }
                    .send_again(order)
                    .await
            }
        }
    };
    let bought = tasks.spawn(buying.in_current_span());
    // It ends early only when the process does.
    bought.await.unwrap_or_else(|_| Reply::fault(ErrorCode::PurchaseInFlight, locale))
}

fn purchase(proxy: &Proxy, order: &Order) -> Purchase {
    let request = order.request.to_json();
    let body_hash = sha256(&[request.as_bytes()]);
    let content = Some(content(&order.request));
    let (key, principal) = (order.key.clone(), order.principal.0.clone());
    let region = proxy.config.upstream.region().map(str::to_owned);
    Purchase { key, principal, body_hash, request, content, region, charge: None }
}

/// The hash of the content of an order.
pub(crate) fn content(request: &CreateInstanceRequest) -> String {
    sha256(&[order_content(request).as_bytes()])
}

/// Refusal of an order that was bought not long ago.
fn repeated(earlier: Entry, now: i64, locale: Locale) -> Failure {
    let age = now.saturating_sub(earlier.created_at) / 1000;
    let age = age.try_into().unwrap_or(0);
    let Entry { key, state, instance_id, .. } = earlier;
    Failure::order_repeated(EarlierPurchase { key, state, instance_id, age }, locale)
}

/// Returns the parcel of an order, with the tag by which the ledger tells it from one of another principal with the same key.
fn tagged(order: Order, value: &str) -> Parcel {
    let Order { key, mut request, parcel, .. } = order;
    if value == key || matches!(parcel, Parcel::Sealed(..)) {
        return parcel;
    }
    for tag in request.tags.iter_mut().flatten().filter(|tag| tag.key == PURCHASE_TAG) {
        tag.value = Some(value.to_owned());
    }
    Parcel::Own(create_instance(&request, None))
}

/// The time by which purchases age. When the ledger does not tell it, it is this machine's.
pub(crate) async fn now(proxy: &Proxy) -> i64 {
    proxy.ledger.now().await.unwrap_or_else(|_| stamp::now())
}

/// Answers with the end of a purchase before. One that has changed until `paused_since` may be sent again.
pub(crate) fn known(entry: &Entry, asked: &Purchase, paused_since: i64, locale: Locale) -> Reply {
    if (&entry.body_hash, &entry.principal) != (&asked.body_hash, &asked.principal) {
        return Reply::fault(ErrorCode::IdempotencyKeyReused, locale);
    }
    let left = entry.updated_at - paused_since;
    let left = u64::try_from(left).unwrap_or_default().div_ceil(1000).max(UNDER_WAY);
    match Reply::again(entry) {
        Some(reply) if entry.state == PurchaseState::Pending => reply.retry_after(Some(left)),
        Some(reply) => reply,
        None => Reply::fault(ErrorCode::PurchaseInFlight, locale).retry_after(Some(UNDER_WAY)),
    }
}

fn milliseconds(duration: Duration) -> i64 {
    duration.as_millis().try_into().unwrap_or(i64::MAX)
}

/// A purchase that is written down.
struct Sending {
    proxy: Arc<Proxy>,
    purchase: Purchase,
    attempt: Attempt,
    start: Instant,
}

impl Sending {
    /// Sends a purchase whose key may try again, unless the tag of the earlier attempt is found: what answered that one may have
    /// been the second delivery of a request whose first has bought.
    async fn send_again(self, order: Order) -> Reply {
        match find_instance(&self.proxy, &self.attempt.tag, order.locale).await {
            Ok(None) => self.send(order).await,
            Ok(Some(created)) => self.finish(Ok(created), None).await,
            Err(failure) => {
                // Nothing was sent this time, and what became of the earlier attempt is as open as it was.
                let failure =
                    Failure { outcome: Certainty::Unknown, retry: Retry::SameKey, ..failure };
                tracing::warn!(
                    key = order.key,
                    said = failure.code,
                    "a purchase could not be looked for"
                );
                self.close_retryable(failure, None).await
            }
        }
    }

    /// The pause before it may be sent again is at least as long as the cloud asks for.
    async fn close_retryable(self, failure: Failure, retry_after: Option<u64>) -> Reply {
        let pause = self.proxy.config.limits.resend_pause.as_secs().max(1);
        let retry_after = Some(retry_after.unwrap_or_default().max(pause));
        self.close(Outcome::retryable(failure), retry_after).await
    }

    async fn send(self, order: Order) -> Reply {
        let locale = order.locale;
        let until = self.start + self.proxy.config.limits.patience / 2;
        let parcel = tagged(order, &self.attempt.tag);
        let answer = self.proxy.upstream.purchase(parcel, until, locale).await;
        let retry_after = answer.as_ref().ok().and_then(|answer| answer.retry_after);
        let ended = answer.and_then(|answer| read(&answer, locale));
        self.finish(ended, retry_after).await
    }

    async fn finish(self, ended: Result<Created, Failure>, retry_after: Option<u64>) -> Reply {
        let count = |outcome: &'static str, said: &str| {
            self.proxy.metrics.purchase(outcome);
            tracing::info!(key = self.purchase.key, outcome, said, "purchase");
        };
        match ended {
            Ok(created) => {
                count("created", &created.instance_id);
                self.close(Outcome::created(created), retry_after).await
            }
            Err(failure) if failure.outcome == Certainty::NotCreated => {
                count("refused", &failure.code);
                self.close(Outcome::failed(failure), retry_after).await
            }
            // The instance of what stays pending is looked for from now on.
            Err(failure) if failure.is_throttled() => {
                count("throttled", &failure.code);
                self.close_retryable(failure, retry_after).await
            }
            Err(failure) => {
                count("unanswered", &failure.code);
                Reply::from(failure)
            }
        }
    }

    async fn close(self, outcome: Outcome, retry_after: Option<u64>) -> Reply {
        let Self { proxy, purchase, attempt, .. } = self;
        if outcome.state != PurchaseState::Pending {
            proxy.audit.ended(&purchase, &outcome);
        }
        let reply = Reply::success(outcome.answer.clone());
        let reply = Reply { status: outcome.status, code: outcome.code.clone(), ..reply };
        if closing::close(&proxy, &purchase, &attempt.name, &outcome).await.is_err() {
            tracing::error!(
                key = purchase.key,
                "how the purchase ended is not in the ledger: it is written as soon as it can be"
            );
            let tasks = proxy.buying.clone();
            tasks.spawn(async move {
                let close = || closing::close(&proxy, &purchase, &attempt.name, &outcome);
                while close().await.is_err() {
                    tokio::time::sleep(CLOSE_AGAIN).await;
                }
            });
        }
        reply.retry_after(retry_after)
    }
}

fn read(answer: &UpstreamAnswer, locale: Locale) -> Result<Created, Failure> {
    let body: Option<Value<'_>> = serde_json::from_slice(&answer.body).ok();
    response::parse_created(answer.status, body.as_ref(), locale)
}

impl Outcome {
    /// The instance is there.
    pub(crate) fn created(created: Created) -> Self {
        let Created { request_id, instance_id } = created;
        let result = NewInstance { instance_id: instance_id.clone() };
        let answer = ApiResponse { request_id: request_id.clone(), result, total_count: None };
        Self {
            state: PurchaseState::Created,
            again: false,
            request_id: Some(request_id),
            instance_id: Some(instance_id),
            status: 200,
            answer: serde_json::to_string(&answer).unwrap_or_default(),
            code: None,
        }
    }

    /// No instance was made, for certain. What was never sent may be sent with the same key.
    pub(crate) fn failed(failure: Failure) -> Self {
        let again = failure.retry == Retry::SameKey;
        Self { again, ..Self::open(PurchaseState::Failed, failure) }
    }

    /// It is looked for, and may be sent again with the same key when no instance has its tag.
    pub(crate) fn retryable(failure: Failure) -> Self {
        Self { again: true, ..Self::open(PurchaseState::Pending, failure) }
    }

    /// Somebody found out that none was made.
    pub(crate) fn not_made(locale: Locale) -> Self {
        Self::open(PurchaseState::Failed, Failure::new(ErrorCode::PurchaseNotCreated, locale))
    }

    /// Nobody knows.
    pub(crate) fn unknown(locale: Locale) -> Self {
        Self::open(PurchaseState::Unknown, Failure::new(ErrorCode::PurchaseUnknown, locale))
    }

    fn open(state: PurchaseState, failure: Failure) -> Self {
        let request_id = failure.request_id.clone();
        let Reply { status, body, code, .. } = failure.into();
        Self { state, again: false, request_id, instance_id: None, status, answer: body, code }
    }
}
