//! The directory of accounts: who buys in which.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use tokio::{
    sync::{Semaphore, watch},
    task::JoinSet,
};

use super::{
    clients::{AccountClients, ClientFactory},
    role::RoleAccount,
};
use crate::{
    config::{AccountsFile, DefaultAccount, PrincipalRole},
    credentials::{CredentialProvider, REFRESH_INTERVAL},
    upstream::Upstream,
};

/// The pause after a role could not be assumed.
const RETRY_DELAY: Duration = Duration::from_secs(10);
/// Roles that are assumed at the same time: STS limits how many are in a second.
const MAX_CONCURRENT: usize = 16;

/// The account of a principal.
pub(crate) enum AccountChoice {
    /// That of the proxy's own credentials.
    Own,
    /// That of a role.
    Role(Arc<AccountClients>),
    /// That of a role that is not assumed.
    Unavailable,
    /// None.
    NotConfigured,
}

/// The accounts of all principals. Without a file, everybody has that of the proxy's own credentials.
#[derive(Debug)]
pub(crate) struct Accounts {
    sts: Upstream,
    factory: ClientFactory,
    table: RwLock<Option<Arc<AccountTable>>>,
}

/// The file, as it was read last.
#[derive(Debug)]
struct AccountTable {
    roles: HashMap<String, Arc<RoleAccount>>,
    default: Option<DefaultAccount>,
}

impl Accounts {
    pub(crate) fn new(factory: ClientFactory, own: &Arc<CredentialProvider>) -> Self {
        let sts = factory.sts(own);
        let accounts = Self { sts, table: RwLock::default(), factory };
        accounts.replace(accounts.factory.config.accounts.clone());
        accounts
    }

    /// The account of a principal.
    pub(crate) fn choose(&self, principal: &str) -> AccountChoice {
        let Some(table) = self.table() else { return AccountChoice::Own };
        match (table.roles.get(principal), table.default) {
            (Some(role), _) => {
                role.clients().map_or(AccountChoice::Unavailable, AccountChoice::Role)
            }
            (None, Some(DefaultAccount::Own)) => AccountChoice::Own,
            (None, None) => AccountChoice::NotConfigured,
        }
    }

    /// Clients that see the instances of an account: those of this principal, or of another who has it.
    pub(crate) fn in_account(&self, account: &str, principal: &str) -> Option<Arc<AccountClients>> {
        let table = self.table()?;
        let own = table.roles.get(principal).into_iter();
        let mut roles = own.chain(table.roles.values()).filter(|it| it.arn.account == account);
        roles.find_map(|role| role.clients())
    }

    /// Takes a file that was read again. A role that stays keeps its credentials.
    pub(crate) fn replace(&self, file: Option<AccountsFile>) {
        let before = self.table();
        let table = file.map(|file| {
            let role = |entry: PrincipalRole| {
                let known = before.as_ref().and_then(|it| it.roles.get(&entry.principal));
                let role = known.filter(|role| role.arn == entry.role_arn).cloned();
                let role = role.unwrap_or_else(|| {
                    Arc::new(RoleAccount::new(&entry.principal, entry.role_arn))
                });
                (entry.principal, role)
            };
            let roles = file.accounts.into_iter().map(role).collect();
            Arc::new(AccountTable { roles, default: file.default })
        });
        *self.table.write().unwrap_or_else(PoisonError::into_inner) = table;
    }

    /// Assumes each role that is not assumed, or whose credentials expire soon; returns whether all are.
    pub(crate) async fn refresh(self: &Arc<Self>) -> bool {
        let Some(table) = self.table() else { return true };
        let mut refreshing = JoinSet::new();
        let places = Arc::new(Semaphore::new(MAX_CONCURRENT));
        for (principal, role) in &table.roles {
            let (accounts, principal, role) =
                (Arc::clone(self), principal.clone(), Arc::clone(role));
            let places = Arc::clone(&places);
            refreshing.spawn(async move {
                // Nobody closes it.
                let _place = places.acquire().await;
                let refreshed = role.refresh(&accounts.sts, &accounts.factory).await;
                if let Err(error) = &refreshed {
                    tracing::error!(principal, error, "a role could not be assumed");
                }
                refreshed.is_ok()
            });
        }
        refreshing.join_all().await.into_iter().all(|is_assumed| is_assumed)
    }

    /// Keeps the roles assumed until the end.
    pub(crate) async fn run_refresh(self: Arc<Self>, mut ended: watch::Receiver<bool>) {
        loop {
            let refresh = async {
                let are_assumed = self.refresh().await;
                tokio::time::sleep(if are_assumed { REFRESH_INTERVAL } else { RETRY_DELAY }).await;
            };
            tokio::select! {
                () = refresh => {}
                _ = ended.changed() => return,
            }
        }
    }

    fn table(&self) -> Option<Arc<AccountTable>> {
        self.table.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
