//! The account behind the credentials: who pays, and how much it can.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use havenask_core::{
    FromValue, Locale, Operation,
    identity::{CallerIdentity, get_caller_identity},
    json::Value,
    pricing::bss::{Balance, query_account_balance, read_balance},
};
use schemars::JsonSchema;
use serde::Serialize;
use tokio::sync::watch;

use super::exact_json;
use crate::{
    ledger::OpenError,
    routes::Proxy,
    upstream::{Parcel, Upstream},
};

/// The time for which a balance, or that there is none to see, is told again.
const BALANCE_IS_FRESH: Duration = Duration::from_mins(1);
/// The time that a page waits for what the account is.
const PATIENCE: Duration = Duration::from_secs(3);

/// The account that pays.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct AccountInfo {
    /// Its id.
    id: String,
    /// The name of the account, the RAM user or the role whose credentials sign.
    arn: String,
}

/// What is known of the account, for all threads.
#[derive(Debug, Default)]
pub(crate) struct Known {
    identity: Mutex<Option<CallerIdentity>>,
    balance: Mutex<Option<(Instant, Option<Balance>)>>,
}

/// The account behind the credentials of the proxy.
#[derive(Debug)]
pub(crate) struct Account {
    sts: Upstream,
    billing: Upstream,
    known: Arc<Known>,
}

impl Account {
    pub(crate) fn new(sts: Upstream, billing: Upstream, known: Arc<Known>) -> Self {
        Self { sts, billing, known }
    }

    /// The same for another thread, over connections of its own.
    pub(crate) fn with(&self, sts: Upstream, billing: Upstream) -> Self {
        Self::new(sts, billing, Arc::clone(&self.known))
    }

    /// The account, where it can be found out; it is asked for until it is known.
    pub(crate) async fn info(&self) -> Option<AccountInfo> {
        let CallerIdentity { account_id, arn } = self.identity().await?;
        Some(AccountInfo { id: account_id, arn })
    }

    /// The identity of the credentials.
    async fn identity(&self) -> Option<CallerIdentity> {
        let known = self.identity_cell().clone();
        if known.is_some() { known } else { self.ask_identity().await }
    }

    /// Asks for the identity of the credentials of now.
    pub(crate) async fn ask_identity(&self) -> Option<CallerIdentity> {
        let answer = ask(&self.sts, get_caller_identity()).await?;
        let identity = CallerIdentity::from_value(answer).ok()?;
        *self.identity_cell() = Some(identity.clone());
        Some(identity)
    }

    fn identity_cell(&self) -> MutexGuard<'_, Option<CallerIdentity>> {
        self.known.identity.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The balance of the account, where the credentials may see it: `CNY 1234.50`.
    pub(crate) async fn balance(&self) -> Option<String> {
        let known = || self.known.balance.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = known().clone().filter(|(at, _)| at.elapsed() < BALANCE_IS_FRESH);
        let balance = if let Some((_, balance)) = fresh {
            balance
        } else {
            let answer = ask(&self.billing, query_account_balance()).await;
            let balance = answer.as_ref().and_then(read_balance);
            *known() = Some((Instant::now(), balance.clone()));
            balance
        };
        balance.map(|Balance { currency, available }| format!("{currency} {available}"))
    }
}

async fn ask(upstream: &Upstream, operation: Operation) -> Option<Value<'static>> {
    let asking = upstream.ask(Parcel::Own(operation), Locale::En);
    let answer = tokio::time::timeout(PATIENCE, asking).await.ok()?.ok()?;
    if answer.status == 200 { exact_json::read(&answer.body) } else { None }
}

/// The pause before the account is asked for again: when it is not known, and when it is, since credentials change.
const PAUSES: [Duration; 2] = [Duration::from_secs(30), Duration::from_mins(10)];

/// Binds the ledger to the account, where it can be found out.
pub(crate) async fn bind(proxy: &Proxy) -> Result<bool, OpenError> {
    let Some(identity) = proxy.account.ask_identity().await else { return Ok(false) };
    proxy.ledger.bind_account(&identity.account_id).await?;
    Ok(true)
}

/// Binds the ledger to the account as soon as it is known, and looks again while the proxy runs.
pub(crate) async fn watch(proxy: Arc<Proxy>, mut ended: watch::Receiver<bool>) {
    if proxy.config.relay {
        return;
    }
    let mut is_known = proxy.account.identity_cell().is_some();
    loop {
        let pause = PAUSES[usize::from(is_known)];
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = ended.changed() => return,
        }
        is_known = bind(&proxy).await.unwrap_or_else(|error| {
            tracing::error!(%error, "no purchase is taken any more");
            true
        });
    }
}
