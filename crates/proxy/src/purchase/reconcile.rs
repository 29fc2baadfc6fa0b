//! Reconciliation of purchases without an answer: the instance that carries the tag is looked up. Nothing is ever sent
//! again.
//!
//! New losses come first, and several are looked for at once; all looks together have a rate of their own towards the cloud, so
//! that many old losses take nothing away from buyers.

use std::{sync::Arc, time::Duration};

use havenask_core::{
    ErrorCode, Failure, FromValue, Locale, Value, json_object,
    model::MAX_PAGE_SIZE,
    model::{ListInstancesRequest, Tag},
    operation::list_instances,
    purchase::PURCHASE_TAG,
    response::{self, ApiResponse, Created},
};
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{Instant, MissedTickBehavior},
};

use super::{finish::finish, schedule::Schedule};
use crate::{
    ledger::{LedgerEntry, LedgerResult, PurchaseId, PurchaseState, is_instance_id},
    state::AppState,
    upstream::{OutgoingRequest, Upstream},
};

/// The longest pause between two lookups of a purchase.
const MAX_PAUSE: Duration = Duration::from_mins(5);
/// The part of its age after which a purchase is looked up again.
const SHARE_OF_AGE: u32 = 8;
/// Milliseconds by which a purchase may have been written down before others that were read already.
const OVERLAP: i64 = 60_000;

/// Looks for purchases until it is told to end: those that an earlier process left at once, others when their answer is
/// lost; often at first, and less often as they grow older. At the end no look is waited for: while the cloud says nothing, each
/// takes long.
pub(crate) async fn reconcile(state: Arc<AppState>, mut ended: watch::Receiver<bool>) {
    let limits = state.config.limits;
    let mut schedule = Schedule::new(limits.reconcile_rate);
    let mut looks = JoinSet::new();
    let mut ticks = tokio::time::interval(limits.reconcile_interval);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut since = i64::MIN;
    let mut all_read = Instant::now();
    loop {
        tokio::select! {
            _ = ticks.tick() => {
                if all_read.elapsed() > MAX_PAUSE {
                    (since, all_read) = (i64::MIN, Instant::now());
                }
                since = read(&state, &mut schedule, since).await;
            }
            Some(Ok((id, pause))) = looks.join_next() => schedule.looked(&id, pause),
            () = schedule.next() => {
                while let Some(id) = schedule.start() {
                    looks.spawn(look(Arc::clone(&state), id));
                }
            }
            _ = ended.changed() => return,
        }
    }
}

/// Adds what is pending and has changed since a time to the schedule; returns the time from which to read on.
async fn read(state: &AppState, schedule: &mut Schedule, since: i64) -> i64 {
    let read = async {
        Ok::<_, sqlx::Error>((state.ledger.now().await?, state.ledger.pending(since).await?))
    };
    match read.await {
        Ok((now, pending)) => {
            let newest = pending.iter().map(|(_, changed)| *changed).max();
            schedule.add(pending, now);
            newest.map_or(since, |newest| since.max(newest - OVERLAP))
        }
        Err(error) => {
            tracing::error!(%error, "the ledger could not be read");
            since
        }
    }
}

/// Looks a purchase up, and returns the pause before the next lookup; none when its result is known.
async fn look(state: Arc<AppState>, id: PurchaseId) -> (PurchaseId, Option<Duration>) {
    let reconcile_interval = state.config.limits.reconcile_interval;
    if state.in_flight.contains(&id) || state.ledger.is_foreign() {
        return (id, Some(reconcile_interval));
    }
    // It may have ended since the list was read; whoever makes it says so only after it is written down.
    let found = async {
        Ok::<_, sqlx::Error>((state.ledger.now().await?, state.ledger.find_by_id(&id).await?))
    };
    let pause = match found.await {
        Ok((now, Some(entry))) if entry.state == PurchaseState::Pending => {
            let age =
                Duration::from_millis(now.saturating_sub(entry.updated_at).try_into().unwrap_or(0));
            // Taken before the cloud is asked: what is not found then was old enough at the time of the answer.
            let ends = look_for(&state, &entry, age > state.config.limits.reconcile_deadline).await;
            (!ends).then(|| (age / SHARE_OF_AGE).min(MAX_PAUSE).max(reconcile_interval))
        }
        Ok(_) => None,
        Err(_) => Some(reconcile_interval),
    };
    (id, pause)
}

/// Looks a purchase up at the cloud; returns true when its result is in the ledger.
async fn look_for(state: &AppState, entry: &LedgerEntry, is_old: bool) -> bool {
    let key = &entry.key;
    let Some(clients) = state.clients_in(entry.account.as_deref(), &entry.principal) else {
        let account = &entry.account;
        tracing::error!(
            key,
            ?account,
            "no role is assumed in the account of a purchase without an answer: add one to the file of --accounts"
        );
        return false;
    };
    let Some(region) = clients.regions.find(entry.region.as_deref()) else {
        let region = &entry.region;
        tracing::error!(
            key,
            ?region,
            "this proxy does not serve the region of a purchase without an answer: add it with --region"
        );
        return false;
    };
    let found = find_instance(&region.upstream, entry.tag(), Locale::En).await;
    let (outcome, name) = match found {
        Err(failure) => {
            tracing::warn!(key, said = failure.code, "a purchase could not be looked for");
            return false;
        }
        Ok(Some(created)) => (LedgerResult::created(created), "found"),
        // Denied by the cloud, and without an instance after all this time.
        Ok(None) if is_old && entry.retryable => (not_made(entry), "refused"),
        Ok(None) if is_old => (LedgerResult::unknown(Locale::En), "unknown"),
        Ok(None) => return false,
    };
    let purchase = entry.purchase();
    // Before the ledger, as every end: an end that somebody reads in the ledger is in the audit log.
    state.audit.ended(&purchase, &outcome);
    if finish(state, &purchase, entry.attempt(), &outcome).await.is_err() {
        tracing::error!(
            key,
            "what became of a purchase is not in the ledger; it will be looked for again"
        );
        return false;
    }
    state.metrics.purchase(name, region.region.as_deref());
    if outcome.state == PurchaseState::Unknown {
        tracing::warn!(
            key,
            "a purchase stays unknown: settle it with `havenask-proxy ledger resolve`"
        );
    } else {
        let instance_id = outcome.instance_id;
        tracing::info!(key, instance_id, "the end of a lost purchase is known");
    }
    true
}

json_object! {
    /// The fields of an instance by which it is found. A field that is not as the documents say hides nothing that was bought.
    #[derive(Debug)]
    struct Tagged: OpenObject {
        instance_id: String,
        tags: Vec<Tag> = default,
    }
}

fn not_made(entry: &LedgerEntry) -> LedgerResult {
    let answer = entry.answer.as_deref().unwrap_or_default();
    let failure = serde_json::from_str(answer).map_or_else(
        |_| Failure::new(ErrorCode::PurchaseNotCreated, Locale::En),
        |failure: Failure| failure.without_purchase(Locale::En),
    );
    LedgerResult::failed(failure)
}

/// Finds the instance that carries the tag of a purchase.
pub(super) async fn find_instance(
    upstream: &Upstream,
    key: &str,
    locale: Locale,
) -> Result<Option<Created>, Failure> {
    let request = ListInstancesRequest {
        // Should the cloud not know the filter.
        page_size: Some(MAX_PAGE_SIZE),
        tags: Some(vec![Tag::new(PURCHASE_TAG, key)]),
        ..ListInstancesRequest::default()
    };
    let answer =
        upstream.query(OutgoingRequest::Unsigned(list_instances(&request)), locale).await?;
    let body: Option<Value<'_>> = serde_json::from_slice(&answer.body).ok();
    let failure = || response::parse_failure(answer.status, body.as_ref(), locale);
    if answer.status != 200 {
        return Err(failure());
    }
    let list = body.clone().and_then(|it| ApiResponse::<Vec<Tagged>>::from_value(it).ok());
    let list = list.ok_or_else(failure)?;
    // A filter that the cloud does not know must not make any instance one's own.
    let is_own = |tag: &Tag| tag.key == PURCHASE_TAG && tag.value.as_deref() == Some(key);
    let own = list.result.into_iter().filter(|instance| instance.tags.iter().any(is_own));
    let (mut own, odd): (Vec<_>, Vec<_>) = own.partition(|it| is_instance_id(&it.instance_id));
    if let Some(Tagged { instance_id, .. }) = odd.first() {
        tracing::error!(
            key,
            ?instance_id,
            "what carries the tag of a purchase has no id of an instance"
        );
    }
    if own.len() > 1 {
        tracing::error!(
            key,
            instances = own.len(),
            "several instances carry the tag of one purchase"
        );
    }
    let request_id = list.request_id;
    Ok(own.pop().map(|instance| Created { request_id, instance_id: instance.instance_id }))
}
