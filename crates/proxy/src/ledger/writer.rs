//! The one task that writes. What arrives while it waits for the disk shares the next transaction, so that many purchases
//! wait for the disk as long as one.

use sqlx::{AnyConnection, AnyPool, Connection};
use tokio::sync::{mpsc, oneshot};

use super::{
    Begun, NotWritten,
    record::{Conditions, Outcome, Purchase},
    schema, statements,
};

/// The most records in one transaction.
const MAX_BATCH: usize = 256;

/// A record, and who waits for it.
#[derive(Debug)]
pub(super) enum Job {
    Begin {
        purchase: Purchase,
        conditions: Conditions,
        now: i64,
        done: oneshot::Sender<Result<Begun, NotWritten>>,
    },
    Close {
        key: String,
        outcome: Outcome,
        now: i64,
        done: oneshot::Sender<Result<(), NotWritten>>,
    },
}

impl Job {
    fn key(&self) -> &str {
        match self {
            Self::Begin { purchase, .. } => &purchase.key,
            Self::Close { key, .. } => key,
        }
    }

    /// Whether it depends on other purchases.
    const fn looks_at_others(&self) -> bool {
        matches!(self, Self::Begin { conditions, .. } if conditions.look_at_others())
    }
}

pub(super) async fn run(pool: AnyPool, mut jobs: mpsc::Receiver<Job>) {
    let mut batch = Vec::new();
    while jobs.recv_many(&mut batch, MAX_BATCH).await > 0 {
        // Two proxies that write the same keys must not wait for each other crosswise.
        batch.sort_by(|one, other| one.key().cmp(other.key()));
        let written = write(&pool, &batch).await;
        if let Err(error) = &written {
            tracing::error!(%error, "the ledger could not be written: see to its disk or its server");
        }
        let mut written = written.map(Vec::into_iter);
        for job in batch.drain(..) {
            let begun = written.as_mut().map_err(|_| NotWritten).map(Iterator::next);
            // Whoever hung up asks again.
            match job {
                Job::Begin { done, .. } => {
                    let _ = done.send(begun.and_then(|it| it.flatten().ok_or(NotWritten)));
                }
                Job::Close { done, .. } => drop(done.send(begun.map(|_| ()))),
            }
        }
    }
    pool.close().await;
}

/// Writes all or nothing; for each record that begins a purchase, what was found.
async fn write(pool: &AnyPool, batch: &[Job]) -> Result<Vec<Option<Begun>>, sqlx::Error> {
    let mut connection = pool.acquire().await?;
    let begin = schema::begin(&connection);
    let mut transaction = connection.begin_with(begin).await?;
    if batch.iter().any(Job::looks_at_others) {
        schema::take_turn(&mut transaction).await?;
    }
    let mut found = Vec::with_capacity(batch.len());
    for job in batch {
        found.push(record(&mut transaction, job).await?);
    }
    transaction.commit().await?;
    Ok(found)
}

async fn record(connection: &mut AnyConnection, job: &Job) -> Result<Option<Begun>, sqlx::Error> {
    match job {
        Job::Begin { purchase, conditions, now, .. } => {
            statements::begin(connection, purchase, *conditions, *now).await.map(Some)
        }
        Job::Close { key, outcome, now, .. } => {
            statements::close(connection, key, outcome, *now).await.map(|()| None)
        }
    }
}
