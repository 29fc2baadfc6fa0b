//! The account behind the credentials: its identity and its balance.

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
use tokio::sync::{Notify, watch};

use super::exact_json;
use crate::{
    ledger::{Ledger, OpenError},
    upstream::{OutgoingRequest, Upstream},
};

/// The time that a page waits for an answer, once in a while.
const TIMEOUT: Duration = Duration::from_secs(3);
/// The time for which a balance is told again.
const BALANCE_TTL: Duration = Duration::from_mins(1);
/// The time for which nothing is asked again that was not told: credentials without the permission rarely get it.
const ABSENCE_TTL: Duration = Duration::from_mins(10);
/// The pause before an account that is not known is asked for again.
const IDENTITY_RETRY: Duration = Duration::from_secs(30);
/// The pause before an account that is known is asked for again.
const IDENTITY_INTERVAL: Duration = Duration::from_mins(10);

/// The account that pays.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct AccountInfo {
    /// Its id.
    id: String,
    /// The name of the account, the RAM user or the role whose credentials sign.
    arn: String,
}

/// Facts of the account, for all threads.
#[derive(Debug, Default)]
pub(crate) struct AccountCache {
    identity: Mutex<Option<CallerIdentity>>,
    balance: Mutex<Option<(Instant, Option<Balance>)>>,
    /// The credentials are new: they may be of another account.
    renewed: Notify,
}

impl AccountCache {
    /// Has the account asked for again, since the credentials are new.
    pub(crate) fn renew(&self) {
        self.renewed.notify_one();
    }
}

/// The account behind the credentials of the proxy.
#[derive(Debug)]
pub(crate) struct Account {
    sts: Upstream,
    billing: Upstream,
    cache: Arc<AccountCache>,
}

impl Account {
    pub(crate) fn new(sts: Upstream, billing: Upstream, cache: Arc<AccountCache>) -> Self {
        Self { sts, billing, cache }
    }

    /// The same for another thread, over connections of its own.
    pub(crate) fn with_connections(&self, sts: Upstream, billing: Upstream) -> Self {
        Self::new(sts, billing, Arc::clone(&self.cache))
    }

    /// The account, where it is known by now; [`Self::watch`] asks for it, so that no page waits.
    pub(crate) fn info(&self) -> Option<AccountInfo> {
        let CallerIdentity { account_id, arn } = self.identity_cell().clone()?;
        Some(AccountInfo { id: account_id, arn })
    }

    /// Asks for the identity of the credentials of now.
    pub(crate) async fn ask_identity(&self) -> Option<CallerIdentity> {
        let answer = ask(&self.sts, get_caller_identity()).await?;
        let identity = CallerIdentity::from_value(answer).ok()?;
        *self.identity_cell() = Some(identity.clone());
        Some(identity)
    }

    fn identity_cell(&self) -> MutexGuard<'_, Option<CallerIdentity>> {
        self.cache.identity.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The balance of the account, where the credentials may see it: `CNY 1234.50`.
    pub(crate) async fn balance(&self) -> Option<String> {
        let known = || self.cache.balance.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = known().clone().filter(|(at, balance)| {
            at.elapsed() < if balance.is_some() { BALANCE_TTL } else { ABSENCE_TTL }
        });
        let balance = if let Some((_, balance)) = fresh {
            balance
        } else {
            let answer = ask(&self.billing, query_account_balance()).await;
            let balance = answer.as_ref().and_then(read_balance);
            *known() = Some((Instant::now(), balance.clone()));
            balance
        };
        balance.as_ref().map(Balance::to_string)
    }

    /// Binds a ledger to the account; returns whether that is known.
    pub(crate) async fn bind(&self, ledger: &Ledger) -> Result<bool, OpenError> {
        let Some(identity) = self.ask_identity().await else { return Ok(false) };
        ledger.bind_account(&identity.account_id).await?;
        Ok(true)
    }

    /// Binds a ledger to the account as soon as that is known, and again while the proxy runs, since credentials change.
    pub(crate) async fn watch(&self, ledger: &Ledger, mut ended: watch::Receiver<bool>) {
        let mut is_known = self.identity_cell().is_some();
        loop {
            let pause = if is_known { IDENTITY_INTERVAL } else { IDENTITY_RETRY };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.cache.renewed.notified() => {}
                _ = ended.changed() => return,
            }
            is_known = match self.bind(ledger).await {
                Ok(is_known) => is_known,
                Err(error) => {
                    let takes_purchases = !ledger.is_foreign();
                    tracing::error!(%error, takes_purchases, "the account of the ledger");
                    false
                }
            };
        }
    }
}

async fn ask(upstream: &Upstream, operation: Operation) -> Option<Value<'static>> {
    let asking = upstream.query(OutgoingRequest::Unsigned(operation), Locale::En);
    let answer = tokio::time::timeout(TIMEOUT, asking).await.ok()?.ok()?;
    if answer.status == 200 { exact_json::read(&answer.body) } else { None }
}
