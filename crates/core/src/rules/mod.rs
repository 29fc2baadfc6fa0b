//! What the documents allow a request to say. Each rule stands once in [`RULES`], with its code, its source and its
//! texts; the form, the JavaScript package and the proxy all speak from there.
//!
//! [`read`] takes a value of any shape apart, [`check`] looks at what it says, [`validate`] does both. All of them say
//! everything at once, sorted by path.

mod check;
mod nearest;
mod place;
mod read;
mod table;

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use core::cmp::Ordering;

use place::Place;
pub(crate) use place::pointer;
pub use table::{Code, RULES, Rule};

use crate::{
    Fields, FromInput, Input, Locale, Shape,
    catalog::Catalog,
    json::{self, Object},
    locale::fill,
    model::{ChargeType, CreateInstanceRequest, PricingCycle},
    order,
    reading::word,
    shape::Field,
    text::split,
};

/// Components that one request may hold. No document names a limit; the proxy's body limit is sized for this one.
pub const MAX_COMPONENTS: usize = 256;
/// Durations that the documentation of `order.duration` lists.
pub const DURATIONS: [i64; 11] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12];
/// Billing methods of the documentation.
pub const CHARGE_TYPES: [ChargeType; 2] = [ChargeType::Prepay, ChargeType::Postpay];
/// Billing cycles of the documentation.
pub const PRICING_CYCLES: [PricingCycle; 2] = [PricingCycle::Month, PricingCycle::Year];
/// Tags that one call of `TagResources` takes; what `CreateInstance` takes is not documented.
pub const MAX_TAGS: usize = 20;
/// Characters that a tag's key or value may have.
pub const MAX_TAG_LENGTH: usize = 128;

/// Something that is wrong with a request, or suspicious in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// The rule.
    pub code: Code,
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
pub fn validate(input: Input<'_>, options: &Options<'_>) -> Vec<Problem> {
    match accept(input, options) {
        Ok((_, problems)) | Err(problems) => problems,
    }
}

/// Reads a request of any shape and checks what it says: the request with its warnings, or everything that is wrong with it
/// when that forbids to buy it.
pub fn accept(
    input: Input<'_>,
    options: &Options<'_>,
) -> Result<(CreateInstanceRequest, Vec<Problem>), Vec<Problem>> {
    let (request, mut problems) = read::read(input, options.locale);
    let mut findings = check(&request, options);
    // What could not be read is not missing: one message for one place is enough.
    findings.retain(|finding| !problems.iter().any(|it| holds(&it.path, &finding.path)));
    problems.append(&mut findings);
    let problems = sorted(problems);
    if may_be_bought(&problems) { Ok((request, problems)) } else { Err(problems) }
}

/// Checks what a request says.
#[must_use]
pub fn check(request: &CreateInstanceRequest, options: &Options<'_>) -> Vec<Problem> {
    let mut findings = Findings::new(options.locale);
    check::check(request, options, &mut findings);
    sorted(findings.problems)
}

/// Reads a request of any shape. Its error holds everything that the model cannot say: fields that do not exist, values of
/// the wrong kind, words that are not one of the listed.
pub fn read(input: Input<'_>, locale: Locale) -> Result<CreateInstanceRequest, Vec<Problem>> {
    let (request, problems) = read::read(input, locale);
    if problems.is_empty() { Ok(request) } else { Err(sorted(problems)) }
}

/// Whether nothing forbids to buy what these problems are about.
#[must_use]
pub fn may_be_bought(problems: &[Problem]) -> bool {
    problems.iter().all(|problem| problem.severity != Severity::Error)
}

/// Whether the second path is the first one, or one inside it.
fn holds(outer: &str, inner: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn sorted(problems: Vec<Problem>) -> Vec<Problem> {
    order::sorted(problems, |a, b| by_path(&a.path, &b.path))
}

/// Orders `/components/2` before `/components/10`.
fn by_path(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (split(a, "/"), split(b, "/"));
    loop {
        let (l, r) = match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(l), Some(r)) => (l, r),
        };
        // A place in a list has no zeros in front.
        let number = |step: &str| step.bytes().all(|byte| byte.is_ascii_digit());
        let lengths = if number(l) && number(r) { l.len().cmp(&r.len()) } else { Ordering::Equal };
        let order = lengths.then(l.cmp(r));
        if order.is_ne() {
            return order;
        }
    }
}

impl Problem {
    /// Problems as a JSON list, byte for byte what serde makes of them.
    pub fn list(out: &mut String, problems: &[Self]) {
        json::list(out, problems, |out, problem| {
            let mut object = Object::open(out);
            object.text("code", problem.code.rule().name);
            object.text("path", &problem.path);
            object.text("severity", SEVERITIES[problem.severity as usize]);
            object.text("message", &problem.message);
            object.close();
        });
    }
}

impl FromInput for Problem {
    const SHAPE: &'static Shape = &Shape::Answer(&[
        Field::required("code", Code::SHAPE),
        Field::required("path", &Shape::Text),
        Field::required("severity", Severity::SHAPE),
        Field::required("message", &Shape::Text),
    ]);

    fn take(input: Input<'_>) -> Self {
        let mut fields = Fields::of(input);
        Self {
            code: fields.required("code"),
            path: fields.text("path"),
            severity: fields.required("severity"),
            message: fields.text("message"),
        }
    }
}

impl FromInput for Severity {
    const SHAPE: &'static Shape = &Shape::Word(&SEVERITIES);

    fn take(input: Input<'_>) -> Self {
        word(&input, &SEVERITIES, &[Self::Error, Self::Warning])
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

    fn add(&mut self, code: Code, place: &Place<'_>, values: &[(&str, &str)]) {
        self.add_as(code, code.rule().severity, place, values);
    }

    fn add_as(
        &mut self,
        code: Code,
        severity: Severity,
        place: &Place<'_>,
        values: &[(&str, &str)],
    ) {
        let rule = code.rule();
        let message = fill(self.locale.pick(rule.en, rule.zh), values);
        self.problems.push(Problem { code, path: place.path(), severity, message });
    }
}

/// A stranger's text as it may stand in a message: short, and without control characters.
fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut short: String =
        text.chars().take(LONGEST).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}
