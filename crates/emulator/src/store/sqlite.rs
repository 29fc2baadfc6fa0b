//! `SQLite` file: one table, a row per instance.

use std::{path::Path, time::Duration};

use sqlx::{
    ConnectOptions, Connection, Row, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteLockingMode, SqliteRow, SqliteSynchronous},
};

use super::record::{InstanceChange, InstanceRecord};
use crate::error::EmulatorError;

/// `PRAGMA application_id`: the letters `HvEm`.
const APPLICATION_ID: i64 = 0x4876_456d;

/// Migrations, oldest first; `PRAGMA user_version` counts them.
const MIGRATIONS: [&[&str]; 3] = [
    &[
        "CREATE TABLE instances (
            id TEXT PRIMARY KEY NOT NULL,
            created_at INTEGER NOT NULL,
            request TEXT NOT NULL
        ) STRICT",
        "PRAGMA application_id = 0x4876456d",
        "PRAGMA user_version = 1",
    ],
    &[
        "ALTER TABLE instances ADD COLUMN description TEXT",
        "ALTER TABLE instances ADD COLUMN described_at INTEGER",
        "ALTER TABLE instances ADD COLUMN respecified_at INTEGER",
        "ALTER TABLE instances ADD COLUMN listed_from INTEGER NOT NULL DEFAULT 0",
        "PRAGMA user_version = 2",
    ],
    &[
        // The account of the emulator's own credentials.
        "ALTER TABLE instances ADD COLUMN account TEXT NOT NULL DEFAULT '1000000000000001'",
        "PRAGMA user_version = 3",
    ],
];

const LATEST: usize = MIGRATIONS.len();

/// Opens or creates the file with an exclusive lock, and reads its instances.
pub(super) async fn open(
    path: &Path,
) -> Result<(SqliteConnection, Vec<InstanceRecord>), EmulatorError> {
    let mut connection =
        connect(path).await.map_err(|source| EmulatorError::sqlite(path.to_owned(), source))?;
    let version = version(&mut connection, path).await?;
    // This changes the file: only after its application id was checked.
    migrate(&mut connection, version)
        .await
        .map_err(|source| EmulatorError::sqlite(path.to_owned(), source))?;
    let rows = sqlx::query("SELECT * FROM instances ORDER BY rowid")
        .fetch_all(&mut connection)
        .await
        .map_err(|source| EmulatorError::sqlite(path.to_owned(), source))?;
    let records = rows.iter().map(|row| record(row, path)).collect::<Result<_, _>>()?;
    Ok((connection, records))
}

async fn connect(path: &Path) -> Result<SqliteConnection, sqlx::Error> {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .locking_mode(SqliteLockingMode::Exclusive)
        .synchronous(SqliteSynchronous::Full)
        // An emulator that was just stopped may still be closing it.
        .busy_timeout(Duration::from_secs(2))
        .disable_statement_logging()
        .connect()
        .await
}

/// Reads the number of migrations of the file. A file of another program or of a newer emulator is an error.
async fn version(connection: &mut SqliteConnection, path: &Path) -> Result<usize, EmulatorError> {
    let mut number = async |sql: &'static str| -> Result<i64, EmulatorError> {
        let number = sqlx::query_scalar(sql).fetch_one(&mut *connection).await;
        number.map_err(|source| EmulatorError::sqlite(path.to_owned(), source))
    };
    let found = number("PRAGMA user_version").await?;
    let application = number("PRAGMA application_id").await?;
    let tables = number("SELECT count(*) FROM sqlite_schema").await?;
    let version = usize::try_from(found).unwrap_or_default();
    match (application, version) {
        (0, 0) if tables == 0 => Ok(0),
        (APPLICATION_ID, 1..=LATEST) => Ok(version),
        (APPLICATION_ID, _) if version > LATEST => {
            Err(EmulatorError::NewerStore { path: path.to_owned(), found, known: LATEST })
        }
        _ => Err(EmulatorError::ForeignStore(path.to_owned())),
    }
}

async fn migrate(connection: &mut SqliteConnection, version: usize) -> Result<(), sqlx::Error> {
    sqlx::query("PRAGMA journal_mode = WAL").execute(&mut *connection).await?;
    let mut transaction = connection.begin().await?;
    for statement in MIGRATIONS.iter().skip(version).copied().flatten().copied() {
        sqlx::query(statement).execute(&mut *transaction).await?;
    }
    transaction.commit().await
}

fn record(row: &SqliteRow, path: &Path) -> Result<InstanceRecord, EmulatorError> {
    let read = || -> Result<(InstanceRecord, String), sqlx::Error> {
        let described_at: Option<i64> = row.try_get("described_at")?;
        let record = InstanceRecord {
            id: row.try_get("id")?,
            account: row.try_get("account")?,
            created_at: row.try_get("created_at")?,
            description: row.try_get::<Option<_>, _>("description")?.zip(described_at),
            respecified_at: row.try_get("respecified_at")?,
            listed_from: row.try_get("listed_from")?,
            ..InstanceRecord::default()
        };
        Ok((record, row.try_get("request")?))
    };
    let (record, request) =
        read().map_err(|source| EmulatorError::sqlite(path.to_owned(), source))?;
    match serde_json::from_str(&request) {
        Ok(request) => Ok(InstanceRecord { request, ..record }),
        Err(source) => {
            let path = path.to_owned();
            Err(EmulatorError::BrokenRecord { path, instance_id: record.id, source })
        }
    }
}

/// Writes changes in one transaction.
pub(super) async fn write(
    connection: &mut SqliteConnection,
    changes: &[InstanceChange],
) -> Result<(), sqlx::Error> {
    if changes.is_empty() {
        return Ok(());
    }
    let mut transaction = connection.begin().await?;
    for change in changes {
        let statement = match change {
            // A known row keeps its rowid, and with it its age.
            InstanceChange::Put(record) => sqlx::query(
                "INSERT INTO instances VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                 ON CONFLICT (id) DO UPDATE SET request = excluded.request,
                 description = excluded.description, described_at = excluded.described_at,
                 respecified_at = excluded.respecified_at",
            )
            .bind(&record.id)
            .bind(record.created_at)
            .bind(record.request.to_json())
            .bind(record.description.as_ref().map(|(text, _)| text))
            .bind(record.description.as_ref().map(|(_, at)| at))
            .bind(record.respecified_at)
            .bind(record.listed_from)
            .bind(&record.account),
            InstanceChange::Remove(id) => {
                sqlx::query("DELETE FROM instances WHERE id = ?").bind(id)
            }
        };
        statement.execute(&mut *transaction).await?;
    }
    transaction.commit().await
}
