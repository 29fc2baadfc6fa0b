//! Takes a value of any shape apart into the model, and names what the model cannot say.

use super::{Code, Findings, Problem, item, nearest::nearest, pointer, shown};
use crate::{
    Input, Locale,
    locale::fill,
    model::{ChargeType, Component, CreateInstanceRequest, Order, PricingCycle, Tag},
};

pub(super) fn read(input: &Input, locale: Locale) -> (CreateInstanceRequest, Vec<Problem>) {
    const FIELDS: [&str; 5] = ["chargeType", "components", "order", "resourceGroupId", "tags"];
    let mut reader = Reader { findings: Findings::new(locale) };
    let mut request = CreateInstanceRequest::default();
    reader.object(input, "", &FIELDS, |reader, field, value, path| match field {
        0 => request.charge_type = reader.charge_type(value, path),
        1 => request.components = reader.list(value, path, Reader::component),
        2 => request.order = reader.order(value, path),
        3 => request.resource_group_id = reader.text(value, path),
        _ => request.tags = reader.list(value, path, Reader::tag),
    });
    (request, reader.findings.problems)
}

struct Reader {
    findings: Findings,
}

impl Reader {
    /// Hands each known field that is set to `take`, with its place in `fields`. Answers whether it is an object at all.
    fn object(
        &mut self,
        input: &Input,
        path: &str,
        fields: &[&str],
        mut take: impl FnMut(&mut Self, usize, &Input, &str),
    ) -> bool {
        let Input::Object(entries) = input else {
            self.wrong_type(input, path, ("An object", "一个对象"));
            return false;
        };
        let mut seen = vec![false; fields.len()];
        for (name, value) in entries {
            let path = pointer(path, &shown(name));
            match fields.iter().position(|field| field == name) {
                None => self.unknown_field(name, fields, path),
                Some(field) if std::mem::replace(&mut seen[field], true) => {
                    self.findings.add(Code::DuplicateField, path, &[("field", name)]);
                }
                Some(_) if *value == Input::Null => {}
                Some(field) => take(self, field, value, &path),
            }
        }
        true
    }

    fn list<T>(
        &mut self,
        input: &Input,
        path: &str,
        read: impl Fn(&mut Self, &Input, &str) -> Option<T>,
    ) -> Option<Vec<T>>
    where
        T: Default,
    {
        let Input::List(items) = input else {
            self.wrong_type(input, path, ("A list", "一个列表"));
            return None;
        };
        let read = |(index, value)| read(self, value, &item(path, index)).unwrap_or_default();
        Some(items.iter().enumerate().map(read).collect())
    }

    fn component(&mut self, input: &Input, path: &str) -> Option<Component> {
        let mut component = Component::default();
        self.object(input, path, &["code", "value"], |reader, field, value, path| match field {
            0 => component.code = reader.text(value, path).unwrap_or_default(),
            _ => component.value = reader.text(value, path),
        })
        .then_some(component)
    }

    fn tag(&mut self, input: &Input, path: &str) -> Option<Tag> {
        let mut tag = Tag::default();
        self.object(input, path, &["key", "value"], |reader, field, value, path| match field {
            0 => tag.key = reader.text(value, path).unwrap_or_default(),
            _ => tag.value = reader.text(value, path),
        })
        .then_some(tag)
    }

    fn order(&mut self, input: &Input, path: &str) -> Option<Order> {
        const FIELDS: [&str; 3] = ["autoRenew", "duration", "pricingCycle"];
        let mut order = Order::default();
        self.object(input, path, &FIELDS, |reader, field, value, path| match field {
            0 => order.auto_renew = reader.bool(value, path),
            1 => order.duration = reader.integer(value, path),
            _ => order.pricing_cycle = reader.pricing_cycle(value, path),
        })
        .then_some(order)
    }

    fn charge_type(&mut self, input: &Input, path: &str) -> Option<ChargeType> {
        let text = self.text(input, path)?;
        let found = super::CHARGE_TYPES.into_iter().find(|known| known.as_str() == text);
        if found.is_none() {
            self.findings.add(Code::ChargeTypeUnknown, path, &[("value", &shown(&text))]);
        }
        found
    }

    fn pricing_cycle(&mut self, input: &Input, path: &str) -> Option<PricingCycle> {
        let text = self.text(input, path)?;
        let found = super::PRICING_CYCLES.into_iter().find(|known| known.as_str() == text);
        if found.is_none() {
            self.findings.add(Code::PricingCycleUnknown, path, &[("value", &shown(&text))]);
        }
        found
    }

    fn text(&mut self, input: &Input, path: &str) -> Option<String> {
        if let Input::Text(text) = input {
            return Some(text.clone());
        }
        let text = match input {
            Input::Integer(_) | Input::OtherNumber => ("Text in quotes", "加引号的文本"),
            _ => ("Text", "文本"),
        };
        self.wrong_type(input, path, text);
        None
    }

    fn bool(&mut self, input: &Input, path: &str) -> Option<bool> {
        if let Input::Bool(value) = input {
            return Some(*value);
        }
        self.wrong_type(input, path, ("true or false", "true 或 false"));
        None
    }

    fn integer(&mut self, input: &Input, path: &str) -> Option<i64> {
        if let Input::Integer(value) = input {
            return Some(*value);
        }
        let number = match input {
            Input::Text(_) => ("A whole number without quotes", "不加引号的整数"),
            _ => ("A whole number", "整数"),
        };
        self.wrong_type(input, path, number);
        None
    }

    fn wrong_type(&mut self, input: &Input, path: &str, expected: (&str, &str)) {
        let found = match input {
            Input::Null => ("nothing", "空值"),
            Input::Bool(_) => ("true or false", "布尔值"),
            Input::Integer(_) => ("a number", "数字"),
            Input::OtherNumber => ("a fraction or a number too large", "小数或过大的数字"),
            Input::Text(_) => ("text", "文本"),
            Input::List(_) => ("a list", "列表"),
            Input::Object(_) => ("an object", "对象"),
            Input::Foreign => ("something that JSON cannot say", "JSON 无法表示的值"),
        };
        let locale = self.findings.locale;
        let values = [
            ("expected", locale.pick(expected.0, expected.1)),
            ("found", locale.pick(found.0, found.1)),
        ];
        self.findings.add(Code::WrongType, path, &values);
    }

    fn unknown_field(&mut self, name: &str, fields: &[&str], path: String) {
        let locale = self.findings.locale;
        let suggestion = match nearest(name, fields) {
            Some(known) => {
                fill(locale.pick("Use {field}.", "请使用 {field}。"), &[("field", known)])
            }
            None => fill(
                locale.pick("The fields here are {fields}.", "此处的字段有：{fields}。"),
                &[("fields", &fields.join(locale.pick(", ", "、")))],
            ),
        };
        let values = [("field", shown(name)), ("suggestion", suggestion)];
        let values = [(values[0].0, values[0].1.as_str()), (values[1].0, values[1].1.as_str())];
        self.findings.add(Code::UnknownField, path, &values);
    }
}
