//! The audit log: purchases and their results, as lines of JSON that are only appended. It holds no secrets.

use std::{
    collections::HashSet,
    fs::{File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use havenask_core::{Timestamp, purchase::PurchaseState};
use prometheus_client::metrics::counter::Counter;
use serde::Serialize;
use serde_json::Value;

use crate::{
    clock,
    ledger::{LedgerEntry, LedgerResult, NewPurchase},
    pricing::Charge,
};

/// The audit log; without a file, it drops its lines.
#[derive(Debug, Default)]
pub(crate) struct Audit {
    file: Option<Mutex<File>>,
    /// Ends that are in the log, from this process or the one before: an end that the ledger did not take is found again.
    recorded: Mutex<HashSet<RecordedEnd>>,
    /// Lines that could not be written.
    pub(crate) lost: Counter,
}

/// The key and the principal of a purchase, and how it ended.
type RecordedEnd = (String, String, String);

/// Bytes at the end of the file in which ends are looked for at the start.
const READ_AT_START: u64 = 4 << 20;
/// Ends that are remembered, at most.
const MAX_RECORDED: usize = 10_000;

/// A line.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct AuditLine<'a> {
    /// The time, in UTC.
    at: String,
    /// `accepted`, the state that the purchase has from now on, or `conflict`.
    event: &'a str,
    key: &'a str,
    principal: &'a str,
    body_hash: &'a str,
    /// The end of a purchase that was settled otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<&'a str>,
    /// The currency and amount that it was quoted at.
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a str>,
    /// The account whose role buys it.
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<&'a str>,
    /// The address of the terms that its buyer has accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    terms: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instance_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settled_by: Option<&'a str>,
}

impl Audit {
    /// Opens the file, and makes it, for its owner alone, where there is none.
    pub(crate) fn open(path: Option<&Path>) -> io::Result<Self> {
        let file = path.map(open).transpose()?.map(Mutex::new);
        // A pipe tells nothing of what was written to it.
        let before = path.filter(|path| path.is_file()).map(last_ends).transpose()?;
        Ok(Self { file, recorded: Mutex::new(before.unwrap_or_default()), ..Self::default() })
    }

    /// Notes that a purchase is in the ledger, and will be sent.
    pub(crate) fn accepted(&self, purchase: &NewPurchase) {
        let NewPurchase { key, principal, body_hash, region, account, charge, terms, .. } =
            purchase;
        forget(&mut self.recorded(), key, principal);
        self.write(&AuditLine {
            event: "accepted",
            price: charge.as_ref().and_then(Charge::price),
            region: region.as_deref(),
            account: account.as_deref(),
            terms: terms.as_deref(),
            ..AuditLine::about(key, principal, body_hash)
        });
    }

    /// A purchase has ended. It is recorded once.
    pub(crate) fn ended(&self, purchase: &NewPurchase, outcome: &LedgerResult) {
        let NewPurchase { key, principal, body_hash, .. } = purchase;
        let mut recorded = self.recorded();
        let end = (key.clone(), principal.clone(), outcome.state.as_str().to_owned());
        if recorded.contains(&end) {
            return;
        }
        if recorded.len() >= MAX_RECORDED {
            recorded.clear();
        }
        recorded.insert(end.clone());
        drop(recorded);
        let is_written = self.write(&AuditLine {
            event: outcome.state.as_str(),
            request_id: outcome.request_id.as_deref(),
            instance_id: outcome.instance_id.as_deref(),
            ..AuditLine::about(key, principal, body_hash)
        });
        if !is_written {
            self.recorded().remove(&end);
        }
    }

    /// Notes a purchase that ended otherwise than it was resolved.
    pub(crate) fn conflict(&self, purchase: &NewPurchase, outcome: &LedgerResult) {
        let NewPurchase { key, principal, body_hash, .. } = purchase;
        self.write(&AuditLine {
            event: "conflict",
            result: Some(outcome.state.as_str()),
            request_id: outcome.request_id.as_deref(),
            instance_id: outcome.instance_id.as_deref(),
            ..AuditLine::about(key, principal, body_hash)
        });
    }

    /// Notes a purchase that was resolved by hand.
    pub(crate) fn settled(&self, entry: &LedgerEntry) {
        self.write(&AuditLine {
            event: entry.state.as_str(),
            request_id: entry.request_id.as_deref(),
            instance_id: entry.instance_id.as_deref(),
            settled_by: entry.settled_by.as_deref(),
            ..AuditLine::about(&entry.key, &entry.principal, &entry.body_hash)
        });
    }

    fn recorded(&self) -> MutexGuard<'_, HashSet<RecordedEnd>> {
        self.recorded.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a line; returns whether none is missing.
    fn write(&self, line: &AuditLine<'_>) -> bool {
        let Some(file) = &self.file else { return true };
        let mut text = serde_json::to_string(line).unwrap_or_default();
        text.push('\n');
        let file = file.lock().unwrap_or_else(PoisonError::into_inner);
        let written = append(&file, text.as_bytes());
        if let Err(error) = &written {
            self.lost.inc();
            tracing::error!(%error, line = text, "the audit log cannot be written: see to its disk");
        }
        written.is_ok()
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let mut file = options.append(true).create(true).mode(0o600).open(path)?;
    // A process may have died in the midst of a line.
    if file.metadata()?.is_file() && ends_within_a_line(path).unwrap_or_default() {
        file.write_all(b"\n")?;
    }
    Ok(file)
}

/// Forgets how a purchase ended: it is made again.
fn forget(ends: &mut HashSet<RecordedEnd>, key: &str, principal: &str) {
    for state in [PurchaseState::Created, PurchaseState::Failed, PurchaseState::Unknown] {
        ends.remove(&(key.to_owned(), principal.to_owned(), state.as_str().to_owned()));
    }
}

/// The ends that the last lines tell, each until its purchase was accepted anew.
fn last_ends(path: &Path) -> io::Result<HashSet<RecordedEnd>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(READ_AT_START)))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let mut ends = HashSet::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        // The first may have lost its begin.
        let Ok(line) = serde_json::from_slice::<Value>(line) else { continue };
        let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        let (key, principal, event) = (text("key"), text("principal"), text("event"));
        if event == "accepted" {
            forget(&mut ends, &key, &principal);
        } else {
            ends.insert((key, principal, event));
        }
    }
    Ok(ends)
}

fn ends_within_a_line(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    Ok(file.read(&mut last)? == 1 && last != *b"\n")
}

/// Adds a whole line, or nothing. It is one write, so that lines of several processes do not mix.
fn append(mut file: &File, line: &[u8]) -> io::Result<()> {
    let written = file.write(line)?;
    if written == line.len() {
        return Ok(());
    }
    let rest = file.write_all(&line[written..]);
    if rest.is_err() {
        let length = file.metadata()?.len();
        file.set_len(length.saturating_sub(written as u64))?;
    }
    rest
}

impl<'a> AuditLine<'a> {
    fn about(key: &'a str, principal: &'a str, body_hash: &'a str) -> Self {
        let at = Timestamp::from_unix(clock::now() / 1000).iso();
        Self { at, key, principal, body_hash, ..Self::default() }
    }
}
