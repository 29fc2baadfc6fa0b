//! Rules of the documents for a request. Each stands once in [`RULES`], with its code and its texts, and
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
//! let told: Vec<_> = problems.iter().map(|it| (it.code.rule().name, it.path.as_pointer())).collect();
//! assert_eq!(told, [("components-missing", "/components"), ("duration-not-offered", "/order/duration")]);
//! assert!(!rules::is_valid(&problems));
//! assert!(problems[1].code.source().starts_with("OpenSearch:CreateInstance"));
//! # Ok::<(), serde_json::Error>(())
//! ```

mod check;
mod findings;
mod options;
mod parse;
mod path;
mod problem;
mod severity;
mod suggest;
mod table;
mod validate;

pub use self::{
    findings::MAX_PROBLEMS,
    options::Options,
    path::{Path, Step},
    problem::{Problem, is_valid},
    severity::Severity,
    table::{ProblemCode, RULES, Rule},
    validate::{accept, check, parse, validate},
};
