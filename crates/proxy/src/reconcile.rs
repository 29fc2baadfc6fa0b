//! Looks for what was bought when no answer came: an instance that carries the tag of the purchase. Nothing is ever sent
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

use crate::{
    closing,
    ledger::{Entry, Id, Outcome, PurchaseState, is_instance_id},
    routes::Proxy,
    schedule::Schedule,
    upstream::Parcel,
};

/// The longest pause between two looks at the same purchase.
const LONGEST_PAUSE: Duration = Duration::from_mins(5);
/// A purchase is looked for again after this part of its age.
const SHARE_OF_AGE: u32 = 8;
/// Milliseconds by which a purchase may have been written down before others that were read already.
const OVERLAP: i64 = 60_000;

/// Looks for purchases until it is told to end: those that an earlier process left at once, others when their answer is
/// lost; often at first, and less often as they grow older. At the end no look is waited for: while the cloud says nothing, each
/// takes long.
pub(crate) async fn run(proxy: Arc<Proxy>, mut ended: watch::Receiver<bool>) {
    let limits = proxy.config.limits;
    let mut schedule = Schedule::new(limits.looks_per_second);
    let mut looks = JoinSet::new();
    let mut ticks = tokio::time::interval(limits.first_look);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut since = i64::MIN;
    let mut all_read = Instant::now();
    loop {
        tokio::select! {
            _ = ticks.tick() => {
                if all_read.elapsed() > LONGEST_PAUSE {
                    (since, all_read) = (i64::MIN, Instant::now());
                }
                since = read(&proxy, &mut schedule, since).await;
            }
            Some(Ok((id, pause))) = looks.join_next() => schedule.looked(&id, pause),
            () = schedule.next() => {
                while let Some(id) = schedule.start() {
                    looks.spawn(look(Arc::clone(&proxy), id));
                }
            }
            _ = ended.changed() => return,
        }
    }
}

/// Adds what is pending and has changed since a time to the schedule; returns the time from which to read on.
async fn read(proxy: &Proxy, schedule: &mut Schedule, since: i64) -> i64 {
    let read = async {
        Ok::<_, sqlx::Error>((proxy.ledger.now().await?, proxy.ledger.pending(since).await?))
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

/// Looks for a purchase, and returns after which pause to look again; none when its end is known.
async fn look(proxy: Arc<Proxy>, id: Id) -> (Id, Option<Duration>) {
    let first_look = proxy.config.limits.first_look;
    if proxy.under_way.has(&id) {
        return (id, Some(first_look));
    }
    // It may have ended since the list was read; whoever makes it says so only after it is written down.
    let found = async {
        Ok::<_, sqlx::Error>((proxy.ledger.now().await?, proxy.ledger.find_own(&id).await?))
    };
    let pause = match found.await {
        Ok((now, Some(entry))) if entry.state == PurchaseState::Pending => {
            let age =
                Duration::from_millis(now.saturating_sub(entry.updated_at).try_into().unwrap_or(0));
            // Taken before the cloud is asked: what is not found then was old enough at the time of the answer.
            let ends = look_for(&proxy, &entry, age > proxy.config.limits.patience).await;
            (!ends).then(|| (age / SHARE_OF_AGE).min(LONGEST_PAUSE).max(first_look))
        }
        Ok(_) => None,
        Err(_) => Some(first_look),
    };
    (id, pause)
}

/// Looks for a purchase at the cloud; whether its end is written down now.
async fn look_for(proxy: &Proxy, entry: &Entry, is_old: bool) -> bool {
    let key = &entry.key;
    let (outcome, name) = match find_instance(proxy, entry.tag(), Locale::En).await {
        Err(failure) => {
            tracing::warn!(key, said = failure.code, "a purchase could not be looked for");
            return false;
        }
        Ok(Some(created)) => (Outcome::created(created), "found"),
        // Denied by the cloud, and without an instance after all this time.
        Ok(None) if is_old && entry.again => (not_made(entry), "refused"),
        Ok(None) if is_old => (Outcome::unknown(Locale::En), "unknown"),
        Ok(None) => return false,
    };
    let purchase = entry.purchase();
    if closing::close(proxy, &purchase, entry.attempt(), &outcome).await.is_err() {
        tracing::error!(
            key,
            "what became of a purchase is not in the ledger; it will be looked for again"
        );
        return false;
    }
    proxy.metrics.purchase(name);
    proxy.audit.ended(&purchase, &outcome);
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
    /// Of an instance, what tells whose it is. A field that is not as the documents say hides nothing that was bought.
    #[derive(Debug)]
    struct Tagged: OpenObject {
        instance_id: String,
        tags: Vec<Tag> = default,
    }
}

fn not_made(entry: &Entry) -> Outcome {
    let answer = entry.answer.as_deref().unwrap_or_default();
    let failure = serde_json::from_str(answer).map_or_else(
        |_| Failure::new(ErrorCode::PurchaseNotCreated, Locale::En),
        |failure: Failure| failure.without_purchase(Locale::En),
    );
    Outcome::failed(failure)
}

/// Finds the instance that carries the tag of a purchase.
pub(crate) async fn find_instance(
    proxy: &Proxy,
    key: &str,
    locale: Locale,
) -> Result<Option<Created>, Failure> {
    let request = ListInstancesRequest {
        // Should the cloud not know the filter.
        page_size: Some(MAX_PAGE_SIZE),
        tags: Some(vec![Tag::new(PURCHASE_TAG, key)]),
        ..ListInstancesRequest::default()
    };
    let answer = proxy.upstream.ask(Parcel::Own(list_instances(&request)), locale).await?;
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
