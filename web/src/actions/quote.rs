//! The price of the order, which is asked for when the order has not changed for a moment, and when its review opens.

use std::time::Duration;

use havenask_core::{ErrorCode, Failure, pricing::Quote};
use leptos::prelude::*;
use web_sys::AbortSignal;

use crate::{
    browser,
    model::{
        Consent, Route,
        price::{self, Agreement},
    },
    state::{App, Screen},
};

/// Time without a change after which the price is asked for.
const PAUSE: Duration = Duration::from_millis(400);

/// The longest wait for a price, in milliseconds.
const PATIENCE: u32 = 20_000;

/// Asks for the price after each change of the order, unless it has errors.
pub(super) fn follow_order(app: App) {
    let is_asked = Memo::new(move |_| {
        app.form.config.with(|config| config.quotes)
            && app.ui.route.get() == Route::NewOrder
            && matches!(app.order.screen.get(), Screen::Form | Screen::Review)
            && app.form.problems.with(|problems| problems.iter().all(|it| !it.blocks))
    });
    let region = Memo::new(move |_| app.form.named_region());
    let track_order = move || {
        // Tracked alone, memos would have no value yet, and the first one would count as another.
        app.form.request.with(|_| ());
        region.with(|_| ());
        // The reasons are in the language of the question.
        app.ui.locale.track();
    };
    Effect::new(move |_| {
        track_order();
        app.quote.forget();
    });
    // While an order is sent its price stays: whoever comes back to the review has agreed to it.
    Effect::new(move |_| {
        track_order();
        let is_asked = is_asked.get();
        let number = app.quote.next(is_asked);
        if is_asked {
            set_timeout(move || ask(app, number), PAUSE);
        }
    });
}

/// Asks for the price again, now. The last answer stays until then.
pub(crate) fn refresh(app: App) {
    if app.form.config.with_untracked(|config| config.quotes) {
        ask(app, app.quote.next(true));
    }
}

/// Asks for the price again where the network has failed.
pub(super) fn retry(app: App) {
    let is_lost = |quote: &Quote| {
        quote.reason.as_ref().is_some_and(|it| it.code == ErrorCode::ProxyUnreachable.as_str())
    };
    if app.quote.answer.with_untracked(|answer| answer.as_ref().is_some_and(is_lost)) {
        refresh(app);
    }
}

fn ask(app: App, number: u32) {
    if !app.quote.is_last(number) {
        return;
    }
    let request = app.form.request.get_untracked().request;
    let client = app.client();
    app.ui.spawn(async move {
        let signal = AbortSignal::timeout_with_u32(PATIENCE);
        let answer = client.quote(&request, Some(&signal)).await;
        if app.quote.is_last(number) {
            // The proxy is there, and waits for the cloud.
            let late = |failure| {
                let locale = app.ui.locale.get_untracked();
                let late = signal.aborted().then(|| Failure::new(ErrorCode::PriceUnknown, locale));
                late.unwrap_or(failure)
            };
            let unanswered = |failure| price::unanswered(late(failure), browser::now());
            show(app, answer.unwrap_or_else(unanswered));
        }
    });
}

/// The agreement to the order as it is, at its last quote.
pub(crate) fn agreement(app: App) -> Agreement {
    let quote = app.quote.answer.get();
    app.form.values.with(|form| Agreement::of(quote.as_ref(), form))
}

/// Shows an answer. A consent to anything else is taken back.
pub(super) fn show(app: App, quote: Quote) {
    app.quote.next(false);
    app.ui.host(|host| host.emit("quote", &quote));
    app.quote.answer.set(Some(quote));
    if untrack(|| agreement(app)) != app.quote.consented.get_value() {
        app.order.consents.update(|given| given.retain(|it| *it != Consent::Prepayment));
    }
}
