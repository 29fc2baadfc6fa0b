//! Executes a purchase once: written to the ledger, sent, and its result written to the ledger.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use havenask_core::{
    ErrorCode, Failure, Locale, PurchaseOutcome, Retry, Value,
    response::{self, Created},
};
use tracing::Instrument;

use super::{
    charge::{charge, over_budget},
    consent::missing_consent,
    finish::finish,
    in_flight::InFlightGuard,
    order::PurchaseOrder,
    reconcile::find_instance,
    refuse::refuse,
    replay::{now, repeated, replay, still_in_flight},
};
use crate::{
    ledger::{
        Attempt, BeginError, BeginResult, Conditions, LedgerResult, NewPurchase, PurchaseId,
        PurchaseState,
    },
    response::JsonResponse,
    state::AppState,
    upstream::{OutgoingRequest, UpstreamResponse},
};

/// Seconds after which to try again when too much was bought.
const LIMIT_RETRY_AFTER: u64 = 300;
/// The pause before another attempt to write a result to the ledger.
const FINISH_RETRY_DELAY: Duration = Duration::from_secs(1);

/// Executes a purchase once, or answers as before. A caller that hangs up does not stop it.
pub(crate) async fn execute(state: Arc<AppState>, order: PurchaseOrder) -> JsonResponse {
    let locale = order.locale;
    let tasks = state.purchase_tasks.clone();
    let executing = async move {
        let start = Instant::now();
        let mut purchase = order.to_new_purchase();
        let purchases_per_hour = state.config.policy.purchases_per_hour;
        let resend_delay = milliseconds(state.config.limits.resend_delay);
        let budget = state.config.prices.budget();
        let conditions =
            Conditions { purchases_per_hour, no_repeat: order.no_repeat, resend_delay, budget };
        let tag_is_signed = matches!(order.outgoing, OutgoingRequest::PreSigned(..));
        // Before it can be seen in the ledger, and looked for; while another request of its key is quoted, it is not refused.
        let id = PurchaseId::of(&purchase);
        let Some(in_flight_guard) = state.in_flight.enter(&id) else {
            return in_flight(&state, &id, &purchase, resend_delay, locale).await;
        };
        let refusal = order.forbidden.clone().or_else(|| missing_consent(&state, &order));
        if let Some(refusal) = refusal {
            return refuse(&state, &purchase, resend_delay, refusal, None, locale).await;
        }
        match charge(&state, &order, &purchase, resend_delay).await {
            Ok(charge) => purchase.charge = charge,
            Err(reply) => return *reply,
        }
        match state.ledger.begin(purchase.clone(), conditions, tag_is_signed).await {
            // A ledger that cannot be written may still be read.
            Err(BeginError { attempt }) => {
                let refusal = Failure::new(ErrorCode::LedgerUnavailable, locale);
                refuse(&state, &purchase, resend_delay, refusal, Some(&attempt), locale).await
            }
            Ok(BeginResult::LimitReached) => {
                JsonResponse::failure(ErrorCode::TooManyPurchases, locale)
                    .retry_after(Some(LIMIT_RETRY_AFTER))
            }
            Ok(BeginResult::OverBudget { left }) => over_budget(&state, left, locale).into(),
            Ok(BeginResult::Repeated(earlier)) => {
                repeated(*earlier, now(&state).await, locale).into()
            }
            Ok(BeginResult::TagTaken) => {
                JsonResponse::failure(ErrorCode::IdempotencyKeyReused, locale)
            }
            Ok(BeginResult::Existing(entry)) => {
                replay(&entry, &purchase, now(&state).await - resend_delay, locale)
            }
            Ok(BeginResult::Inserted(attempt)) => {
                state.audit.accepted(&purchase);
                let state = Arc::clone(&state);
                Execution { state, purchase, attempt, start, in_flight_guard }.send(order).await
            }
            Ok(BeginResult::Retried { attempt, earlier }) => {
                state.audit.accepted(&purchase);
                let state = Arc::clone(&state);
                let execution = Execution { state, purchase, attempt, start, in_flight_guard };
                execution.retry(order, earlier).await
            }
        }
    };
    let executed = tasks.spawn(executing.in_current_span());
    // It ends early only when the process does.
    executed.await.unwrap_or_else(|_| JsonResponse::failure(ErrorCode::PurchaseInFlight, locale))
}

/// Answers a request whose key is in flight in this process.
async fn in_flight(
    state: &AppState,
    id: &PurchaseId,
    purchase: &NewPurchase,
    resend_delay: i64,
    locale: Locale,
) -> JsonResponse {
    if let Ok(Some(entry)) = state.ledger.find_by_id(id).await {
        let since = now(state).await - resend_delay;
        // One that may be sent again is just being sent: how it ended before says nothing.
        if !entry.may_send(purchase, since) {
            return replay(&entry, purchase, since, locale);
        }
    }
    still_in_flight(locale)
}

fn milliseconds(duration: Duration) -> i64 {
    duration.as_millis().try_into().unwrap_or(i64::MAX)
}

/// A purchase that is written down.
struct Execution {
    state: Arc<AppState>,
    purchase: NewPurchase,
    attempt: Attempt,
    start: Instant,
    /// The key is in flight until the ledger has the result.
    in_flight_guard: InFlightGuard,
}

impl Execution {
    /// Sends a purchase whose key may try again, unless the tag of the earlier attempt is found: what answered that one may have
    /// been the second delivery of a request whose first has bought.
    async fn retry(self, order: PurchaseOrder, earlier: PurchaseState) -> JsonResponse {
        match find_instance(&order.region.upstream, &self.attempt.tag, order.locale).await {
            Ok(None) => self.send(order).await,
            Ok(Some(created)) => self.handle_result(Ok(created), None).await,
            Err(failure) => {
                tracing::warn!(
                    key = order.key.as_str(),
                    said = failure.code,
                    "a purchase could not be looked for"
                );
                // Nothing was sent this time, and what became of the earlier attempt is as known or as open as it was.
                if earlier == PurchaseState::Failed {
                    let failure = failure.without_purchase(order.locale);
                    let failure = Failure { retry: Retry::SameKey, ..failure };
                    return self.finish(LedgerResult::failed(failure), None).await;
                }
                let failure =
                    Failure { outcome: PurchaseOutcome::Unknown, retry: Retry::SameKey, ..failure };
                self.finish_retryable(failure, None).await
            }
        }
    }

    /// The pause before it may be sent again is at least as long as the cloud asks for.
    async fn finish_retryable(self, failure: Failure, retry_after: Option<u64>) -> JsonResponse {
        let pause = self.state.config.limits.resend_delay.as_secs().max(1);
        let retry_after = Some(retry_after.unwrap_or_default().max(pause));
        self.finish(LedgerResult::retryable(failure), retry_after).await
    }

    async fn send(self, order: PurchaseOrder) -> JsonResponse {
        let locale = order.locale;
        let until = self.start + self.state.config.limits.reconcile_deadline / 2;
        let region = Arc::clone(&order.region);
        let outgoing = order.into_tagged(&self.attempt.tag);
        let answer = region.upstream.send_purchase(outgoing, until, locale).await;
        let retry_after = answer.as_ref().ok().and_then(|answer| answer.retry_after);
        let ended = answer.and_then(|answer| read(&answer, locale));
        self.handle_result(ended, retry_after).await
    }

    async fn handle_result(
        self,
        ended: Result<Created, Failure>,
        retry_after: Option<u64>,
    ) -> JsonResponse {
        let count = |outcome: &'static str, said: &str| {
            self.state.metrics.purchase(outcome, self.purchase.region.as_deref());
            tracing::info!(key = self.purchase.key, outcome, said, "purchase");
        };
        match ended {
            Ok(created) => {
                count("created", &created.instance_id);
                self.finish(LedgerResult::created(created), retry_after).await
            }
            Err(failure) if failure.outcome == PurchaseOutcome::NotCreated => {
                count("refused", &failure.code);
                self.finish(LedgerResult::failed(failure), retry_after).await
            }
            // The instance of what stays pending is looked for from now on.
            Err(failure) if failure.is_throttled() => {
                count("throttled", &failure.code);
                self.finish_retryable(failure, retry_after).await
            }
            Err(failure) => {
                count("unanswered", &failure.code);
                JsonResponse::from(failure)
            }
        }
    }

    async fn finish(self, outcome: LedgerResult, retry_after: Option<u64>) -> JsonResponse {
        let Self { state, purchase, attempt, in_flight_guard, .. } = self;
        if outcome.state != PurchaseState::Pending {
            state.audit.ended(&purchase, &outcome);
        }
        let reply = JsonResponse::success(outcome.answer.clone());
        let reply = JsonResponse { status: outcome.status, code: outcome.code.clone(), ..reply };
        if finish(&state, &purchase, &attempt.name, &outcome).await.is_err() {
            tracing::error!(
                key = purchase.key,
                "how the purchase ended is not in the ledger: it is written as soon as it can be"
            );
            let tasks = state.purchase_tasks.clone();
            tasks.spawn(async move {
                let close = || finish(&state, &purchase, &attempt.name, &outcome);
                while close().await.is_err() {
                    tokio::time::sleep(FINISH_RETRY_DELAY).await;
                }
                drop(in_flight_guard);
            });
        }
        reply.retry_after(retry_after)
    }
}

fn read(answer: &UpstreamResponse, locale: Locale) -> Result<Created, Failure> {
    let body: Option<Value<'_>> = serde_json::from_slice(&answer.body).ok();
    response::parse_created(answer.status, body.as_ref(), locale)
}
