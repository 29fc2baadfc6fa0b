//! The filter of a list that was loaded: its field, and the rows that it leaves.

use super::prelude::*;
use crate::{browser, format, texts::instances as texts};

/// A filter of a list.
#[derive(Clone, Copy)]
pub(super) struct Filter {
    app: App,
    /// The id of its field.
    id: &'static str,
    typed: RwSignal<String>,
    /// The texts of the rows.
    rows: fn(App) -> Vec<String>,
}

impl Filter {
    /// A filter of rows, each of which is found by its text.
    pub(super) const fn new(
        app: App,
        id: &'static str,
        typed: RwSignal<String>,
        rows: fn(App) -> Vec<String>,
    ) -> Self {
        Self { app, id, typed, rows }
    }

    /// The field with its label, and the number of rows that match. There is none without rows.
    pub(super) fn field(self, label: Text) -> Element {
        let Self { app, id, typed, rows } = self;
        let [id, count_id] = [app.ui.id(id), app.ui.id(&[id, "-count"].concat())];
        let text = element("label").class("label").attr("for", id.clone());
        let field = element("input")
            .class("input")
            .attr("id", id)
            .attr("type", "text")
            .attr("autocomplete", "off")
            .attr("autocapitalize", "off")
            .attr("spellcheck", "false")
            .attr("aria-describedby", count_id.clone())
            .dyn_value(move || typed.get())
            .on("input", move |event| {
                if !browser::is_composing(&event) {
                    self.set(event_target_value(&event));
                }
            })
            .on("compositionend", move |event| self.set(event_target_value(&event)));
        let count = element("p").class("hint").attr("id", count_id).text(move || self.in_words());
        element("div")
            .class("filter")
            .bool_attr("hidden", move || rows(app).is_empty())
            .child(text.child(app.ui.text(label)))
            .child(field)
            .child(count)
    }

    /// The note that no row matches, with the button that clears the filter.
    pub(super) fn note(self) -> Element {
        let Self { app, id, .. } = self;
        let clear = move || {
            self.set(String::new());
            app.ui.focus_soon(id);
        };
        dynamic(move || {
            self.is_empty().then(|| {
                element("div")
                    .class("list-note stack")
                    .child(element("p").child(app.ui.text(texts::NO_MATCH)))
                    .child(button(app, "button", texts::CLEAR_FILTER, clear))
            })
        })
    }

    /// The texts of the rows.
    pub(super) fn rows(self) -> Vec<String> {
        (self.rows)(self.app)
    }

    /// Tests for each word of the filter in a text, in capitals or not.
    pub(super) fn matches(self, text: &str) -> bool {
        let text = text.to_ascii_lowercase();
        self.typed.with(|typed| {
            typed.to_ascii_lowercase().split_ascii_whitespace().all(|word| text.contains(word))
        })
    }

    /// Returns whether there are rows, and none of them matches.
    pub(super) fn is_empty(self) -> bool {
        matches!(self.count(), (0, 1..))
    }

    fn set(self, text: String) {
        self.typed.set(text);
        self.app.ui.announce(untrack(|| self.in_words()));
    }

    /// The number of rows that match, and that of all rows.
    fn count(self) -> (usize, usize) {
        let rows = self.rows();
        (rows.iter().filter(|row| self.matches(row)).count(), rows.len())
    }

    /// The number of rows that match, while something is typed.
    fn in_words(self) -> String {
        if self.typed.with(|typed| typed.trim().is_empty()) {
            return String::new();
        }
        let locale = self.app.ui.locale.get_untracked();
        let (count, total) = self.count();
        let part = format::part(&count.to_string(), total as u64, locale);
        texts::MATCHES.with(locale, &part)
    }
}
