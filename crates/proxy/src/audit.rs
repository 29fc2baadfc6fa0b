//! The audit log: who bought what, and how it ended, as lines of JSON that are only ever added. It holds no secrets.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write},
    path::Path,
    sync::{Mutex, PoisonError},
};

use havenask_core::Timestamp;
use serde::Serialize;

use crate::{
    ledger::{Entry, Outcome, Purchase},
    stamp,
};

/// Where the lines go; without a file, nowhere.
#[derive(Debug, Default)]
pub(crate) struct Audit(Option<Mutex<File>>);

/// A line.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    /// When, in UTC.
    at: String,
    /// `accepted`, the state that the purchase has from now on, or `conflict`.
    event: &'a str,
    key: &'a str,
    principal: &'a str,
    body_hash: &'a str,
    /// How a purchase ended that was settled otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instance_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settled_by: Option<&'a str>,
}

impl Audit {
    /// Opens the file, and makes it where there is none.
    pub(crate) fn open(path: Option<&Path>) -> io::Result<Self> {
        let open = |path| OpenOptions::new().append(true).create(true).open(path);
        path.map(open).transpose().map(|file| Self(file.map(Mutex::new)))
    }

    /// A purchase is written down, and will be sent.
    pub(crate) fn accepted(&self, purchase: &Purchase) {
        let Purchase { key, principal, body_hash, .. } = purchase;
        self.write(&Line { event: "accepted", ..Line::about(key, principal, body_hash) });
    }

    /// A purchase has ended.
    pub(crate) fn ended(&self, purchase: &Purchase, outcome: &Outcome) {
        let Purchase { key, principal, body_hash, .. } = purchase;
        self.write(&Line {
            event: outcome.state.as_str(),
            request_id: outcome.request_id.as_deref(),
            instance_id: outcome.instance_id.as_deref(),
            ..Line::about(key, principal, body_hash)
        });
    }

    /// A purchase ended otherwise than it was settled.
    pub(crate) fn conflict(&self, purchase: &Purchase, outcome: &Outcome) {
        let Purchase { key, principal, body_hash, .. } = purchase;
        self.write(&Line {
            event: "conflict",
            result: Some(outcome.state.as_str()),
            request_id: outcome.request_id.as_deref(),
            instance_id: outcome.instance_id.as_deref(),
            ..Line::about(key, principal, body_hash)
        });
    }

    /// A purchase was settled by hand.
    pub(crate) fn settled(&self, entry: &Entry) {
        self.write(&Line {
            event: entry.state.as_str(),
            request_id: entry.request_id.as_deref(),
            instance_id: entry.instance_id.as_deref(),
            settled_by: entry.settled_by.as_deref(),
            ..Line::about(&entry.key, &entry.principal, &entry.body_hash)
        });
    }

    fn write(&self, line: &Line<'_>) {
        let Some(file) = &self.0 else { return };
        let mut text = serde_json::to_string(line).unwrap_or_default();
        text.push('\n');
        // At once, so that lines of several processes do not mix.
        let written =
            file.lock().unwrap_or_else(PoisonError::into_inner).write_all(text.as_bytes());
        if let Err(error) = written {
            tracing::error!(%error, line = text, "the audit log cannot be written: see to its disk");
        }
    }
}

impl<'a> Line<'a> {
    fn about(key: &'a str, principal: &'a str, body_hash: &'a str) -> Self {
        let at = Timestamp::from_unix(stamp::now() / 1000).iso();
        let (result, request_id, instance_id, settled_by) = (None, None, None, None);
        Self {
            at,
            event: "",
            key,
            principal,
            body_hash,
            result,
            request_id,
            instance_id,
            settled_by,
        }
    }
}
