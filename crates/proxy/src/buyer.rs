//! Makes a purchase once: written down, sent, and written down how it ended.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use havenask_core::{
    Failure, Fault, Input, Locale,
    answer::{self, Answer, Created, NewInstance, Outcome as Certainty},
    model::CreateInstanceRequest,
    operation::create_instance,
    purchase::PURCHASE_TAG,
};
use tracing::Instrument;

use crate::{
    closing,
    guard::Principal,
    hash::sha256,
    ledger::{Begun, Conditions, Entry, Id, Outcome, Purchase, State},
    reply::Reply,
    routes::Proxy,
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
    pub(crate) dry_run: bool,
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
        let purchase = purchase(&order);
        let conditions = Conditions { an_hour: proxy.config.spend.an_hour, no_repeat: 0 };
        let tag_is_signed = matches!(order.parcel, Parcel::Sealed(..));
        // Before it can be seen in the ledger, and looked for.
        let _making = proxy.under_way.enter(&Id::of(&purchase));
        match proxy.ledger.begin(purchase.clone(), conditions, tag_is_signed).await {
            Err(_) => Reply::fault(Fault::LedgerUnavailable, locale),
            Ok(Begun::TooMany) => {
                Reply::fault(Fault::TooManyPurchases, locale).retry_after(Some(TOO_MANY))
            }
            Ok(Begun::Repeated(_)) => Reply::fault(Fault::LedgerUnavailable, locale),
            Ok(Begun::TagTaken) => Reply::fault(Fault::IdempotencyKeyReused, locale),
            Ok(Begun::Known(entry)) => known(&entry, &purchase, locale),
            Ok(Begun::New { tag }) => {
                proxy.audit.accepted(&purchase);
                let order = tagged(order, tag);
                send(&proxy, order, &purchase, start).await
            }
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
    let (key, principal) = (order.key.clone(), order.principal.0.clone());
    Purchase { key, principal, body_hash, request, content: None }
}

/// The order with the tag by which the ledger tells it from one of another principal with the same key.
fn tagged(mut order: Order, value: String) -> Order {
    if value != order.key && matches!(order.parcel, Parcel::Own(_)) {
        for tag in order.request.tags.iter_mut().flatten().filter(|tag| tag.key == PURCHASE_TAG) {
            tag.value = Some(value.clone());
        }
        let dry_run = order.dry_run.then_some(true);
        order.parcel = Parcel::Own(create_instance(&order.request, dry_run));
    }
    order
}

/// What became of a purchase before.
fn known(entry: &Entry, asked: &Purchase, locale: Locale) -> Reply {
    if (&entry.body_hash, &entry.principal) != (&asked.body_hash, &asked.principal) {
        return Reply::fault(Fault::IdempotencyKeyReused, locale);
    }
    Reply::again(entry).unwrap_or_else(|| {
        Reply::fault(Fault::PurchaseUnderWay, locale).retry_after(Some(UNDER_WAY))
    })
}

async fn send(proxy: &Arc<Proxy>, order: Order, purchase: &Purchase, start: Instant) -> Reply {
    let Order { key, parcel, locale, .. } = order;
    let until = start + proxy.config.limits.patience / 2;
    let answer = proxy.upstream.purchase(parcel, until, locale).await;
    let retry_after = answer.as_ref().ok().and_then(|answer| answer.retry_after);
    let ended = answer.and_then(|answer| read(&answer, locale));
    let count = |outcome: &'static str, said: &str| {
        proxy.metrics.purchase(outcome);
        tracing::info!(key, outcome, said, "purchase");
    };
    let (outcome, code) = match ended {
        Ok(created) => {
            count("created", &created.instance_id);
            (Outcome::created(created), None)
        }
        Err(failure) if failure.outcome == Certainty::NotCreated => {
            count("refused", &failure.code);
            let code = failure.code.clone();
            (Outcome::failed(failure), Some(code))
        }
        Err(failure) => {
            // It stays pending: from now on its instance is looked for.
            count("unanswered", &failure.code);
            return Reply::from(failure);
        }
    };
    proxy.audit.ended(purchase, &outcome);
    let reply = Reply::success(outcome.answer.clone());
    let reply = Reply { status: outcome.status, code, ..reply }.retry_after(retry_after);
    if closing::close(proxy, purchase, &outcome).await.is_err() {
        tracing::error!(key, "how the purchase ended is not in the ledger: it is written as soon as it can be");
        let (proxy, purchase) = (Arc::clone(proxy), purchase.clone());
        let tasks = proxy.buying.clone();
        tasks.spawn(async move {
            while closing::close(&proxy, &purchase, &outcome).await.is_err() {
                tokio::time::sleep(CLOSE_AGAIN).await;
            }
        });
    }
    reply
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
        }
    }

    /// No instance was made, for certain.
    pub(crate) fn failed(failure: Failure) -> Self {
        let again = failure.code == Fault::UpstreamUnreachable.code() || failure.is_throttled();
        Self { again, ..Self::open(State::Failed, failure) }
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
        let Reply { status, body, .. } = failure.into();
        Self { state, again: false, request_id, instance_id: None, status, answer: body }
    }
}
