//! The memory of nonces.

use std::collections::HashMap;

/// Nonces of requests that were let in, each with the moment from which it may be forgotten.
#[derive(Debug, Default)]
pub(crate) struct Nonces {
    seen: HashMap<String, i64>,
    sweep_at: usize,
}

impl Nonces {
    /// Whether the nonce is new; it is remembered until after `last`.
    pub(crate) fn admit(&mut self, nonce: &str, last: i64, now: i64) -> bool {
        // Each sweep waits for the memory to double, so that it costs next to nothing per request.
        if self.seen.len() >= self.sweep_at {
            self.seen.retain(|_, last| *last >= now);
            self.sweep_at = (self.seen.len() * 2).max(1024);
        }
        if self.seen.get(nonce).is_some_and(|last| *last >= now) {
            return false;
        }
        self.seen.insert(nonce.to_owned(), last);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_new_once_until_it_is_forgotten() {
        let mut nonces = Nonces::default();
        assert!(nonces.admit("a", 10, 0));
        assert!(!nonces.admit("a", 20, 10));
        assert!(nonces.admit("a", 20, 11));
    }

    #[test]
    fn the_memory_stays_bounded() {
        let mut nonces = Nonces::default();
        for now in 0..100_000 {
            assert!(nonces.admit(&now.to_string(), now + 100, now));
            assert!(nonces.seen.len() <= 1024);
        }
    }
}
