//! Takes a value of any shape apart into the model, and names what the model cannot say.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use super::{
    findings::Findings,
    path::{Place, ROOT},
    suggest::suggest,
    table::ProblemCode,
};
use crate::{
    FromValue, Locale, Schema, Value,
    locale::interpolate,
    model::{ChargeType, Component, CreateInstanceRequest, Order, PricingCycle, Tag},
    strings::{join, position, truncated_for_display},
};

const CHARGE_TYPE_WORDS: [&str; 2] = [ChargeType::ALL[0].as_str(), ChargeType::ALL[1].as_str()];
const CYCLE_WORDS: [&str; 2] = [PricingCycle::ALL[0].as_str(), PricingCycle::ALL[1].as_str()];

pub(super) fn parse_request(input: &Value<'_>, findings: &mut Findings) -> CreateInstanceRequest {
    const FIELDS: [&str; 5] = ["chargeType", "components", "order", "resourceGroupId", "tags"];
    let mut reader = Reader { findings };
    let mut request = CreateInstanceRequest::default();
    reader.object(input, &ROOT, &FIELDS, &mut |reader, field, value, place| match field {
        0 => {
            let word =
                reader.word(value, place, &CHARGE_TYPE_WORDS, ProblemCode::ChargeTypeUnknown);
            request.charge_type = word.and_then(|word| ChargeType::ALL.get(word).copied());
        }
        1 => {
            let mut list = Vec::new();
            let add: Add<'_> = &mut |code, value| list.push(Component { code, value });
            request.components = reader.list(value, place, &["code", "value"], add).then_some(list);
        }
        2 => request.order = reader.order(value, place),
        3 => request.resource_group_id = reader.text(value, place),
        _ => {
            let mut list = Vec::new();
            let add: Add<'_> = &mut |key, value| list.push(Tag { key, value });
            request.tags = reader.list(value, place, &["key", "value"], add).then_some(list);
        }
    });
    request
}

/// An order that somebody else has checked: what the model cannot say is left out.
impl FromValue for CreateInstanceRequest {
    const SCHEMA: &'static Schema = &Schema::OpenObject(&[]);

    fn from_checked(value: &Value<'_>) -> Self {
        parse_request(value, &mut Findings::new(Locale::En))
    }
}

struct Reader<'a> {
    findings: &'a mut Findings,
}

/// Takes a known field: its place in the list of fields, its value, its place in the request.
type Take<'a> = &'a mut dyn FnMut(&mut Reader<'_>, usize, &Value<'_>, &Place<'_>);

/// Takes an item of a list: components and tags both are a name and perhaps a value.
type Add<'a> = &'a mut dyn FnMut(String, Option<String>);

impl Reader<'_> {
    /// Hands each known field that is set to `take`. Answers whether it is an object at all.
    fn object(
        &mut self,
        input: &Value<'_>,
        place: &Place<'_>,
        fields: &[&str],
        take: Take<'_>,
    ) -> bool {
        let Value::Object(entries) = input else {
            self.wrong_type(input, place, ["An object", "一个对象"]);
            return false;
        };
        let mut seen = 0_u32;
        for (name, value) in entries {
            let Some(field) = position(fields, name) else {
                self.unknown_field(name, fields, place);
                continue;
            };
            let place = place.field(name);
            if seen & (1 << field) != 0 {
                self.findings.fill(ProblemCode::DuplicateField, &place, &[("field", name)]);
            } else if !matches!(value, Value::Null) {
                take(self, field, value, &place);
            }
            seen |= 1 << field;
        }
        true
    }

    /// Hands each item to `add`. Answers whether it is a list at all.
    fn list(
        &mut self,
        input: &Value<'_>,
        place: &Place<'_>,
        fields: &[&str; 2],
        add: Add<'_>,
    ) -> bool {
        let Value::List(items) = input else {
            self.wrong_type(input, place, ["A list", "一个列表"]);
            return false;
        };
        for (index, item) in items.iter().enumerate() {
            let (mut name, mut text) = (None, None);
            let take: Take<'_> = &mut |reader, field, value, place| {
                let place_of = if field == 0 { &mut name } else { &mut text };
                *place_of = reader.text(value, place);
            };
            self.object(item, &place.item(index), fields, take);
            add(name.unwrap_or_default(), text);
        }
        true
    }

    fn order(&mut self, input: &Value<'_>, place: &Place<'_>) -> Option<Order> {
        const FIELDS: [&str; 3] = ["autoRenew", "duration", "pricingCycle"];
        let mut order = Order::default();
        let take: Take<'_> = &mut |reader, field, value, place| match field {
            0 => order.auto_renew = reader.bool(value, place),
            1 => order.duration = reader.integer(value, place),
            _ => {
                let word =
                    reader.word(value, place, &CYCLE_WORDS, ProblemCode::PricingCycleUnknown);
                order.pricing_cycle = word.and_then(|word| PricingCycle::ALL.get(word).copied());
            }
        };
        self.object(input, place, &FIELDS, take).then_some(order)
    }

    /// The place of a word among the known ones.
    fn word(
        &mut self,
        input: &Value<'_>,
        place: &Place<'_>,
        known: &[&str],
        unknown: ProblemCode,
    ) -> Option<usize> {
        let text = self.text(input, place)?;
        let found = position(known, &text);
        if found.is_none() {
            self.findings.fill(unknown, place, &[("value", &truncated_for_display(&text))]);
        }
        found
    }

    fn text(&mut self, input: &Value<'_>, place: &Place<'_>) -> Option<String> {
        let expected = match input {
            Value::Text(text) => return Some(text.as_ref().to_owned()),
            Value::Integer(_) | Value::OtherNumber => ["Text in quotes", "加引号的文本"],
            _ => ["Text", "文本"],
        };
        self.wrong_type(input, place, expected);
        None
    }

    fn bool(&mut self, input: &Value<'_>, place: &Place<'_>) -> Option<bool> {
        if let Value::Bool(value) = input {
            return Some(*value);
        }
        self.wrong_type(input, place, ["true or false", "true 或 false"]);
        None
    }

    fn integer(&mut self, input: &Value<'_>, place: &Place<'_>) -> Option<i64> {
        let expected = match input {
            Value::Integer(value) => return Some(*value),
            Value::Text(_) => ["A whole number without quotes", "不加引号的整数"],
            _ => ["A whole number", "整数"],
        };
        self.wrong_type(input, place, expected);
        None
    }

    fn wrong_type(&mut self, input: &Value<'_>, place: &Place<'_>, expected: [&str; 2]) {
        let locale = self.findings.locale;
        let found = input.kind();
        let values = [
            ("expected", locale.localized(expected[0], expected[1])),
            ("found", locale.localized(found[0], found[1])),
        ];
        self.findings.fill(ProblemCode::WrongType, place, &values);
    }

    fn unknown_field(&mut self, name: &str, fields: &[&str], place: &Place<'_>) {
        let locale = self.findings.locale;
        let suggestion = match suggest(name, fields) {
            Some(known) => interpolate(
                locale.localized("Use {field}.", "请使用 {field}。"),
                &[("field", known)],
            ),
            None => interpolate(
                locale.localized("The fields here are {fields}.", "此处的字段有：{fields}。"),
                &[("fields", &join(fields, locale.localized(", ", "、")))],
            ),
        };
        let name = truncated_for_display(name);
        let values = [("field", name.as_str()), ("suggestion", suggestion.as_str())];
        self.findings.fill(ProblemCode::UnknownField, &place.field(&name), &values);
    }
}
