//! Takes a value of any shape apart into the model, and names what the model cannot say.

use alloc::{string::String, vec::Vec};

use super::{
    Code, Findings, Problem,
    nearest::nearest,
    place::{Place, ROOT},
    shown,
};
use crate::{
    Input, Locale,
    locale::fill,
    model::{ChargeType, Component, CreateInstanceRequest, Order, PricingCycle, Tag},
    text::join,
};

pub(super) fn read(input: Input<'_>, locale: Locale) -> (CreateInstanceRequest, Vec<Problem>) {
    const FIELDS: [&str; 5] = ["chargeType", "components", "order", "resourceGroupId", "tags"];
    let mut reader = Reader { findings: Findings::new(locale) };
    let mut request = CreateInstanceRequest::default();
    reader.object(input, &ROOT, &FIELDS, &mut |reader, field, value, place| match field {
        0 => request.charge_type = reader.charge_type(value, place),
        1 => request.components = reader.list(value, place, Reader::component),
        2 => request.order = reader.order(value, place),
        3 => request.resource_group_id = reader.text(value, place),
        _ => request.tags = reader.list(value, place, Reader::tag),
    });
    (request, reader.findings.problems)
}

struct Reader {
    findings: Findings,
}

/// Takes a known field: its place in the list of fields, its value, its place in the request.
type Take<'a> = &'a mut dyn FnMut(&mut Reader, usize, Input<'_>, &Place<'_>);

impl Reader {
    /// Hands each known field that is set to `take`. Answers whether it is an object at all.
    fn object(
        &mut self,
        input: Input<'_>,
        place: &Place<'_>,
        fields: &[&str],
        take: Take<'_>,
    ) -> bool {
        let Input::Object(entries) = input else {
            self.wrong_type(&input, place, ["An object", "一个对象"]);
            return false;
        };
        let mut seen = 0_u32;
        for (name, value) in entries {
            let Some(field) = fields.iter().position(|field| *field == name) else {
                self.unknown_field(&name, fields, place);
                continue;
            };
            let place = place.field(&name);
            if seen & (1 << field) != 0 {
                self.findings.add(Code::DuplicateField, &place, &[("field", &name)]);
            } else if !matches!(value, Input::Null) {
                take(self, field, value, &place);
            }
            seen |= 1 << field;
        }
        true
    }

    fn list<T: Default>(
        &mut self,
        input: Input<'_>,
        place: &Place<'_>,
        read: fn(&mut Self, Input<'_>, &Place<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Input::List(items) = input else {
            self.wrong_type(&input, place, ["A list", "一个列表"]);
            return None;
        };
        let mut list = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            list.push(read(self, item, &place.item(index)).unwrap_or_default());
        }
        Some(list)
    }

    fn component(&mut self, input: Input<'_>, place: &Place<'_>) -> Option<Component> {
        let mut component = Component::default();
        let take: Take<'_> = &mut |reader, field, value, place| match field {
            0 => component.code = reader.text(value, place).unwrap_or_default(),
            _ => component.value = reader.text(value, place),
        };
        self.object(input, place, &["code", "value"], take).then_some(component)
    }

    fn tag(&mut self, input: Input<'_>, place: &Place<'_>) -> Option<Tag> {
        let mut tag = Tag::default();
        let take: Take<'_> = &mut |reader, field, value, place| match field {
            0 => tag.key = reader.text(value, place).unwrap_or_default(),
            _ => tag.value = reader.text(value, place),
        };
        self.object(input, place, &["key", "value"], take).then_some(tag)
    }

    fn order(&mut self, input: Input<'_>, place: &Place<'_>) -> Option<Order> {
        const FIELDS: [&str; 3] = ["autoRenew", "duration", "pricingCycle"];
        let mut order = Order::default();
        let take: Take<'_> = &mut |reader, field, value, place| match field {
            0 => order.auto_renew = reader.bool(&value, place),
            1 => order.duration = reader.integer(&value, place),
            _ => order.pricing_cycle = reader.pricing_cycle(value, place),
        };
        self.object(input, place, &FIELDS, take).then_some(order)
    }

    fn charge_type(&mut self, input: Input<'_>, place: &Place<'_>) -> Option<ChargeType> {
        let text = self.text(input, place)?;
        let found = super::CHARGE_TYPES.into_iter().find(|known| known.as_str() == text);
        if found.is_none() {
            self.findings.add(Code::ChargeTypeUnknown, place, &[("value", &shown(&text))]);
        }
        found
    }

    fn pricing_cycle(&mut self, input: Input<'_>, place: &Place<'_>) -> Option<PricingCycle> {
        let text = self.text(input, place)?;
        let found = super::PRICING_CYCLES.into_iter().find(|known| known.as_str() == text);
        if found.is_none() {
            self.findings.add(Code::PricingCycleUnknown, place, &[("value", &shown(&text))]);
        }
        found
    }

    fn text(&mut self, input: Input<'_>, place: &Place<'_>) -> Option<String> {
        let expected = match input {
            Input::Text(text) => return Some(text.into_owned()),
            Input::Integer(_) | Input::OtherNumber => ["Text in quotes", "加引号的文本"],
            _ => ["Text", "文本"],
        };
        self.wrong_type(&input, place, expected);
        None
    }

    fn bool(&mut self, input: &Input<'_>, place: &Place<'_>) -> Option<bool> {
        if let Input::Bool(value) = input {
            return Some(*value);
        }
        self.wrong_type(input, place, ["true or false", "true 或 false"]);
        None
    }

    fn integer(&mut self, input: &Input<'_>, place: &Place<'_>) -> Option<i64> {
        let expected = match input {
            Input::Integer(value) => return Some(*value),
            Input::Text(_) => ["A whole number without quotes", "不加引号的整数"],
            _ => ["A whole number", "整数"],
        };
        self.wrong_type(input, place, expected);
        None
    }

    fn wrong_type(&mut self, input: &Input<'_>, place: &Place<'_>, expected: [&str; 2]) {
        let locale = self.findings.locale;
        let found = input.kind();
        let values = [
            ("expected", locale.pick(expected[0], expected[1])),
            ("found", locale.pick(found[0], found[1])),
        ];
        self.findings.add(Code::WrongType, place, &values);
    }

    fn unknown_field(&mut self, name: &str, fields: &[&str], place: &Place<'_>) {
        let locale = self.findings.locale;
        let suggestion = match nearest(name, fields) {
            Some(known) => {
                fill(locale.pick("Use {field}.", "请使用 {field}。"), &[("field", known)])
            }
            None => fill(
                locale.pick("The fields here are {fields}.", "此处的字段有：{fields}。"),
                &[("fields", &join(fields, locale.pick(", ", "、")))],
            ),
        };
        let name = shown(name);
        let values = [("field", name.as_str()), ("suggestion", suggestion.as_str())];
        self.findings.add(Code::UnknownField, &place.field(&name), &values);
    }
}
