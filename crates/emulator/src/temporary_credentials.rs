//! Temporary credentials that the emulator has handed out. They are kept in memory alone.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use havenask_core::Credentials;

use crate::{caller::Caller, gateway::magic_values::TEMPORARY_KEY, ids};

/// Seconds for which expired credentials are known as such.
const REMEMBERED: i64 = 24 * 60 * 60;

/// Credentials of assumed roles, by the id of their AccessKey.
#[derive(Debug, Default)]
pub(crate) struct TemporaryCredentials {
    issued: Mutex<HashMap<String, IssuedCredentials>>,
}

/// Credentials, and whom they make the caller. They expire at a Unix second.
#[derive(Clone, Debug)]
pub(crate) struct IssuedCredentials {
    pub(crate) credentials: Credentials,
    pub(crate) caller: Caller,
    pub(crate) expires_at: i64,
}

impl TemporaryCredentials {
    /// Makes credentials for a caller.
    pub(crate) fn issue(&self, caller: Caller, now: i64, seconds: i64) -> IssuedCredentials {
        let id = format!("{TEMPORARY_KEY}{}", ids::letters(24));
        let credentials =
            Credentials::new(&id, ids::letters(44)).with_security_token(ids::letters(200));
        let issued =
            IssuedCredentials { credentials, caller, expires_at: now.saturating_add(seconds) };
        let mut all = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, it| it.expires_at.saturating_add(REMEMBERED) > now);
        all.insert(id, issued.clone());
        issued
    }

    /// Finds credentials, expired ones too.
    pub(crate) fn find(&self, access_key_id: &str) -> Option<IssuedCredentials> {
        self.issued.lock().unwrap_or_else(PoisonError::into_inner).get(access_key_id).cloned()
    }
}
