//! Unique ids. They are not secret.

use std::iter::repeat_with;

/// Creates a request id: a UUID of version 4 in upper case, as in the documents.
pub(crate) fn request_id() -> String {
    let id = fastrand::u128(..) & !(0xf << 76 | 3 << 62) | 4 << 76 | 2 << 62;
    format!(
        "{:08X}-{:04X}-{:04X}-{:04X}-{:012X}",
        id >> 96,
        id >> 80 & 0xffff,
        id >> 64 & 0xffff,
        id >> 48 & 0xffff,
        id & 0xffff_ffff_ffff
    )
}

/// Creates a text of so many letters and digits.
pub(crate) fn letters(length: usize) -> String {
    repeat_with(fastrand::alphanumeric).take(length).collect()
}

/// Creates the id of an instance: `ha-cn-pl32rf0abc`.
pub(crate) fn instance_id() -> String {
    "ha-cn-".chars().chain(repeat_with(|| fastrand::digit(36)).take(10)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_have_their_form_and_differ() {
        let requests: BTreeSet<_> = (0..1000).map(|_| request_id()).collect();
        let instances: BTreeSet<_> = (0..1000).map(|_| instance_id()).collect();
        assert_eq!((requests.len(), instances.len()), (1000, 1000));
        for id in requests {
            let lengths: Vec<_> = id.split('-').map(str::len).collect();
            assert_eq!(lengths, [8, 4, 4, 4, 12], "{id}");
            assert!(id[14..].starts_with('4') && "89AB".contains(&id[19..20]), "{id}");
            assert!(!id.contains(char::is_lowercase), "{id}");
        }
        assert!(instances.iter().all(|id| id.len() == 16 && id.starts_with("ha-cn-")));
    }
}
