//! The endpoint whose purchases a ledger holds. Lost purchases are looked for where the proxy buys: those of another endpoint
//! would not be found there, and be called unknown.

use havenask_core::Endpoint;
use sqlx::{AnyConnection, Connection};

use super::{
    address::{LedgerAddress, Open},
    connect::{connect, connect_without_setup},
    error::OpenError,
    queries::{count, endpoints},
    record::PurchaseState,
    schema,
};

/// The name by which a ledger remembers an endpoint: its region, whether it is reached from a VPC or not, or else its address.
fn name(endpoint: &Endpoint) -> String {
    endpoint.region().map_or_else(|| endpoint.to_string(), str::to_owned)
}

/// Binds a ledger to an endpoint, unless it is bound already; then it must be that one.
pub(super) async fn bind(
    connection: &mut AnyConnection,
    endpoint: &Endpoint,
) -> Result<(), OpenError> {
    let asked = name(endpoint);
    let bound = endpoints(connection).await?;
    if bound.is_empty() {
        insert(connection, &asked).await
    } else if bound == [asked.clone()] {
        Ok(())
    } else {
        Err(OpenError::Elsewhere { bound: bound.join(", "), asked })
    }
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

/// Binds a ledger to another endpoint, and returns to which it was bound. With purchases that are pending only `anyway`.
pub(crate) async fn rebind(
    address: &LedgerAddress,
    endpoint: &Endpoint,
    anyway: bool,
) -> Result<String, OpenError> {
    let mut connection = connect(address, Open::Create).await?;
    let begin = schema::begin(&connection);
    let mut transaction = connection.begin_with(begin).await?;
    schema::migrate_in(&mut transaction).await?;
    let bound = endpoints(&mut transaction).await?;
    let pending = count(&mut *transaction, PurchaseState::Pending).await?;
    let moves = !bound.is_empty() && bound != [name(endpoint)];
    if moves && pending > 0 && !anyway {
        return Err(OpenError::Pending(pending));
    }
    for table in ["DELETE FROM havenask_endpoints", "DELETE FROM havenask_accounts"] {
        sqlx::query(table).execute(&mut *transaction).await?;
    }
    insert(&mut transaction, &name(endpoint)).await?;
    transaction.commit().await?;
    connection.close().await?;
    Ok(bound.join(", "))
}

async fn insert(connection: &mut AnyConnection, name: &str) -> Result<(), OpenError> {
    let insert = sqlx::query("INSERT INTO havenask_endpoints (endpoint) VALUES ($1)").bind(name);
    insert.execute(connection).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_known_by_its_region() {
        for (endpoint, named) in [
            ("searchengine.cn-hangzhou.aliyuncs.com", "cn-hangzhou"),
            ("https://searchengine-vpc.cn-hangzhou.aliyuncs.com:443/", "cn-hangzhou"),
            ("searchengine.cn-beijing.aliyuncs.com", "cn-beijing"),
            (
                "http://searchengine.cn-beijing.aliyuncs.com",
                "http://searchengine.cn-beijing.aliyuncs.com",
            ),
            ("http://127.0.0.1:8081", "http://127.0.0.1:8081"),
        ] {
            assert_eq!(name(&Endpoint::parse(endpoint).unwrap()), named);
        }
    }
}
