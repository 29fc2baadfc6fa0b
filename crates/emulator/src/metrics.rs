//! How often what was asked, and how it ended.

use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::{Mutex, PoisonError},
};

/// Counts of answers by operation and code, and of faults by name.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    answers: Mutex<BTreeMap<(&'static str, &'static str), u64>>,
    faults: Mutex<BTreeMap<&'static str, u64>>,
}

impl Metrics {
    pub(crate) fn count(&self, operation: &'static str, code: &'static str) {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        *answers.entry((operation, code)).or_default() += 1;
    }

    pub(crate) fn count_fault(&self, fault: &'static str) {
        let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        *faults.entry(fault).or_default() += 1;
    }

    /// The counts in the text format of Prometheus.
    pub(crate) fn text(&self) -> String {
        let mut text = String::from(
            "# HELP havenask_emulator_requests_total Requests by operation and code of the answer.\n\
             # TYPE havenask_emulator_requests_total counter\n",
        );
        for ((operation, code), count) in
            self.answers.lock().unwrap_or_else(PoisonError::into_inner).iter()
        {
            // Writing to a String does not fail.
            let _ = writeln!(
                text,
                "havenask_emulator_requests_total{{operation=\"{operation}\",code=\"{code}\"}} {count}"
            );
        }
        text.push_str(
            "# HELP havenask_emulator_faults_total Requests that a fault hit, by its name.\n\
             # TYPE havenask_emulator_faults_total counter\n",
        );
        for (fault, count) in self.faults.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let _ = writeln!(text, "havenask_emulator_faults_total{{fault=\"{fault}\"}} {count}");
        }
        text
    }
}
