//! State that outlives the page: draft and order of this tab; and for all tabs of this browser the key of each order that was
//! reviewed, so that the same order in two of them is one. An order that was bought is known to the proxy.

use havenask_core::model::CreateInstanceRequest;
use leptos::prelude::window;
use web_sys::Storage;

use crate::{draft, model::Form};

/// Lifetime of a key, in milliseconds: a day.
const KEY_LIFETIME: u64 = 86_400_000;

/// Separator between the name of a session and an order, in the storage of all tabs.
const ORDER: &str = ".order.";

/// The draft of a tab, and the key of its order.
#[derive(Clone, Debug)]
pub(crate) struct SessionStore {
    name: String,
}

/// The draft and the order of an earlier page in this tab.
#[derive(Debug)]
pub(crate) struct SavedSession {
    pub(crate) form: Form,
    /// The key of the order, and whether it was sent.
    pub(crate) order: Option<(String, bool)>,
}

impl SessionStore {
    /// The session of this name. Two forms in one page have two names.
    pub(crate) fn new(name: String) -> Self {
        Self { name }
    }

    /// Saves the draft.
    pub(crate) fn save_draft(&self, form: &Form) {
        self.set("draft", &draft::write(form));
    }

    /// Saves the key of an order, and whether it was sent.
    pub(crate) fn save_order(&self, key: &str, is_sent: bool) {
        self.set("key", key);
        self.set("sent", if is_sent { "true" } else { "" });
    }

    /// Ends the order.
    pub(crate) fn end_order(&self) {
        self.remove("key");
    }

    /// Removes draft and order.
    pub(crate) fn clear(&self) {
        for name in ["draft", "key", "sent"] {
            self.remove(name);
        }
    }

    /// Loads draft and order. An order that was sent is loaded without its draft, where that cannot be read.
    pub(crate) fn load(&self) -> Option<SavedSession> {
        let order = self.get("key").map(|key| (key, self.get("sent").as_deref() == Some("true")));
        let form = self.get("draft").and_then(|text| draft::read(&text));
        match (form, order) {
            (Some(form), order) => Some(SavedSession { form, order }),
            (None, Some((key, true))) => {
                Some(SavedSession { form: Form::default(), order: Some((key, true)) })
            }
            _ => None,
        }
    }

    /// The key of an order with this request in a region, in all tabs.
    pub(crate) fn key_of(
        &self,
        request: &CreateInstanceRequest,
        region: Option<&str>,
    ) -> Option<String> {
        let text = all_tabs()?.get_item(&self.order(request, region)).ok()??;
        let (at, key) = text.split_once(' ')?;
        is_new(at).then(|| key.to_owned())
    }

    /// Remembers the key of an order in all tabs.
    pub(crate) fn remember_key(
        &self,
        request: &CreateInstanceRequest,
        region: Option<&str>,
        key: &str,
    ) {
        self.forget_key(key);
        if let Some(storage) = all_tabs() {
            // A browser that lets pages store nothing has one key for each tab.
            let order = self.order(request, region);
            let _ = storage.set_item(&order, &[&now().to_string(), " ", key].concat());
        }
    }

    /// Forgets the key of an order that was bought or refused, and expired ones.
    pub(crate) fn forget_key(&self, key: &str) {
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

    fn order(&self, request: &CreateInstanceRequest, region: Option<&str>) -> String {
        [self.name.as_str(), ORDER, &request.to_json(), region.unwrap_or_default()].concat()
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
    at.parse::<u64>().is_ok_and(|at| now().saturating_sub(at) < KEY_LIFETIME)
}

/// The time, in Unix milliseconds.
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
