//! Temporary credentials of a RAM role, as the metadata service and STS return them.

use havenask_core::{Credentials, Timestamp};
use serde::Deserialize;

use super::{InvalidCredential, parse::credentials};

/// Temporary credentials.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct RoleCredentials {
    access_key_id: String,
    access_key_secret: String,
    security_token: String,
    expiration: String,
}

impl RoleCredentials {
    /// The credentials, and the Unix second at which they expire; `None` without a token or an expiry.
    pub(crate) fn read(self) -> Result<Option<(Credentials, i64)>, InvalidCredential> {
        let expires = Timestamp::parse(&self.expiration).map(Timestamp::unix);
        let credentials = credentials([
            ("AccessKeyId", Some(self.access_key_id)),
            ("AccessKeySecret", Some(self.access_key_secret)),
            ("SecurityToken", Some(self.security_token)),
        ])?;
        let is_temporary = credentials.security_token().is_some();
        Ok(expires.filter(|_| is_temporary).map(|expires| (credentials, expires)))
    }
}
