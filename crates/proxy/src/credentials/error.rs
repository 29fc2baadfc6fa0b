//! Errors of credentials. None shows anything of a value.

use thiserror::Error;

/// A source that yields no credentials.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct CredentialError(pub(super) String);

/// A text that is no part of a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidCredential {
    /// There is none, or nothing in it.
    #[error("{0} is not set, or empty")]
    Missing(&'static str),
    /// A character can be in no credential.
    #[error("{name} holds {kind} as its character {place}, which no key does: copy it anew")]
    InvalidCharacter {
        /// The name of the part.
        name: &'static str,
        /// The kind of the character.
        kind: &'static str,
        /// Its place, from 1.
        place: usize,
    },
}
