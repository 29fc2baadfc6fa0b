//! The state of the price.

use havenask_core::pricing::{Money, Quote};
use leptos::prelude::*;

use crate::model::price::Agreement;

/// The price of the order as it is.
#[derive(Clone, Copy)]
pub(crate) struct QuoteState {
    /// The last answer.
    pub(crate) answer: RwSignal<Option<Quote>>,
    /// A question is in flight, or follows when the order has not changed for a moment.
    pub(crate) is_pending: RwSignal<bool>,
    /// The agreement that the consent was given to.
    pub(crate) consented: StoredValue<Agreement>,
    /// The amount that was agreed to when the order was sent, of those with a price.
    pub(crate) agreed: StoredValue<Option<Money>>,
    /// The number of the last question. Answers to earlier ones are dropped.
    number: StoredValue<u32>,
}

impl QuoteState {
    pub(super) fn new() -> Self {
        Self {
            answer: RwSignal::default(),
            is_pending: RwSignal::default(),
            consented: StoredValue::default(),
            agreed: StoredValue::default(),
            number: StoredValue::default(),
        }
    }

    /// Drops the answers to all earlier questions, and returns the number of the next one.
    pub(crate) fn next(self, is_pending: bool) -> u32 {
        if self.is_pending.get_untracked() != is_pending {
            self.is_pending.set(is_pending);
        }
        self.number.update_value(|number| *number += 1);
        self.number.get_value()
    }

    /// Forgets the answer, which is that of another order.
    pub(crate) fn forget(self) {
        if self.answer.with_untracked(Option::is_some) {
            self.answer.set(None);
        }
    }

    /// Returns whether this is the last question, of a page that is still there.
    pub(crate) fn is_last(self, number: u32) -> bool {
        self.number.try_get_value() == Some(number)
    }

    /// Returns whether there is no answer yet, and one is to come.
    pub(crate) fn is_awaited(self) -> bool {
        self.is_pending.get() && self.answer.with(Option::is_none)
    }
}
