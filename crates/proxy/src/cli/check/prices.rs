//! Checks of the account that pays, and of quotes.

use std::{
    io::{self, Write},
    sync::Arc,
};

use havenask_core::{
    Endpoint, Locale,
    model::{ChargeType, Component, CreateInstanceRequest, Order, PricingCycle},
    pricing::{Quote, QuoteStatus},
};
use prometheus_client::metrics::counter::Counter;

use super::{
    accounts,
    report::{CheckResult, Report},
};
use crate::{
    config::{Limits, ProxySettings, RegionEndpoint},
    credentials::CredentialProvider,
    ledger::bound_account,
    metrics::Metrics,
    pricing::{Account, Quotes, Services},
    upstream::Upstream,
};

/// Clients that ask for the account and for prices.
pub(super) struct PriceClients<'a> {
    pub(super) settings: &'a ProxySettings,
    pub(super) limits: Limits,
    pub(super) credentials: &'a Arc<CredentialProvider>,
}

impl PriceClients<'_> {
    /// Checks the account.
    pub(super) async fn account(
        &self,
        at: &RegionEndpoint,
        report: &mut Report<'_, impl Write>,
    ) -> io::Result<()> {
        let services = self.services(at);
        let (sts, billing) = (self.to(services.sts), self.to(services.billing));
        let account = Account::new(sts, billing, Arc::default());
        report.add("account", who_pays(self.settings, &account).await)
    }

    /// Checks the roles of principals, where there are any.
    pub(super) async fn roles(
        &self,
        at: &RegionEndpoint,
        report: &mut Report<'_, impl Write>,
    ) -> io::Result<()> {
        let Ok(Some(file)) = self.settings.accounts() else { return Ok(()) };
        let sts = self.to(self.services(at).sts);
        report.add("roles", accounts::roles(&file, &sts).await)
    }

    /// Checks the price of a small order, which buys nothing.
    pub(super) async fn price(
        &self,
        at: &RegionEndpoint,
        report: &mut Report<'_, impl Write>,
    ) -> io::Result<()> {
        let cloud_control = self.to(self.services(at).cloud_control);
        let metrics = Arc::new(Metrics::new(Counter::default()));
        let quotes = Quotes::new(cloud_control, at.region.clone(), Arc::default(), metrics);
        report.add("prices", price(quotes.fresh(&small_order(), Locale::En).await))
    }

    fn services(&self, at: &RegionEndpoint) -> Services {
        Services::of(&at.endpoint, self.settings.account_site())
    }

    fn to(&self, endpoint: Endpoint) -> Upstream {
        let metrics = Arc::new(Metrics::new(Counter::default()));
        Upstream::new(endpoint, self.limits, Arc::clone(self.credentials), metrics)
    }
}

async fn who_pays(settings: &ProxySettings, account: &Account) -> CheckResult {
    let Some(identity) = account.ask_identity().await else {
        return CheckResult::warn(
            "STS does not tell the account of the credentials: the form cannot name who pays, and the ledger is bound to no account.",
        );
    };
    match bound_account(&settings.ledger).await {
        Some(bound) if bound != identity.account_id => CheckResult::fail(format!(
            "the credentials belong to the account {}, and the ledger to {bound}. Use a ledger of its own, or move this one with \
             havenask-proxy ledger bind.",
            identity.account_id
        )),
        _ => CheckResult::ok(format!("{} pays ({})", identity.account_id, identity.arn)),
    }
}

/// The smallest order that names everything.
fn small_order() -> CreateInstanceRequest {
    CreateInstanceRequest {
        charge_type: Some(ChargeType::Prepay),
        components: Some(vec![Component::new("searcherdocsize", "200")]),
        order: Some(Order {
            duration: Some(1),
            pricing_cycle: Some(PricingCycle::Month),
            auto_renew: None,
        }),
        ..CreateInstanceRequest::default()
    }
}

fn price(quote: Quote) -> CheckResult {
    let reason = quote.reason.map(|it| format!("{}: {}", it.code, it.remedy)).unwrap_or_default();
    match (quote.status, quote.price) {
        (QuoteStatus::Priced, Some(price)) => CheckResult::ok(format!(
            "the cloud quotes orders, a small one {} {}: the form shows the price before the purchase",
            price.currency, price.total
        )),
        (QuoteStatus::Refused, _) => CheckResult::ok(format!(
            "the cloud quotes orders, and refuses the small one of this test ({reason}): the form shows prices of those that it takes"
        )),
        _ => CheckResult::warn(format!(
            "the cloud quotes no price ({reason}): the form says that the amount is unknown, and --max-price and --budget refuse \
             every order without --allow-unpriced"
        )),
    }
}
