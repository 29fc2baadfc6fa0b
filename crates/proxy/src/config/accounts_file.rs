//! The file of accounts: for each principal the RAM role with which the proxy buys.

use std::collections::HashSet;

use serde::Deserialize;

/// The file, as `{ "accounts": [{ "principal": "alice", "roleArn": "acs:ram::1001:role/buyer" }], "default": "own" }`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccountsFile {
    /// The roles of principals.
    pub(crate) accounts: Vec<PrincipalRole>,
    /// The account of everybody else; without it they are refused.
    #[serde(default)]
    pub(crate) default: Option<DefaultAccount>,
}

/// A principal, and its role.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PrincipalRole {
    pub(crate) principal: String,
    pub(crate) role_arn: RoleArn,
}

/// The account of those who are not named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum DefaultAccount {
    /// That of the proxy's own credentials.
    Own,
}

/// The name of a RAM role: `acs:ram::ACCOUNT:role/NAME`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct RoleArn {
    pub(crate) text: String,
    /// The id of its account.
    pub(crate) account: String,
}

impl AccountsFile {
    /// Reads the file; an error names the place.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let mut names = HashSet::new();
        for (index, PrincipalRole { principal, .. }) in file.accounts.iter().enumerate() {
            if principal.is_empty() {
                return Err(format!("/accounts/{index}/principal: it is empty"));
            }
            if !names.insert(principal) {
                return Err(format!("/accounts/{index}/principal: {principal:?} is named twice"));
            }
        }
        Ok(file)
    }
}

impl TryFrom<String> for RoleArn {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parts = text.strip_prefix("acs:ram::").and_then(|rest| rest.split_once(":role/"));
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b".@-_".contains(&byte);
        let account = parts.filter(|(account, name)| {
            !account.is_empty()
                && account.bytes().all(|byte| byte.is_ascii_digit())
                && !name.is_empty()
                && name.bytes().all(is_name)
        });
        match account.map(|(account, _)| account.to_owned()) {
            Some(account) => Ok(Self { text, account }),
            None => Err(format!("{text:?} is no role: write acs:ram::ACCOUNT:role/NAME")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_file_names_the_place() {
        let entry = |principal: &str, role: &str| {
            format!(r#"{{"principal":"{principal}","roleArn":"{role}"}}"#)
        };
        let good = entry("alice", "acs:ram::1001:role/buyer");
        let read = |entries: &[&str]| {
            AccountsFile::parse(&format!(r#"{{"accounts":[{}]}}"#, entries.join(",")))
        };
        assert_eq!(read(&[&good]).unwrap().accounts[0].role_arn.account, "1001");
        for (entries, why) in [
            (&[&*good, &good][..], "/accounts/1/principal: \"alice\" is named twice"),
            (&[&entry("", "acs:ram::1001:role/buyer")], "/accounts/0/principal: it is empty"),
            (&[&entry("bob", "acs:ram::1001:user/buyer")], "is no role"),
            (&[&entry("bob", "acs:ram::x:role/buyer")], "line 1 column"),
            (&["{}"], "missing field `principal`"),
        ] {
            let error = read(entries).unwrap_err();
            assert!(error.contains(why), "{error}");
        }
        assert!(AccountsFile::parse(r#"{"accounts":[],"default":"mine"}"#).is_err());
        assert!(AccountsFile::parse(r#"{"accounts":[],"others":"own"}"#).is_err());
    }
}
