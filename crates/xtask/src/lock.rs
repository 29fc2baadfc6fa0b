//! Lock files: runs at the same time take turns.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::process;
use crate::progress::note;

/// Interval of polling.
const POLL: Duration = Duration::from_millis(50);

/// Acquires a lock file; dropping the result releases it.
pub(crate) fn hold(file: &Path, other: &str) -> io::Result<File> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let held = File::create(file)?;
    let mut told = false;
    // Not `File::lock`: it would not notice Ctrl-C.
    while let Err(error) = held.try_lock() {
        match error {
            TryLockError::Error(error) => return Err(error),
            TryLockError::WouldBlock if process::stop_requested() => {
                return Err(io::Error::new(io::ErrorKind::Interrupted, "stopped by a signal"));
            }
            TryLockError::WouldBlock if !told => {
                note(format_args!("waiting for {other} to finish …"));
                told = true;
            }
            TryLockError::WouldBlock => thread::sleep(POLL),
        }
    }
    Ok(held)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn the_second_waits_for_the_first() {
        let temp_dir = crate::temp_dir::TempDir::new("lock");
        let file = temp_dir.path().join("deep/lock");
        let first = hold(&file, "the first").unwrap();
        let (done, is_done) = mpsc::channel();
        let second = thread::spawn(move || {
            let held = hold(&file, "the first");
            done.send(()).unwrap();
            held.unwrap()
        });
        assert!(is_done.recv_timeout(Duration::from_millis(50)).is_err());
        drop(first);
        is_done.recv_timeout(Duration::from_secs(5)).unwrap();
        second.join().unwrap();
    }
}
