//! Fault injection.

mod fault;
mod rule;
mod rules;

pub(crate) use self::rules::InjectedFaults;
pub use self::{
    fault::{ErrorFormat, Fault},
    rule::{FaultRule, InvalidRule, RequestFilter},
    rules::{Faults, RuleStatus},
};
