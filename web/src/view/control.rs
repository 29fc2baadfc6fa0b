//! A control with its label, its hint and what is wrong with it.

use leptos::prelude::*;

use super::{
    html::{Element, element, live},
    icon::Icon,
};
use crate::{
    browser,
    field::Field,
    form::Finding,
    page::Page,
    texts::{Text, form as texts},
};

/// What stands around a control.
#[derive(Clone, Copy)]
pub(super) struct Control {
    page: Page,
    field: Field,
    problem: Memo<Option<Finding>>,
    hint: Option<Text>,
}

impl Control {
    pub(super) fn new(page: Page, field: Field) -> Self {
        Self { page, field, problem: page.problem(field), hint: None }
    }

    pub(super) fn with_hint(self, hint: Text) -> Self {
        Self { hint: Some(hint), ..self }
    }

    fn id(self) -> String {
        self.page.id_of(self.field)
    }

    /// The ids of what describes the control at the moment.
    pub(super) fn described_by(self) -> Option<String> {
        let hint = self.hint.map(|_| format!("{}-hint", self.id()));
        let problem =
            self.problem.with(|it| it.is_some().then(|| format!("{}-problem", self.id())));
        match (hint, problem) {
            (Some(hint), Some(problem)) => Some([hint, problem].join(" ")),
            (hint, problem) => hint.or(problem),
        }
    }

    fn invalid(self) -> Option<&'static str> {
        self.problem.with(|it| it.as_ref().is_some_and(|it| it.stops).then_some("true"))
    }

    pub(super) fn label(self, text: Text, optional: bool) -> Element {
        let optional = optional
            .then(|| element("span").class("optional").child(self.page.get(texts::OPTIONAL)));
        let label = element("label").class("label").attr("for", self.id());
        label.child(self.page.get(text)).child(" ").child(optional)
    }

    pub(super) fn hint(self) -> Option<Element> {
        let id = format!("{}-hint", self.id());
        let hint = |hint| element("p").class("hint").attr("id", id).child(self.page.get(hint));
        self.hint.map(hint)
    }

    pub(super) fn input(self) -> Element {
        let Self { page, field, .. } = self;
        self.described(element("input"))
            .attr("type", "text")
            .value(page.form.with_untracked(|form| form.text(field)))
            .attr("autocomplete", "off")
            .attr("autocapitalize", "off")
            .attr("spellcheck", "false")
            // Input that is still being composed is no text yet.
            .on("input", move |event| {
                if !browser::is_composing(&event) {
                    self.set(event_target_value(&event));
                }
            })
            .on("compositionend", move |event| self.set(event_target_value(&event)))
    }

    /// A choice of values with their names.
    pub(super) fn select(self, options: impl Iterator<Item = (String, String, bool)>) -> Element {
        let Self { page, field, .. } = self;
        let chosen = page.form.with_untracked(|form| form.text(field));
        let mut options: Vec<_> = options.collect();
        // Values that are not offered are shown all the same: they are what would be bought.
        if options.iter().all(|(value, ..)| *value != chosen) {
            options.insert(0, (chosen.clone(), chosen.clone(), false));
        }
        let options = options.into_iter().map(|(value, name, disabled)| {
            let mut option = element("option");
            for (there, name) in [(disabled, "disabled"), (value == chosen, "selected")] {
                if there {
                    option = option.attr(name, "");
                }
            }
            option.attr("value", value).child(name)
        });
        self.described(element("select"))
            .on("change", move |event| self.set(event_target_value(&event)))
            .children(options)
    }

    fn described(self, element: Element) -> Element {
        let Self { page, field, .. } = self;
        element
            .class("input")
            .attr("id", self.id())
            .live_attr("aria-describedby", move || self.described_by())
            .live_attr("aria-invalid", move || self.invalid())
            .on("blur", move |_| page.leave(field))
    }

    pub(super) fn message(self) -> Element {
        let id = format!("{}-problem", self.id());
        let page = self.page;
        live(move || self.problem.get().map(|finding| problem(page, id.clone(), finding)))
    }

    fn set(self, text: String) {
        self.page.set(self.field, text);
    }
}

/// What is wrong, under its control.
fn problem(page: Page, id: String, finding: Finding) -> Element {
    let (class, icon, word) = if finding.stops {
        ("problem problem-error", Icon::Error, texts::ERROR)
    } else {
        ("problem problem-warning", Icon::Warning, texts::NOTICE)
    };
    error(class, icon, page.get(word), id, finding.message)
}

/// A message with its picture and, for screen readers, the word for it.
pub(super) fn error(
    class: &'static str,
    icon: Icon,
    word: &'static str,
    id: String,
    message: String,
) -> Element {
    let word = element("span").class("visually-hidden").child([word, ": "].concat());
    let message = element("span").child(word).child(message);
    element("p").class(class).attr("id", id).child(icon).child(message)
}
