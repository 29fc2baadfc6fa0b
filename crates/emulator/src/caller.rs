//! Caller of an operation.

/// Account of the emulator's own credentials.
pub(crate) const ACCOUNT: &str = "1000000000000001";

/// Caller: the account, and its RAM user or a role that was assumed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    /// Account, which sees its own instances alone.
    pub(crate) account: String,
    /// `None` for the RAM user.
    pub(crate) role: Option<AssumedRole>,
}

/// A role that was assumed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AssumedRole {
    pub(crate) name: String,
    pub(crate) session: String,
}

impl Caller {
    /// The RAM user of the emulator's own account.
    pub(crate) fn user() -> Self {
        Self { account: ACCOUNT.to_owned(), role: None }
    }

    /// Name of the caller, as RAM writes it.
    pub(crate) fn arn(&self) -> String {
        let account = &self.account;
        match &self.role {
            Some(AssumedRole { name, session }) => {
                format!("acs:ram::{account}:assumed-role/{name}/{session}")
            }
            None => format!("acs:ram::{account}:user/emulated-user"),
        }
    }
}
