//! Whether a ledger would do: a purchase is written into it, and everything is taken back.

use sqlx::{AnyConnection, Connection};

use super::{
    ACQUIRE, Address, OpenError, location,
    record::{Conditions, Purchase, State},
    schema, statements,
};
use crate::stamp;

/// What was found in a ledger that could be written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rehearsed {
    /// Its version; 0 where there was nothing.
    pub(crate) version: usize,
    /// The version that a run brings it to.
    pub(crate) known: usize,
    /// Purchases that somebody has to settle.
    pub(crate) unknown: i64,
}

/// Does what a run does with the ledger, in a transaction that is given up. A file that is not there is an error, and not
/// made: it would belong to whoever tests.
pub(crate) async fn rehearse(address: &Address) -> Result<Rehearsed, OpenError> {
    let location = location(address, "rw")?;
    let rehearsed = tokio::time::timeout(ACQUIRE, in_vain(&location)).await;
    rehearsed.unwrap_or(Err(OpenError::Database(sqlx::Error::PoolTimedOut)))
}

async fn in_vain(location: &str) -> Result<Rehearsed, OpenError> {
    let mut connection = AnyConnection::connect(location).await?;
    let begin = schema::begin(&connection);
    let mut transaction = connection.begin_with(begin).await?;
    let version = schema::bring(&mut transaction).await?;
    let unknown = statements::count(&mut *transaction, State::Unknown).await?;
    let purchase = Purchase {
        key: "written by a check".into(),
        principal: String::new(),
        body_hash: String::new(),
        request: String::new(),
        content: None,
    };
    statements::begin(&mut transaction, &purchase, Conditions::default(), stamp::now()).await?;
    transaction.rollback().await?;
    connection.close().await?;
    Ok(Rehearsed { version, known: schema::KNOWN, unknown })
}
