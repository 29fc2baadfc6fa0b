//! Faults of a store, made with its own means.

/// Statements that have every change of this kind (`INSERT` or `UPDATE`) of this key fail, and how.
pub(crate) fn breaks(ledger: &str, change: &str, key: &str, how: &str) -> String {
    if ledger.starts_with("sqlite:") {
        let fails = match how {
            "at the commit" => "INSERT INTO orphans VALUES (1)".to_owned(),
            // As SQLite does when the disk is full: the transaction is gone already.
            "and roll back" => "SELECT RAISE(ROLLBACK, 'injected')".to_owned(),
            _ => "SELECT RAISE(ABORT, 'injected')".to_owned(),
        };
        return format!(
            "CREATE TABLE IF NOT EXISTS parents (id INTEGER PRIMARY KEY);
             CREATE TABLE IF NOT EXISTS orphans (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED);
             CREATE TRIGGER broken AFTER {change} ON purchases WHEN NEW.key LIKE '{key}' BEGIN {fails}; END"
        );
    }
    let (constraint, deferred) = match how {
        "at the commit" => ("CONSTRAINT", "DEFERRABLE INITIALLY DEFERRED"),
        _ => ("", ""),
    };
    let fails = match how {
        "and hang up" => "PERFORM pg_terminate_backend(pg_backend_pid())",
        _ => "RAISE EXCEPTION 'injected'",
    };
    format!(
        "CREATE OR REPLACE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {fails}; RETURN NEW; END $$;
         CREATE {constraint} TRIGGER broken AFTER {change} ON purchases {deferred} FOR EACH ROW
         WHEN (NEW.key LIKE '{key}') EXECUTE FUNCTION broken()"
    )
}

/// Statements after which changes work again.
pub(crate) fn mends(ledger: &str) -> &'static str {
    if ledger.starts_with("sqlite:") {
        "DROP TRIGGER broken"
    } else {
        "DROP TRIGGER broken ON purchases"
    }
}
