//! Results of checks, and the lines that report them.

use std::{
    fmt::Display,
    io::{self, Write},
};

/// The result of a check.
#[derive(Clone, Debug)]
pub(super) struct CheckResult {
    status: CheckStatus,
    /// The facts, and the remedy.
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CheckStatus {
    Ok,
    Warn,
    Fail,
    Skip,
}

impl CheckResult {
    /// The check has passed.
    pub(super) fn ok(text: impl Display) -> Self {
        Self { status: CheckStatus::Ok, text: text.to_string() }
    }

    /// The check has passed, with a warning.
    pub(super) fn warn(text: impl Display) -> Self {
        Self { status: CheckStatus::Warn, text: text.to_string() }
    }

    /// The check has failed: a run would not start, or not buy.
    pub(super) fn fail(text: impl Display) -> Self {
        Self { status: CheckStatus::Fail, text: text.to_string() }
    }

    /// The check was skipped.
    pub(super) fn skip(text: impl Display) -> Self {
        Self { status: CheckStatus::Skip, text: text.to_string() }
    }
}

/// Writes findings, a line each.
#[derive(Debug)]
pub(super) struct Report<'out, Out> {
    out: &'out mut Out,
    /// The region that is tested, beside the first one.
    region: Option<String>,
    failed: bool,
}

impl<'out, Out: Write> Report<'out, Out> {
    pub(super) fn new(out: &'out mut Out) -> Self {
        Self { out, region: None, failed: false }
    }

    /// Tests of now on are of this region.
    pub(super) fn in_region(&mut self, region: Option<&str>) {
        self.region = region.map(str::to_owned);
    }

    /// Writes what a test of this found.
    pub(super) fn add(
        &mut self,
        what: &str,
        CheckResult { status, text }: CheckResult,
    ) -> io::Result<()> {
        self.failed |= status == CheckStatus::Fail;
        let status = match status {
            CheckStatus::Ok => "ok",
            CheckStatus::Warn => "warn",
            CheckStatus::Fail => "fail",
            CheckStatus::Skip => "skip",
        };
        // The cloud, a database or a library may write several lines.
        let text = text.split(char::is_control).map(str::trim).collect::<Vec<_>>().join(" ");
        let at = self.region.as_ref().map(|region| format!("{region}: ")).unwrap_or_default();
        writeln!(self.out, "{status:4}  {what:14}  {at}{text}")?;
        self.out.flush()
    }

    /// Reports each of these as skipped, and why.
    pub(super) fn skip(&mut self, all: &[&str], why: &str) -> io::Result<()> {
        all.iter().try_for_each(|what| self.add(what, CheckResult::skip(why)))
    }

    /// Tests that no check has failed.
    pub(super) fn has_passed(&self) -> bool {
        !self.failed
    }
}
