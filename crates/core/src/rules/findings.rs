//! The problems that are found, in one language and in the order of their paths.

use alloc::vec::Vec;

use super::{
    path::Place,
    problem::{Problem, is_valid},
    table::ProblemCode,
};
use crate::{
    Locale,
    locale::interpolate,
    strings::{truncated_for_display, usize_to_string},
};

/// Problems that are named of what could not be read, and again of what was: a body may hold tens of thousands.
pub const MAX_PROBLEMS: usize = 1000;

/// Collects problems in one language.
pub(super) struct Findings {
    pub(super) locale: Locale,
    pub(super) problems: Vec<Problem>,
}

impl Findings {
    pub(super) const fn new(locale: Locale) -> Self {
        Self { locale, problems: Vec::new() }
    }

    /// Something is wrong with a field of this place.
    pub(super) fn add(&mut self, code: ProblemCode, place: &Place<'_>, field: &str) {
        self.fill(code, &place.field(field), &[]);
    }

    /// The same, about a text or a number that the message names.
    pub(super) fn add_about(
        &mut self,
        code: ProblemCode,
        place: &Place<'_>,
        field: &str,
        value: &str,
    ) {
        self.fill(code, &place.field(field), &[("value", &truncated_for_display(value))]);
    }

    /// The count, and the limit.
    pub(super) fn add_too_many(
        &mut self,
        code: ProblemCode,
        place: &Place<'_>,
        found: usize,
        limit: usize,
    ) {
        self.fill(
            code,
            place,
            &[("value", &usize_to_string(found)), ("limit", &usize_to_string(limit))],
        );
    }

    pub(super) fn fill(&mut self, code: ProblemCode, place: &Place<'_>, values: &[(&str, &str)]) {
        let rule = code.rule();
        // Warnings alone never end it: whether it may be bought is not known then.
        if self.problems.len() >= MAX_PROBLEMS && !is_valid(&self.problems) {
            return;
        }
        let message = interpolate(self.locale.localized(rule.en, rule.zh), values);
        self.put(Problem { code, path: place.to_path(), severity: rule.severity, message });
    }

    /// Keeps the problems in the order of their paths; those of one place stay as they came.
    fn put(&mut self, problem: Problem) {
        let place = self.problems.partition_point(|other| other.path <= problem.path);
        self.problems.insert(place, problem);
    }
}
