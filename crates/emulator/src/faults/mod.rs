//! Misbehaviour on command. Rules are followed in the order in which they came, and the first one that hits a request is
//! the only one that does; late visibility, which is about a time after the request, goes with any other.

mod fault;
mod rule;

use std::sync::{Mutex, PoisonError};

use fastrand::Rng;
use serde::Serialize;

pub use self::{
    fault::{Fault, Format},
    rule::{InvalidRule, Rule, When},
};

/// The rules of an emulator.
#[derive(Debug, Default)]
pub struct Faults {
    rules: Mutex<Rules>,
}

#[derive(Debug, Default)]
struct Rules {
    active: Vec<Active>,
    last_id: u64,
}

#[derive(Debug)]
struct Active {
    standing: Standing,
    random: Rng,
}

/// A rule, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Standing {
    /// By what it is removed.
    pub id: u64,
    /// What goes wrong, and when.
    #[serde(flatten)]
    pub rule: Rule,
    /// Requests of its operation.
    pub seen: u64,
    /// Those with which it went wrong.
    pub hit: u64,
}

/// What goes wrong with a request.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Struck {
    pub(crate) fault: Option<Fault>,
    /// Late visibility.
    pub(crate) later: Option<Fault>,
}

impl Struck {
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        [&self.fault, &self.later].into_iter().flatten().map(Fault::name)
    }
}

impl Faults {
    /// Follows a rule from now on. Its id removes it.
    pub fn add(&self, mut rule: Rule) -> Result<u64, InvalidRule> {
        rule.check()?;
        if matches!(rule.fault, Fault::LateVisibility { .. }) {
            rule = rule.on("CreateInstance");
        }
        let random = Rng::with_seed(rule.when.seed);
        self.with(|rules| {
            rules.last_id += 1;
            let standing = Standing { id: rules.last_id, rule, seen: 0, hit: 0 };
            rules.active.push(Active { standing, random });
            Ok(rules.last_id)
        })
    }

    /// All rules, those that are used up too.
    pub fn list(&self) -> Vec<Standing> {
        self.with(|rules| rules.active.iter().map(|active| active.standing.clone()).collect())
    }

    /// Forgets a rule. Whether there was one.
    pub fn remove(&self, id: u64) -> bool {
        self.with(|rules| {
            let before = rules.active.len();
            rules.active.retain(|active| active.standing.id != id);
            rules.active.len() < before
        })
    }

    /// Forgets all rules.
    pub fn clear(&self) {
        self.with(|rules| rules.active.clear());
    }

    /// What goes wrong with a request of this operation; one of no operation is only hit by rules for all.
    pub(crate) fn strike(&self, operation: Option<&str>) -> Struck {
        self.with(|rules| {
            let (late, others): (Vec<_>, Vec<_>) =
                rules.active.iter_mut().partition(|active| active.is_about_later());
            let first = |rules: Vec<&mut Active>| {
                rules.into_iter().find_map(|active| active.strike(operation))
            };
            Struck { fault: first(others), later: first(late) }
        })
    }

    fn with<T>(&self, act: impl FnOnce(&mut Rules) -> T) -> T {
        act(&mut self.rules.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Active {
    fn is_about_later(&self) -> bool {
        matches!(self.standing.rule.fault, Fault::LateVisibility { .. })
    }

    fn strike(&mut self, operation: Option<&str>) -> Option<Fault> {
        let Self { standing: Standing { rule: Rule { when, fault }, seen, hit, .. }, random } =
            self;
        if when.operation.is_some() && when.operation.as_deref() != operation {
            return None;
        }
        *seen += 1;
        let due = *seen > when.skip
            && when.times.is_none_or(|times| *hit < times)
            && when.probability.is_none_or(|share| random.f64() < share);
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

    fn hits(rule: Rule, requests: u32) -> Vec<u32> {
        let faults = Faults::default();
        faults.add(rule).unwrap();
        (0..requests).filter(|_| faults.strike(Some("GetInstance")).fault.is_some()).collect()
    }

    #[test]
    fn by_count() {
        let rule = || Rule::new(Fault::HalfAnswer);
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
            hits(Rule::new(Fault::HalfAnswer).sometimes(probability, seed), 1000)
        };
        assert_eq!(share(0.3, 7), share(0.3, 7));
        assert_ne!(share(0.3, 7), share(0.3, 8));
        assert!((250..350).contains(&share(0.3, 7).len()));
        assert_eq!((share(0.0, 1).len(), share(1.0, 1).len()), (0, 1000));
    }

    #[test]
    fn the_first_rule_that_hits_is_the_only_one() {
        let faults = Faults::default();
        let first = faults.add(Rule::new(Fault::HalfAnswer).times(1)).unwrap();
        let second = faults.add(Rule::new(Fault::CloseAfterCommit)).unwrap();
        assert_eq!(faults.strike(None).fault, Some(Fault::HalfAnswer));
        assert_eq!(faults.strike(None).fault, Some(Fault::CloseAfterCommit));
        let counts: Vec<_> = faults.list().iter().map(|it| (it.id, it.seen, it.hit)).collect();
        assert_eq!(counts, [(first, 2, 1), (second, 1, 1)]);
        assert!(faults.remove(second) && !faults.remove(second));
        assert_eq!(faults.strike(None), Struck::default());
    }
}
