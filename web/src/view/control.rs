//! A control with its label, its hint and what is wrong with it.

use leptos::{ev::Event, prelude::*};

use super::{icon::Icon, live};
use crate::{
    field::Field,
    form::{Finding, Form},
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
        self.field.id()
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

    pub(super) fn label(self, text: Text, optional: bool) -> AnyView {
        let optional = optional.then(|| {
            let text = self.page.get(texts::OPTIONAL);
            view! { <span class="optional">{text}</span> }
        });
        view! { <label class="label" for=self.id()>{self.page.get(text)} {optional}</label> }
            .into_any()
    }

    pub(super) fn hint(self) -> AnyView {
        let id = format!("{}-hint", self.id());
        self.hint.map(|hint| view! { <p class="hint" id=id>{self.page.get(hint)}</p> }).into_any()
    }

    pub(super) fn input(self) -> AnyView {
        let Self { page, field, .. } = self;
        view! {
            <input
                class="input"
                type="text"
                id=self.id()
                prop:value=page.form.with_untracked(|form| form.text(field))
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=live::attribute(move || self.described_by())
                aria-invalid=live::attribute(move || self.invalid())
                on:input=live::on(move |event: Event| self.set(event_target_value(&event)))
                on:blur=live::on(move |_| page.leave(field))
            />
        }
        .into_any()
    }

    /// A choice of values with their names.
    pub(super) fn select(self, options: impl Iterator<Item = (String, String, bool)>) -> AnyView {
        let Self { page, field, .. } = self;
        let chosen = page.form.with_untracked(|form| form.text(field));
        let options = options
            .map(|(value, name, disabled)| {
                let selected = value == chosen;
                view! { <option value=value disabled=disabled selected=selected>{name}</option> }
            })
            .collect_view();
        view! {
            <select
                class="input"
                id=self.id()
                aria-describedby=live::attribute(move || self.described_by())
                aria-invalid=live::attribute(move || self.invalid())
                on:change=live::on(move |event: Event| self.set(event_target_value(&event)))
                on:blur=live::on(move |_| page.leave(field))
            >
                {options}
            </select>
        }
        .into_any()
    }

    pub(super) fn message(self) -> AnyView {
        let id = format!("{}-problem", self.id());
        let page = self.page;
        live::view(move || self.problem.get().map(|finding| problem(page, id.clone(), finding)))
            .into_any()
    }

    fn set(self, text: String) {
        self.page.form.update(|form: &mut Form| form.set(self.field, text));
    }
}

/// What is wrong, under its control.
fn problem(page: Page, id: String, finding: Finding) -> AnyView {
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
) -> AnyView {
    view! {
        <p class=class id=id>
            {icon.view()}
            <span>
                <span class="visually-hidden">{word} ": "</span>
                {message}
            </span>
        </p>
    }
    .into_any()
}
