//! The state of an order. Only a review can be bought, and only once.

use havenask_core::{
    ErrorCode, Failure, Locale, PurchaseOutcome, Retry,
    pricing::Quote,
    purchase::{EarlierPurchase, PurchaseProgress, PurchaseState},
    response::Created,
};
use leptos::prelude::*;

use crate::model::{Consent, InstanceProgress};

/// Failed polls in a row after which an order with an unknown outcome may be left.
const MAX_FAILED_POLLS: u32 = 3;

/// The stage of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum OrderStage {
    /// The form is being filled in.
    #[default]
    Filling,
    /// The order is shown in full. Its key stays the same whatever happens to it.
    Reviewing {
        key: String,
        sending: bool,
        /// The failure of the last attempt: it did not arrive, repeats an earlier order, or costs something else.
        failure: Option<Failure>,
    },
    /// Nothing was bought.
    Refused { key: String, failure: Failure },
    /// The outcome is unknown. There is no way back to buying from here until the proxy knows it.
    Unknown(Box<UnknownOutcome>),
}

/// An order with an unknown outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct UnknownOutcome {
    pub(crate) key: String,
    /// The failure that came back, unless the page was reloaded since.
    pub(crate) failure: Option<Failure>,
    /// The progress that the proxy knows.
    pub(crate) progress: Option<PurchaseProgress>,
    /// The failure of the last poll.
    pub(crate) poll_failure: Option<Failure>,
    /// Failed polls in a row.
    failed_polls: u32,
}

impl UnknownOutcome {
    /// The failure of a throttled order: it is sent again with the same key, once no instance of it was found.
    pub(crate) fn throttled(&self) -> Option<&Failure> {
        let progress = self.progress.as_ref().and_then(|progress| progress.error.as_ref());
        let mut failures = self.failure.iter().chain(progress);
        failures.find(|it| it.is_throttled() && it.retry == Retry::SameKey)
    }

    /// Returns whether polling failed so often that a person must find out.
    pub(crate) const fn may_be_left(&self) -> bool {
        self.failed_polls >= MAX_FAILED_POLLS
    }
}

/// The screen of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    Form,
    Review,
    Refused,
    Unknown,
}

impl OrderStage {
    /// Opens the review of an order.
    pub(crate) fn review(&mut self, key: String) {
        if matches!(self, Self::Filling | Self::Refused { .. }) {
            *self = Self::reviewing(key, None);
        }
    }

    const fn reviewing(key: String, failure: Option<Failure>) -> Self {
        Self::Reviewing { key, sending: false, failure }
    }

    /// Goes on with an order that was sent before the page was reloaded.
    pub(crate) fn resume(&mut self, key: String) {
        *self = Self::Unknown(Box::new(UnknownOutcome { key, ..UnknownOutcome::default() }));
    }

    /// Starts to send, and returns the key; `None` when there is nothing to send or it is in flight.
    pub(crate) fn send(&mut self) -> Option<String> {
        let again = match self {
            Self::Refused { key, failure } if failure.retry == Retry::SameKey => key,
            Self::Unknown(unknown) if unknown.throttled().is_some() => &mut unknown.key,
            _ => &mut String::new(),
        };
        if !again.is_empty() {
            *self = Self::reviewing(std::mem::take(again), None);
        }
        match self {
            Self::Reviewing { key, sending, failure } if !*sending => {
                *sending = true;
                // One more of an earlier order stays that.
                failure.take_if(|it| it.purchase.is_none());
                Some(key.clone())
            }
            _ => None,
        }
    }

    /// Applies the response to an order, and returns the instance that it bought. The form is there for the next order then.
    pub(crate) fn receive(&mut self, response: Result<Created, Failure>) -> Option<Created> {
        let Self::Reviewing { key, sending: true, failure: before } = self else { return None };
        let key = std::mem::take(key);
        let earlier = before.take().and_then(|failure| failure.purchase);
        *self = match response {
            Ok(created) => {
                *self = Self::Filling;
                return Some(created);
            }
            // The same was ordered before, or the price is another: that needs a consent of its own.
            Err(failure) if failure.purchase.is_some() => Self::reviewing(key, Some(failure)),
            // One more of an earlier order stays that, at another price or under other terms too.
            Err(failure) if price_of_now(&failure).is_some() || are_terms_refused(&failure) => {
                Self::reviewing(key, Some(Failure { purchase: earlier, ..failure }))
            }
            Err(failure) if failure.outcome == PurchaseOutcome::NotCreated => {
                Self::Refused { key, failure }
            }
            Err(failure) => {
                let unknown =
                    UnknownOutcome { key, failure: Some(failure), ..UnknownOutcome::default() };
                Self::Unknown(Box::new(unknown))
            }
        };
        None
    }

    /// Applies the progress of an order with an unknown outcome, and returns the instance that it bought.
    pub(crate) fn receive_progress(
        &mut self,
        response: Result<PurchaseProgress, Failure>,
        locale: Locale,
    ) -> Option<Created> {
        let Self::Unknown(unknown) = self else { return None };
        unknown.poll_failure = None;
        let failed_polls = std::mem::take(&mut unknown.failed_polls);
        let key = unknown.key.clone();
        match response {
            Ok(PurchaseProgress {
                state: PurchaseState::Created, request_id, instance_id, ..
            }) => {
                let (request_id, instance_id) =
                    (request_id.unwrap_or_default(), instance_id.unwrap_or_default());
                *self = Self::Filling;
                return Some(Created { request_id, instance_id });
            }
            Ok(PurchaseProgress { state: PurchaseState::Failed, error: Some(failure), .. }) => {
                *self = Self::Refused { key, failure };
            }
            Ok(progress) => unknown.progress = Some(progress),
            // It never reached the proxy, and with the same key it can be sent again whatever is still in flight.
            Err(failure) if failure.code == ErrorCode::NotFound.as_str() => {
                let lost = unknown.failure.take().unwrap_or(failure);
                // An answer that is not the proxy's keeps its own remedy.
                let lost = if lost.code == ErrorCode::UnexpectedResponse.as_str() {
                    Failure { outcome: PurchaseOutcome::NotCreated, ..lost }
                } else {
                    lost.without_purchase(locale)
                };
                *self = Self::reviewing(key, Some(lost));
            }
            Err(failure) => {
                unknown.poll_failure = Some(failure);
                unknown.failed_polls = failed_polls + 1;
            }
        }
        None
    }

    /// The price of now, because of which the order was not sent.
    pub(crate) fn price_of_now(&self) -> Option<&Quote> {
        match self {
            Self::Reviewing { failure: Some(failure), .. } => price_of_now(failure),
            _ => None,
        }
    }

    /// Returns whether the order was not sent since the proxy has other terms.
    pub(crate) fn has_other_terms(&self) -> bool {
        matches!(self, Self::Reviewing { failure: Some(failure), .. } if are_terms_refused(failure))
    }

    /// The earlier order that a reviewed one repeats.
    pub(crate) fn earlier(&self) -> Option<&EarlierPurchase> {
        match self {
            Self::Reviewing { failure: Some(failure), .. } => failure.purchase.as_ref(),
            _ => None,
        }
    }

    /// Leaves an order with an unknown outcome, where polling failed for too long.
    pub(crate) fn leave(&mut self) {
        if matches!(self, Self::Unknown(unknown) if unknown.may_be_left()) {
            *self = Self::Filling;
        }
    }

    /// Goes back to the form, unless the order is in flight or its outcome is unknown.
    pub(crate) fn back(&mut self) {
        if !self.is_sending() && !matches!(self, Self::Unknown(_)) {
            *self = Self::Filling;
        }
    }

    /// Returns whether an order is in flight.
    pub(crate) const fn is_sending(&self) -> bool {
        matches!(self, Self::Reviewing { sending: true, .. })
    }

    /// Returns whether the order must not be left: it is in flight, or its outcome is unknown.
    pub(crate) const fn is_locked(&self) -> bool {
        self.is_sending() || matches!(self, Self::Unknown(_))
    }

    /// The screen of the stage.
    pub(crate) const fn screen(&self) -> Screen {
        match self {
            Self::Filling => Screen::Form,
            Self::Reviewing { .. } => Screen::Review,
            Self::Refused { .. } => Screen::Refused,
            Self::Unknown(_) => Screen::Unknown,
        }
    }
}

fn are_terms_refused(failure: &Failure) -> bool {
    failure.code == ErrorCode::TermsNotAccepted.as_str()
}

/// The price of now, where an order was not sent because of its price.
fn price_of_now(failure: &Failure) -> Option<&Quote> {
    let is_price = [ErrorCode::PriceChanged, ErrorCode::PriceUnknown]
        .iter()
        .any(|code| failure.code == code.as_str());
    failure.quote.as_deref().filter(|_| is_price)
}

/// The state of an order.
#[derive(Clone, Copy)]
pub(crate) struct OrderState {
    pub(crate) stage: RwSignal<OrderStage>,
    pub(crate) screen: Memo<Screen>,
    /// The consents that are given.
    pub(crate) consents: RwSignal<Vec<Consent>>,
    /// An order was sent without its consents.
    pub(crate) consent_missed: RwSignal<bool>,
    pub(crate) progress: RwSignal<InstanceProgress>,
    /// A poll is in flight.
    pub(crate) is_polling: StoredValue<bool>,
}

impl OrderState {
    pub(super) fn new() -> Self {
        let stage = RwSignal::new(OrderStage::default());
        Self {
            stage,
            screen: Memo::new(move |_| stage.with(OrderStage::screen)),
            consents: RwSignal::default(),
            consent_missed: RwSignal::default(),
            progress: RwSignal::default(),
            is_polling: StoredValue::default(),
        }
    }
}

#[cfg(test)]
#[path = "../../tests/unit/order.rs"]
mod tests;
