//! Problems of the form, each at its control.

use havenask_core::{
    Problem, Severity,
    rules::{self, ProblemCode},
};

use super::{field::Field, form::Form, request::BuiltRequest};
use crate::texts::form as texts;

/// A problem at its control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldProblem {
    pub(crate) field: Field,
    pub(crate) message: String,
    /// An order with a problem that blocks cannot be reviewed.
    pub(crate) blocks: bool,
    /// The catalogue does not know the component.
    pub(crate) is_unchecked: bool,
}

/// All problems, in the order of the controls on the page.
pub(crate) fn problems(
    form: &Form,
    built: &BuiltRequest,
    options: &rules::Options<'_>,
) -> Vec<FieldProblem> {
    let problems = rules::check(&built.request, options).into_iter().map(|problem| FieldProblem {
        blocks: blocks(&problem),
        is_unchecked: problem.code == ProblemCode::ComponentCodeUnchecked,
        field: built.field(&problem.path).unwrap_or(Field::ChargeType),
        message: problem.message,
    });
    // An unpaired surrogate, which no request can carry, has become this character.
    let is_broken = |field: &Field| form.text(*field).contains(char::REPLACEMENT_CHARACTER);
    let broken = form.fields().into_iter().filter(is_broken).map(|field| FieldProblem {
        field,
        message: texts::BROKEN_TEXT.get(options.locale).to_owned(),
        blocks: true,
        is_unchecked: false,
    });
    problems.chain(broken).collect()
}

/// A missing specification was forgotten: the API lets it pass with a warning, the form does not.
fn blocks(problem: &Problem) -> bool {
    problem.severity == Severity::Error
        || matches!(
            problem.code,
            ProblemCode::ComponentsMissing | ProblemCode::ComponentValueMissing
        )
}
