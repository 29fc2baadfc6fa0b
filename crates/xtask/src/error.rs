//! Errors with their place, reason and remedy.

use std::fmt;

/// The result of a developer command or one of its parts.
pub(crate) type Result<T> = std::result::Result<T, TaskError>;

/// Printed as `WHAT failed: WHY; DO THIS`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TaskError {
    what: String,
    why: String,
    hint: Option<String>,
}

impl TaskError {
    /// An error in `what`, because of `why`.
    pub(crate) fn new(what: impl Into<String>, why: impl fmt::Display) -> Self {
        Self { what: what.into(), why: why.to_string(), hint: None }
    }

    /// Adds the remedy. The first one stays: it is nearest to the cause.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint.get_or_insert_with(|| hint.into());
        self
    }
}

impl fmt::Display for TaskError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} failed: {}", self.what, self.why.trim_end())?;
        match &self.hint {
            Some(hint) if self.why.contains('\n') => write!(formatter, "\n  → {hint}"),
            Some(hint) => write!(formatter, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for TaskError {}

/// Gives an error of the standard library a place.
pub(crate) trait Context<T> {
    /// Turns the error into one of ours, in `what`.
    fn context(self, what: impl FnOnce() -> String) -> Result<T>;
}

impl<T> Context<T> for std::io::Result<T> {
    fn context(self, what: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|error| TaskError::new(what(), error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_why_and_what_to_do() {
        let error = TaskError::new("esbuild", "no space left").hint("free some").hint("ignored");
        assert_eq!(error.to_string(), "esbuild failed: no space left; free some");
        assert_eq!(TaskError::new("npm ci", "exit 1").to_string(), "npm ci failed: exit 1");
    }

    #[test]
    fn puts_the_hint_on_its_own_line_after_a_long_reason() {
        let error = TaskError::new("npm ci", "exit 1\nlast line\n").hint("look there");
        assert_eq!(error.to_string(), "npm ci failed: exit 1\nlast line\n  → look there");
    }
}
