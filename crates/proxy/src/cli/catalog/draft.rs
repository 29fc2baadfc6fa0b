//! A catalogue out of the attributes of pricing modules.

use std::collections::HashSet;

use havenask_core::{
    Locale,
    catalog::{Catalog, CatalogEntry, CatalogOption, LabelledOption, LocalizedText, Values},
    model::MAX_COMPONENTS,
    pricing::bss::{Attribute, AttributeValue},
};

/// Options of one entry, at most: more are no select that anybody can use.
const MAX_OPTIONS: usize = 500;

/// Drafts a catalogue that makes sense; what does not is left out and named in its notice.
pub(super) fn draft(attributes: &[Attribute], source: &str) -> Catalog {
    let mut codes = HashSet::new();
    let (mut components, mut left_out) = (Vec::new(), 0);
    for attribute in attributes {
        let entry = entry(attribute);
        let alone = Catalog { components: vec![entry.clone()], ..Catalog::default() };
        let is_sound = alone.validate(Locale::En).is_empty();
        if is_sound && components.len() < MAX_COMPONENTS && codes.insert(entry.code.clone()) {
            components.push(entry);
        } else {
            left_out += 1;
        }
    }
    let en = format!(
        "Suggestions from {source}: not verified, since no document says that the codes of billing are those of components. \
         {left_out} attributes were left out."
    );
    let zh = format!(
        "来自 {source} 的建议，未经验证：没有文档说明计费编码即规格编码。有 {left_out} 个属性未列入。"
    );
    let notice = LocalizedText::new(|locale| locale.localized(&en, &zh).to_owned());
    Catalog { notice: Some(notice), components, ..Catalog::default() }
}

fn entry(attribute: &Attribute) -> CatalogEntry {
    let name = if attribute.name.trim().is_empty() { &attribute.code } else { &attribute.name };
    CatalogEntry {
        code: attribute.code.clone(),
        label: one_text(name),
        unit: attribute.unit.as_deref().filter(|unit| !unit.trim().is_empty()).map(one_text),
        group: None,
        help: None,
        link: None,
        default: None,
        values: values(&attribute.values),
        visible_if: None,
    }
}

/// A text of billing, which has one language.
fn one_text(text: &str) -> LocalizedText {
    let text = text.trim();
    LocalizedText::new(|_| text.to_owned())
}

/// An option, with its name where billing has one.
fn option(AttributeValue { value, name, .. }: &AttributeValue) -> CatalogOption {
    if name.trim().is_empty() || name == value {
        return CatalogOption::Value(value.clone());
    }
    CatalogOption::Labelled(LabelledOption {
        value: value.clone(),
        label: one_text(name),
        help: None,
    })
}

/// A range of whole numbers, a list of options, or any text where the values say neither.
fn values(values: &[AttributeValue]) -> Values {
    if let [AttributeValue { value, kind, .. }] = values
        && kind == "range_float"
    {
        return range(value).unwrap_or(Values::Text);
    }
    let mut seen = HashSet::new();
    let options: Vec<_> = values
        .iter()
        .filter(|it| it.kind != "range_float" && !it.value.trim().is_empty())
        .filter(|it| seen.insert(&it.value))
        .map(option)
        .collect();
    if options.is_empty() || options.len() > MAX_OPTIONS {
        return Values::Text;
    }
    Values::Select { options }
}

/// `min-max:step`, all of them whole numbers.
fn range(text: &str) -> Option<Values> {
    let (ends, step) = text.split_once(':').unwrap_or((text, "1"));
    let (min, max) = ends.split_once('-')?;
    let whole = |text: &str| text.trim().parse::<i64>().ok();
    let (min, max, step) = (whole(min)?, whole(max)?, whole(step)?);
    (min <= max && step > 0).then_some(Values::Number { min, max, step })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn attribute(code: &str, values: &[(&str, &str)]) -> Attribute {
        let values = values.iter().map(|(value, kind)| AttributeValue {
            value: (*value).to_owned(),
            name: String::new(),
            kind: (*kind).to_owned(),
        });
        Attribute {
            code: code.to_owned(),
            name: "Name".to_owned(),
            unit: None,
            values: values.collect(),
        }
    }

    #[test]
    fn a_draft_is_a_catalogue_whatever_billing_says() {
        let select = |options: &[&str]| Values::Select {
            options: options.iter().map(|it| CatalogOption::Value((*it).to_owned())).collect(),
        };
        for (given, drafted) in [
            (
                &[("a", "single_string"), ("b", "single_string"), ("a", "single_string")][..],
                select(&["a", "b"]),
            ),
            (
                &[("1024-1024000:1024", "range_float")],
                Values::Number { min: 1024, max: 1_024_000, step: 1024 },
            ),
            (&[("1-9", "range_float")], Values::Number { min: 1, max: 9, step: 1 }),
            (&[("1-:1", "range_float")], Values::Text),
            (&[("9-1:1", "range_float")], Values::Text),
            (&[("1-9:0", "range_float")], Values::Text),
            (&[("0.5-9:0.5", "range_float")], Values::Text),
            (&[("", "single_string")], Values::Text),
            (&[], Values::Text),
        ] {
            let catalog = draft(&[attribute("code", given)], "test");
            assert_eq!(catalog.components[0].values, drafted, "{given:?}");
            assert_eq!(catalog.validate(Locale::En), []);
        }
    }

    #[test]
    fn names_and_units_are_those_of_billing() {
        let value = |value: &str, name: &str| AttributeValue {
            value: value.to_owned(),
            name: name.to_owned(),
            kind: "single_string".to_owned(),
        };
        let unit = Some(" GB ".to_owned());
        let values =
            vec![value("4c8g", "4 核 8 GB"), value("8c16g", "8c16g"), value("16c32g", " ")];
        let attribute = Attribute { unit, values, ..attribute("spec", &[]) };
        let text = |text: &str| json!({ "en": text, "zh": text });
        let drafted = serde_json::to_value(&draft(&[attribute], "test").components[0]).unwrap();
        let expected = json!({
            "code": "spec", "label": text("Name"), "unit": text("GB"),
            "values": { "type": "select", "options": [
                { "value": "4c8g", "label": text("4 核 8 GB") }, "8c16g", "16c32g",
            ]},
        });
        assert_eq!(drafted, expected);
    }

    #[test]
    fn invalid_entries_are_left_out_and_counted() {
        let many: Vec<_> =
            (0..5000).map(|number| attribute(&format!("code{number}"), &[])).collect();
        let catalog = draft(&many, "test");
        assert_eq!(catalog.components.len(), MAX_COMPONENTS);
        assert!(
            catalog
                .notice
                .unwrap()
                .get(Locale::En)
                .contains(&format!("{} attributes", 5000 - MAX_COMPONENTS))
        );
        let odd =
            [attribute("", &[]), attribute("a", &[]), attribute("a", &[]), attribute(" b", &[])];
        let catalog = draft(&odd, "test");
        assert_eq!(catalog.components.len(), 1);
    }
}
