//! The known name that a misspelt one was probably meant to be.

/// Names that the documents use for a field that is called otherwise.
use alloc::{string::String, vec::Vec};

const OTHER_NAMES: [(&str, &str); 1] = [("paymentinfo", "order")];

/// The nearest of the known names, when one is near enough to be meant.
pub(super) fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    const LONGEST: usize = 40;
    if name.len() > LONGEST {
        return None;
    }
    let lower = plain(name);
    if let Some((_, meant)) = OTHER_NAMES.iter().find(|(other, _)| *other == lower) {
        return known.iter().find(|known| *known == meant).copied();
    }
    let (distance, found) = known
        .iter()
        .map(|known| (distance(&lower, &plain(known)), *known))
        .min_by_key(|it| it.0)?;
    (distance <= 1 + found.len() / 4).then_some(found)
}

/// `charge_type`, `charge-type` and `ChargeType` are all `chargeType` to a person.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).map(|c| c.to_ascii_lowercase()).collect()
}

/// The Levenshtein distance, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(left != *right);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_was_meant() {
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
            assert_eq!(super::nearest(name, &fields), meant, "{name}");
        }
    }
}
