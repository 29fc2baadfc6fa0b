//! The price of the order, which is asked for when the order has not changed for a moment, and when its review opens.

use std::time::Duration;

use havenask_core::pricing::Quote;
use leptos::prelude::*;
use web_sys::AbortSignal;

use crate::{
    browser,
    model::{Consent, price},
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
            && matches!(app.order.screen.get(), Screen::Form | Screen::Review)
            && app.form.problems.with(|problems| problems.iter().all(|it| !it.blocks))
    });
    let track_order = move || {
        app.form.request.track();
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
pub(super) fn refresh(app: App) {
    if app.form.config.with_untracked(|config| config.quotes) {
        ask(app, app.quote.next(true));
    }
}

fn ask(app: App, number: u32) {
    if !app.quote.is_last(number) {
        return;
    }
    let request = app.form.request.get_untracked().request;
    let client = app.ui.client();
    app.ui.spawn(async move {
        let signal = AbortSignal::timeout_with_u32(PATIENCE);
        let answer = client.quote(&request, Some(&signal)).await;
        if app.quote.is_last(number) {
            show(app, answer.unwrap_or_else(|reason| price::unanswered(reason, browser::now())));
        }
    });
}

/// Shows an answer. A consent to another amount is taken back.
pub(super) fn show(app: App, quote: Quote) {
    app.quote.next(false);
    app.ui.host(|host| host.emit("quote", &quote));
    let before = untrack(|| app.quote.bound());
    app.quote.answer.set(Some(quote));
    if untrack(|| app.quote.bound()) != before {
        app.order.consents.update(|given| given.retain(|it| *it != Consent::Prepayment));
    }
}
