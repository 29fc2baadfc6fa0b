//! AccessKey ids and security tokens with a fixed error, to show what it looks like: conventions of the emulator, not of the cloud.

/// Id of a disabled AccessKey: `InvalidAccessKeyId.Inactive`.
pub const INACTIVE_KEY: &str = "disabled";
/// Prefix of the ids of temporary AccessKeys, as in the cloud; without a token they get `MissingSecurityToken`. In front of the
/// id of the emulator's own credentials it is a temporary AccessKey with the same secret and any token.
pub const TEMPORARY_KEY: &str = "STS.";
/// Expired token: `InvalidSecurityToken.Expired`.
pub const EXPIRED_TOKEN: &str = "expired-token";
/// Malformed token: `InvalidSecurityToken.Malformed`.
pub const MALFORMED_TOKEN: &str = "malformed-token";
/// Token of another AccessKey: `InvalidSecurityToken.MismatchWithAccessKey`.
pub const FOREIGN_TOKEN: &str = "foreign-token";
