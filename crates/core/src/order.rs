//! Sorting by insertion: lists here are short or nearly in order, and the general sort of the standard library would be a
//! tenth of the wasm.

use alloc::vec::Vec;
use core::cmp::Ordering;

/// The items in order; equal ones stay as they came.
pub(crate) fn sorted<T>(
    items: impl IntoIterator<Item = T>,
    compare: impl Fn(&T, &T) -> Ordering,
) -> Vec<T> {
    let mut sorted: Vec<T> = Vec::new();
    for item in items {
        let at = sorted.partition_point(|other| compare(other, &item).is_le());
        sorted.insert(at, item);
    }
    sorted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_a_stable_sort(items in prop::collection::vec(any::<(u8, u8)>(), 0..60)) {
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            prop_assert_eq!(super::sorted(items, |a, b| a.0.cmp(&b.0)), expected);
        }
    }
}
