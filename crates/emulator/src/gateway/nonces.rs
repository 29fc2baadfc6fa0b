//! The memory of nonces.

use std::{
    collections::HashSet,
    hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState},
    mem,
};

/// Nonces in one generation: the table of a set that holds so many has 2^21 places of 9 bytes.
const GENERATION: usize = (1 << 21) / 8 * 7;

/// The nonces of the requests that were let in last: 1.8 million at least and twice as many at most, in 38 MB. A request
/// is also refused by its date, 15 minutes later; a replay in that time is only let in when so many others came in
/// between. How long the cloud remembers a nonce is unpublished.
#[derive(Debug)]
pub(crate) struct Nonces {
    /// Of each nonce only a keyed hash is kept: two that share it are rarer than one in a million million.
    young: Hashes,
    old: Hashes,
    generation: usize,
    key: RandomState,
}

type Hashes = HashSet<u64, BuildHasherDefault<AsItIs>>;

impl Default for Nonces {
    fn default() -> Self {
        Self::with_generation(GENERATION)
    }
}

impl Nonces {
    fn with_generation(generation: usize) -> Self {
        let (young, old) = (Hashes::default(), Hashes::default());
        Self { young, old, generation, key: RandomState::new() }
    }

    /// Whether the nonce is new; it is remembered then.
    pub(crate) fn admit(&mut self, nonce: &str) -> bool {
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

/// Hashes are not hashed again.
#[derive(Debug, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0 << 8 | u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_new_once_until_many_others_came() {
        let mut nonces = Nonces::with_generation(1000);
        for number in 0..100_000 {
            assert!(nonces.admit(&format!("{number}")));
            assert!(!nonces.admit(&format!("{}", number - number.min(999))), "{number}");
            assert!(nonces.young.len() + nonces.old.len() <= 2000);
        }
        assert!(nonces.admit("0"), "it is forgotten at last");
    }
}
