//! Table of the results.

use std::fmt::Write;
use std::time::Duration;

use super::step::StepResult;
use crate::error::Result;

/// Result and duration of a step.
#[derive(Debug)]
pub(crate) struct ReportRow {
    pub(crate) name: &'static str,
    pub(crate) result: Result<StepResult>,
    pub(crate) time: Duration,
}

/// Formats a line per step, and a last line with the counts.
pub(crate) fn table(rows: &[ReportRow]) -> String {
    let mut text = format!("\n{:<10}  {:<7}  {:>7}\n", "step", "result", "seconds");
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for row in rows {
        let (word, why) = match &row.result {
            Ok(StepResult::Passed) => ("ok", String::new()),
            Ok(StepResult::PassedBut(why)) => ("ok", why.clone()),
            Ok(StepResult::Skipped(why)) => ("skipped", why.clone()),
            Err(error) => ("failed", first_line(&error.to_string())),
        };
        match word {
            "ok" => passed += 1,
            "skipped" => skipped += 1,
            _ => failed += 1,
        }
        let line = format!("{:<10}  {word:<7}  {:>7.1}  {why}", row.name, row.time.as_secs_f64());
        let _ = writeln!(text, "{}", line.trim_end());
    }
    let _ = write!(text, "\n{passed} passed, {failed} failed");
    if skipped > 0 {
        let _ = write!(text, ", {skipped} skipped");
    }
    text
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::TaskError;

    fn row(name: &'static str, result: Result<StepResult>) -> ReportRow {
        ReportRow { name, result, time: Duration::from_millis(1250) }
    }

    #[test]
    fn ends_with_the_counts() {
        let ok = || row("format", Ok(StepResult::Passed));
        assert!(table(&[ok(), ok()]).ends_with("\n2 passed, 0 failed"));
        let rows = [
            ok(),
            row("deny", Ok(StepResult::PassedBut("advisories were not checked".into()))),
            row("lint", Err(TaskError::new("cargo clippy", "exit 101\nlong"))),
            row("sdk", Ok(StepResult::Skipped("there is no tests/sdk".into()))),
        ];
        assert_eq!(
            table(&rows),
            "\n\
             step        result   seconds\n\
             format      ok           1.2\n\
             deny        ok           1.2  advisories were not checked\n\
             lint        failed       1.2  cargo clippy failed: exit 101\n\
             sdk         skipped      1.2  there is no tests/sdk\n\
             \n\
             2 passed, 1 failed, 1 skipped"
        );
    }
}
