//! `havenask-proxy ledger`: a look into the ledger, and what only a person can find out.

use std::{
    fmt::{self, Write},
    path::PathBuf,
};

use clap::{Args, Parser, Subcommand};
use havenask_core::{Locale, Timestamp, answer::Created};

use crate::{
    audit::Audit,
    ledger::{Address, DEFAULT, Entry, Ledger, OpenError, Outcome, State, VARIABLE},
};

/// What `havenask-proxy ledger` is told.
#[derive(Debug, Parser)]
pub struct Arguments {
    /// The ledger: sqlite:PATH, or `postgres://USER@HOST/DATABASE`
    #[arg(long, value_name = "URL", default_value = DEFAULT, env = VARIABLE, hide_env_values = true, global = true)]
    ledger: Address,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists purchases, the newest first
    List {
        /// Only those in this state: pending, created, failed or unknown
        #[arg(long, value_parser = state)]
        state: Option<State>,
        /// At most so many
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Shows one purchase as JSON
    Show {
        /// Its key
        key: String,
    },
    /// Writes all purchases as JSON lines, the newest first
    Export,
    /// Settles an unknown purchase, after somebody has found out how it ended
    Resolve {
        /// Its key
        key: String,
        #[command(flatten)]
        truth: Truth,
        /// Who has found out
        #[arg(long, value_name = "NAME", env = "USER")]
        by: String,
        /// The audit log of the proxy, which gets a line of it
        #[arg(long, value_name = "FILE")]
        audit: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Truth {
    /// It was made: this is the instance
    #[arg(long, value_name = "ID")]
    created: Option<String>,
    /// It was not made
    #[arg(long)]
    not_created: bool,
}

/// Why it could not be done.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The ledger cannot be opened.
    Open(OpenError),
    /// The database refuses.
    Database(sqlx::Error),
    /// The audit log cannot be opened.
    Audit(std::io::Error),
    /// There is no purchase of this key.
    NoPurchase(String),
    /// The purchase is settled or under way.
    NotUnknown(String, State),
}

fn state(text: &str) -> Result<State, String> {
    State::read(text).ok_or_else(|| "write pending, created, failed or unknown".to_owned())
}

/// Does what is asked, and returns what to print.
pub async fn run(arguments: &Arguments) -> Result<String, Error> {
    let (ledger, _) = Ledger::open(&arguments.ledger).await.map_err(Error::Open)?;
    match &arguments.action {
        Action::List { state, limit } => {
            let entries = ledger.list(*state, *limit).await?;
            Ok(entries.iter().map(line).collect())
        }
        Action::Show { key } => Ok(pretty(&find(&ledger, key).await?)),
        Action::Export => {
            let entries = ledger.list(None, u32::MAX).await?;
            Ok(entries.iter().map(json).collect())
        }
        Action::Resolve { key, truth, by, audit } => {
            let audit = Audit::open(audit.as_deref()).map_err(Error::Audit)?;
            let found = find(&ledger, key).await?;
            let outcome = match &truth.created {
                Some(id) => Outcome::created(Created {
                    request_id: found.request_id.unwrap_or_default(),
                    instance_id: id.clone(),
                }),
                None => Outcome::not_made(Locale::En),
            };
            if ledger.settle(key, &outcome, by).await? {
                let settled = find(&ledger, key).await?;
                audit.settled(&settled);
                Ok(pretty(&settled))
            } else {
                Err(Error::NotUnknown(key.clone(), found.state))
            }
        }
    }
}

async fn find(ledger: &Ledger, key: &str) -> Result<Entry, Error> {
    ledger.find(key).await?.ok_or_else(|| Error::NoPurchase(key.to_owned()))
}

fn line(entry: &Entry) -> String {
    let Entry { key, state, instance_id, created_at, .. } = entry;
    let at = Timestamp::from_unix(created_at / 1000).iso();
    let instance = instance_id.as_deref().unwrap_or("-");
    format!("{at}  {:7}  {key}  {instance}\n", state.as_str())
}

fn json(entry: &Entry) -> String {
    let mut line = serde_json::to_string(entry).unwrap_or_default();
    line.push('\n');
    line
}

fn pretty(entry: &Entry) -> String {
    let mut text = serde_json::to_string_pretty(entry).unwrap_or_default();
    let _ = writeln!(text);
    text
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(error) => error.fmt(formatter),
            Self::Database(error) => {
                write!(formatter, "the ledger cannot be read or written: {error}")
            }
            Self::Audit(error) => write!(formatter, "--audit: {error}"),
            Self::NoPurchase(key) => write!(
                formatter,
                "there is no purchase {key} in this ledger; `havenask-proxy ledger list` shows those that are"
            ),
            Self::NotUnknown(key, state) => write!(
                formatter,
                "the purchase {key} is {}: only one that is unknown is settled by hand",
                state.as_str()
            ),
        }
    }
}

impl std::error::Error for Error {}
