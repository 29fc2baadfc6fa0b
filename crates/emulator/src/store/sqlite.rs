//! The file: one table, each row an instance with the request that bought it.

use std::{path::Path, time::Duration};

use sqlx::{
    ConnectOptions, Connection, Row, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteLockingMode, SqliteRow, SqliteSynchronous},
};

use super::Record;
use crate::error::StartError;

/// The newest form of the file that this emulator knows, in `PRAGMA user_version`.
const VERSION: i64 = 1;
/// What tells the file from those of other programs, in `PRAGMA application_id`: the letters `HvEm`.
const APPLICATION: i64 = 0x4876_456d;

const SCHEMA: [&str; 3] = [
    "CREATE TABLE instances (
        id TEXT PRIMARY KEY NOT NULL,
        created_at INTEGER NOT NULL,
        request TEXT NOT NULL
    ) STRICT",
    "PRAGMA application_id = 0x4876456d",
    "PRAGMA user_version = 1",
];

/// Opens or makes the file, and reads what is in it. It belongs to this process alone until it is closed.
pub(super) async fn open(path: &Path) -> Result<(SqliteConnection, Vec<Record>), StartError> {
    let mut connection = connect(path).await.map_err(|source| failed(path, source))?;
    let fresh = is_fresh(&mut connection, path).await?;
    // Not before it is known to be ours: this changes the file.
    make_ready(&mut connection, fresh).await.map_err(|source| failed(path, source))?;
    let rows = sqlx::query("SELECT id, created_at, request FROM instances ORDER BY rowid")
        .fetch_all(&mut connection)
        .await
        .map_err(|source| failed(path, source))?;
    let records = rows.iter().map(|row| record(row, path)).collect::<Result<_, _>>()?;
    Ok((connection, records))
}

async fn connect(path: &Path) -> Result<SqliteConnection, sqlx::Error> {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .locking_mode(SqliteLockingMode::Exclusive)
        .synchronous(SqliteSynchronous::Full)
        // One that was just stopped may still be closing it.
        .busy_timeout(Duration::from_secs(2))
        .disable_statement_logging()
        .connect()
        .await
}

/// Whether nothing is in the file yet. What another program or a newer emulator wrote is an error.
async fn is_fresh(connection: &mut SqliteConnection, path: &Path) -> Result<bool, StartError> {
    let mut number = async |sql: &'static str| -> Result<i64, StartError> {
        let number = sqlx::query_scalar(sql).fetch_one(&mut *connection).await;
        number.map_err(|source| failed(path, source))
    };
    let version = number("PRAGMA user_version").await?;
    let application = number("PRAGMA application_id").await?;
    let tables = number("SELECT count(*) FROM sqlite_schema").await?;
    match (application, version) {
        (0, 0) if tables == 0 => Ok(true),
        (APPLICATION, VERSION) => Ok(false),
        (APPLICATION, found) if found > VERSION => {
            Err(StartError::NewerStore { path: path.to_owned(), found, known: VERSION })
        }
        _ => Err(StartError::ForeignStore { path: path.to_owned() }),
    }
}

async fn make_ready(connection: &mut SqliteConnection, fresh: bool) -> Result<(), sqlx::Error> {
    sqlx::query("PRAGMA journal_mode = WAL").execute(&mut *connection).await?;
    let mut transaction = connection.begin().await?;
    if fresh {
        for statement in SCHEMA {
            sqlx::query(statement).execute(&mut *transaction).await?;
        }
    }
    transaction.commit().await
}

fn record(row: &SqliteRow, path: &Path) -> Result<Record, StartError> {
    let text = |column| row.try_get::<String, _>(column).map_err(|source| failed(path, source));
    let (id, request) = (text("id")?, text("request")?);
    let created_at = row.try_get("created_at").map_err(|source| failed(path, source))?;
    match serde_json::from_str(&request) {
        Ok(request) => Ok(Record { id, created_at, request }),
        Err(source) => {
            Err(StartError::BrokenRecord { path: path.to_owned(), instance_id: id, source })
        }
    }
}

fn failed(path: &Path, source: sqlx::Error) -> StartError {
    const NOT_A_DATABASE: &str = "26";
    let path = path.to_owned();
    let code = source.as_database_error().and_then(sqlx::error::DatabaseError::code);
    if code.as_deref() == Some(NOT_A_DATABASE) {
        StartError::ForeignStore { path }
    } else {
        StartError::Store { path, source }
    }
}

/// Writes records. When this returns well, they are on the disk; otherwise none of them is.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    records: impl Iterator<Item = &Record>,
) -> Result<(), sqlx::Error> {
    let mut transaction = connection.begin().await?;
    for record in records {
        sqlx::query("INSERT INTO instances (id, created_at, request) VALUES (?, ?, ?)")
            .bind(&record.id)
            .bind(record.created_at)
            .bind(record.request.to_json())
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await
}
