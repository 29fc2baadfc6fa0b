//! Child processes: with a name for messages, and quoted when they fail.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use crate::error::{Context, Result, TaskError};
use crate::process::{self, ChildProcess};

/// Lines of a failed program's output that go into the error.
const QUOTED_LINES: usize = 25;

/// A program to run, and its purpose.
#[derive(Debug)]
pub(crate) struct Task {
    what: String,
    command: Command,
    limit: Option<Duration>,
    hint: Option<String>,
}

impl Task {
    /// Runs `program` for `what`, a few words that an error message starts with.
    pub(crate) fn new(what: impl Into<String>, program: impl AsRef<OsStr>) -> Self {
        Self { what: what.into(), command: Command::new(program), limit: None, hint: None }
    }

    /// Adds one argument.
    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    /// Adds arguments.
    pub(crate) fn args(mut self, arguments: impl IntoIterator<Item: AsRef<OsStr>>) -> Self {
        self.command.args(arguments);
        self
    }

    /// Sets an environment variable.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Hides an environment variable.
    pub(crate) fn without_env(mut self, name: impl AsRef<OsStr>) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Sets the folder in which it runs.
    pub(crate) fn dir(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Ends it after this time.
    pub(crate) fn limit(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Sets the remedy of a failure.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Inherits stderr, where only stdout is read.
    pub(crate) fn aloud(mut self) -> Self {
        self.command.stderr(Stdio::inherit());
        self
    }

    /// Runs it with its output on the terminal.
    pub(crate) fn run(mut self) -> Result<()> {
        let mut running = self.spawn()?;
        let ended = running.wait(self.limit);
        self.judge(ended, "")
    }

    /// Runs it silently; only when it fails is the end of its output shown, in the error.
    pub(crate) fn quiet(mut self) -> Result<()> {
        let what = || self.what.clone();
        let (mut reader, writer) = io::pipe().context(what)?;
        self.command.stdout(writer.try_clone().context(what)?).stderr(writer);
        let mut running = self.spawn()?;
        // Our own copies of the writing end would keep the reader waiting for ever.
        self.command.stdout(Stdio::null()).stderr(Stdio::null());
        let output = thread::spawn(move || {
            let mut bytes = Vec::new();
            let _ = reader.read_to_end(&mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        });
        let ended = running.wait(self.limit);
        running.stop();
        let output = output.join().unwrap_or_default();
        self.judge(ended, last_lines(&output, QUOTED_LINES))
    }

    /// Runs it with its output in a file; when it fails, the end of that is shown too.
    pub(crate) fn logged(mut self, file: &Path) -> Result<()> {
        let what = || self.what.clone();
        let log = File::create(file).context(what)?;
        self.command.stdout(log.try_clone().context(what)?).stderr(log);
        let mut running = self.spawn()?;
        let ended = running.wait(self.limit);
        let output = fs::read(file).unwrap_or_default();
        self.judge(ended, last_lines(&String::from_utf8_lossy(&output), QUOTED_LINES))
    }

    /// Runs a program that answers at once, and returns what it printed on stdout.
    pub(crate) fn read(mut self) -> Result<String> {
        let output = self.command.output();
        let output = output.map_err(|error| self.cannot_start(&error))?;
        let errors = String::from_utf8_lossy(&output.stderr);
        self.judge(Ok(Some(output.status)), last_lines(&errors, QUOTED_LINES))?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Starts it and leaves it running.
    pub(crate) fn spawn(&mut self) -> Result<ChildProcess> {
        ChildProcess::start(&mut self.command).map_err(|error| self.cannot_start(&error))
    }

    fn cannot_start(&self, error: &io::Error) -> TaskError {
        let program = self.command.get_program().to_string_lossy();
        self.error(format!("`{program}` does not start: {error}"))
    }

    fn judge(&self, ended: io::Result<Option<ExitStatus>>, output: &str) -> Result<()> {
        let program = Path::new(self.command.get_program()).file_name().unwrap_or_default();
        let program = program.to_string_lossy();
        let why = match ended {
            Ok(Some(status)) if status.success() => return Ok(()),
            _ if process::stop_requested() => "stopped by a signal".into(),
            Ok(Some(status)) => format!("`{program}` ended with {status}"),
            Ok(None) => {
                let seconds = self.limit.unwrap_or_default().as_secs();
                format!("`{program}` was ended after {seconds} s")
            }
            Err(error) => format!("`{program}`: {error}"),
        };
        let separator = if output.is_empty() { "" } else { "\n" };
        Err(self.error(format!("{why}{separator}{output}")))
    }

    fn error(&self, why: String) -> TaskError {
        let error = TaskError::new(&self.what, why);
        match &self.hint {
            Some(hint) => error.hint(hint),
            None => error,
        }
    }
}

fn last_lines(text: &str, count: usize) -> &str {
    let text = text.trim_end();
    match text.rmatch_indices('\n').nth(count.saturating_sub(1)) {
        Some((place, _)) => &text[place + 1..],
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::temp_dir::TempDir;

    fn shell(script: &str) -> Task {
        Task::new("the test", "sh").args(["-c", script])
    }

    #[test]
    fn quotes_a_failing_program() {
        let error = shell("echo out; echo err >&2; exit 3").hint("try again").quiet().unwrap_err();
        let text = error.to_string();
        assert!(text.starts_with("the test failed: `sh` ended with exit status: 3"), "{text}");
        assert!(text.contains("out\nerr"), "{text}");
        assert!(text.ends_with("→ try again"), "{text}");
        shell("echo fine").quiet().unwrap();
    }

    #[test]
    fn logs_into_a_file() {
        let temp_dir = TempDir::new("log");
        let file = temp_dir.path().join("log");
        let error = shell("echo out; echo err >&2; exit 3").logged(&file).unwrap_err();
        assert!(error.to_string().contains("out\nerr"), "{error}");
        assert_eq!(fs::read_to_string(&file).unwrap(), "out\nerr\n");
    }

    #[test]
    fn reads_stdout() {
        assert_eq!(shell("echo ' 1.2 '; echo no >&2").read().unwrap(), "1.2");
        assert!(shell("echo no >&2; exit 1").read().unwrap_err().to_string().contains("\nno"));
    }

    #[test]
    fn says_that_a_program_is_missing_or_slow() {
        let text = Task::new("the test", "no-such-program").run().unwrap_err().to_string();
        assert!(text.contains("`no-such-program` does not start"), "{text}");
        let slow = shell("sleep 60").limit(Duration::from_millis(20)).quiet();
        assert!(slow.unwrap_err().to_string().contains("was ended after 0 s"));
    }

    #[test]
    fn keeps_the_last_lines() {
        assert_eq!(last_lines("a\nb\nc\n", 2), "b\nc");
        assert_eq!(last_lines("a\nb", 5), "a\nb");
        assert_eq!(last_lines("", 2), "");
    }
}
