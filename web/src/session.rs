//! What outlives the page: the draft and the order under way, for this tab; and for all tabs of this browser what was ordered
//! lately, so that the same order in two of them is one.

use havenask_core::model::CreateInstanceRequest;
use leptos::prelude::window;
use web_sys::Storage;

use crate::{draft, form::Form};

/// How long an order is remembered, in milliseconds: a day.
const REMEMBERED: u64 = 86_400_000;

/// Between the name of a session and an order, in what all tabs remember.
const ORDER: &str = ".order.";

/// The draft of a tab, and the key of its order.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    name: String,
}

/// What was under way when the page was left.
#[derive(Debug)]
pub(crate) struct Saved {
    pub(crate) form: Form,
    /// The key of the order, and whether it was sent.
    pub(crate) order: Option<(String, bool)>,
}

/// What is remembered of an order that was reviewed, and not refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Remembered {
    pub(crate) key: String,
    /// Its instance, once it is bought.
    pub(crate) instance: Option<String>,
}

impl Session {
    /// The session of this name. Two forms in one page have two names.
    pub(crate) fn new(name: String) -> Self {
        Self { name }
    }

    /// Keeps the draft.
    pub(crate) fn keep(&self, form: &Form) {
        self.set("draft", &draft::write(form));
    }

    /// Keeps the key of an order, and whether it was sent.
    pub(crate) fn keep_order(&self, key: &str, is_sent: bool) {
        self.set("key", key);
        self.set("sent", if is_sent { "true" } else { "" });
    }

    /// The order has ended.
    pub(crate) fn end_order(&self) {
        self.remove("key");
    }

    /// Begins anew.
    pub(crate) fn clear(&self) {
        for name in ["draft", "key", "sent"] {
            self.remove(name);
        }
    }

    /// What was kept.
    pub(crate) fn load(&self) -> Option<Saved> {
        let form = draft::read(&self.get("draft")?);
        let order = self.get("key").map(|key| (key, self.get("sent").as_deref() == Some("true")));
        Some(Saved { form, order })
    }

    /// What is remembered of an order that says this, in all tabs.
    pub(crate) fn remembered(&self, request: &CreateInstanceRequest) -> Option<Remembered> {
        let text = all_tabs()?.get_item(&self.order(request)).ok()??;
        let mut words = text.split(' ').skip(1);
        let key = words.next()?.to_owned();
        let instance = words.next().filter(|it| !it.is_empty()).map(str::to_owned);
        is_new(&text).then_some(Remembered { key, instance })
    }

    /// Remembers an order in all tabs: with the instance, once it is bought.
    pub(crate) fn remember(&self, request: &CreateInstanceRequest, key: &str, instance: &str) {
        if let Some(storage) = all_tabs() {
            self.forget_old(&storage);
            let at = now().to_string();
            // Whoever lets pages store nothing is not protected beyond this page.
            let _ = storage.set_item(&self.order(request), &[&at, key, instance].join(" "));
        }
    }

    /// Forgets an order: it was refused.
    pub(crate) fn forget(&self, request: &CreateInstanceRequest) {
        if let Some(storage) = all_tabs() {
            let _ = storage.remove_item(&self.order(request));
        }
    }

    fn forget_old(&self, storage: &Storage) {
        let prefix = [self.name.as_str(), ORDER].concat();
        for index in (0..storage.length().unwrap_or_default()).rev() {
            let name = storage.key(index).ok().flatten().filter(|name| name.starts_with(&prefix));
            if let Some(name) = name
                && !storage.get_item(&name).ok().flatten().is_some_and(|text| is_new(&text))
            {
                let _ = storage.remove_item(&name);
            }
        }
    }

    fn order(&self, request: &CreateInstanceRequest) -> String {
        [self.name.as_str(), ORDER, &request.to_json()].concat()
    }

    fn get(&self, item: &str) -> Option<String> {
        this_tab()?.get_item(&self.item(item)).ok()?
    }

    fn set(&self, item: &str, value: &str) {
        if let Some(storage) = this_tab() {
            let _ = storage.set_item(&self.item(item), value);
        }
    }

    fn remove(&self, item: &str) {
        if let Some(storage) = this_tab() {
            let _ = storage.remove_item(&self.item(item));
        }
    }

    fn item(&self, item: &str) -> String {
        [&self.name, ".", item].concat()
    }
}

/// Whether what is remembered of an order was written in the last day.
fn is_new(text: &str) -> bool {
    let at = text.split(' ').next().and_then(|at| at.parse::<u64>().ok());
    at.is_some_and(|at| now().saturating_sub(at) < REMEMBERED)
}

/// In Unix milliseconds.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a date is positive")]
fn now() -> u64 {
    js_sys::Date::now() as u64
}

fn this_tab() -> Option<Storage> {
    window().session_storage().ok()?
}

fn all_tabs() -> Option<Storage> {
    window().local_storage().ok()?
}
