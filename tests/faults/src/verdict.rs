//! What the buyers were told, compared with what the cloud has.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    time::Duration,
};

use crate::{buyer::Told, cloud::Bought};

/// How the campaign ended.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    purchases: usize,
    created: usize,
    refused: usize,
    unknown: usize,
    faults: u64,
    kills: u64,
    /// Keys with more than one instance.
    duplicates: usize,
    /// Answers that are not true, and instances that nobody was told of.
    lost: Vec<String>,
    elapsed: Duration,
}

impl Verdict {
    pub(crate) fn of(
        answers: &[(String, Told)],
        instances: &[Bought],
        faults: u64,
        kills: u64,
        elapsed: Duration,
    ) -> Self {
        let mut verdict =
            Self { purchases: answers.len(), faults, kills, elapsed, ..Self::default() };
        let mut by_key = BTreeMap::<&str, Vec<&str>>::new();
        for Bought { id, key } in instances {
            match key {
                Some(key) => by_key.entry(key).or_default().push(id),
                None => verdict.lost.push(format!("{id} has no key")),
            }
        }
        verdict.duplicates = by_key.values().filter(|ids| ids.len() > 1).count();
        let keys: BTreeSet<&str> = answers.iter().map(|(key, _)| key.as_str()).collect();
        for key in by_key.keys().filter(|key| !keys.contains(*key)) {
            verdict.lost.push(format!("nobody was answered about {key}"));
        }
        for (key, told) in answers {
            let ids = by_key.get(key.as_str()).cloned().unwrap_or_default();
            let is_true = match told {
                Told::Created(id) => {
                    verdict.created += 1;
                    ids.contains(&id.as_str())
                }
                Told::NotCreated(_) => {
                    verdict.refused += 1;
                    ids.is_empty()
                }
                // Longer than any instance hides: what exists would have been found.
                Told::Unknown => {
                    verdict.unknown += 1;
                    ids.is_empty()
                }
            };
            if !is_true {
                verdict.lost.push(format!("{key} was answered {told:?}, and has {ids:?}"));
            }
        }
        verdict
    }

    pub(crate) fn holds(&self) -> bool {
        self.duplicates == 0 && self.lost.is_empty()
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for lost in self.lost.iter().take(20) {
            writeln!(formatter, "{lost}")?;
        }
        let Self { purchases, created, refused, unknown, faults, kills, duplicates, .. } = self;
        write!(
            formatter,
            "{purchases} purchases ({created} created, {refused} refused), {faults} faults, {kills} kills: \
             {duplicates} duplicates, {} lost, {unknown} unknown, {} s",
            self.lost.len(),
            self.elapsed.as_secs()
        )
    }
}
