//! What can be done with an order: reviewed, bought once, looked for when nobody knows what became of it.

use havenask_client::{PurchaseOptions, idempotency_key};
use havenask_core::{
    Failure, Retry,
    model::CreateInstanceRequest,
    response::{Created, DryRun},
};
use leptos::prelude::*;

use crate::{
    browser,
    config::Contact,
    field::Field,
    follow::Follow,
    form::Form,
    page::{OBSTACLE, Page},
    stage::{Screen, Stage},
    texts::{outcome, review},
};

/// For how many seconds the same order needs a consent of its own: a day.
const NO_REPEAT: u32 = 86_400;

impl Page {
    fn request(self) -> CreateInstanceRequest {
        self.form.with_untracked(Form::draft).request
    }

    /// Opens the review, or goes to what is in its way.
    pub(crate) fn review(self) {
        if !self.is_complete() {
            return;
        }
        self.consents.update(Vec::clear);
        self.consent_missed.set(false);
        self.open_review(None);
        if self.host(|host| host.is_page) {
            browser::push_history();
        }
        self.to_top();
    }

    /// Opens the review of an order that has no key yet, or kept this one. The same order in another tab has the same key,
    /// until it is bought there.
    pub(crate) fn open_review(self, kept: Option<String>) {
        let (session, request) = (self.session(), self.request());
        let key = session.key_of(&request).or(kept).unwrap_or_else(idempotency_key);
        session.remember(&request, &key);
        session.keep_order(&key, false);
        self.stage.update(|stage| stage.review(key));
    }

    /// Goes back to the form.
    pub(crate) fn back(self) {
        self.stage.update(Stage::back);
        if !self.stage.with_untracked(Stage::holds) {
            self.session().end_order();
        }
        self.to_top();
    }

    /// The visitor went back with the button of the browser.
    pub(crate) fn went_back(self) {
        if !self.host(|host| host.is_page) {
            return;
        }
        if self.stage.with_untracked(Stage::holds) {
            // Nothing leads away from an order under way.
            browser::push_history();
        } else {
            self.back();
        }
    }

    /// The consents that the order needs.
    pub(crate) fn consents_needed(self) -> Vec<Field> {
        self.form.with_untracked(|form| {
            let prepayment = form.has_term().then_some(Field::ConsentPrepayment);
            let renewal = (form.has_term() && form.auto_renew).then_some(Field::ConsentRenewal);
            let another = self.stage.with_untracked(|stage| stage.earlier().is_some());
            let another = another.then_some(Field::ConsentAnother);
            prepayment.into_iter().chain(renewal).chain(another).collect()
        })
    }

    /// Buys what was reviewed, once.
    pub(crate) fn buy(self) {
        if !self.contact.with_untracked(Contact::is_open) {
            return self.focus_soon(OBSTACLE);
        }
        let given = self.consents.get_untracked();
        let missing = self.consents_needed().into_iter().find(|field| !given.contains(field));
        // Orders that are sent once more were agreed to before.
        let is_reviewed = self.stage.with_untracked(Stage::screen) == Screen::Review;
        if let Some(missing) = missing.filter(|_| is_reviewed) {
            self.consent_missed.set(true);
            return self.focus_soon(&missing.id());
        }
        if self.is_offline.get_untracked() {
            return self.say(self.get(review::OFFLINE));
        }
        let Some(key) = self.stage.try_update(Stage::send).flatten() else { return };
        self.say(self.get(review::BUYING));
        self.session().keep_order(&key, true);
        let (request, client) = (self.request(), self.client());
        let no_repeat = if given.contains(&Field::ConsentAnother) { 0 } else { NO_REPEAT };
        // It holds for one attempt: by the next, somebody else may have ordered the same.
        self.consents.update(|given| given.retain(|it| *it != Field::ConsentAnother));
        self.spawn(async move {
            let purchase = PurchaseOptions {
                idempotency_key: key.clone(),
                no_repeat: Some(no_repeat),
                ..PurchaseOptions::default()
            };
            let answer = client.create_instance(&request, &purchase).await;
            self.say("");
            self.stage.update(|stage| stage.answered(answer));
            if self.stage.with_untracked(|stage| stage.earlier().is_some()) {
                self.repeats(&key);
            } else {
                self.ended(&key);
            }
        });
    }

    /// Asks whether one more of an earlier order is meant.
    fn repeats(self, key: &str) {
        self.session().keep_order(key, false);
        self.say(self.get(review::ORDERED_BEFORE));
        self.focus_soon(&Field::ConsentAnother.id());
    }

    /// Has the proxy check the order, and show what it would send.
    pub(crate) async fn check_first(self) -> Result<DryRun, Failure> {
        let purchase =
            PurchaseOptions { idempotency_key: idempotency_key(), ..PurchaseOptions::default() };
        self.client().dry_run(&self.request(), &purchase).await
    }

    /// Goes on with an order that was sent before the page was loaded anew.
    pub(crate) fn resume(self, key: String) {
        self.stage.update(|stage| stage.resume(key));
        self.look();
    }

    /// Asks the proxy what it knows of an order in doubt.
    pub(crate) fn look(self) {
        let Stage::Unknown(doubt) = self.stage.get_untracked() else { return };
        if self.looking.try_update_value(|it| std::mem::replace(it, true)) != Some(false) {
            return;
        }
        let key = doubt.key;
        let (client, locale) = (self.client(), self.locale.get_untracked());
        self.spawn(async move {
            let told = client.purchase_progress(&key).await;
            self.looking.set_value(false);
            // The page may be gone, and the doubt of another order.
            let is_same = move |stage: &mut Stage| {
                let same = matches!(stage, Stage::Unknown(doubt) if doubt.key == key);
                if same {
                    stage.told(told, locale);
                }
                (same && !matches!(stage, Stage::Unknown(_))).then_some(key)
            };
            if let Some(Some(key)) = self.stage.try_update(is_same) {
                self.ended(&key);
            }
        });
    }

    /// Leaves an order in doubt of which the proxy tells nothing any more. The same order keeps its key.
    pub(crate) fn leave_doubt(self) {
        self.stage.update(Stage::leave);
        if !self.stage.with_untracked(Stage::holds) {
            self.session().end_order();
            self.say(self.get(outcome::LEFT));
            self.to_top();
        }
    }

    /// Remembers how an order has ended, and shows it.
    fn ended(self, key: &str) {
        let session = self.session();
        let tell = |name, failure: &Failure| self.host(|host| host.emit(name, failure));
        self.stage.with_untracked(|stage| match stage {
            Stage::Created(created) => {
                session.end_order();
                session.forget(key);
                self.follow.set(Follow::default());
                self.answered_at.set_value(js_sys::Date::now());
                self.host(|host| host.emit("created", created));
            }
            Stage::Refused { failure, .. } => {
                session.keep_order(key, false);
                if failure.retry != Retry::SameKey {
                    session.forget(key);
                    session.end_order();
                }
                tell("failed", failure);
            }
            Stage::Unknown(doubt) => {
                if let Some(failure) = &doubt.failure {
                    tell("unknown", failure);
                }
            }
            Stage::Reviewing { key, failure, .. } => {
                session.keep_order(key, false);
                if let Some(failure) = failure {
                    tell("failed", failure);
                }
            }
            Stage::Filling => {}
        });
        self.to_top();
    }

    /// Begins anew after a purchase.
    pub(crate) fn restart(self) {
        self.stage.update(Stage::back);
        self.start_anew();
    }

    /// The instance that was bought, as long as it is on the screen.
    pub(crate) fn created(self) -> Option<Created> {
        match self.stage.get_untracked() {
            Stage::Created(created) => Some(created),
            _ => None,
        }
    }
}
