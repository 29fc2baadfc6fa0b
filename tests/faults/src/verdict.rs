//! Comparison of the answers to the buyers with the instances of the cloud.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    time::Duration,
};

use crate::{buyer::Told, cloud::Bought, disturbances::Disturbed, order};

/// Result of a campaign.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    purchases: usize,
    created: usize,
    refused: usize,
    repeated: usize,
    unknown: usize,
    faults: u64,
    kills: u64,
    /// The faults of the store and of clocks, and how often each happened.
    disturbed: BTreeMap<&'static str, u64>,
    /// Keys and orders with more than one instance.
    duplicates: usize,
    /// Answers that are not true, and instances that nobody was told of.
    lost: Vec<String>,
    /// Rules of the cloud that never led to a fault.
    idle: Vec<String>,
    /// Orders that were refused by the budget.
    over_budget: usize,
    /// Refusals of a price above its bound.
    bound_refusals: u64,
    /// Purchases above their bound, without a price, or above the budget together.
    overpaid: Vec<String>,
    /// Proxies that a fault has left unable to sell, and purchases that stay open.
    stuck: Vec<String>,
    elapsed: Duration,
}

/// Prices of the purchases that may have bought.
pub(crate) struct Paid {
    /// Keys, and the price of each in hundredths.
    pub(crate) prices: Vec<(String, Option<i64>)>,
    /// The budget of all, in hundredths.
    pub(crate) budget: i64,
}

impl Paid {
    fn violations(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (key, price) in &self.prices {
            match price {
                None => found.push(format!("{key} has no price")),
                Some(price) if order::has_bound(key) && *price > order::BOUND => {
                    found.push(format!("{key} costs {price}, above its bound"));
                }
                Some(_) => {}
            }
        }
        let all: i64 = self.prices.iter().filter_map(|(_, price)| *price).sum();
        if all > self.budget {
            found.push(format!("all cost {all}, above the budget of {}", self.budget));
        }
        found
    }
}

impl Verdict {
    pub(crate) fn of(
        answers: &[(String, Told)],
        instances: &[Bought],
        faults: &[(String, u64)],
        pending: usize,
        disturbed: Disturbed,
        paid: &Paid,
        elapsed: Duration,
    ) -> Self {
        let Disturbed { kills, faults: disturbed, bound_refusals, stuck, .. } = disturbed;
        let idle =
            faults.iter().filter(|(_, hit)| *hit == 0).map(|(name, _)| name.clone()).collect();
        let faults = faults.iter().map(|(_, hit)| hit).sum();
        let purchases = answers.len();
        let mut verdict = Self {
            purchases,
            faults,
            kills,
            disturbed,
            idle,
            bound_refusals,
            stuck,
            elapsed,
            ..Self::default()
        };
        verdict.overpaid = paid.violations();
        if pending > 0 {
            verdict.stuck.push(format!("{pending} purchases are pending at the end"));
        }
        let mut by_key = BTreeMap::<&str, Vec<&str>>::new();
        let mut by_order = BTreeMap::<&str, usize>::new();
        for Bought { id, key, order } in instances {
            *by_order.entry(order.as_deref().unwrap_or(id)).or_default() += 1;
            match key {
                Some(key) => by_key.entry(key).or_default().push(id),
                None => verdict.lost.push(format!("{id} has no key")),
            }
        }
        verdict.duplicates = by_key.values().filter(|ids| ids.len() > 1).count()
            + by_order.values().filter(|count| **count > 1).count();
        let keys: BTreeSet<&str> = answers.iter().map(|(key, _)| key.as_str()).collect();
        for key in by_key.keys().filter(|key| !keys.contains(*key)) {
            verdict.lost.push(format!("nobody was answered about {key}"));
        }
        for (key, told) in answers {
            let ids = by_key.get(key.as_str()).cloned().unwrap_or_default();
            verdict.compare(key, told, &ids, &keys);
        }
        verdict
    }

    /// Compares an answer with the instances of its key.
    fn compare(&mut self, key: &str, told: &Told, ids: &[&str], keys: &BTreeSet<&str>) {
        let is_true = match told {
            Told::Created(id) => {
                self.created += 1;
                ids.contains(&id.as_str())
            }
            Told::NotCreated(code) => {
                self.refused += 1;
                self.over_budget += usize::from(code == "BudgetExceeded");
                ids.is_empty()
            }
            Told::Repeated(earlier) => {
                self.repeated += 1;
                ids.is_empty() && earlier != key && keys.contains(earlier.as_str())
            }
            Told::Pending => {
                self.stuck.push(format!("{key} has no answer that stays"));
                true
            }
            // Longer than any instance hides: what exists would have been found.
            Told::Unknown => {
                self.unknown += 1;
                ids.is_empty()
            }
        };
        if !is_true {
            self.lost.push(format!("{key} was answered {told:?}, and has {ids:?}"));
        }
    }

    /// Tests that every promise was put to the test, and kept.
    pub(crate) fn holds(&self) -> bool {
        let broken = [&self.lost, &self.stuck, &self.overpaid];
        self.tested() && self.duplicates == 0 && broken.into_iter().all(Vec::is_empty)
    }

    fn tested(&self) -> bool {
        self.untested().is_empty()
    }

    /// The names of what never happened.
    fn untested(&self) -> Vec<&str> {
        let counts = [
            ("a purchase", self.created as u64),
            ("a repeated order", self.repeated as u64),
            ("a kill", self.kills),
            ("a fault of the cloud", self.faults),
            ("a price above its bound", self.bound_refusals),
            ("a price above the budget", self.over_budget as u64),
        ];
        let disturbed = self.disturbed.iter().map(|(name, count)| (*name, *count));
        let idle = counts.into_iter().chain(disturbed).filter(|(_, count)| *count == 0);
        idle.map(|(name, _)| name).chain(self.idle.iter().map(String::as_str)).collect()
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for lost in self.lost.iter().chain(&self.stuck).chain(&self.overpaid).take(20) {
            writeln!(formatter, "{lost}")?;
        }
        if !self.tested() {
            writeln!(
                formatter,
                "not every promise was put to the test: buy more with --purchases. There was never {}",
                self.untested().join(", nor ")
            )?;
        }
        let Self { purchases, created, refused, repeated, unknown, faults, kills, .. } = self;
        let duplicates = self.duplicates;
        write!(
            formatter,
            "{purchases} purchases ({created} created, {refused} refused, {repeated} repeated), {faults} faults, {kills} kills"
        )?;
        for (name, count) in &self.disturbed {
            write!(formatter, ", {name} {count}")?;
        }
        write!(
            formatter,
            ": {} over budget, {duplicates} duplicates, {} lost, {} stuck, {} overpaid, {unknown} unknown, {} s",
            self.over_budget,
            self.lost.len(),
            self.stuck.len(),
            self.overpaid.len(),
            self.elapsed.as_secs()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Disturbances of a campaign that puts everything to the test.
    fn disturbed() -> Disturbed {
        Disturbed { kills: 1, bound_refusals: 1, ..Disturbed::default() }
    }

    /// Tests whether a campaign holds with these answers, and these instances that have these keys. An order is what stands
    /// before the hyphen of its keys.
    fn holds(answers: &[(&str, Told)], instances: &[(&str, Option<&str>)], faults: u64) -> bool {
        holds_after(answers, instances, faults, 0, disturbed(), &[])
    }

    /// The same after faults of the store, with purchases that are pending.
    fn holds_after(
        answers: &[(&str, Told)],
        instances: &[(&str, Option<&str>)],
        faults: u64,
        pending: usize,
        disturbed: Disturbed,
        prices: &[(&str, Option<i64>)],
    ) -> bool {
        let dear = ("dear", Told::NotCreated("BudgetExceeded".to_owned()));
        let answers = answers.iter().chain([&dear]);
        let answers: Vec<_> =
            answers.map(|(key, told)| ((*key).to_owned(), told.clone())).collect();
        let bought = |(id, key): &(&str, Option<&str>)| Bought {
            id: (*id).to_owned(),
            key: key.map(str::to_owned),
            order: key.and_then(|key| Some(key.split('-').next()?.to_owned())),
        };
        let instances: Vec<_> = instances.iter().map(bought).collect();
        let prices = prices.iter().map(|(key, price)| ((*key).to_owned(), *price)).collect();
        let paid = Paid { prices, budget: 100_000 };
        let faults = [("delay".to_owned(), faults)];
        let verdict =
            Verdict::of(&answers, &instances, &faults, pending, disturbed, &paid, Duration::ZERO);
        verdict.holds()
    }

    #[test]
    fn a_purchase_above_its_price_is_found() {
        let answers =
            [("a-1", Told::Created("i-1".to_owned())), ("a-2", Told::Repeated("a-1".to_owned()))];
        let holds = |prices: &[(&str, Option<i64>)]| {
            let disturbed = disturbed();
            holds_after(&answers, &[("i-1", Some("a-1"))], 1, 0, disturbed, prices)
        };
        let (bound, free) = ("b", "a");
        assert!(order::has_bound(bound) && !order::has_bound(free));
        assert!(holds(&[(bound, Some(60_000)), (free, Some(40_000))]));
        assert!(!holds(&[(bound, Some(60_001))]), "above its bound");
        assert!(!holds(&[(bound, Some(60_000)), (free, Some(40_001))]), "above the budget");
        assert!(!holds(&[(free, None)]), "sent without a price");
    }

    #[test]
    fn a_proxy_that_stays_stuck_and_a_fault_that_never_happened_are_found() {
        let answers =
            [("a-1", Told::Created("i-1".to_owned())), ("a-2", Told::Repeated("a-1".to_owned()))];
        let holds = |pending, fault: u64, stuck: &[&str]| {
            let stuck = stuck.iter().map(|it| (*it).to_owned()).collect();
            let faults = BTreeMap::from([("disk full", fault)]);
            let disturbed = Disturbed { faults, stuck, ..disturbed() };
            holds_after(&answers, &[("i-1", Some("a-1"))], 1, pending, disturbed, &[])
        };
        assert!(holds(0, 1, &[]));
        assert!(!holds(1, 1, &[]), "a purchase is pending");
        assert!(!holds(0, 0, &[]), "the fault never happened");
        assert!(!holds(0, 1, &["key-1"]), "a proxy is stuck");
        for (name, disturbed) in [
            ("no kill", Disturbed { kills: 0, ..disturbed() }),
            ("no price above its bound", Disturbed { bound_refusals: 0, ..disturbed() }),
        ] {
            let bought = [("i-1", Some("a-1"))];
            assert!(!holds_after(&answers, &bought, 1, 0, disturbed, &[]), "{name}");
        }
    }

    #[test]
    fn every_broken_promise_is_found() {
        let created = |id: &str| Told::Created(id.to_owned());
        let repeated = |key: &str| Told::Repeated(key.to_owned());
        let good = [("a-1", created("i-1")), ("a-2", repeated("a-1"))];
        let its = ("i-1", Some("a-1"));
        let refused = ("b", Told::NotCreated("InvalidPayMethod".to_owned()));
        let (unknown, more) = (("b", Told::Unknown), ("i-2", Some("b")));
        let and = |other: &(&'static str, Told)| [&good[..], std::slice::from_ref(other)].concat();
        assert!(holds(&and(&refused), &[its], 1));
        assert!(holds(&and(&unknown), &[its], 1));
        let other = ("a-3", created("i-2"));
        for (what, answers, instances, faults) in [
            ("nothing went wrong", good.to_vec(), vec![its], 0),
            ("nothing was bought", vec![refused.clone(), ("a-2", repeated("b"))], vec![], 1),
            ("nothing was repeated", good[..1].to_vec(), vec![its], 1),
            ("bought twice", good.to_vec(), vec![its, ("i-2", Some("a-1"))], 1),
            ("one order bought twice", and(&other), vec![its, ("i-2", Some("a-3"))], 1),
            ("repeated, and made", good.to_vec(), vec![its, ("i-2", Some("a-2"))], 1),
            ("repeated by itself", and(&("b", repeated("b"))), vec![its], 1),
            ("repeated by nobody", and(&("b", repeated("c"))), vec![its], 1),
            ("told of another", and(&("b", created("i-9"))), vec![its], 1),
            ("told of none", and(&refused), vec![its, more], 1),
            ("not found", and(&unknown), vec![its, more], 1),
            ("nobody was told", good.to_vec(), vec![its, more], 1),
            ("whose it is, nobody knows", good.to_vec(), vec![its, ("i-2", None)], 1),
        ] {
            assert!(!holds(&answers, &instances, faults), "{what}");
        }
    }
}
