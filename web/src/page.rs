//! The state of the page, and what can be done with it.

use std::collections::BTreeSet;

use havenask_client::{Client, Purchase, idempotency_key};
use havenask_core::Locale;
use leptos::{ev, prelude::*, task::spawn_local};

use crate::{
    browser,
    config::{self, Config, Region},
    field::{Field, List},
    follow::Follow,
    form::{Finding, Form},
    stage::{Screen, Stage},
    texts::{Text, form as texts, review},
};

/// The heading of every screen.
pub(crate) const HEADING: &str = "heading";
/// The summary of problems.
pub(crate) const PROBLEMS: &str = "problems";

/// The state. It outlives what is on the screen, so that another language or step loses nothing.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    pub(crate) locale: RwSignal<Locale>,
    pub(crate) config: RwSignal<Config>,
    pub(crate) form: RwSignal<Form>,
    pub(crate) findings: Memo<Vec<Finding>>,
    /// What was in the way when a review was last asked for, and still is.
    pub(crate) in_the_way: Memo<Vec<Finding>>,
    pub(crate) stage: RwSignal<Stage>,
    pub(crate) screen: Memo<Screen>,
    /// The boxes of consent that are ticked.
    pub(crate) consents: RwSignal<BTreeSet<Field>>,
    /// Whether to buy was tried without consent.
    pub(crate) consent_missed: RwSignal<bool>,
    pub(crate) follow: RwSignal<Follow>,
    /// When the answer to a purchase came, in milliseconds.
    pub(crate) answered_at: StoredValue<f64>,
    /// What a screen reader is told.
    pub(crate) news: RwSignal<String>,
    attempted: RwSignal<Vec<Field>>,
    left: RwSignal<BTreeSet<Field>>,
    pressed: StoredValue<bool>,
    left_while_pressed: StoredValue<Vec<Field>>,
}

impl Page {
    /// A new page, in the language of the visitor.
    pub(crate) fn new() -> Self {
        let (locale, config) =
            (RwSignal::new(browser::language()), RwSignal::new(Config::default()));
        let (form, stage) = (RwSignal::new(Form::default()), RwSignal::new(Stage::default()));
        let findings = Memo::new(move |_| {
            let allow_postpay = config.with(|config| config.allow_postpay);
            form.with(|form| form.findings(locale.get(), allow_postpay))
        });
        let attempted = RwSignal::new(Vec::new());
        let in_the_way = Memo::new(move |_| {
            let mut findings = findings.get();
            findings.retain(|it| it.stops && attempted.with(|fields| fields.contains(&it.field)));
            findings
        });
        let page = Self {
            locale,
            config,
            form,
            findings,
            in_the_way,
            stage,
            screen: Memo::new(move |_| stage.with(Stage::screen)),
            consents: RwSignal::default(),
            consent_missed: RwSignal::default(),
            follow: RwSignal::default(),
            answered_at: StoredValue::default(),
            news: RwSignal::default(),
            attempted,
            left: RwSignal::default(),
            pressed: StoredValue::default(),
            left_while_pressed: StoredValue::default(),
        };
        spawn_local(async move { page.configure(config::ask().await) });
        page.watch_pointer();
        page
    }

    fn configure(self, config: Config) {
        match &config.region {
            Region::Fixed(id) => self.form.update(|form| form.region.clone_from(id)),
            Region::Untold => self.form.update(|form| form.region.clear()),
            Region::Asked | Region::Any => {}
        }
        self.config.set(config);
    }

    /// A text in the language of the page.
    pub(crate) fn get(self, text: Text) -> &'static str {
        text.get(self.locale.get_untracked())
    }

    /// Tells a screen reader something.
    pub(crate) fn say(self, text: impl Into<String>) {
        self.news.set(text.into());
    }

    /// A way to the proxy.
    pub(crate) fn client(self) -> Client {
        Client::new("/", self.locale.get_untracked())
    }

    /// What is wrong with a control, once it was left or a review was tried.
    pub(crate) fn problem(self, field: Field) -> Memo<Option<Finding>> {
        Memo::new(move |_| {
            if !self.left.with(|left| left.contains(&field)) {
                return None;
            }
            self.findings.with(|findings| {
                let mut here = findings.iter().filter(|finding| finding.field == field);
                let first = here.clone().next();
                here.find(|finding| finding.stops).or(first).cloned()
            })
        })
    }

    /// Remembers that a control was left. A message that comes while the pointer is down would move the very button that
    /// is being pressed, so it waits for the release.
    pub(crate) fn leave(self, field: Field) {
        if self.pressed.get_value() {
            self.left_while_pressed.update_value(|left| left.push(field));
        } else {
            self.left.update(|left| _ = left.insert(field));
        }
    }

    fn watch_pointer(self) {
        let pressed = window_event_listener(ev::pointerdown, move |_| self.pressed.set_value(true));
        let release = move || {
            self.pressed.set_value(false);
            let left = self.left_while_pressed.try_update_value(std::mem::take).unwrap_or_default();
            if !left.is_empty() {
                self.left.update(|all| all.extend(left));
            }
        };
        // The click comes after the release.
        let soon = move || set_timeout(release, std::time::Duration::ZERO);
        let released = window_event_listener(ev::pointerup, move |_| soon());
        let cancelled = window_event_listener(ev::pointercancel, move |_| soon());
        // The release over an open list of choices does not come; a key that is pressed next does.
        let keys = window_event_listener(ev::keydown, move |_| soon());
        on_cleanup(move || {
            for listener in [pressed, released, cancelled, keys] {
                listener.remove();
            }
        });
    }

    /// Adds a row and goes there.
    pub(crate) fn add_row(self, list: List) {
        if let Some(row) = self.form.try_update(|form| form.add(list)) {
            browser::focus_soon(Field::Name(list, row).id());
        }
    }

    /// Removes a row and goes on with the next.
    pub(crate) fn remove_row(self, list: List, row: u32) {
        if let Some(next) = self.form.try_update(|form| form.remove(list, row)) {
            browser::focus_soon(next.id());
        }
        self.say(self.get(match list {
            List::Components => texts::COMPONENT_REMOVED,
            List::Tags => texts::TAG_REMOVED,
        }));
    }

    /// Opens the review, or goes to what is in its way.
    pub(crate) fn review(self) {
        let stopping = |findings: &Vec<Finding>| -> Vec<Field> {
            findings.iter().filter(|finding| finding.stops).map(|finding| finding.field).collect()
        };
        let wrong = self.findings.with_untracked(stopping);
        self.left.update(|left| left.extend(self.form.with_untracked(Form::fields)));
        let none = wrong.is_empty();
        self.attempted.set(wrong);
        if !none {
            return browser::focus_soon(PROBLEMS);
        }
        self.consents.update(BTreeSet::clear);
        self.consent_missed.set(false);
        self.stage.update(|stage| stage.review(idempotency_key()));
        browser::to_top(HEADING);
    }

    /// Goes back to the form.
    pub(crate) fn back(self) {
        self.stage.update(Stage::back);
        browser::to_top(HEADING);
    }

    /// Goes back to one control of the form.
    pub(crate) fn change(self, field: Field) {
        self.stage.update(Stage::back);
        browser::focus_soon(field.id());
    }

    /// Begins anew after a purchase.
    pub(crate) fn restart(self) {
        self.form.set(Form::default());
        self.configure(self.config.get_untracked());
        self.left.update(BTreeSet::clear);
        self.back();
    }

    /// The consents that the order needs.
    pub(crate) fn consents_needed(self) -> Vec<Field> {
        self.form.with_untracked(|form| {
            let prepayment = form.has_term().then_some(Field::ConsentPrepayment);
            let renewal = (form.has_term() && form.auto_renew).then_some(Field::ConsentRenewal);
            prepayment.into_iter().chain(renewal).collect()
        })
    }

    /// Buys what was reviewed, once.
    pub(crate) fn buy(self) {
        let given = self.consents.get_untracked();
        if let Some(missing) = self.consents_needed().iter().find(|field| !given.contains(field)) {
            self.consent_missed.set(true);
            return browser::focus_soon(missing.id());
        }
        let Some(key) = self.stage.try_update(Stage::send).flatten() else { return };
        self.say(self.get(review::BUYING));
        let request = self.form.with_untracked(Form::draft).request;
        let client = self.client();
        spawn_local(async move {
            let purchase = Purchase { idempotency_key: key, signal: None };
            let answer = client.create_instance(&request, &purchase).await;
            self.follow.set(Follow::default());
            self.answered_at.set_value(js_sys::Date::now());
            self.say("");
            self.stage.update(|stage| stage.answered(answer));
            browser::to_top(HEADING);
        });
    }
}
