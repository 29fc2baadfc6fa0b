//! Limits of the operator on purchases.

use havenask_core::model::{ChargeType, CreateInstanceRequest};

/// Limits on purchases. Only renewal is limited by default.
#[derive(Clone, Debug, Default)]
pub struct PurchasePolicy {
    /// Purchases in an hour, of all buyers and all proxies of a ledger together.
    pub purchases_per_hour: Option<u32>,
    /// The longest term, in months.
    pub max_term_months: Option<u32>,
    /// True if an instance may renew itself, and be paid for again and again.
    pub allow_auto_renew: bool,
    /// The component codes that are sold; all of them when there are none here.
    pub allowed_components: Vec<String>,
}

impl PurchasePolicy {
    /// Names the part of a request that is not sold, in words. An order that cannot be held against a limit is not sold under it.
    pub(crate) fn violation(&self, request: &CreateInstanceRequest) -> Option<String> {
        self.term(request).or_else(|| self.renewal(request)).or_else(|| self.components(request))
    }

    fn term(&self, request: &CreateInstanceRequest) -> Option<String> {
        let longest = self.max_term_months?;
        match &request.order {
            // An instance that is paid by use has no term.
            None if request.charge_type == Some(ChargeType::Postpay) => None,
            Some(order) if order.months().is_some_and(|months| months <= longest.into()) => None,
            _ => {
                let months = if longest == 1 { "month" } else { "months" };
                let said = format!("{longest} {months} at most, with /order/pricingCycle.");
                Some(format!("/order/duration: {said}"))
            }
        }
    }

    fn renewal(&self, request: &CreateInstanceRequest) -> Option<String> {
        let renews = request.order.as_ref().and_then(|order| order.auto_renew).unwrap_or_default();
        (renews && !self.allow_auto_renew)
            .then(|| "/order/autoRenew: renewal needs --allow-auto-renew.".to_owned())
    }

    fn components(&self, request: &CreateInstanceRequest) -> Option<String> {
        if self.allowed_components.is_empty() {
            return None;
        }
        let sold = self.allowed_components.join(", ");
        let components = request.components.as_deref().unwrap_or_default();
        if components.is_empty() {
            return Some(format!("/components: only {sold} can be bought."));
        }
        let foreign =
            components.iter().position(|it| !self.allowed_components.contains(&it.code))?;
        Some(format!("/components/{foreign}/code: only {sold} can be bought."))
    }
}
