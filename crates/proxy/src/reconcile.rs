//! Looks for what was bought when no answer came: an instance that carries the tag of the purchase. Nothing is ever sent
//! again.

use std::{collections::HashMap, sync::Arc, time::Duration};

use havenask_core::{
    Failure, Fault, Field, Fields, FromInput, Input, Locale, Shape,
    answer::{self, Answer, Created},
    model::{ListInstancesRequest, Tag},
    operation::{MAX_PAGE_SIZE, list_instances},
    purchase::PURCHASE_TAG,
};
use tokio::{sync::watch, time::Instant};

use crate::{
    ledger::{Entry, Outcome, State},
    routes::Proxy,
    stamp,
    upstream::Parcel,
};

/// The longest pause between two looks at the same purchase.
const LONGEST_PAUSE: Duration = Duration::from_mins(5);
/// A purchase is looked for again after this part of its age.
const SHARE_OF_AGE: u32 = 8;

/// Looks for purchases until it is told to end: those that an earlier process left at once, others when their answer is
/// lost; often at first, and less often as they grow older.
pub(crate) async fn run(proxy: Arc<Proxy>, mut ended: watch::Receiver<bool>) {
    let mut due = HashMap::new();
    loop {
        look_for_all(&proxy, &mut due, &ended).await;
        tokio::select! {
            () = tokio::time::sleep(proxy.config.limits.first_look) => {}
            _ = ended.changed() => return,
        }
    }
}

/// When the end comes meanwhile, only the look that is under way is finished: while the cloud says nothing, each takes long.
async fn look_for_all(
    proxy: &Proxy,
    due: &mut HashMap<String, Instant>,
    ended: &watch::Receiver<bool>,
) {
    let pending = match proxy.ledger.pending().await {
        Ok(pending) => pending,
        Err(error) => return tracing::error!(%error, "the ledger could not be read"),
    };
    due.retain(|key, _| pending.iter().any(|entry| entry.key == *key));
    for entry in pending {
        if ended.has_changed().unwrap_or(true) {
            return;
        }
        let now = Instant::now();
        let early = due.get(&entry.key).is_some_and(|due| *due > now);
        if early || proxy.under_way.has(&entry.key) {
            continue;
        }
        // It may have ended since the list was read; whoever makes it says so only after it is written down.
        match proxy.ledger.find(&entry.key).await {
            Ok(Some(entry)) if entry.state == State::Pending => look_for(proxy, &entry).await,
            _ => continue,
        }
        let pause = (age(&entry) / SHARE_OF_AGE).min(LONGEST_PAUSE);
        due.insert(entry.key, now + pause.max(proxy.config.limits.first_look));
    }
}

fn age(entry: &Entry) -> Duration {
    Duration::from_millis(stamp::now().saturating_sub(entry.updated_at).try_into().unwrap_or(0))
}

async fn look_for(proxy: &Proxy, entry: &Entry) {
    let key = &entry.key;
    // Asked before the age is taken: what is not found is old enough at the time of the answer.
    let old = age(entry) > proxy.config.limits.patience;
    let outcome = match find_instance(proxy, key, Locale::En).await {
        Err(failure) => {
            return tracing::warn!(key, said = failure.code, "a purchase could not be looked for");
        }
        Ok(Some(created)) => {
            tracing::info!(key, instance_id = created.instance_id, "a lost purchase was found");
            proxy.metrics.purchase("found");
            Outcome::created(created)
        }
        // Denied by the cloud, and without an instance after all this time.
        Ok(None) if old && entry.again => not_made(entry),
        Ok(None) if old => {
            proxy.metrics.purchase("unknown");
            tracing::warn!(
                key,
                "a purchase stays unknown: settle it with `havenask-proxy ledger resolve`"
            );
            Outcome::unknown(Locale::En)
        }
        Ok(None) => return,
    };
    // Before anybody can see it in the ledger, and settle it.
    proxy.audit.ended(&entry.purchase(), &outcome);
    if proxy.ledger.close(key, outcome).await.is_err() {
        tracing::error!(
            key,
            "what became of a purchase is not in the ledger; it will be looked for again"
        );
    }
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

fn not_made(entry: &Entry) -> Outcome {
    let answer = entry.answer.as_deref().unwrap_or_default();
    let failure = serde_json::from_str(answer).map_or_else(
        |_| Failure::of(Fault::PurchaseNotMade, Locale::En),
        |failure: Failure| failure.bought_nothing(Locale::En),
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
    let body: Option<Input<'_>> = serde_json::from_slice(&answer.body).ok();
    let failure = || answer::failure(answer.status, body.as_ref(), locale);
    if answer.status != 200 {
        return Err(failure());
    }
    let list = body.clone().and_then(|it| Answer::<Vec<Tagged>>::from_input(it).ok());
    let list = list.ok_or_else(failure)?;
    // A filter that the cloud does not know must not make any instance one's own.
    let own = |instance: &Tagged| {
        !instance.instance_id.is_empty()
            && instance
                .tags
                .iter()
                .any(|tag| tag.key == PURCHASE_TAG && tag.value.as_deref() == Some(key))
    };
    let mut own: Vec<_> = list.result.into_iter().filter(own).collect();
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
