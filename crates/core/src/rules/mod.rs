//! What the documents allow a request to say. Each rule stands once in [`RULES`], with its code, its source and its
//! texts; the form, the JavaScript package and the proxy all speak from there.
//!
//! [`read`] takes a value of any shape apart, [`check`] looks at what it says, [`validate`] does both. All of them say
//! everything at once, sorted by path.

mod check;
mod nearest;
mod read;
mod table;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use table::{Code, RULES, Rule};

use crate::{
    Fields, FromInput, Input, Locale, Mismatch,
    catalog::Catalog,
    locale::fill,
    model::{ChargeType, CreateInstanceRequest, PricingCycle},
    order,
    reading::word,
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
pub fn validate(input: &Input, options: &Options<'_>) -> Vec<Problem> {
    let (request, mut problems) = read::read(input, options.locale);
    let mut unreadable = BTreeSet::new();
    for problem in &problems {
        unreadable.insert(problem.path.clone());
    }
    // What could not be read is not missing: one message for one place is enough.
    let mut findings = check(&request, options);
    findings.retain(|problem| !with_parents(&problem.path).any(|path| unreadable.contains(path)));
    problems.extend(findings);
    sorted(problems)
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
pub fn read(input: &Input, locale: Locale) -> Result<CreateInstanceRequest, Vec<Problem>> {
    let (request, problems) = read::read(input, locale);
    if problems.is_empty() { Ok(request) } else { Err(sorted(problems)) }
}

/// Whether nothing forbids to buy what these problems are about.
#[must_use]
pub fn may_be_bought(problems: &[Problem]) -> bool {
    problems.iter().all(|problem| problem.severity != Severity::Error)
}

/// A path, the path of what it is in, and so on up to the whole request.
fn with_parents(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rfind('/').map(|end| &path[..end]))
}

fn sorted(problems: Vec<Problem>) -> Vec<Problem> {
    order::sorted(problems, |a, b| by_path(&a.path, &b.path))
}

/// Orders `/components/2` before `/components/10`.
fn by_path(a: &str, b: &str) -> std::cmp::Ordering {
    let step = |text: &str| text.parse::<usize>().ok();
    let (mut left, mut right) = (a.split('/'), b.split('/'));
    loop {
        let order = match (left.next(), right.next()) {
            (None, None) => return std::cmp::Ordering::Equal,
            (None, Some(_)) => return std::cmp::Ordering::Less,
            (Some(_), None) => return std::cmp::Ordering::Greater,
            (Some(l), Some(r)) => match (step(l), step(r)) {
                (Some(l), Some(r)) => l.cmp(&r),
                _ => l.cmp(r),
            },
        };
        if order.is_ne() {
            return order;
        }
    }
}

impl FromInput for Problem {
    fn from_input(input: Input) -> Result<Self, Mismatch> {
        let mut fields = Fields::of(input)?;
        Ok(Self {
            code: fields.required("code")?,
            path: fields.required("path")?,
            severity: fields.required("severity")?,
            message: fields.required("message")?,
        })
    }
}

impl FromInput for Severity {
    fn from_input(input: Input) -> Result<Self, Mismatch> {
        word(input, [("error", Self::Error), ("warning", Self::Warning)].into_iter())
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

    fn add(&mut self, code: Code, path: impl Into<String>, values: &[(&str, &str)]) {
        self.add_as(code, code.rule().severity, path, values);
    }

    fn add_as(
        &mut self,
        code: Code,
        severity: Severity,
        path: impl Into<String>,
        values: &[(&str, &str)],
    ) {
        let rule = code.rule();
        let message = fill(self.locale.pick(rule.en, rule.zh), values);
        self.problems.push(Problem { code, path: path.into(), severity, message });
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

/// One more step of a JSON Pointer, escaped.
pub(crate) fn pointer(parent: &str, step: &str) -> String {
    let mut path = String::with_capacity(parent.len() + step.len() + 1);
    path.push_str(parent);
    path.push('/');
    for c in step.chars() {
        match c {
            '~' => path.push_str("~0"),
            '/' => path.push_str("~1"),
            _ => path.push(c),
        }
    }
    path
}

fn item(parent: &str, index: usize) -> String {
    pointer(parent, &index.to_string())
}
