//! Operations of identities.

pub(super) mod get_caller_identity;
