//! Actions of an order: review, purchase, and the search for an unknown outcome.

use havenask_client::{PurchaseOptions, idempotency_key};
use havenask_core::{
    Failure, Retry,
    purchase::{PurchaseProgress, PurchaseState, TermsUrl},
    response::{Created, DryRun},
};
use leptos::prelude::*;

use super::{
    connection::reconnect,
    form::refill,
    navigation::navigate,
    quote::{agreement, refresh, show},
};
use crate::{
    browser,
    model::{Consent, Form, InstanceProgress, Route, price},
    state::{App, CONNECTION_PROBLEM, Connection, OrderStage, PROBLEMS, Screen},
    texts::{Text, outcome, price as prices, review},
};

/// Seconds in which the same order needs a consent of its own: a day.
const NO_REPEAT: u32 = 86_400;

/// Opens the review, or goes to the problems of the form.
pub(crate) fn review_order(app: App) {
    if !app.form.submit() {
        return app.ui.focus_soon(PROBLEMS);
    }
    app.order.consents.update(Vec::clear);
    app.order.consent_missed.set(false);
    open_review(app, None);
    refresh(app);
    if app.ui.host(|host| host.is_page) {
        browser::push_history(&Route::NewOrder.fragment());
    }
    app.ui.scroll_to_top();
}

/// Opens the review with the saved key, or with a new one. The same order in another tab has the same key, until it is bought
/// there.
pub(super) fn open_review(app: App, saved: Option<String>) {
    let session = app.ui.session();
    let region = untrack(|| app.form.named_region());
    let region = region.as_deref();
    let key = app.form.request.with_untracked(|built| {
        let known = session.key_of(&built.request, region).or(saved);
        let key = known.unwrap_or_else(idempotency_key);
        session.remember_key(&built.request, region, &key);
        key
    });
    session.save_order(&key, false);
    app.order.stage.update(|stage| stage.review(key));
}

/// The consents that the order needs.
pub(crate) fn required_consents(app: App) -> Vec<Consent> {
    app.form.values.with_untracked(|form| {
        let repeats = app.order.stage.with_untracked(|stage| stage.earlier().is_some());
        let required = [
            (form.has_term(), Consent::Prepayment),
            (form.has_term() && form.auto_renew, Consent::Renewal),
            (terms(app).is_some(), Consent::Terms),
            (repeats, Consent::Another),
        ];
        required.into_iter().filter_map(|(required, consent)| required.then_some(consent)).collect()
    })
}

/// The terms that the buyer must accept: those of the proxy, else those of the host.
pub(crate) fn terms(app: App) -> Option<TermsUrl> {
    let of_proxy = app.form.config.with_untracked(|config| config.terms_url.clone());
    of_proxy.or_else(|| app.ui.host(|host| host.terms.clone().ok().flatten()))
}

/// Sends the reviewed order once.
pub(crate) fn buy(app: App) {
    if !app.ui.connection.with_untracked(Connection::is_ready) {
        return app.ui.focus_soon(CONNECTION_PROBLEM);
    }
    // An order that is sent once more was consented to before.
    let is_review = app.order.stage.with_untracked(OrderStage::screen) == Screen::Review;
    if is_review && untrack(|| app.quote.is_awaited()) {
        return app.ui.announce(app.ui.text(prices::ASKING));
    }
    let given = app.order.consents.get_untracked();
    let required = required_consents(app);
    let is_prepaid = required.contains(&Consent::Prepayment);
    let missing = required.into_iter().find(|consent| !given.contains(consent));
    if let Some(missing) = missing.filter(|_| is_review) {
        app.order.consent_missed.set(true);
        return app.ui.focus_soon(missing.id());
    }
    if app.ui.is_offline.get_untracked() {
        return app.ui.announce(app.ui.text(review::OFFLINE));
    }
    let Some(key) = app.order.stage.try_update(OrderStage::send).flatten() else { return };
    app.ui.announce(app.ui.text(review::BUYING));
    app.ui.session().save_order(&key, true);
    let request = app.form.request.get_untracked().request;
    let no_repeat = if given.contains(&Consent::Another) { 0 } else { NO_REPEAT };
    // It holds for one attempt: by the next, somebody else may have ordered the same.
    app.order.consents.update(|given| given.retain(|it| *it != Consent::Another));
    if is_review {
        // An amount that nobody agreed to bounds nothing.
        let agreement = untrack(|| agreement(app));
        app.quote.agreed.set_value(agreement.bound.filter(|_| is_prepaid));
    }
    let max_price = app.quote.agreed.with_value(|it| it.as_ref().map(ToString::to_string));
    let (client, terms) = (app.client(), terms(app));
    app.ui.spawn(async move {
        let purchase = PurchaseOptions {
            idempotency_key: key.clone(),
            no_repeat: Some(no_repeat),
            max_price,
            terms: terms.map(|terms| terms.as_str().to_owned()),
            signal: None,
        };
        let response = client.create_instance(&request, &purchase).await;
        app.ui.announce("");
        let created = app.order.stage.try_update(|stage| stage.receive(response)).flatten();
        let stage = app.order.stage.get_untracked();
        if let Some(quote) = stage.price_of_now() {
            show(app, quote.clone());
            app.order.consents.update(|given| given.retain(|it| *it != Consent::Prepayment));
            let is_priced = price::bound(quote).is_some();
            let text = if is_priced { prices::CHANGED } else { prices::LOST };
            request_consent(app, &key, Consent::Prepayment, text);
        } else if stage.has_other_terms() {
            app.order.consents.update(|given| given.retain(|it| *it != Consent::Terms));
            reconnect(app);
            record_outcome(app, &key, None);
        } else if stage.earlier().is_some() {
            request_consent(app, &key, Consent::Another, review::ORDERED_BEFORE);
        } else {
            record_outcome(app, &key, created);
        }
    });
}

/// Requests one more consent before the order is sent again.
fn request_consent(app: App, key: &str, consent: Consent, text: Text) {
    app.ui.session().save_order(key, false);
    app.ui.announce(app.ui.text(text));
    app.ui.focus_soon(consent.id());
}

/// Has the proxy check the order, and return the request that it would send.
pub(crate) async fn dry_run(app: App) -> Result<DryRun, Failure> {
    let purchase =
        PurchaseOptions { idempotency_key: idempotency_key(), ..PurchaseOptions::default() };
    let request = app.form.request.get_untracked().request;
    app.client().dry_run(&request, &purchase).await
}

/// Goes on with an order that was sent before the page was reloaded.
pub(super) fn resume(app: App, key: String) {
    app.order.stage.update(|stage| stage.resume(key));
    poll_outcome(app);
}

/// Polls the proxy for the outcome of an order, where it is unknown.
pub(crate) fn poll_outcome(app: App) {
    let OrderStage::Unknown(unknown) = app.order.stage.get_untracked() else { return };
    let is_polling = app.order.is_polling;
    if is_polling.try_update_value(|it| std::mem::replace(it, true)) != Some(false) {
        return;
    }
    let key = unknown.key;
    let (client, locale) = (app.client(), app.ui.locale.get_untracked());
    app.ui.spawn(async move {
        let response = client.purchase_progress(&key).await;
        is_polling.set_value(false);
        let quote = response.as_ref().ok().and_then(|progress| progress.quote.as_ref());
        let quoted = quote.and_then(price::bound);
        // The page may be unmounted, and the unknown outcome that of another order.
        let receive = move |stage: &mut OrderStage| {
            if !matches!(stage, OrderStage::Unknown(unknown) if unknown.key == key) {
                return None;
            }
            // Of a page that was reloaded: at least as much was agreed to.
            app.quote.agreed.update_value(|agreed| *agreed = agreed.take().or(quoted));
            let created = stage.receive_progress(response, locale);
            (!matches!(stage, OrderStage::Unknown(_))).then_some((key, created))
        };
        if let Some(Some((key, created))) = app.order.stage.try_update(receive) {
            record_outcome(app, &key, created);
        }
    });
}

/// Leaves an order with an unknown outcome, where polling failed for too long. The same order keeps its key.
pub(crate) fn leave_unknown_outcome(app: App) {
    app.order.stage.update(OrderStage::leave);
    if !app.order.stage.with_untracked(OrderStage::is_locked) {
        app.ui.session().end_order();
        app.ui.announce(app.ui.text(outcome::LEFT));
        app.ui.scroll_to_top();
    }
}

/// Ends an order that bought an instance: it stays at its own address, and the form is empty for the next one.
fn record_purchase(app: App, key: &str, created: &Created) {
    let session = app.ui.session();
    session.forget_key(key);
    session.clear();
    app.ui.host(|host| host.emit("created", created));
    let now = browser::now();
    let chosen = app.form.values.with_untracked(|form| form.region.clone());
    let region = app.form.config.with_untracked(|config| config.region.served(&chosen));
    app.orders.order.set(Some(PurchaseProgress {
        key: key.to_owned(),
        state: PurchaseState::Created,
        region,
        terms: terms(app).map(|terms| terms.as_str().to_owned()),
        quote: app.quote.answer.get_untracked(),
        request: Some(app.form.request.get_untracked().request),
        request_id: Some(created.request_id.clone()),
        instance_id: Some(created.instance_id.clone()),
        error: None,
        ready_at: None,
        created_at: now,
        updated_at: now,
    }));
    app.order.progress.set(InstanceProgress::default());
    app.form.replace(Form::default());
    refill(app);
    navigate(app, Route::Order(key.to_owned()));
}

/// Saves and emits the outcome of an order, and goes to its top.
fn record_outcome(app: App, key: &str, created: Option<Created>) {
    if let Some(created) = created {
        return record_purchase(app, key, &created);
    }
    let session = app.ui.session();
    let emit = |name, failure: &Failure| app.ui.host(|host| host.emit(name, failure));
    app.order.stage.with_untracked(|stage| match stage {
        OrderStage::Refused { failure, .. } => {
            session.save_order(key, false);
            if failure.retry != Retry::SameKey {
                session.forget_key(key);
                session.end_order();
            }
            emit("failed", failure);
        }
        OrderStage::Unknown(unknown) => {
            if let Some(failure) = &unknown.failure {
                emit("unknown", failure);
            }
        }
        OrderStage::Reviewing { key, failure, .. } => {
            session.save_order(key, false);
            if let Some(failure) = failure {
                emit("failed", failure);
            }
        }
        OrderStage::Filling => {}
    });
    app.ui.scroll_to_top();
}
