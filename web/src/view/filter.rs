//! The filter of a list that was loaded: its field, and the rows that it leaves.

use super::prelude::*;
use crate::{browser, format, texts::instances as texts};

/// A filter of a list.
#[derive(Clone, Copy)]
pub(super) struct Filter {
    app: App,
    id: &'static str,
    typed: RwSignal<String>,
    /// Rows, and whether each matches.
    matches: Memo<Vec<bool>>,
}

impl Filter {
    /// A filter of rows, each given by all texts in which it is found. `id` is that of its field.
    pub(super) fn new(
        app: App,
        id: &'static str,
        typed: RwSignal<String>,
        rows: impl Fn() -> Vec<String> + Send + Sync + 'static,
    ) -> Self {
        let rows = Memo::new(move |_| rows().iter().map(|row| row.to_ascii_lowercase()).collect());
        let matches = Memo::new(move |_| {
            let typed = typed.get().to_ascii_lowercase();
            let is_match = |row: &String| typed.split_whitespace().all(|word| row.contains(word));
            rows.with(|rows: &Vec<String>| rows.iter().map(is_match).collect())
        });
        Self { app, id, typed, matches }
    }

    /// The field with its label, and the number of rows that match. There is none without rows.
    pub(super) fn field(self, label: Text) -> Element {
        let Self { app, id, typed, matches } = self;
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
        let count = element("p").class("hint").attr("id", count_id).text(move || self.count());
        element("div")
            .class("filter")
            .bool_attr("hidden", move || matches.with(Vec::is_empty))
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
        let note = move || element("p").child(app.ui.text(texts::NO_MATCH));
        let clear = move || button(app, "button", texts::CLEAR_FILTER, clear);
        let is_empty = Memo::new(move |_| self.is_empty());
        dynamic(move || {
            is_empty
                .get()
                .then(|| element("div").class("list-note stack").child(note()).child(clear()))
        })
    }

    /// Returns whether a row is hidden.
    pub(super) fn hides(self, row: usize) -> bool {
        self.matches.with(|matches| matches.get(row) == Some(&false))
    }

    /// Returns whether there are rows, and all of them are hidden.
    pub(super) fn is_empty(self) -> bool {
        self.matches.with(|matches| !matches.is_empty() && !matches.contains(&true))
    }

    fn set(self, text: String) {
        self.typed.set(text);
        self.app.ui.announce(untrack(|| self.count()));
    }

    /// The number of rows that match, in words, while something is typed.
    fn count(self) -> String {
        if self.typed.with(|typed| typed.trim().is_empty()) {
            return String::new();
        }
        let locale = self.app.ui.locale.get_untracked();
        self.matches.with(|matches| {
            let count = matches.iter().filter(|it| **it).count();
            let part = format::part(&count.to_string(), matches.len() as u64, locale);
            texts::MATCHES.with(locale, &part)
        })
    }
}
