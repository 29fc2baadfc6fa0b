//! Child processes that end with this one, and the signals SIGINT, SIGTERM and SIGHUP.
//!
//! Each child leads a process group of its own, so that what it started (rustc, a browser) ends with it.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

static STOPPING: AtomicBool = AtomicBool::new(false);
static GROUPS: Mutex<Vec<u32>> = Mutex::new(Vec::new());

/// Interval of polling a child with a time limit.
const GLANCE: Duration = Duration::from_millis(20);
/// Time between SIGTERM and SIGKILL.
const GRACE: Duration = Duration::from_secs(5);

/// Installs the handler: the first signal terminates every child, the second one kills them.
pub(crate) fn listen() -> Result<(), ctrlc::Error> {
    ctrlc::set_handler(|| {
        let again = STOPPING.swap(true, Ordering::SeqCst);
        let groups = groups().clone();
        for group in groups {
            signal(if again { "KILL" } else { "TERM" }, group);
        }
        if again {
            std::process::exit(130);
        }
    })
}

/// Returns true after a signal.
pub(crate) fn stop_requested() -> bool {
    STOPPING.load(Ordering::SeqCst)
}

fn groups() -> MutexGuard<'static, Vec<u32>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn signal(name: &str, group: u32) {
    // A bare machine has no `kill` program, but every shell has it built in.
    let script = format!("kill -s {name} -- -{group}");
    let _ = Command::new("sh").args(["-c", &script]).stderr(Stdio::null()).status();
}

/// A child process that is terminated when this is dropped.
#[derive(Debug)]
pub(crate) struct ChildProcess {
    child: Child,
    status: Option<ExitStatus>,
}

impl ChildProcess {
    /// Starts the command, unless a signal has already asked us to end.
    pub(crate) fn start(command: &mut Command) -> io::Result<Self> {
        // Held while starting: the handler sees this child, or we see that it has run.
        let mut groups = groups();
        if stop_requested() {
            return Err(io::Error::new(io::ErrorKind::Interrupted, "stopped"));
        }
        let child = command.process_group(0).stdin(Stdio::null()).spawn()?;
        groups.push(child.id());
        Ok(Self { child, status: None })
    }

    /// Exit status, once it has exited.
    pub(crate) fn ended(&mut self) -> io::Result<Option<ExitStatus>> {
        if self.status.is_none() {
            self.status = self.child.try_wait()?;
            self.forget_if_ended();
        }
        Ok(self.status)
    }

    /// Waits for its exit status; `None` after the time limit.
    pub(crate) fn wait(&mut self, limit: Option<Duration>) -> io::Result<Option<ExitStatus>> {
        let Some(limit) = limit else {
            if self.status.is_none() {
                self.status = Some(self.child.wait()?);
                self.forget_if_ended();
            }
            return Ok(self.status);
        };
        let start = Instant::now();
        loop {
            let status = self.ended()?;
            if status.is_some() || start.elapsed() >= limit {
                return Ok(status);
            }
            thread::sleep(GLANCE);
        }
    }

    /// Terminates it, and kills it after the grace period.
    pub(crate) fn stop(&mut self) {
        if !matches!(self.ended(), Ok(None)) {
            return;
        }
        signal("TERM", self.child.id());
        if matches!(self.wait(Some(GRACE)), Ok(None)) {
            signal("KILL", self.child.id());
            let _ = self.wait(None);
        }
    }

    fn forget_if_ended(&self) {
        if self.status.is_some() {
            groups().retain(|group| *group != self.child.id());
        }
    }
}

impl Drop for ChildProcess {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_child_and_what_it_started_are_gone() {
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 60 & echo $!; wait"]).stdout(Stdio::piped());
        let mut running = ChildProcess::start(&mut command).unwrap();
        let mut line = String::new();
        let stdout = running.child.stdout.take().unwrap();
        io::BufRead::read_line(&mut io::BufReader::new(stdout), &mut line).unwrap();
        drop(running);
        let grandchild = line.trim().to_owned();
        let gone = || {
            let probe = format!("kill -s 0 {grandchild} 2>/dev/null");
            !Command::new("sh").args(["-c", &probe]).status().unwrap().success()
                || zombie(&grandchild)
        };
        let start = Instant::now();
        while !gone() {
            assert!(start.elapsed() < Duration::from_secs(5), "{grandchild} lives on");
            thread::sleep(GLANCE);
        }
    }

    /// Returns true for a process that has exited and was not reaped.
    fn zombie(process: &str) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        stat.contains(") Z ")
    }

    #[test]
    fn a_limit_ends_the_waiting() {
        let mut running = ChildProcess::start(Command::new("sleep").arg("60")).unwrap();
        assert_eq!(running.wait(Some(Duration::from_millis(30))).unwrap(), None);
        running.stop();
        assert!(running.ended().unwrap().is_some_and(|status| !status.success()));
    }
}
