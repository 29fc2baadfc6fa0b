//! Operations of identities.

pub(super) mod assume_role;
pub(super) mod get_caller_identity;
mod principal_ids;
