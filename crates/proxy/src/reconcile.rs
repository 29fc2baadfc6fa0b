//! Looks for what was bought when no answer came: an instance that carries the tag of the purchase. Nothing is ever sent
//! again.
//!
//! New losses come first, and several are looked for at once; all looks together have a rate of their own towards the cloud, so
//! that many old losses take nothing away from buyers.

use std::{sync::Arc, time::Duration};

use havenask_core::{
    Field, Fields, FromInput, Input, Locale, Shape,
    answer::{Answer, Created},
    model::{ListInstancesRequest, Tag},
    operation::{MAX_PAGE_SIZE, list_instances},
    purchase::PURCHASE_TAG,
};
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{Instant, MissedTickBehavior},
};

use crate::{
    closing,
    ledger::{Entry, Id, Outcome, State, is_instance_id},
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
    let read = async { Ok::<_, sqlx::Error>((proxy.ledger.now().await?, proxy.ledger.pending(since).await?)) };
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
    let found = async { Ok::<_, sqlx::Error>((proxy.ledger.now().await?, proxy.ledger.find_own(&id).await?)) };
    let pause = match found.await {
        Ok((now, Some(entry))) if entry.state == State::Pending => {
            let age = Duration::from_millis(now.saturating_sub(entry.updated_at).try_into().unwrap_or(0));
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
    let (outcome, name) = match found(proxy, entry.tag()).await {
        Err(why) => {
            tracing::warn!(key, why, "a purchase could not be looked for");
            return false;
        }
        Ok(Some(created)) => (Outcome::created(created), "found"),
        Ok(None) if is_old => (Outcome::unknown(Locale::En), "unknown"),
        Ok(None) => return false,
    };
    let purchase = entry.purchase();
    if closing::close(proxy, &purchase, &outcome).await.is_err() {
        tracing::error!(key, "what became of a purchase is not in the ledger; it will be looked for again");
        return false;
    }
    proxy.metrics.purchase(name);
    proxy.audit.ended(&purchase, &outcome);
    match outcome.instance_id {
        Some(instance_id) => tracing::info!(key, instance_id, "a lost purchase was found"),
        None => tracing::warn!(key, "a purchase stays unknown: settle it with `havenask-proxy ledger resolve`"),
    }
    true
}

/// Of an instance, what tells whose it is. A field that is not as the documents say hides nothing that was bought.
#[derive(Debug)]
struct Tagged {
    instance_id: String,
    tags: Vec<Tag>,
}

impl FromInput for Tagged {
    const SHAPE: &'static Shape = &Shape::Answer(&[
        Field::required("instanceId", &Shape::Text),
        Field::optional("tags", Vec::<Tag>::SHAPE),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
        Self {
            instance_id: fields.text("instanceId"),
            tags: fields.optional("tags").unwrap_or_default(),
        }
    }
}

/// The instance that carries this tag of a purchase.
async fn found(proxy: &Proxy, key: &str) -> Result<Option<Created>, String> {
    let request = ListInstancesRequest {
        // Should the cloud not know the filter.
        page_size: Some(MAX_PAGE_SIZE),
        tags: Some(vec![Tag::new(PURCHASE_TAG, key)]),
        ..ListInstancesRequest::default()
    };
    let answer = proxy.upstream.ask(Parcel::Own(list_instances(&request)), Locale::En).await;
    let answer = answer.map_err(|failure| failure.code)?;
    if answer.status != 200 {
        return Err(format!("the cloud answers {}", answer.status));
    }
    let body: Input<'_> =
        serde_json::from_slice(&answer.body).map_err(|error| error.to_string())?;
    let list = Answer::<Vec<Tagged>>::from_input(body).map_err(|error| error.to_string())?;
    // A filter that the cloud does not know must not make any instance one's own.
    let is_own = |tag: &Tag| tag.key == PURCHASE_TAG && tag.value.as_deref() == Some(key);
    let own = list.result.into_iter().filter(|instance| instance.tags.iter().any(is_own));
    let (mut own, odd): (Vec<_>, Vec<_>) = own.partition(|it| is_instance_id(&it.instance_id));
    if let Some(Tagged { instance_id, .. }) = odd.first() {
        tracing::error!(key, ?instance_id, "what carries the tag of a purchase has no id of an instance");
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
