//! Sorting by insertion: lists here are short or nearly in order, and the general sort of the standard library would add 1,148 bytes
//! with gzip to the module of the package.

use alloc::vec::Vec;

/// Two texts that are ordered as one: a parameter and its value. A lone text has an empty one beside it, so that one
/// function in the wasm serves all.
pub(crate) type Pair<'a> = (&'a str, &'a str);

/// Puts a pair at its place among sorted ones. Answers whether an equal one stands there already.
pub(crate) fn insert<'a>(sorted: &mut Vec<Pair<'a>>, pair: Pair<'a>) -> bool {
    let found = sorted.binary_search(&pair);
    let (Ok(place) | Err(place)) = found;
    sorted.insert(place, pair);
    found.is_ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_sorts(pairs in prop::collection::vec(("[ab]{0,2}", "[ab]{0,2}"), 0..60)) {
            let pairs: Vec<(&str, &str)> = pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            let mut sorted = Vec::new();
            for (index, pair) in pairs.iter().enumerate() {
                prop_assert_eq!(super::insert(&mut sorted, *pair), pairs[..index].contains(pair));
            }
            let mut expected = pairs.clone();
            expected.sort_unstable();
            prop_assert_eq!(sorted, expected);
        }
    }
}
