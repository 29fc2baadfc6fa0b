//! Memory of used nonces.

use std::{
    collections::HashSet,
    hash::{BuildHasher, RandomState},
    mem,
};

/// Nonces in one generation: the table of a set that holds so many has 2^21 places of 9 bytes.
pub(super) const GENERATION: usize = (1 << 21) / 8 * 7;

/// Nonces of the latest requests: 1.8 million at least and twice as many at most, in 38 MB. After 15 minutes the date of a
/// request is refused anyway; a replay within them passes only when that many others came in between. The time for
/// which the cloud remembers a nonce is unpublished.
#[derive(Debug)]
pub(crate) struct Nonces {
    /// Keyed hashes of the nonces; a collision is rarer than one in a million million.
    young: HashSet<u64>,
    old: HashSet<u64>,
    generation: usize,
    key: RandomState,
}

impl Nonces {
    pub(super) fn new(generation: usize) -> Self {
        let (young, old) = (HashSet::new(), HashSet::new());
        Self { young, old, generation, key: RandomState::new() }
    }

    /// Remembers a nonce. Returns false when it was known.
    pub(crate) fn insert(&mut self, nonce: &str) -> bool {
        let hash = self.key.hash_one(nonce);
        if self.old.contains(&hash) || !self.young.insert(hash) {
            return false;
        }
        if self.young.len() >= self.generation {
            mem::swap(&mut self.young, &mut self.old);
            self.young.clear();
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_new_once_until_many_others_came() {
        let mut nonces = Nonces::new(1000);
        for number in 0..100_000 {
            assert!(nonces.insert(&format!("{number}")));
            assert!(!nonces.insert(&format!("{}", number - number.min(999))), "{number}");
            assert!(nonces.young.len() + nonces.old.len() <= 2000);
        }
        assert!(nonces.insert("0"), "the oldest are forgotten");
    }
}
