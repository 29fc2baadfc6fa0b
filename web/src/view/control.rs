//! A control with its label, hint and problem.

use leptos::prelude::*;

use super::{
    html::{Element, dynamic, element},
    icon::Icon,
};
use crate::{
    actions, browser,
    model::{Field, FieldProblem},
    state::App,
    texts::{Text, form as texts},
};

/// A control and its surroundings.
#[derive(Clone, Copy)]
pub(super) struct Control {
    app: App,
    field: Field,
    problem: Memo<Option<FieldProblem>>,
    hint: Option<Text>,
    has_hint: bool,
}

impl Control {
    pub(super) fn new(app: App, field: Field) -> Self {
        Self { app, field, problem: app.form.problem_of(field), hint: None, has_hint: false }
    }

    pub(super) fn with_hint(self, hint: Text) -> Self {
        Self { hint: Some(hint), has_hint: true, ..self }
    }

    /// The control with [`Self::hint_below`].
    pub(super) fn with_hint_below(self) -> Self {
        Self { has_hint: true, ..self }
    }

    fn id(self) -> String {
        self.app.ui.id_of(self.field)
    }

    /// The ids of the hint and the problem.
    pub(super) fn described_by(self) -> Option<String> {
        let hint = self.has_hint.then(|| format!("{}-hint", self.id()));
        let problem =
            self.problem.with(|it| it.is_some().then(|| format!("{}-problem", self.id())));
        match (hint, problem) {
            (Some(hint), Some(problem)) => Some([hint, problem].join(" ")),
            (hint, problem) => hint.or(problem),
        }
    }

    fn invalid(self) -> Option<&'static str> {
        self.problem.with(|it| it.as_ref().is_some_and(|it| it.blocks).then_some("true"))
    }

    pub(super) fn label(self, text: Text, optional: bool) -> Element {
        let optional = optional
            .then(|| element("span").class("optional").child(self.app.ui.text(texts::OPTIONAL)));
        let label = element("label").class("label").attr("for", self.id());
        label.child(self.app.ui.text(text)).child(" ").child(optional)
    }

    pub(super) fn hint(self) -> Option<Element> {
        self.hint.map(|hint| self.hint_below().child(self.app.ui.text(hint)))
    }

    /// The hint without its text.
    pub(super) fn hint_below(self) -> Element {
        element("p").class("hint").attr("id", format!("{}-hint", self.id()))
    }

    pub(super) fn input(self) -> Element {
        let Self { app, field, .. } = self;
        self.described(element("input"))
            .attr("type", "text")
            .value(app.form.values.with_untracked(|form| form.text(field)))
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
        let chosen = self.app.form.values.with_untracked(|form| form.text(self.field));
        self.select_from(options, &chosen, move |text| self.set(text))
    }

    /// A choice of values with their names, of which one is chosen already.
    pub(super) fn select_from(
        self,
        options: impl Iterator<Item = (String, String, bool)>,
        chosen: &str,
        set: impl Fn(String) + 'static,
    ) -> Element {
        let mut options: Vec<_> = options.collect();
        // A value that is not offered is shown too: it would be bought.
        if options.iter().all(|(value, ..)| value != chosen) {
            options.insert(0, (chosen.to_owned(), chosen.to_owned(), false));
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
            .on("change", move |event| set(event_target_value(&event)))
            .children(options)
    }

    fn described(self, element: Element) -> Element {
        let Self { app, field, .. } = self;
        element
            .class("input")
            .attr("id", self.id())
            .dyn_attr("aria-describedby", move || self.described_by())
            .dyn_attr("aria-invalid", move || self.invalid())
            .on("blur", move |_| app.form.touch(field))
    }

    pub(super) fn message(self) -> Element {
        let id = format!("{}-problem", self.id());
        let app = self.app;
        dynamic(move || self.problem.get().map(|it| problem(app, id.clone(), it)))
    }

    fn set(self, text: String) {
        actions::set_field(self.app, self.field, text);
    }
}

/// The problem of a control.
fn problem(app: App, id: String, problem: FieldProblem) -> Element {
    let (class, icon, word) = if problem.blocks {
        ("problem problem-error", Icon::Error, texts::ERROR)
    } else {
        ("problem problem-warning", Icon::Warning, texts::NOTICE)
    };
    error(class, icon, app.ui.text(word), id, problem.message)
}

/// A message with its icon and, for screen readers, a word for the icon.
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
