//! A problem of a request, as people and programs read it.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::{path::Path, severity::Severity, table::ProblemCode};
use crate::{
    json::{self, ObjectWriter, Schema},
    json_object,
};

json_object! {
    /// Something that is wrong with a request, or suspicious in it.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    pub struct Problem: OpenObject {
        /// The rule.
        // A newer proxy may have rules that are not known here: what it refuses, it has refused all the same.
        pub code: ProblemCode as Schema::Text,
        /// The place: a JSON Pointer into the request, `/components/0/code`.
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        pub path: Path,
        /// Severity: whether it may be bought all the same.
        pub severity: Severity,
        /// Description and remedy, for a person.
        pub message: String,
    }
}

impl Problem {
    /// Problems as a JSON list, byte for byte what serde makes of them.
    pub fn list(out: &mut String, problems: &[Self]) {
        json::list(out, problems, |out, problem| {
            let mut object = ObjectWriter::open(out);
            object.text("code", problem.code.rule().name);
            object.text("path", problem.path.as_pointer());
            object.text("severity", problem.severity.as_str());
            object.text("message", &problem.message);
            object.close();
        });
    }
}

/// Tests that no problem forbids to buy.
#[must_use]
pub fn is_valid(problems: &[Problem]) -> bool {
    problems.iter().all(|problem| problem.severity != Severity::Error)
}
