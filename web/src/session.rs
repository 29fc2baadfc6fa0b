//! State that outlives the page: draft and order under way, for this tab; and for all tabs of this browser the key of each
//! order that was reviewed, so that the same order in two of them is one. An order that was bought is known to the proxy.

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

    /// Reads what was kept. A draft that cannot be read leaves an order that was sent what it is.
    pub(crate) fn load(&self) -> Option<Saved> {
        let order = self.get("key").map(|key| (key, self.get("sent").as_deref() == Some("true")));
        let form = self.get("draft").and_then(|text| draft::read(&text));
        match (form, order) {
            (Some(form), order) => Some(Saved { form, order }),
            (None, Some((key, true))) => {
                Some(Saved { form: Form::default(), order: Some((key, true)) })
            }
            _ => None,
        }
    }

    /// The key of an order that says this, in all tabs.
    pub(crate) fn key_of(&self, request: &CreateInstanceRequest) -> Option<String> {
        let text = all_tabs()?.get_item(&self.order(request)).ok()??;
        let (at, key) = text.split_once(' ')?;
        is_new(at).then(|| key.to_owned())
    }

    /// Remembers the key of an order in all tabs.
    pub(crate) fn remember(&self, request: &CreateInstanceRequest, key: &str) {
        self.forget(key);
        if let Some(storage) = all_tabs() {
            // A browser that lets pages store nothing has one key for each tab.
            let _ =
                storage.set_item(&self.order(request), &[&now().to_string(), " ", key].concat());
        }
    }

    /// Forgets an order that is bought or refused, and those of another day.
    pub(crate) fn forget(&self, key: &str) {
        let Some(storage) = all_tabs() else { return };
        let prefix = [self.name.as_str(), ORDER].concat();
        for index in (0..storage.length().unwrap_or_default()).rev() {
            let name = storage.key(index).ok().flatten().filter(|name| name.starts_with(&prefix));
            let Some(name) = name else { continue };
            let text = storage.get_item(&name).ok().flatten().unwrap_or_default();
            let is_kept = text.split_once(' ').is_some_and(|(at, of)| is_new(at) && of != key);
            if !is_kept {
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

/// Returns whether a time is one of the last day.
fn is_new(at: &str) -> bool {
    at.parse::<u64>().is_ok_and(|at| now().saturating_sub(at) < REMEMBERED)
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
