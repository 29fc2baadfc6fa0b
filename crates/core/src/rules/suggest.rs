//! The known name that a misspelt one was probably meant to be.

use alloc::{string::String, vec::Vec};
use core::mem;

/// Names that the documents use for a field that is called otherwise.
const OTHER_NAMES: [(&str, &str); 1] = [("paymentinfo", "order")];

/// The nearest of the known names, when one is near enough to be meant.
pub(super) fn suggest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    const LONGEST: usize = 40;
    if name.len() > LONGEST {
        return None;
    }
    let lower = plain(name);
    let mut nearest = None;
    let mut least = usize::MAX;
    for known in known {
        let other = OTHER_NAMES.iter().any(|(name, meant)| meant == known && *name == lower);
        let distance = if other { 0 } else { distance(lower.as_bytes(), plain(known).as_bytes()) };
        if distance < least {
            least = distance;
            nearest = (distance <= 1 + known.len() / 4).then_some(*known);
        }
    }
    nearest
}

/// `charge_type`, `charge-type` and `ChargeType` are all `chargeType` to a person. A letter has one byte here, also one that
/// no known name holds.
fn plain(name: &str) -> String {
    let mut letters = String::with_capacity(name.len());
    for c in name.chars() {
        if !matches!(c, '_' | '-' | ' ') {
            letters.push(if c.is_ascii() { c.to_ascii_lowercase() } else { char::default() });
        }
    }
    letters
}

/// The Levenshtein distance, in letters.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (1..=b.len()).collect();
    let mut distance = b.len();
    for (index, left) in a.iter().enumerate() {
        let mut diagonal = index;
        distance = index + 1;
        for (above, right) in row.iter_mut().zip(b) {
            let replaced = diagonal + usize::from(left != right);
            distance = replaced.min(distance + 1).min(*above + 1);
            diagonal = mem::replace(above, distance);
        }
    }
    distance
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_misspelt_name_suggests_the_nearest() {
        let fields = ["chargeType", "components", "order", "resourceGroupId", "tags"];
        for (name, meant) in [
            ("paymentInfo", Some("order")),
            ("PaymentInfo", Some("order")),
            ("payment_info", Some("order")),
            ("charge_type", Some("chargeType")),
            ("component", Some("components")),
            ("tag", Some("tags")),
            ("resourceGroup", Some("resourceGroupId")),
            ("dryRun", None),
            ("clientToken", None),
            ("", None),
            ("😀", None),
        ] {
            assert_eq!(super::suggest(name, &fields), meant, "{name}");
        }
    }
}
