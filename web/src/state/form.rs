//! The state of the form: its values, the request that they make, and the problems of both.

use havenask_core::{Locale, catalog::Catalog, rules};
use leptos::prelude::*;

use crate::{
    model::{BuiltRequest, Field, FieldProblem, Form, ProxyConfig, RowList, problems},
    texts::Text,
};

/// Confirmation of what changed more than one control, or was copied.
#[derive(Clone, Debug)]
pub(crate) struct Confirmation {
    pub(crate) text: Text,
    /// The list that has lost a row.
    pub(crate) list: Option<RowList>,
    /// The form as it was before, where that can be undone.
    pub(crate) before: Option<Form>,
}

/// The state of the form.
#[derive(Clone, Copy)]
pub(crate) struct FormState {
    pub(crate) values: RwSignal<Form>,
    pub(crate) config: RwSignal<ProxyConfig>,
    /// The catalogue, once it is known.
    pub(crate) catalog: RwSignal<Option<Catalog>>,
    /// The last confirmation, until something else is changed.
    pub(crate) confirmation: RwSignal<Option<Confirmation>>,
    /// The draft of a link could not be read.
    pub(crate) bad_link: RwSignal<bool>,
    /// The request, built once for each change of the values.
    pub(crate) request: Memo<BuiltRequest>,
    pub(crate) problems: Memo<Vec<FieldProblem>>,
    /// The errors that blocked the last submission, as far as they are still there.
    pub(crate) blocking_errors: Memo<Vec<FieldProblem>>,
    submitted_errors: RwSignal<Vec<Field>>,
    touched: RwSignal<Vec<Field>>,
    pointer_down: StoredValue<bool>,
    touched_while_down: StoredValue<Vec<Field>>,
}

impl FormState {
    pub(super) fn new(locale: RwSignal<Locale>) -> Self {
        let values = RwSignal::new(Form::default());
        let config = RwSignal::new(ProxyConfig::default());
        let catalog = RwSignal::new(None);
        let request = Memo::new(move |_| values.with(BuiltRequest::new));
        let problems = Memo::new(move |_| {
            let allow_postpay = config.with(|config| config.allow_postpay);
            catalog.with(|catalog: &Option<Catalog>| {
                let catalog = catalog.as_ref();
                let options = rules::Options { catalog, allow_postpay, locale: locale.get() };
                request.with(|request| values.with(|form| problems(form, request, &options)))
            })
        });
        let submitted_errors = RwSignal::new(Vec::new());
        let blocking_errors = Memo::new(move |_| {
            let mut problems = problems.get();
            problems.retain(|it| it.blocks && submitted_errors.with(|all| all.contains(&it.field)));
            problems
        });
        Self {
            values,
            config,
            catalog,
            confirmation: RwSignal::default(),
            bad_link: RwSignal::default(),
            request,
            problems,
            blocking_errors,
            submitted_errors,
            touched: RwSignal::default(),
            pointer_down: StoredValue::default(),
            touched_while_down: StoredValue::default(),
        }
    }

    /// Reads the values, their request and the configuration of the proxy.
    pub(crate) fn with<T>(self, read: impl FnOnce(&Form, &BuiltRequest, &ProxyConfig) -> T) -> T {
        let Self { values, request, config, .. } = self;
        values.with(|form| request.with(|built| config.with(|config| read(form, built, config))))
    }

    /// The problem of a control, once it was touched or the form was submitted.
    pub(crate) fn problem_of(self, field: Field) -> Memo<Option<FieldProblem>> {
        Memo::new(move |_| {
            if !self.touched.with(|touched| touched.contains(&field)) {
                return None;
            }
            self.problems.with(|problems| {
                let mut here = problems.iter().filter(|problem| problem.field == field);
                let first = here.clone().next();
                here.find(|problem| problem.blocks).or(first).cloned()
            })
        })
    }

    /// Marks a control as touched. A message that comes while the pointer is down would move the very button that is being
    /// pressed, so it waits for the release.
    pub(crate) fn touch(self, field: Field) {
        if self.pointer_down.get_value() {
            self.touched_while_down.update_value(|touched| touched.push(field));
        } else if !self.touched.with_untracked(|touched| touched.contains(&field)) {
            self.touched.update(|touched| touched.push(field));
        }
    }

    /// The pointer is down.
    pub(crate) fn press(self) {
        self.pointer_down.set_value(true);
    }

    /// The pointer is up again.
    pub(crate) fn release(self) {
        self.pointer_down.set_value(false);
        let touched = self.touched_while_down.try_update_value(std::mem::take).unwrap_or_default();
        if !touched.is_empty() {
            self.touched.update(|all| all.extend(touched));
        }
    }

    /// Shows the problems of all controls, and returns whether none blocks.
    pub(crate) fn submit(self) -> bool {
        let blocking = self.problems.with_untracked(|problems| {
            problems.iter().filter(|it| it.blocks).map(|it| it.field).collect::<Vec<_>>()
        });
        self.touched.set(self.values.with_untracked(Form::fields));
        let is_valid = blocking.is_empty();
        self.submitted_errors.set(blocking);
        is_valid
    }

    /// The region that requests must name; none where the proxy leaves no choice.
    pub(crate) fn named_region(self) -> Option<String> {
        self.values.with(|form| self.config.with(|config| config.region.named(&form.region)))
    }

    /// Fills the form anew.
    pub(crate) fn replace(self, form: Form) {
        self.values.set(form);
        self.bad_link.set(false);
        self.submitted_errors.update(Vec::clear);
        self.touched.update(Vec::clear);
    }
}
