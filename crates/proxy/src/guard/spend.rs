//! What the operator of a proxy sells, and how much of it.

use havenask_core::model::{CreateInstanceRequest, PricingCycle};

/// Limits of what is bought. Nothing is limited unless it is said.
#[derive(Clone, Debug, Default)]
pub struct Spend {
    /// Purchases in an hour, of all buyers and all proxies of a ledger together.
    pub an_hour: Option<u32>,
    /// The longest term, in months.
    pub longest_term: Option<u32>,
    /// The component codes that are sold; all of them when there are none here.
    pub components: Vec<String>,
}

impl Spend {
    /// What of a request is not sold, in words.
    pub(crate) fn refuses(&self, request: &CreateInstanceRequest) -> Option<String> {
        let order = request.order.as_ref();
        let months = order.and_then(|order| {
            let cycle = match order.pricing_cycle? {
                PricingCycle::Month => 1,
                PricingCycle::Year => 12,
            };
            order.duration?.checked_mul(cycle)
        });
        match (months, self.longest_term) {
            (Some(months), Some(longest)) if months > longest.into() => {
                return Some(format!("/order/duration: {longest} months at most."));
            }
            _ => {}
        }
        let components = request.components.iter().flatten();
        let foreign = (0..).zip(components).find(|(_, component)| {
            !self.components.is_empty() && !self.components.contains(&component.code)
        });
        foreign.map(|(place, _): (usize, _)| {
            format!("/components/{place}/code: {}.", self.components.join(", "))
        })
    }
}
