//! Ids that nothing else has. They are no secrets.

use std::hash::{BuildHasher, Hasher, RandomState};

/// 64 bits that differ from call to call: the standard library seeds its hashers from the system, and each anew.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// A request id: a UUID of version 4 in capitals, as the documents show them.
pub(crate) fn request_id() -> String {
    let (high, low) = (random(), random());
    format!(
        "{:08X}-{:04X}-4{:03X}-{:04X}-{:012X}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0x0fff,
        low >> 48 & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}

/// The id of an instance: `ha-cn-pl32rf0abc`.
pub(crate) fn instance_id() -> String {
    const ALPHABET: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let mut id = String::from("ha-cn-");
    let mut rest = random();
    for _ in 0..10 {
        id.push(char::from(ALPHABET[(rest % 36) as usize]));
        rest /= 36;
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_their_form_and_differ() {
        let ids: std::collections::BTreeSet<_> = (0..1000).map(|_| request_id()).collect();
        assert_eq!(ids.len(), 1000);
        for id in ids {
            let lengths: Vec<_> = id.split('-').map(str::len).collect();
            assert_eq!(lengths, [8, 4, 4, 4, 12], "{id}");
            assert!(id[14..].starts_with('4') && "89AB".contains(&id[19..20]), "{id}");
            assert!(!id.contains(char::is_lowercase), "{id}");
        }
        let ids: std::collections::BTreeSet<_> = (0..1000).map(|_| instance_id()).collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|id| id.len() == 16 && id.starts_with("ha-cn-")));
    }
}
