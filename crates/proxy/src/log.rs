//! The log, which blocks nobody: a thread of its own writes it; lines that do not fit into its queue are counted and dropped.

use std::{
    borrow::Cow,
    fs::File,
    io::{self, IsTerminal, Write, stderr},
    os::fd::AsFd,
    sync::{
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, Sender, SyncSender, TrySendError, channel, sync_channel},
    },
    time::{Duration, Instant},
};

use clap::ValueEnum;
use tracing_subscriber::EnvFilter;

/// Lines that wait to be written.
const QUEUE: usize = 1024;
/// The pause after a write, in which lines gather: to wake a thread for each of them costs more than to write it.
const PAUSE: Duration = Duration::from_millis(2);
/// Bytes of a line, at most.
const LINE: usize = 8 * 1024;
/// Bytes of what a caller has said, in a line.
const QUOTE: usize = 256;
/// Bytes that are written at once.
const BATCH: usize = 64 * 1024;
/// The time that the end waits for the last lines to be taken.
const END: Duration = Duration::from_secs(1);

static LOST: AtomicU64 = AtomicU64::new(0);

/// The form of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for a person.
    #[default]
    Text,
    /// A JSON object a line.
    Json,
}

/// The log, until it is dropped: then the last lines are written.
#[derive(Debug)]
pub struct Log(SyncSender<LogMessage>);

enum LogMessage {
    Line(Vec<u8>),
    End(Sender<()>),
}

/// Starts to log to the standard error: what `RUST_LOG` says, or else this much.
pub fn start(format: LogFormat, level: &str) -> io::Result<Log> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    let file = File::from(stderr().as_fd().try_clone_to_owned()?);
    let (sender, receiver) = sync_channel(QUEUE);
    std::thread::Builder::new().name("log".into()).spawn(move || write_all(&receiver, file))?;
    let queue = sender.clone();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(stderr().is_terminal());
    let log = log.with_writer(move || Queue(queue.clone(), format));
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).init(),
    }
    Ok(Log(sender))
}

/// Lines that were dropped, since nobody took them.
pub(crate) fn lost() -> u64 {
    LOST.load(Ordering::Relaxed)
}

/// The beginning of what a caller has said.
pub(crate) fn quote(text: &str) -> Cow<'_, str> {
    if text.len() <= QUOTE {
        return text.into();
    }
    let start = &text[..text.floor_char_boundary(QUOTE)];
    format!("{start}… ({} bytes)", text.len()).into()
}

fn write_all(lines: &Receiver<LogMessage>, mut file: File) {
    while let Ok(first) = lines.recv() {
        let (mut batch, mut ends) = (Vec::new(), Vec::new());
        let mut next = Some(first);
        while let Some(message) = next {
            match message {
                LogMessage::Line(line) => batch.extend_from_slice(&line),
                LogMessage::End(end) => ends.push(end),
            }
            next = if batch.len() < BATCH { lines.try_recv().ok() } else { None };
        }
        // There is nowhere to say that this cannot be written.
        let _ = file.write_all(&batch);
        for end in ends {
            let _ = end.send(());
        }
        std::thread::sleep(PAUSE);
    }
}

/// Takes a line as one write.
struct Queue(SyncSender<LogMessage>, LogFormat);

impl Write for Queue {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.0.try_send(LogMessage::Line(one_line(line, self.1))).is_err() {
            LOST.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The line, with no other line in it, and no longer than a line may be.
fn one_line(line: &[u8], format: LogFormat) -> Vec<u8> {
    let text = line.strip_suffix(b"\n").unwrap_or(line);
    let mut text: Vec<u8> = match format {
        // Half a line would be no JSON.
        LogFormat::Json if text.len() > LINE => {
            format!(r#"{{"level":"WARN","message":"a line of {} bytes is left out"}}"#, text.len())
                .into()
        }
        LogFormat::Json => text.to_owned(),
        LogFormat::Text => {
            String::from_utf8_lossy(&text[..text.len().min(LINE)]).into_owned().into()
        }
    };
    for byte in &mut text {
        if matches!(byte, b'\n' | b'\r') {
            *byte = b' ';
        }
    }
    text.push(b'\n');
    text
}

impl Drop for Log {
    fn drop(&mut self) {
        let (end, ended) = channel();
        let (start, mut message) = (Instant::now(), LogMessage::End(end));
        while let Err(TrySendError::Full(back)) = self.0.try_send(message) {
            if start.elapsed() > END {
                return;
            }
            message = back;
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = ended.recv_timeout(END.saturating_sub(start.elapsed()));
    }
}

impl std::fmt::Debug for LogMessage {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("LogMessage")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_and_has_an_end() {
        for (line, format, expected) in [
            ("a\n", LogFormat::Text, "a\n".to_owned()),
            ("a\r\nb\n", LogFormat::Text, "a  b\n".to_owned()),
            (&"x".repeat(100_000), LogFormat::Text, "x".repeat(LINE) + "\n"),
            ("{}\n", LogFormat::Json, "{}\n".to_owned()),
        ] {
            assert_eq!(String::from_utf8(one_line(line.as_bytes(), format)).unwrap(), expected);
        }
        let long = one_line("x".repeat(100_000).as_bytes(), LogFormat::Json);
        assert!(serde_json::from_slice::<serde_json::Value>(&long).is_ok());
        assert!(quote(&"é".repeat(300)).len() < QUOTE + 32);
    }
}
