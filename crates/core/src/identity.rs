//! `GetCallerIdentity` of STS (2015-04-01), RPC style: which account the credentials belong to, and so who pays. It needs no permission.
//! Shapes: `alibabacloud-sts20150401` 1.2.0.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use crate::{FromValue, ObjectReader, Property, Schema, Value, operation::Operation};

/// The version of STS.
pub const STS_VERSION: &str = "2015-04-01";

/// The operation that names the account of a key.
pub const GET_CALLER_IDENTITY: &str = "GetCallerIdentity";
/// The operation that lends the credentials of a role.
pub const ASSUME_ROLE: &str = "AssumeRole";

/// Asks for the account of the credentials.
#[must_use]
pub fn get_caller_identity() -> Operation {
    Operation {
        action: GET_CALLER_IDENTITY,
        version: STS_VERSION,
        method: "POST",
        path: "/".to_owned(),
        query: Vec::new(),
        body: None,
    }
}

/// Asks for temporary credentials of a RAM role, under the name of a session. Shapes: the same SDK.
#[must_use]
pub fn assume_role(role_arn: &str, session: &str) -> Operation {
    let query = [("RoleArn", role_arn), ("RoleSessionName", session)];
    Operation {
        action: ASSUME_ROLE,
        query: query.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        ..get_caller_identity()
    }
}

/// The account that the credentials belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallerIdentity {
    /// The id of the account that pays.
    pub account_id: String,
    /// The name of the account, the RAM user or the assumed role.
    pub arn: String,
}

impl FromValue for CallerIdentity {
    const SCHEMA: &'static Schema = &Schema::OpenObject(&[
        Property::required("AccountId", &Schema::SingleLine),
        Property::required("Arn", &Schema::SingleLine),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::new(value);
        Self { account_id: fields.read("AccountId"), arn: fields.read("Arn") }
    }
}
