//! The rules applied to a value, and to a request.

use alloc::vec::Vec;

use super::{
    check::check_request,
    findings::Findings,
    options::Options,
    parse::parse_request,
    problem::{Problem, is_valid},
};
use crate::{Locale, Value, model::CreateInstanceRequest};

/// Reads a request of any shape and checks what it says.
#[must_use]
pub fn validate(input: &Value<'_>, options: &Options<'_>) -> Vec<Problem> {
    examine(input, options).1
}

/// Reads a request of any shape and checks what it says: the request with its warnings, or everything that is wrong with it
/// when that forbids to buy it.
pub fn accept(
    input: &Value<'_>,
    options: &Options<'_>,
) -> Result<(CreateInstanceRequest, Vec<Problem>), Vec<Problem>> {
    let (request, problems) = examine(input, options);
    if is_valid(&problems) { Ok((request, problems)) } else { Err(problems) }
}

fn examine(input: &Value<'_>, options: &Options<'_>) -> (CreateInstanceRequest, Vec<Problem>) {
    let mut findings = Findings::new(options.locale);
    let request = parse_request(input, &mut findings);
    let mut unreadable = findings.problems;
    unreadable.reverse();
    let mut problems: Vec<Problem> = Vec::new();
    // The outermost place that could not be read so far: what is inside it follows it.
    let mut outer = usize::MAX;
    for problem in check(&request, options) {
        while let Some(next) = unreadable.pop_if(|it| it.path <= problem.path) {
            if !problems.get(outer).is_some_and(|outer| outer.path.holds(&next.path)) {
                outer = problems.len();
            }
            problems.push(next);
        }
        // A value that could not be read is not missing: one message for one place is enough.
        if !problems.get(outer).is_some_and(|outer| outer.path.holds(&problem.path)) {
            problems.push(problem);
        }
    }
    unreadable.reverse();
    problems.append(&mut unreadable);
    (request, problems)
}

/// Checks what a request says.
#[must_use]
pub fn check(request: &CreateInstanceRequest, options: &Options<'_>) -> Vec<Problem> {
    let mut findings = Findings::new(options.locale);
    check_request(request, options, &mut findings);
    findings.problems
}

/// Reads a request of any shape. Its error holds everything that the model cannot say: fields that do not exist, values of
/// the wrong kind, words that are not one of the listed.
pub fn parse(input: &Value<'_>, locale: Locale) -> Result<CreateInstanceRequest, Vec<Problem>> {
    let mut findings = Findings::new(locale);
    let request = parse_request(input, &mut findings);
    if findings.problems.is_empty() { Ok(request) } else { Err(findings.problems) }
}
