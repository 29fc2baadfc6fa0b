//! A sample price list for the components of the sample catalogue. Every price is made up: none is the cloud's.

use havenask_core::model::{Component, CreateInstanceRequest, Order, PricingCycle};

/// Currency of all prices.
pub(super) const CURRENCY: &str = "CNY";

/// Fee of an instance, in hundredths for a month.
const INSTANCE: (&str, u64) = ("sample-instance", 27_740);
/// Fee of so many gigabytes.
const DATA_SIZE: (&str, u64, u64) = ("searcherdocsize", 50, 6_125);
const NODES: [NodePrices; 2] = [
    NodePrices {
        number: "sample-query-nodes",
        size: "sample-query-spec",
        fees: [("4c8g", 38_690), ("8c16g", 77_380), ("16c32g", 154_760)],
    },
    NodePrices {
        number: "sample-data-nodes",
        size: "sample-data-spec",
        fees: [("4c16g", 45_550), ("8c32g", 91_100), ("16c64g", 182_200)],
    },
];
/// Size of a data node whose index storage is charged by usage.
const USAGE_SPEC: (&str, &str) = ("sample-data-spec", "16c64g");
const USAGE: UsagePrice =
    UsagePrice {
        code: "sample-index-storage", unit: "GB·Month", price: 35, assumed_quantity: 100
    };
/// Percent that a term in years costs less.
const YEAR_DISCOUNT: u64 = 15;

/// Fees of nodes: the component of their number, that of their size, and the fee of each size.
struct NodePrices {
    number: &'static str,
    size: &'static str,
    fees: [(&'static str, u64); 3],
}

/// Price of an order, in hundredths.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OrderPrice {
    pub(super) months: u64,
    pub(super) modules: Vec<ModulePrice>,
    pub(super) usage: Option<UsagePrice>,
}

/// Price of a part for the whole term.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ModulePrice {
    pub(super) code: &'static str,
    pub(super) original: u64,
    pub(super) discount: u64,
}

/// Price of what is charged by usage.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UsagePrice {
    pub(super) code: &'static str,
    pub(super) unit: &'static str,
    pub(super) price: u64,
    /// Quantity that a quote counts with.
    pub(super) assumed_quantity: u64,
}

/// Prices an order that the sample catalogue offers, in percent of the list.
pub(super) fn price(request: &CreateInstanceRequest, percent: u32) -> OrderPrice {
    let components = request.components.as_deref().unwrap_or_default();
    let (months, is_yearly) = term(request.order.as_ref());
    let monthly = monthly_fees(components);
    let modules = monthly.into_iter().map(|(code, fee)| {
        let original = fee.saturating_mul(months).saturating_mul(percent.into()) / 100;
        let discount = if is_yearly { original * YEAR_DISCOUNT / 100 } else { 0 };
        ModulePrice { code, original, discount }
    });
    let usage = (value(components, USAGE_SPEC.0) == Some(USAGE_SPEC.1)).then_some(USAGE);
    OrderPrice { months, modules: modules.collect(), usage }
}

/// Months of a term, one where it names none, and true for a term in years.
fn term(order: Option<&Order>) -> (u64, bool) {
    let duration: Option<u64> = order.and_then(|it| it.duration).and_then(|it| it.try_into().ok());
    let cycle = order.and_then(|it| it.pricing_cycle).unwrap_or(PricingCycle::Month);
    (duration.unwrap_or(1).saturating_mul(cycle.months()), cycle == PricingCycle::Year)
}

fn monthly_fees(components: &[Component]) -> Vec<(&'static str, u64)> {
    let amount = |code| value(components, code).and_then(|it| it.parse::<u64>().ok());
    let mut fees = vec![INSTANCE];
    let (code, gigabytes, fee) = DATA_SIZE;
    if let Some(size) = amount(code) {
        fees.push((code, size.div_ceil(gigabytes).saturating_mul(fee)));
    }
    for nodes in &NODES {
        let size = value(components, nodes.size);
        let fee = nodes.fees.iter().find(|(name, _)| Some(*name) == size).or(nodes.fees.first());
        // A size without a number is that of one node, a number without a size is of the smallest.
        let count = amount(nodes.number).or(size.map(|_| 1)).unwrap_or_default();
        if let Some((_, fee)) = fee.filter(|_| count > 0) {
            fees.push((nodes.number, count.saturating_mul(*fee)));
        }
    }
    fees
}

fn value<'a>(components: &'a [Component], code: &str) -> Option<&'a str> {
    components.iter().find(|it| it.code == code)?.value.as_deref()
}
