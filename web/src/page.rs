//! The state of the page, and what can be done with the form. What can be done with an order: [`crate::purchase`].

use std::{future::poll_fn, pin::Pin, task::Poll};

use havenask_client::Client;
use havenask_core::{Locale, catalog::Catalog, rules};
use leptos::{ev, prelude::*, task::spawn_local};

use crate::{
    config::{Config, Contact, Told},
    field::{Field, List},
    follow::Follow,
    form::{Finding, Form},
    host::Host,
    instances::Instances,
    session::Session,
    stage::{Screen, Stage},
    texts::{Text, form as texts},
};

/// The heading of every screen.
pub(crate) const HEADING: &str = "heading";
/// The summary of problems.
pub(crate) const PROBLEMS: &str = "problems";
/// Obstacle that keeps the page from buying.
pub(crate) const OBSTACLE: &str = "obstacle";

/// What of the page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    /// The form, and what becomes of an order.
    #[default]
    Buy,
    /// What was bought.
    Instances,
    /// The same request in other words.
    Developer,
}

/// The state. It outlives what is on the screen, so that another language or step loses nothing.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    pub(crate) locale: RwSignal<Locale>,
    pub(crate) place: RwSignal<Place>,
    pub(crate) config: RwSignal<Config>,
    /// What is sold, once it is known.
    pub(crate) catalog: RwSignal<Option<Catalog>>,
    /// Knowledge that is needed before anything can be bought.
    pub(crate) contact: RwSignal<Contact>,
    /// That the draft of a link could not be read.
    pub(crate) bad_link: RwSignal<bool>,
    pub(crate) form: RwSignal<Form>,
    pub(crate) findings: Memo<Vec<Finding>>,
    /// What was in the way when a review was last asked for, and still is.
    pub(crate) in_the_way: Memo<Vec<Finding>>,
    pub(crate) stage: RwSignal<Stage>,
    pub(crate) screen: Memo<Screen>,
    /// The boxes of consent that are ticked.
    pub(crate) consents: RwSignal<Vec<Field>>,
    /// Whether to buy was tried without consent.
    pub(crate) consent_missed: RwSignal<bool>,
    pub(crate) follow: RwSignal<Follow>,
    pub(crate) instances: Instances,
    /// When the answer to a purchase came, in milliseconds.
    pub(crate) answered_at: StoredValue<f64>,
    /// Whether the browser has no network.
    pub(crate) is_offline: RwSignal<bool>,
    /// What a screen reader is told.
    pub(crate) news: RwSignal<String>,
    /// Tells whether the proxy is being asked what became of an order.
    pub(crate) looking: StoredValue<bool>,
    host: StoredValue<Host, LocalStorage>,
    attempted: RwSignal<Vec<Field>>,
    left: RwSignal<Vec<Field>>,
    pressed: StoredValue<bool>,
    left_while_pressed: StoredValue<Vec<Field>>,
}

impl Page {
    /// A new page, with what its tab remembers, and what the proxy tells if it was asked before.
    pub(crate) fn new(host: Host, told: Option<Told>) -> Self {
        let locale = RwSignal::new(host.locale);
        let config = RwSignal::new(Config::default());
        let catalog = RwSignal::new(None);
        let (form, stage) = (RwSignal::new(Form::default()), RwSignal::new(Stage::default()));
        let findings = Memo::new(move |_| {
            let allow_postpay = config.with(|config| config.allow_postpay);
            catalog.with(|catalog: &Option<Catalog>| {
                let catalog = catalog.as_ref();
                let options = rules::Options { catalog, allow_postpay, locale: locale.get() };
                form.with(|form| form.findings(&options))
            })
        });
        let attempted = RwSignal::new(Vec::new());
        let in_the_way = Memo::new(move |_| {
            let mut findings = findings.get();
            findings.retain(|it| it.stops && attempted.with(|fields| fields.contains(&it.field)));
            findings
        });
        let page = Self {
            locale,
            place: RwSignal::default(),
            config,
            catalog,
            contact: RwSignal::default(),
            bad_link: RwSignal::default(),
            form,
            findings,
            in_the_way,
            stage,
            screen: Memo::new(move |_| stage.with(Stage::screen)),
            consents: RwSignal::default(),
            consent_missed: RwSignal::default(),
            follow: RwSignal::default(),
            instances: Instances::new(),
            answered_at: StoredValue::default(),
            is_offline: RwSignal::new(!window().navigator().on_line()),
            news: RwSignal::default(),
            looking: StoredValue::default(),
            host: StoredValue::new_local(host),
            attempted,
            left: RwSignal::default(),
            pressed: StoredValue::default(),
            left_while_pressed: StoredValue::default(),
        };
        page.restore();
        page.sell_from(page.host(|host| host.catalog.clone()));
        match told {
            Some(told) => page.told(told),
            None => page.ask(),
        }
        page.watch_window();
        page.keep();
        page
    }

    /// Sets what a control holds.
    pub(crate) fn set(self, field: Field, text: String) {
        self.form.update(|form| {
            form.set(field, text);
            self.catalog.with_untracked(|it| it.as_ref().map(|catalog| form.look(catalog)));
        });
    }

    /// What the page stands in.
    pub(crate) fn host<T>(self, read: impl FnOnce(&Host) -> T) -> T {
        self.host.with_value(read)
    }

    /// Changes what the page stands in.
    pub(crate) fn change_host(self, change: impl FnOnce(&mut Host)) {
        self.host.update_value(change);
    }

    pub(crate) fn session(self) -> Session {
        Session::new(self.host(|host| host.name.clone()))
    }

    /// An id that no other form in the document has.
    pub(crate) fn id(self, name: &str) -> String {
        self.host(|host| [&host.prefix, name].concat())
    }

    /// The id of a control.
    pub(crate) fn id_of(self, field: Field) -> String {
        self.id(&field.id())
    }

    pub(crate) fn focus_soon(self, id: &str) {
        self.host(|host| host.focus_soon(id));
    }

    pub(crate) fn to_top(self) {
        self.host(|host| host.to_top(HEADING));
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
        let locale = self.locale.get_untracked();
        self.host(|host| Client::new(host.endpoint.clone(), locale).with_token(host.token.clone()))
    }

    /// Does something that takes its time. When the form is taken away meanwhile, the rest is left: its state is gone.
    pub(crate) fn spawn(self, work: impl Future<Output = ()> + 'static) {
        let mut work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
        spawn_local(poll_fn(move |context| {
            if self.host.is_disposed() { Poll::Ready(()) } else { work.as_mut().poll(context) }
        }));
    }

    /// Shows another part of the page.
    pub(crate) fn go(self, place: Place) {
        if self.place.get_untracked() != place {
            self.place.set(place);
        }
        self.to_top();
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
        } else if !self.left.with_untracked(|left| left.contains(&field)) {
            self.left.update(|left| left.push(field));
        }
    }

    fn watch_window(self) {
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
        let offline = window_event_listener(ev::offline, move |_| self.is_offline.set(true));
        let online = window_event_listener(ev::online, move |_| {
            self.is_offline.set(false);
            self.ask();
        });
        let back = window_event_listener(ev::popstate, move |_| self.went_back());
        let link = window_event_listener(ev::hashchange, move |_| self.went_to_link());
        on_cleanup(move || {
            for listener in [pressed, released, cancelled, keys, offline, online, back, link] {
                listener.remove();
            }
        });
    }

    /// Adds a row and goes there.
    pub(crate) fn add_row(self, list: List) {
        if let Some(row) = self.form.try_update(|form| form.add(list)) {
            self.focus_soon(&Field::Name(list, row).id());
        }
    }

    /// Removes a row and goes on with the next.
    pub(crate) fn remove_row(self, list: List, row: u32) {
        if let Some(next) = self.form.try_update(|form| form.remove(list, row)) {
            self.focus_soon(&next.id());
        }
        self.say(self.get(match list {
            List::Components => texts::COMPONENT_REMOVED,
            List::Tags => texts::TAG_REMOVED,
        }));
    }

    /// Looks whether everything is right, or goes to what is wrong.
    pub(crate) fn is_complete(self) -> bool {
        let stopping = |findings: &Vec<Finding>| -> Vec<Field> {
            findings.iter().filter(|finding| finding.stops).map(|finding| finding.field).collect()
        };
        let wrong = self.findings.with_untracked(stopping);
        self.left.set(self.form.with_untracked(Form::fields));
        let none = wrong.is_empty();
        self.attempted.set(wrong);
        if !none {
            self.focus_soon(PROBLEMS);
        }
        none
    }

    /// Goes back to one control of the form.
    pub(crate) fn change(self, field: Field) {
        self.stage.update(Stage::back);
        self.focus_soon(&field.id());
    }

    /// Empties the form.
    pub(crate) fn start_anew(self) {
        self.session().clear();
        self.form.set(Form::default());
        self.bad_link.set(false);
        self.sell(self.catalog.get_untracked());
        self.set_region();
        self.attempted.update(Vec::clear);
        self.left.update(Vec::clear);
        // Controls read what they hold when they are made.
        self.locale.notify();
        self.say(self.get(texts::STARTED_ANEW));
        self.to_top();
    }
}
