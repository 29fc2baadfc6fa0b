//! Active rules. They apply in the order in which they were added, and only the first that matches a request applies to it;
//! late visibility, which takes effect after the request, combines with any other.

use std::sync::{Mutex, PoisonError};

use fastrand::Rng;
use serde::Serialize;

use super::{Fault, FaultRule, InvalidRule};

/// Rules of an emulator.
#[derive(Debug, Default)]
pub struct Faults {
    rules: Mutex<ActiveRules>,
}

#[derive(Debug, Default)]
struct ActiveRules {
    active: Vec<ActiveRule>,
    last_id: u64,
}

#[derive(Debug)]
struct ActiveRule {
    status: RuleStatus,
    random: Rng,
}

/// A rule with its counts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RuleStatus {
    /// Id, which removes it.
    pub id: u64,
    /// Rule.
    #[serde(flatten)]
    pub rule: FaultRule,
    /// Number of requests of its operation.
    pub seen: u64,
    /// Number of requests that the fault applied to.
    pub hit: u64,
}

/// Faults that apply to a request.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct InjectedFaults {
    pub(crate) fault: Option<Fault>,
    pub(crate) late_visibility: Option<Fault>,
}

impl InjectedFaults {
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        [&self.fault, &self.late_visibility].into_iter().flatten().map(Fault::name)
    }
}

impl Faults {
    /// Adds a rule, and returns its id.
    pub fn add(&self, mut rule: FaultRule) -> Result<u64, InvalidRule> {
        rule.check()?;
        if let Some(operation) = rule.fault.only_operation() {
            rule = rule.on(operation);
        }
        let random = Rng::with_seed(rule.filter.seed);
        self.with(|rules| {
            rules.last_id += 1;
            let status = RuleStatus { id: rules.last_id, rule, seen: 0, hit: 0 };
            rules.active.push(ActiveRule { status, random });
            Ok(rules.last_id)
        })
    }

    /// Lists all rules, including those that apply no more.
    pub fn list(&self) -> Vec<RuleStatus> {
        self.with(|rules| rules.active.iter().map(|active| active.status.clone()).collect())
    }

    /// Removes a rule. Returns false if no rule has this id.
    pub fn remove(&self, id: u64) -> bool {
        self.with(|rules| {
            let before = rules.active.len();
            rules.active.retain(|active| active.status.id != id);
            rules.active.len() < before
        })
    }

    /// Removes all rules.
    pub fn clear(&self) {
        self.with(|rules| rules.active.clear());
    }

    /// Faults for a request of this operation. To a request of no known operation only rules without an operation apply.
    pub(crate) fn apply_rules(&self, operation: Option<&str>) -> InjectedFaults {
        self.with(|rules| {
            let (late, others): (Vec<_>, Vec<_>) =
                rules.active.iter_mut().partition(|active| active.is_late_visibility());
            let first = |rules: Vec<&mut ActiveRule>| {
                rules.into_iter().find_map(|active| active.apply(operation))
            };
            InjectedFaults { fault: first(others), late_visibility: first(late) }
        })
    }

    fn with<T>(&self, act: impl FnOnce(&mut ActiveRules) -> T) -> T {
        act(&mut self.rules.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl ActiveRule {
    fn is_late_visibility(&self) -> bool {
        matches!(self.status.rule.fault, Fault::LateVisibility { .. })
    }

    fn apply(&mut self, operation: Option<&str>) -> Option<Fault> {
        let Self { status: RuleStatus { rule, seen, hit, .. }, random } = self;
        let FaultRule { filter, fault } = rule;
        if filter.operation.is_some() && filter.operation.as_deref() != operation {
            return None;
        }
        *seen += 1;
        let due = *seen > filter.skip
            && filter.times.is_none_or(|times| *hit < times)
            && filter.probability.is_none_or(|probability| random.f64() < probability);
        if !due {
            return None;
        }
        *hit += 1;
        Some(fault.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(rule: FaultRule, requests: u32) -> Vec<u32> {
        let faults = Faults::default();
        faults.add(rule).unwrap();
        (0..requests).filter(|_| faults.apply_rules(Some("GetInstance")).fault.is_some()).collect()
    }

    #[test]
    fn by_count() {
        let rule = || FaultRule::new(Fault::HalfAnswer);
        assert_eq!(hits(rule(), 3), [0, 1, 2]);
        assert_eq!(hits(rule().times(2), 5), [0, 1]);
        assert_eq!(hits(rule().after(1).times(2), 5), [1, 2]);
        assert_eq!(hits(rule().on("CreateInstance"), 5), [0; 0]);
        assert_eq!(hits(rule().on("GetInstance").times(1), 5), [0]);
        assert_eq!(hits(rule().times(0), 5), [0; 0]);
    }

    #[test]
    fn by_probability_and_always_the_same_for_a_seed() {
        let share = |probability, seed| {
            hits(FaultRule::new(Fault::HalfAnswer).sometimes(probability, seed), 1000)
        };
        assert_eq!(share(0.3, 7), share(0.3, 7));
        assert_ne!(share(0.3, 7), share(0.3, 8));
        assert!((250..350).contains(&share(0.3, 7).len()));
        assert_eq!((share(0.0, 1).len(), share(1.0, 1).len()), (0, 1000));
    }

    #[test]
    fn the_first_rule_that_hits_is_the_only_one() {
        let faults = Faults::default();
        let first = faults.add(FaultRule::new(Fault::HalfAnswer).times(1)).unwrap();
        let second = faults.add(FaultRule::new(Fault::CloseAfterCommit)).unwrap();
        assert_eq!(faults.apply_rules(None).fault, Some(Fault::HalfAnswer));
        assert_eq!(faults.apply_rules(None).fault, Some(Fault::CloseAfterCommit));
        let counts: Vec<_> = faults.list().iter().map(|it| (it.id, it.seen, it.hit)).collect();
        assert_eq!(counts, [(first, 2, 1), (second, 1, 1)]);
        assert!(faults.remove(second) && !faults.remove(second));
        assert_eq!(faults.apply_rules(None), InjectedFaults::default());
    }
}
