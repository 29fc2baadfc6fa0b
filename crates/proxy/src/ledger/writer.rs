//! The one task that writes. Jobs that arrive while it waits for the disk share the next transaction, so that many purchases
//! wait for the disk as long as one. A job that spoils a transaction for the others is written, or not, alone.

use std::time::Duration;

use havenask_core::{ErrorCode, Failure, Locale};
use tokio::{
    sync::{mpsc, oneshot},
    time::Instant,
};

use super::{
    change::{Begin, Change, ChangeResult, PurchaseId},
    connect::ACQUIRE_TIMEOUT,
    connection_manager::ConnectionManager,
    error::LedgerWriteError,
    record::{LedgerResult, PurchaseState},
};

/// The most records in one transaction.
const MAX_BATCH: usize = 256;
/// The pause before what is left over is tried again.
const PAUSE: Duration = Duration::from_secs(1);

/// A change, and the channel for its result.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) change: Change,
    pub(super) done: oneshot::Sender<Result<ChangeResult, LedgerWriteError>>,
}

/// Writes until all senders are dropped.
pub(super) async fn run(mut store: ConnectionManager, mut jobs: mpsc::Receiver<Job>) {
    let mut batch = Vec::new();
    // Purchases that were perhaps written down, and whose buyers were told that they were not.
    let mut withdrawals = Vec::new();
    loop {
        let received = tokio::select! {
            received = jobs.recv_many(&mut batch, MAX_BATCH) => received,
            () = tokio::time::sleep(PAUSE), if !withdrawals.is_empty() => {
                withdraw(&mut store, &mut withdrawals).await;
                continue;
            }
        };
        if received == 0 {
            break;
        }
        // A caller with the same key must not find it under way.
        if !withdrawals.is_empty() {
            withdraw(&mut store, &mut withdrawals).await;
        }
        batch.sort_by(|one, other| one.change.order().cmp(&other.change.order()));
        let changes: Vec<_> = batch.iter().map(|job| &job.change).collect();
        let (written, in_doubt) = write(&mut store, &changes).await;
        for (job, written) in batch.drain(..).zip(written) {
            if let (Err(LedgerWriteError), Change::Begin(begin), true) =
                (&written, &job.change, in_doubt)
            {
                withdrawals.push(withdrawal(begin));
            }
            // A caller that hung up asks again.
            let _ = job.done.send(written);
        }
    }
    withdraw(&mut store, &mut withdrawals).await;
    store.close().await;
}

/// Writes all in one transaction, or, when that fails, each in one of its own; and whether something may be written that is
/// told as not written.
async fn write(
    store: &mut ConnectionManager,
    changes: &[&Change],
) -> (Vec<Result<ChangeResult, LedgerWriteError>>, bool) {
    let start = Instant::now();
    let error = match store.write(changes).await {
        Ok(written) => return (written.into_iter().map(Ok).collect(), false),
        Err(error) => error,
    };
    tracing::warn!(%error, "a transaction of the ledger failed: its records are written one by one");
    let mut in_doubt = store.is_in_doubt();
    let mut last = Some(error);
    let mut alone = Vec::with_capacity(changes.len());
    for change in changes {
        if store.is_down() || start.elapsed() > ACQUIRE_TIMEOUT {
            alone.push(Err(LedgerWriteError));
            continue;
        }
        match store.write(&[change]).await {
            Ok(written) => alone.extend(written.into_iter().map(Ok)),
            Err(error) => {
                in_doubt |= store.is_in_doubt();
                last = Some(error);
                alone.push(Err(LedgerWriteError));
            }
        }
    }
    let unwritten = alone.iter().filter(|written| written.is_err()).count();
    if let (1.., Some(error)) = (unwritten, last) {
        tracing::error!(%error, records = unwritten, "the ledger could not be written: see to its disk or its server");
    }
    (alone, in_doubt)
}

/// Takes back what is left over.
async fn withdraw(store: &mut ConnectionManager, withdrawals: &mut Vec<Change>) {
    let some = withdrawals.len().saturating_sub(MAX_BATCH);
    let changes: Vec<_> = withdrawals[some..].iter().collect();
    match store.write(&changes).await {
        Ok(_) => withdrawals.truncate(some),
        Err(error) => tracing::debug!(%error, "purchases that were not sent are still pending"),
    }
}

fn withdrawal(begin: &Begin) -> Change {
    let failure = Failure::new(ErrorCode::LedgerUnavailable, Locale::En);
    let outcome = LedgerResult {
        state: PurchaseState::Failed,
        retryable: true,
        request_id: None,
        instance_id: None,
        status: failure.status,
        answer: failure.to_json(),
        code: None,
    };
    Change::Withdraw {
        id: PurchaseId::of(&begin.purchase),
        attempt: begin.attempt.clone(),
        outcome,
    }
}
