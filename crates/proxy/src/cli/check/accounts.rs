//! Checks of the file of accounts, and of the roles in it.

use super::report::CheckResult;
use crate::{
    accounts::{assume, session_name},
    config::{AccountsFile, ConfigError},
    upstream::Upstream,
};

/// Checks the file.
pub(super) fn file(read: Result<AccountsFile, ConfigError>) -> CheckResult {
    match read {
        Ok(AccountsFile { accounts, default }) => {
            let others = if default.is_some() { "buy with the own keys" } else { "are refused" };
            CheckResult::ok(format!("{} principals have a role; others {others}", accounts.len()))
        }
        Err(error) => CheckResult::fail(error),
    }
}

/// Assumes each role.
pub(super) async fn roles(file: &AccountsFile, sts: &Upstream) -> CheckResult {
    let mut failed = Vec::new();
    for entry in &file.accounts {
        if let Err(why) = assume(sts, &entry.role_arn, &session_name(&entry.principal)).await {
            failed.push(format!("{}: {why}", entry.principal));
        }
    }
    if failed.is_empty() {
        return CheckResult::ok(format!("{} are assumed", file.accounts.len()));
    }
    CheckResult::fail(format!(
        "{}. See whether the keys may sts:AssumeRole there, and whether the role trusts their account.",
        failed.join("; ")
    ))
}
