//! Makes a purchase once: written down, sent, and written down how it ended.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use havenask_core::{
    Failure, Fault, Input, Locale, Retry,
    answer::{self, Answer, Created, NewInstance, Outcome as Certainty},
    model::CreateInstanceRequest,
    purchase::{EarlierPurchase, PURCHASE_TAG},
};
use tracing::Instrument;

use crate::{
    guard::Principal,
    hash::sha256,
    ledger::{Begun, Conditions, Entry, Outcome, Purchase, State},
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

/// A purchase that is right and has its tag.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) key: String,
    pub(crate) principal: Principal,
    pub(crate) request: CreateInstanceRequest,
    pub(crate) parcel: Parcel,
    pub(crate) dry_run: bool,
    /// Seconds in which the same may not have been bought; 0 when it may.
    pub(crate) no_repeat: u32,
    pub(crate) locale: Locale,
}

/// The keys of the purchases that this process is making: nobody has to look for their instances yet.
#[derive(Debug, Default)]
pub(crate) struct UnderWay(Mutex<HashSet<String>>);

impl UnderWay {
    fn keys<T>(&self, act: impl FnOnce(&mut HashSet<String>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.keys(|keys| keys.contains(key))
    }

    /// Until the result is dropped, however that comes about; none when the purchase is being made already.
    fn enter(&self, key: &str) -> Option<Making<'_>> {
        let is_new = self.keys(|keys| keys.insert(key.to_owned()));
        is_new.then(|| Making { all: self, key: key.to_owned() })
    }
}

/// A purchase that is being made.
#[derive(Debug)]
struct Making<'a> {
    all: &'a UnderWay,
    key: String,
}

impl Drop for Making<'_> {
    fn drop(&mut self) {
        self.all.keys(|keys| keys.remove(&self.key));
    }
}

/// Makes a purchase, or answers what became of it before. Whoever hangs up meanwhile does not stop it.
pub(crate) async fn buy(proxy: Arc<Proxy>, order: Order) -> Reply {
    let locale = order.locale;
    let tasks = proxy.buying.clone();
    let buying = async move {
        let start = Instant::now();
        let purchase = purchase(&order);
        let an_hour = proxy.config.spend.an_hour;
        let resend_pause = milliseconds(proxy.config.limits.resend_pause);
        let conditions = Conditions { an_hour, no_repeat: order.no_repeat, resend_pause };
        // Before it can be seen in the ledger, and looked for.
        let _making = proxy.under_way.enter(&order.key);
        match proxy.ledger.begin(purchase.clone(), conditions).await {
            Err(_) => Reply::fault(Fault::LedgerUnavailable, locale),
            Ok(Begun::TooMany) => {
                Reply::fault(Fault::TooManyPurchases, locale).retry_after(Some(TOO_MANY))
            }
            Ok(Begun::Repeated(earlier)) => repeated(*earlier, locale).into(),
            Ok(Begun::Known(entry)) => known(&entry, &purchase, resend_pause, locale),
            Ok(Begun::New) => {
                proxy.audit.accepted(&purchase);
                send(&proxy, order, &purchase, start).await
            }
            Ok(Begun::Again) => send_again(&proxy, order, &purchase, start).await,
        }
    };
    let bought = tasks.spawn(buying.in_current_span());
    // It ends early only when the process does.
    bought.await.unwrap_or_else(|_| Reply::fault(Fault::PurchaseUnderWay, locale))
}

fn purchase(order: &Order) -> Purchase {
    let request = order.request.to_json();
    let kind: &[u8] = if order.dry_run { b"dry run " } else { b"" };
    let body_hash = sha256(&[kind, request.as_bytes()]);
    let content = (!order.dry_run).then(|| content(&order.request));
    let (key, principal) = (order.key.clone(), order.principal.0.clone());
    Purchase { key, principal, body_hash, request, content }
}

/// The hash of an order without its key: of the request as it is sent, in whatever order components and tags came.
fn content(request: &CreateInstanceRequest) -> String {
    let mut request = request.clone();
    let tags = request.tags.get_or_insert_default();
    tags.retain(|tag| tag.key != PURCHASE_TAG);
    tags.sort_by(|one, other| one.key.cmp(&other.key));
    let components = request.components.get_or_insert_default();
    components.sort_by(|one, other| one.code.cmp(&other.code));
    sha256(&[request.to_json().as_bytes()])
}

/// Refusal of an order that was bought not long ago.
fn repeated(earlier: Entry, locale: Locale) -> Failure {
    let age = stamp::now().saturating_sub(earlier.created_at) / 1000;
    let age = age.try_into().unwrap_or(0);
    let Entry { key, state, instance_id, .. } = earlier;
    let purchase = Some(EarlierPurchase { key, state, instance_id, age });
    Failure { purchase, ..Failure::of(Fault::OrderRepeated, locale) }
}

/// What became of a purchase before.
fn known(entry: &Entry, asked: &Purchase, resend_pause: i64, locale: Locale) -> Reply {
    if (&entry.body_hash, &entry.principal) != (&asked.body_hash, &asked.principal) {
        return Reply::fault(Fault::IdempotencyKeyReused, locale);
    }
    let left = entry.updated_at + resend_pause - stamp::now();
    let left = u64::try_from(left).unwrap_or_default().div_ceil(1000).max(UNDER_WAY);
    match Reply::again(entry) {
        Some(reply) if entry.state == State::Pending => reply.retry_after(Some(left)),
        Some(reply) => reply,
        None => Reply::fault(Fault::PurchaseUnderWay, locale).retry_after(Some(UNDER_WAY)),
    }
}

fn milliseconds(duration: Duration) -> i64 {
    duration.as_millis().try_into().unwrap_or(i64::MAX)
}

/// Sends a purchase whose key may try again, unless the tag of the earlier attempt is found: what answered that one may have been
/// the second delivery of a request whose first has bought.
async fn send_again(proxy: &Proxy, order: Order, purchase: &Purchase, start: Instant) -> Reply {
    match find_instance(proxy, &order.key, order.locale).await {
        Ok(None) => send(proxy, order, purchase, start).await,
        Ok(Some(created)) => finish(proxy, purchase, Ok(created), None).await,
        Err(failure) => {
            // Nothing was sent this time, and what became of the earlier attempt is as open as it was.
            let failure = Failure { outcome: Certainty::Unknown, retry: Retry::SameKey, ..failure };
            tracing::warn!(
                key = order.key,
                said = failure.code,
                "a purchase could not be looked for"
            );
            close_retryable(proxy, purchase, failure, None).await
        }
    }
}

/// The pause before it may be sent again is at least as long as the cloud asks for.
async fn close_retryable(
    proxy: &Proxy,
    purchase: &Purchase,
    failure: Failure,
    retry_after: Option<u64>,
) -> Reply {
    let pause = proxy.config.limits.resend_pause.as_secs().max(1);
    let retry_after = Some(retry_after.unwrap_or_default().max(pause));
    close(proxy, purchase, Outcome::retryable(failure), retry_after).await
}

async fn send(proxy: &Proxy, order: Order, purchase: &Purchase, start: Instant) -> Reply {
    let Order { parcel, locale, .. } = order;
    let until = start + proxy.config.limits.patience / 2;
    let answer = proxy.upstream.purchase(parcel, until, locale).await;
    let retry_after = answer.as_ref().ok().and_then(|answer| answer.retry_after);
    let ended = answer.and_then(|answer| read(&answer, locale));
    finish(proxy, purchase, ended, retry_after).await
}

async fn finish(
    proxy: &Proxy,
    purchase: &Purchase,
    ended: Result<Created, Failure>,
    retry_after: Option<u64>,
) -> Reply {
    let count = |outcome: &'static str, said: &str| {
        proxy.metrics.purchase(outcome);
        tracing::info!(key = purchase.key, outcome, said, "purchase");
    };
    match ended {
        Ok(created) => {
            count("created", &created.instance_id);
            close(proxy, purchase, Outcome::created(created), retry_after).await
        }
        Err(failure) if failure.outcome == Certainty::NotCreated => {
            count("refused", &failure.code);
            close(proxy, purchase, Outcome::failed(failure), retry_after).await
        }
        // The instance of what stays pending is looked for from now on.
        Err(failure) if failure.is_throttled() => {
            count("throttled", &failure.code);
            close_retryable(proxy, purchase, failure, retry_after).await
        }
        Err(failure) => {
            count("unanswered", &failure.code);
            Reply::from(failure)
        }
    }
}

async fn close(
    proxy: &Proxy,
    purchase: &Purchase,
    outcome: Outcome,
    retry_after: Option<u64>,
) -> Reply {
    if outcome.state != State::Pending {
        proxy.audit.ended(purchase, &outcome);
    }
    let reply = Reply::success(outcome.answer.clone());
    let reply = Reply { status: outcome.status, code: outcome.code.clone(), ..reply };
    if proxy.ledger.close(&purchase.key, outcome).await.is_err() {
        tracing::error!(
            key = purchase.key,
            "how the purchase ended is not in the ledger: its instance will be looked for"
        );
    }
    reply.retry_after(retry_after)
}

fn read(answer: &UpstreamAnswer, locale: Locale) -> Result<Created, Failure> {
    let body: Option<Input<'_>> = serde_json::from_slice(&answer.body).ok();
    answer::created(answer.status, body.as_ref(), locale)
}

impl Outcome {
    /// The instance is there.
    pub(crate) fn created(created: Created) -> Self {
        let Created { request_id, instance_id } = created;
        let result = NewInstance { instance_id: instance_id.clone() };
        let answer = Answer { request_id: request_id.clone(), result, total_count: None };
        Self {
            state: State::Created,
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
        Self { again, ..Self::open(State::Failed, failure) }
    }

    /// It is looked for, and may be sent again with the same key when no instance has its tag.
    pub(crate) fn retryable(failure: Failure) -> Self {
        Self { again: true, ..Self::open(State::Pending, failure) }
    }

    /// Somebody found out that none was made.
    pub(crate) fn not_made(locale: Locale) -> Self {
        Self::open(State::Failed, Failure::of(Fault::PurchaseNotMade, locale))
    }

    /// Nobody knows.
    pub(crate) fn unknown(locale: Locale) -> Self {
        Self::open(State::Unknown, Failure::of(Fault::PurchaseUnknown, locale))
    }

    fn open(state: State, failure: Failure) -> Self {
        let request_id = failure.request_id.clone();
        let Reply { status, body, code, .. } = failure.into();
        Self { state, again: false, request_id, instance_id: None, status, answer: body, code }
    }
}
