//! Output: progress on stderr, results on stdout.

use std::fmt;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use crate::error::Result;

/// Writes a line of progress to stderr.
pub(crate) fn note(line: impl fmt::Display) {
    // A closed terminal is no reason to stop working.
    let _ = writeln!(io::stderr(), "{line}");
}

/// Writes a line of the result to stdout.
pub(crate) fn say(line: impl fmt::Display) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// Announces a step of the set-up, does it, and says how long it took.
pub(crate) fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    note(format_args!("set-up: {what} …"));
    let start = Instant::now();
    let result = work();
    let end = if result.is_ok() { "done" } else { "gave up" };
    note(format_args!("set-up: {what}: {end} after {}", seconds(start.elapsed())));
    result
}

/// Formats a duration.
pub(crate) fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
