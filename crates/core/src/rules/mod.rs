//! What the documents allow a request to say. Each rule stands once in [`RULES`], with its code and its texts, and
//! [`ProblemCode::source`] says where it comes from; the form, the JavaScript package and the proxy all speak from there.
//!
//! [`parse`] takes a value of any shape apart, [`check`] looks at what it says, [`validate`] does both. All of them say
//! everything at once, sorted by path.
//!
//! ```
//! use havenask_core::{Value, rules};
//!
//! let input: Value<'_> =
//!     serde_json::from_str(r#"{"chargeType": "PREPAY", "order": {"duration": 29, "pricingCycle": "Month"}}"#)?;
//! let problems = rules::validate(&input, &rules::Options::default());
//! let told: Vec<_> = problems.iter().map(|it| (it.code.rule().name, it.path.as_str())).collect();
//! assert_eq!(told, [("components-missing", "/components"), ("duration-not-offered", "/order/duration")]);
//! assert!(!rules::is_valid(&problems));
//! assert!(problems[1].code.source().starts_with("OpenSearch:CreateInstance"));
//! # Ok::<(), serde_json::Error>(())
//! ```

#![allow(
    clippy::needless_pass_by_value,
    reason = "a request is read once, and that is the end of it"
)]

mod check;
mod parse;
mod path;
mod suggest;
mod table;

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use core::cmp::Ordering;

use path::Place;
pub use table::{ProblemCode, RULES, Rule};

use crate::{
    FromValue, Locale, ObjectReader, Schema, Value,
    catalog::Catalog,
    json::Property,
    json::enum_index,
    json::{self, ObjectWriter},
    locale::interpolate,
    model::CreateInstanceRequest,
    strings::{split, truncated_for_display, usize_to_string},
};

/// Problems that are named of what could not be read, and again of what was: a body may hold tens of thousands.
pub const MAX_PROBLEMS: usize = 1000;

/// Something that is wrong with a request, or suspicious in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// The rule.
    pub code: ProblemCode,
    /// The place: a JSON Pointer into the request, `/components/0/code`.
    pub path: String,
    /// Whether it may be bought all the same.
    pub severity: Severity,
    /// What is wrong and what to do, for a person.
    pub message: String,
}

const SEVERITIES: [&str; 2] = ["error", "warning"];

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The documents forbid it.
    Error,
    /// It is allowed, and probably not meant.
    Warning,
}

/// How strictly, with which catalogue and in which language to look.
#[derive(Clone, Debug, Default)]
pub struct Options<'a> {
    /// The components that the console sells. Without one, codes and values are not checked.
    pub catalog: Option<&'a Catalog>,
    /// Makes `POSTPAY` a warning: the official CreateInstance page says that it is not supported, the ROS type
    /// `ALIYUN::SearchEngine::Instance` supports nothing else.
    pub allow_postpay: bool,
    /// The language of the messages.
    pub locale: Locale,
}

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
    let request = parse::parse(input, &mut findings);
    let mut unreadable = findings.problems;
    unreadable.reverse();
    let mut problems: Vec<Problem> = Vec::new();
    // The outermost place that could not be read so far: what is inside it follows it.
    let mut outer = usize::MAX;
    for problem in check(&request, options) {
        while let Some(next) = unreadable.pop_if(|it| cmp_paths(&it.path, &problem.path).is_le()) {
            if !problems.get(outer).is_some_and(|outer| holds(&outer.path, &next.path)) {
                outer = problems.len();
            }
            problems.push(next);
        }
        // What could not be read is not missing: one message for one place is enough.
        if !problems.get(outer).is_some_and(|outer| holds(&outer.path, &problem.path)) {
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
    check::check(request, options, &mut findings);
    findings.problems
}

/// Reads a request of any shape. Its error holds everything that the model cannot say: fields that do not exist, values of
/// the wrong kind, words that are not one of the listed.
pub fn parse(input: &Value<'_>, locale: Locale) -> Result<CreateInstanceRequest, Vec<Problem>> {
    let mut findings = Findings::new(locale);
    let request = parse::parse(input, &mut findings);
    if findings.problems.is_empty() { Ok(request) } else { Err(findings.problems) }
}

/// Whether nothing forbids to buy what these problems are about.
#[must_use]
pub fn is_valid(problems: &[Problem]) -> bool {
    problems.iter().all(|problem| problem.severity != Severity::Error)
}

/// Whether the second path is the first one, or one inside it.
fn holds(outer: &str, inner: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Orders `/components/2` before `/components/10`, and both before a field.
fn cmp_paths(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (split(a, "/"), split(b, "/"));
    loop {
        let (l, r) = match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(l), Some(r)) => (l, r),
        };
        // A place in a list has no zeros in front.
        let is_number = |step: &str| step.bytes().all(|byte| byte.is_ascii_digit());
        let length = |step: &str| if is_number(step) { step.len() } else { usize::MAX };
        let order = length(l).cmp(&length(r)).then(l.cmp(r));
        if order.is_ne() {
            return order;
        }
    }
}

impl Problem {
    /// Problems as a JSON list, byte for byte what serde makes of them.
    pub fn list(out: &mut String, problems: &[Self]) {
        json::list(out, problems, |out, problem| {
            let mut object = ObjectWriter::open(out);
            object.text("code", problem.code.rule().name);
            object.text("path", &problem.path);
            object.text("severity", SEVERITIES[problem.severity as usize]);
            object.text("message", &problem.message);
            object.close();
        });
    }
}

impl FromValue for Problem {
    const SCHEMA: &'static Schema = &Schema::OpenObject(&[
        // A newer proxy may have rules that are not known here: what it refuses, it has refused all the same.
        Property::required("code", &Schema::Text),
        Property::required("path", &Schema::Text),
        Property::required("severity", Severity::SCHEMA),
        Property::required("message", &Schema::Text),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::of(value);
        Self {
            code: fields.required("code"),
            path: fields.text("path"),
            severity: fields.required("severity"),
            message: fields.text("message"),
        }
    }
}

impl FromValue for Severity {
    const SCHEMA: &'static Schema = &Schema::Enum(&SEVERITIES);

    fn from_checked(value: &Value<'_>) -> Self {
        if enum_index(value, &SEVERITIES) == 0 { Self::Error } else { Self::Warning }
    }
}

/// Collects problems in one language.
struct Findings {
    locale: Locale,
    problems: Vec<Problem>,
}

impl Findings {
    const fn new(locale: Locale) -> Self {
        Self { locale, problems: Vec::new() }
    }

    /// Something is wrong with a field of this place.
    fn add(&mut self, code: ProblemCode, place: &Place<'_>, field: &str) {
        self.fill(code, &place.field(field), &[]);
    }

    /// The same, about a text or a number that the message names.
    fn add_about(&mut self, code: ProblemCode, place: &Place<'_>, field: &str, value: &str) {
        self.fill(code, &place.field(field), &[("value", &truncated_for_display(value))]);
    }

    /// How many there are, and how many there may be.
    fn add_too_many(&mut self, code: ProblemCode, place: &Place<'_>, found: usize, limit: usize) {
        self.fill(
            code,
            place,
            &[("value", &usize_to_string(found)), ("limit", &usize_to_string(limit))],
        );
    }

    fn fill(&mut self, code: ProblemCode, place: &Place<'_>, values: &[(&str, &str)]) {
        let rule = code.rule();
        // Warnings alone never end it: whether it may be bought is not known then.
        if self.problems.len() >= MAX_PROBLEMS && !is_valid(&self.problems) {
            return;
        }
        let message = interpolate(self.locale.localized(rule.en, rule.zh), values);
        self.put(Problem { code, path: place.path(), severity: rule.severity, message });
    }

    /// Keeps the problems in the order of their paths; those of one place stay as they came.
    fn put(&mut self, problem: Problem) {
        let place =
            self.problems.partition_point(|other| cmp_paths(&other.path, &problem.path).is_le());
        self.problems.insert(place, problem);
    }
}
