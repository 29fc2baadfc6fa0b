//! A draft as a text: names and values as in a query. It holds the values of the form, and never credentials.
//!
//! Any text comes back as it was. The checksum at the end is that of the draft as this page writes it: a draft that was cut
//! off, changed on its way, or written by another version is not read, since it would be another order.

use havenask_core::percent;

use crate::model::{Field, Form, RowList};

/// The controls that the form has once, by the names of the API.
const SINGLE: [(&str, Field); Field::SINGLE.len()] = [
    ("region", Field::Region),
    ("chargeType", Field::ChargeType),
    ("duration", Field::Duration),
    ("pricingCycle", Field::PricingCycle),
    ("autoRenew", Field::AutoRenew),
    ("resourceGroupId", Field::ResourceGroup),
];
/// A component of the catalogue.
const ITEM: &str = "item";
/// A row of each list.
const ROWS: [(&str, RowList); 2] = [("component", RowList::Components), ("tag", RowList::Tags)];
/// The second text of a component or a tag; it follows the first.
const VALUE: &str = "value";
/// The beginning of a draft, with the version of its format.
const VERSION: &str = "v=1";
const SUM: &str = "sum";

/// Writes a draft.
pub(crate) fn write(form: &Form) -> String {
    let body = body(form);
    ["&", SUM, "=", &sum(&body)].iter().fold(body, |text, part| text + part)
}

/// A draft without its checksum.
fn body(form: &Form) -> String {
    let mut text = VERSION.to_owned();
    let mut add = |name: &str, value: &str| {
        for part in ["&", name, "="] {
            text.push_str(part);
        }
        percent::encode(&mut text, value);
    };
    for (name, field) in SINGLE {
        add(name, &form.text(field));
    }
    for (code, value) in form.chosen_items() {
        add(ITEM, code);
        add(VALUE, value);
    }
    for (name, list) in ROWS {
        for row in form.rows(list) {
            add(name, &row.name);
            add(VALUE, &row.value);
        }
    }
    text
}

/// Reads a draft; `None` when it is not what [`write`] wrote.
pub(crate) fn read(text: &str) -> Option<Form> {
    let mut form = Form::empty();
    let (mut second, mut stated) = (None, String::new());
    for (name, value) in percent::decode_query(text.strip_prefix(VERSION)?)? {
        let single = SINGLE.iter().find(|(known, _)| *known == name);
        let rows = ROWS.iter().find(|(known, _)| *known == name);
        if let Some((_, field)) = single {
            form.set(*field, value);
        } else if let Some((_, list)) = rows {
            let row = form.add_row(*list);
            form.set(Field::Name(*list, row), value);
            second = Some(Field::Value(*list, row));
        } else if name == ITEM {
            second = Some(form.add_item(value));
        } else if name == VALUE {
            form.set(second?, value);
        } else if name == SUM {
            stated = value;
        }
    }
    (stated == sum(&body(&form))).then_some(form)
}

/// FNV-1a with 32 bits.
fn sum(text: &str) -> String {
    let fold = |sum: u32, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    text.bytes().fold(0x811c_9dc5, fold).to_string()
}

// proptest is not built for the browser.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    /// All values of the form.
    fn texts(form: &Form) -> Vec<String> {
        let mut texts: Vec<String> = SINGLE.iter().map(|(_, field)| form.text(*field)).collect();
        for (code, value) in form.chosen_items() {
            texts.extend([code.to_owned(), value.to_owned()]);
        }
        for (name, list) in ROWS {
            for row in form.rows(list) {
                texts.extend([name.to_owned(), row.name.clone(), row.value.clone()]);
            }
        }
        texts
    }

    fn form(once: [String; 2], renews: bool, pairs: [Vec<(String, String)>; 3]) -> Form {
        let mut form = Form::empty();
        let [region, group] = once;
        form.set(Field::Region, region);
        form.set(Field::ResourceGroup, group);
        form.auto_renew = renews;
        let [offers, components, tags] = pairs;
        for (code, value) in offers {
            let offer = form.add_item(code);
            form.set(offer, value);
        }
        for (list, pairs) in [(RowList::Components, components), (RowList::Tags, tags)] {
            for (name, value) in pairs {
                let row = form.add_row(list);
                form.set(Field::Name(list, row), name);
                form.set(Field::Value(list, row), value);
            }
        }
        form
    }

    /// Any text, often one that means something in a draft.
    fn any_text() -> impl Strategy<Value = String> {
        const ODD: &[&str] = &[
            "=",
            "&",
            "%",
            "+",
            "#",
            "a=b",
            "&v=2",
            "\n",
            "\r\n",
            "\u{2028}",
            "\0",
            "%3D",
            "&sum=0",
            "😀",
            "\u{202e}א",
            " a ",
        ];
        prop_oneof![any::<String>(), proptest::sample::select(ODD).prop_map(str::to_owned)]
    }

    fn any_form() -> impl Strategy<Value = Form> {
        let pairs = || vec((any_text(), any_text()), 0..4);
        let once = [any_text(), any_text()];
        (once, any::<bool>(), [pairs(), pairs(), pairs()])
            .prop_map(|(once, renews, pairs)| form(once, renews, pairs))
    }

    proptest! {
        #[test]
        fn a_draft_is_read_as_it_was_written(form in any_form()) {
            let text = write(&form);
            prop_assert!(text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#'), "{text}");
            prop_assert_eq!(read(&text).map(|form| texts(&form)), Some(texts(&form)));
        }

        #[test]
        fn a_draft_that_was_changed_is_not_read_as_another(form in any_form(), at in any::<usize>(), byte in 32_u8..127) {
            let text = write(&form);
            let at = at % text.len();
            let mut changed = text.clone().into_bytes();
            changed[at] = byte;
            for other in [text[..at].to_owned(), String::from_utf8(changed).unwrap()] {
                let read = read(&other);
                prop_assert!(read.is_none() || read.map(|form| texts(&form)) == Some(texts(&form)), "{other}");
            }
        }
    }

    #[test]
    fn drafts_by_hand() {
        let tag = ["cost=center".to_owned(), "42".to_owned()];
        let form = form(Default::default(), false, [vec![], vec![], vec![tag.into()]]);
        let text = write(&form);
        assert!(text.contains("&tag=cost%3Dcenter&value=42&sum="), "{text}");
        let mut twice = String::new();
        percent::encode(&mut twice, &text);
        for wrong in [
            "",
            "v=1",
            "chargeType=PREPAY&duration=7",
            &twice,
            &text.replace('%', "%25"),
            &text.replace("v=1", "v=2"),
            &text.replace("duration=1", "duration=1&duration=2"),
            &text.replace("duration=1", "duration=12"),
            &text.replace("value=42", "value=%ED%A0%80"),
            &text.replace("value=42", "value=%4"),
            &[&text, "0"].concat(),
            &[&text, &text[3..]].concat(),
            &["tag=", &"a".repeat(1_000_000)].concat(),
        ] {
            assert_eq!(read(wrong), None, "{}", &wrong[..wrong.len().min(200)]);
        }
        // An application between that writes the same text otherwise changes nothing.
        for same in [text.replace("%3D", "%3d"), text.replace("center", "%63enter")] {
            assert_eq!(read(&same).map(|form| texts(&form)), Some(texts(&form)));
        }
    }
}
