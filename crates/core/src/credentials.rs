//! Keys. They are overwritten when dropped, and no `Debug` shows them.

use alloc::string::String;
use core::fmt;

use zeroize::Zeroizing;

use crate::{FromValue, Schema, Value, json_object};

json_object! {
    /// An `AccessKey`, or the three parts of an STS credential.
    ///
    /// ```
    /// use havenask_core::Credentials;
    ///
    /// let long_lived = Credentials::new("testid", "testsecret");
    /// let of_sts = Credentials::new("STS.testid", "testsecret").with_security_token("token");
    /// assert_eq!(of_sts.security_token(), Some("token"));
    /// assert!(!format!("{long_lived:?} {of_sts:?}").contains("testsecret"));
    /// ```
    #[derive(Clone)]
    pub struct Credentials: Object {
        access_key_id: String as Schema::SingleLine,
        access_key_secret: Zeroizing<String> as Schema::SingleLine,
        security_token: Option<Zeroizing<String>> as Schema::SingleLine,
    }
}

impl Credentials {
    /// A long-lived `AccessKey`.
    pub fn new(access_key_id: impl Into<String>, access_key_secret: impl Into<String>) -> Self {
        Self {
            access_key_id: access_key_id.into(),
            access_key_secret: Zeroizing::new(access_key_secret.into()),
            security_token: None,
        }
    }

    /// The same, with the security token that STS gave out with it.
    #[must_use]
    pub fn with_security_token(mut self, security_token: impl Into<String>) -> Self {
        self.security_token = Some(Zeroizing::new(security_token.into()));
        self
    }

    /// The public half.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// The secret half: never show it.
    #[must_use]
    pub fn access_key_secret(&self) -> &str {
        &self.access_key_secret
    }

    /// The STS token: never show it.
    #[must_use]
    pub fn security_token(&self) -> Option<&str> {
        self.security_token.as_ref().map(|token| token.as_str())
    }
}

impl FromValue for Zeroizing<String> {
    const SCHEMA: &'static Schema = String::SCHEMA;

    fn from_checked(value: &Value<'_>) -> Self {
        Self::new(String::from_checked(value))
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Credentials")
            .field("access_key_id", &self.access_key_id)
            .field("access_key_secret", &"***")
            .field("security_token", &self.security_token.as_ref().map(|_| "***"))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn debug_shows_neither_secret_nor_token() {
        let credentials = super::Credentials::new("id", "s3cret").with_security_token("t0ken");
        let shown = format!("{credentials:?} {credentials:#?}");
        assert!(shown.contains("id") && !shown.contains("s3cret") && !shown.contains("t0ken"));
    }
}
