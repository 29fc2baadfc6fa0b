//! The endpoints whose purchases a ledger holds. Lost purchases are looked for where the proxy buys: those of another endpoint
//! would not be found there, and be called unknown.

use sqlx::{AnyConnection, Connection};

use super::{
    address::{LedgerAddress, Open},
    connect::{connect, connect_without_setup},
    error::OpenError,
    queries::{count, endpoints},
    record::PurchaseState,
    schema,
};

/// Binds a ledger to these endpoints. Each that it is bound to already must be among them.
pub(super) async fn bind(
    connection: &mut AnyConnection,
    served: &[String],
) -> Result<(), OpenError> {
    let bound = endpoints(connection).await?;
    if bound.iter().any(|name| !served.contains(name)) {
        return Err(OpenError::Elsewhere { bound: bound.join(", "), asked: served.join(", ") });
    }
    for name in served.iter().filter(|name| !bound.contains(name)) {
        insert(connection, name).await?;
    }
    Ok(())
}

/// Binds a ledger to the account that pays for its purchases, unless it is bound already; then it must be that one. Its instances would
/// not be found in another.
pub(super) async fn bind_account(
    connection: &mut AnyConnection,
    account: &str,
) -> Result<(), OpenError> {
    let bound: Option<String> = sqlx::query_scalar("SELECT min(account) FROM havenask_accounts")
        .fetch_one(&mut *connection)
        .await?;
    match bound {
        Some(bound) if bound != account => {
            Err(OpenError::OtherAccount { bound, asked: account.to_owned() })
        }
        Some(_) => Ok(()),
        None => {
            let insert = sqlx::query("INSERT INTO havenask_accounts (account) VALUES ($1)");
            insert.bind(account).execute(connection).await?;
            Ok(())
        }
    }
}

/// The account that a ledger belongs to, where it has one and can be read.
pub(crate) async fn bound_account(address: &LedgerAddress) -> Option<String> {
    let mut connection = connect_without_setup(address).await.ok()?;
    let bound = sqlx::query_scalar("SELECT min(account) FROM havenask_accounts");
    bound.fetch_one(&mut connection).await.ok()?
}

/// Binds a ledger to other endpoints, and returns to which it was bound. It leaves one with purchases that are pending only `anyway`.
pub(crate) async fn rebind(
    address: &LedgerAddress,
    served: &[String],
    anyway: bool,
) -> Result<String, OpenError> {
    let mut connection = connect(address, Open::Create).await?;
    let begin = schema::begin(&connection);
    let mut transaction = connection.begin_with(begin).await?;
    schema::migrate_in(&mut transaction).await?;
    let bound = endpoints(&mut transaction).await?;
    let pending = count(&mut *transaction, PurchaseState::Pending).await?;
    let moves = bound.iter().any(|name| !served.contains(name));
    if moves && pending > 0 && !anyway {
        return Err(OpenError::Pending(pending));
    }
    for table in ["DELETE FROM havenask_endpoints", "DELETE FROM havenask_accounts"] {
        sqlx::query(table).execute(&mut *transaction).await?;
    }
    for name in served {
        insert(&mut transaction, name).await?;
    }
    transaction.commit().await?;
    connection.close().await?;
    Ok(bound.join(", "))
}

async fn insert(connection: &mut AnyConnection, name: &str) -> Result<(), OpenError> {
    let insert = sqlx::query("INSERT INTO havenask_endpoints (endpoint) VALUES ($1)").bind(name);
    insert.execute(connection).await?;
    Ok(())
}
