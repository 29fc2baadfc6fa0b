//! What the person at the terminal reads. News go to stderr, results to stdout.

use std::fmt;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use crate::error::Result;

/// A line of news on stderr.
pub(crate) fn note(line: impl fmt::Display) {
    // A closed terminal is no reason to stop working.
    let _ = writeln!(io::stderr(), "{line}");
}

/// A line of the result on stdout.
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

/// A duration as people say it.
pub(crate) fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
