//! A role that the proxy assumes for a principal.

use std::sync::{Arc, OnceLock};

use super::{
    assume::assume,
    clients::{AccountClients, ClientFactory},
};
use crate::{config::RoleArn, credentials::CredentialProvider, sha256::sha256, upstream::Upstream};

/// Letters of the hash of a principal whose name can be no session.
const HASH_IN_SESSION: usize = 16;

/// A role, under the session of its principal, and what it makes clients of since it was first assumed.
#[derive(Debug)]
pub(super) struct RoleAccount {
    pub(super) arn: RoleArn,
    session: String,
    assumed: OnceLock<(Arc<CredentialProvider>, Arc<AccountClients>)>,
}

impl RoleAccount {
    pub(super) fn new(principal: &str, arn: RoleArn) -> Self {
        Self { arn, session: session_name(principal), assumed: OnceLock::new() }
    }

    /// The clients, while its credentials are good.
    pub(super) fn clients(&self) -> Option<Arc<AccountClients>> {
        let (credentials, clients) = self.assumed.get()?;
        credentials.is_valid().then(|| Arc::clone(clients))
    }

    /// Assumes the role where that was not done, or its credentials expire soon.
    pub(super) async fn refresh(
        &self,
        sts: &Upstream,
        factory: &ClientFactory,
    ) -> Result<(), String> {
        let assumed = self.assumed.get();
        if assumed.is_some_and(|(credentials, _)| !credentials.expires_soon()) {
            return Ok(());
        }
        let (credentials, expires) = assume(sts, &self.arn, &self.session).await?;
        if let Some((provider, _)) = assumed {
            provider.renew(credentials, expires);
            return Ok(());
        }
        let provider = Arc::new(CredentialProvider::issued(credentials, expires));
        let clients = Arc::new(factory.clients(Some(&self.arn.account), &provider));
        clients.account.ask_identity().await;
        // Of two that assume it at once, the first stays.
        let _ = self.assumed.set((provider, clients));
        Ok(())
    }
}

/// The name of a session: the principal, or its hash where the name has other characters.
pub(crate) fn session_name(principal: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".@-_".contains(&byte);
    if (2..=64).contains(&principal.len()) && principal.bytes().all(plain) {
        return principal.to_owned();
    }
    let hash = sha256(&[principal.as_bytes()]);
    format!("havenask-{}", &hash[..HASH_IN_SESSION])
}
