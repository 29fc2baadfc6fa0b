//! Ids that STS tells beside a name.

/// Id of every role.
pub(super) const ROLE_ID: &str = "300000000000000001";
/// Id of the RAM user.
pub(super) const USER_ID: &str = "200000000000000001";
