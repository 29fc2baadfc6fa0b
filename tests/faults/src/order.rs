//! An order: its mark, which all its keys share, and what it may cost.

/// The tag that tells an order from every other.
pub(crate) const ORDER: &str = "campaign-order";

/// The price of an order in the emulator's list, in hundredths of CNY.
const LIST_PRICE: i64 = 52_240;
/// The most that an order with a bound may cost, in hundredths: prices rise above it now and then.
pub(crate) const BOUND: i64 = 60_000;
/// The bound as a header.
pub(crate) const MAX_PRICE: &str = "CNY 600.00";

/// Returns true for an order whose buyer sends a bound.
pub(crate) fn has_bound(order: &str) -> bool {
    order.bytes().map(u64::from).sum::<u64>().is_multiple_of(2)
}

/// The budget of a campaign, in hundredths: a little less than all of its orders cost.
pub(crate) fn budget(orders: usize) -> i64 {
    i64::try_from(orders).unwrap_or(i64::MAX / LIST_PRICE) * LIST_PRICE / 100 * 85
}

/// The regions of the cloud, the first of which is that of orders that name none.
pub(crate) const REGIONS: [&str; 2] = ["cn-hangzhou", "cn-beijing"];

/// The region in which an order is bought, under whatever key.
pub(crate) fn region(order: &str) -> &'static str {
    let sum: usize = order.bytes().map(usize::from).sum();
    // Not those alone that have a bound.
    REGIONS[sum / 2 % REGIONS.len()]
}
