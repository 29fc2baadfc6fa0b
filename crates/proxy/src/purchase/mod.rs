//! Purchases: checked, executed once, and reconciled with the cloud when no answer came.

mod charge;
mod check;
mod consent;
mod execute;
mod finish;
mod in_flight;
mod ledger_result;
mod order;
mod policy;
mod readiness;
mod reconcile;
mod refuse;
mod replay;
mod schedule;

pub use self::policy::PurchasePolicy;
pub(crate) use self::{
    check::{CheckedOrder, check},
    execute::execute,
    in_flight::InFlight,
    order::PurchaseOrder,
    readiness::Readiness,
    reconcile::reconcile,
};
