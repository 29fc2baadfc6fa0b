//! The request as an expression of a language. The languages differ in a handful of marks; the way through the fields is
//! one for all.

use alloc::string::String;

use crate::{json, model::CreateInstanceRequest, strings};

/// The marks of a language. In a mark, `@` stands for the name of the field, written as [`Case`] says.
pub(super) struct Dialect {
    pub(super) case: Case,
    /// In front of a field of the request; an item of a list has it twice.
    pub(super) indent: &'static str,
    /// Around the value of a field of the request.
    pub(super) field: [&'static str; 2],
    /// Around the value of a field inside a part.
    pub(super) inner: [&'static str; 2],
    /// Between the fields of a part.
    pub(super) comma: &'static str,
    /// Around a part: a component, the order, a tag. Here and in `list` the name is that of a type: `Components`.
    pub(super) part: [&'static str; 2],
    /// Around a list.
    pub(super) list: [&'static str; 2],
    /// True if a comma follows the last item too.
    pub(super) trailing: bool,
    /// False and true.
    pub(super) truth: [&'static str; 2],
    /// Behind a number.
    pub(super) number: &'static str,
}

/// The case of the names of fields.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// `pricingCycle`, as on the wire.
    Camel,
    /// `PricingCycle`.
    Pascal,
    /// `pricing_cycle`.
    Snake,
}

enum Literal<'a> {
    Text(&'a str),
    Number(i64),
    Truth(bool),
}

type NamedLiteral<'a> = (&'static str, Option<Literal<'a>>);

/// Components and tags alike.
type Items<'a, 'b> = &'a mut dyn Iterator<Item = (&'b String, &'b Option<String>)>;

struct Writer<'a> {
    out: String,
    dialect: &'a Dialect,
}

/// The fields of the request, each from the beginning of a line.
pub(super) fn fields(request: &CreateInstanceRequest, dialect: &Dialect) -> String {
    let mut writer = Writer { out: String::with_capacity(512), dialect };
    if let Some(charge_type) = request.charge_type {
        writer.line("chargeType", charge_type.as_str());
    }
    if let Some(components) = &request.components {
        writer.list("components", "code", &mut components.iter().map(|it| (&it.code, &it.value)));
    }
    if let Some(order) = &request.order {
        let cycle = order.pricing_cycle.map(|cycle| Literal::Text(cycle.as_str()));
        let fields = [
            ("autoRenew", order.auto_renew.map(Literal::Truth)),
            ("duration", order.duration.map(Literal::Number)),
            ("pricingCycle", cycle),
        ];
        writer.open("order", "");
        writer.part("order", &fields);
        writer.out.push_str(dialect.field[1]);
    }
    if let Some(group) = &request.resource_group_id {
        writer.line("resourceGroupId", group);
    }
    if let Some(tags) = &request.tags {
        writer.list("tags", "key", &mut tags.iter().map(|it| (&it.key, &it.value)));
    }
    writer.out
}

/// Characters that nobody sees.
const UNSEEN: [(char, char); 7] = [
    ('\u{7f}', '\u{9f}'),
    ('\u{ad}', '\u{ad}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{feff}', '\u{feff}'),
];

/// Code with the characters that nobody sees written as escapes: some make code look like other code, and Go refuses a
/// byte order mark. They stand only inside strings, where JSON and all the languages here know `\u`.
pub(super) fn visible(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    for letter in code.chars() {
        if UNSEEN.iter().any(|(first, last)| (first..=last).contains(&&letter)) {
            json::escape(&mut out, letter.into());
        } else {
            out.push(letter);
        }
    }
    out
}

impl Writer<'_> {
    fn line(&mut self, name: &str, text: &str) {
        self.open(name, "");
        self.value(&Literal::Text(text));
        self.out.push_str(self.dialect.field[1]);
    }

    /// Begins a field of the request, and the list that it may be.
    fn open(&mut self, name: &str, list: &str) {
        self.out.push_str(self.dialect.indent);
        self.mark(self.dialect.field[0], name, self.dialect.case);
        self.mark(list, name, Case::Pascal);
    }

    fn list(&mut self, name: &str, key: &'static str, items: Items<'_, '_>) {
        let Dialect { indent, field, list, trailing, .. } = *self.dialect;
        self.open(name, list[0]);
        let mut mark = "\n";
        for (text, value) in items {
            self.out.push_str(mark);
            self.out.push_str(indent);
            self.out.push_str(indent);
            let value = value.as_deref().map(Literal::Text);
            self.part(name, &[(key, Some(Literal::Text(text))), ("value", value)]);
            mark = ",\n";
        }
        if trailing && mark == ",\n" {
            self.out.push_str(mark);
            self.out.push_str(indent);
        }
        self.out.push_str(list[1]);
        self.out.push_str(field[1]);
    }

    fn part(&mut self, name: &str, fields: &[NamedLiteral<'_>]) {
        let Dialect { case, inner, comma, part, .. } = *self.dialect;
        self.mark(part[0], name, Case::Pascal);
        let mut empty = true;
        for (name, value) in fields {
            let Some(value) = value else { continue };
            if !empty {
                self.out.push_str(comma);
            }
            empty = false;
            self.mark(inner[0], name, case);
            self.value(value);
            self.out.push_str(inner[1]);
        }
        self.out.push_str(part[1]);
    }

    fn value(&mut self, value: &Literal<'_>) {
        match *value {
            // The escapes of JSON are those of Python, JavaScript, Java and Go too.
            Literal::Text(text) => json::string(&mut self.out, text),
            Literal::Number(number) => {
                self.out.push_str(&strings::i64_to_string(number));
                self.out.push_str(self.dialect.number);
            }
            Literal::Truth(truth) => self.out.push_str(self.dialect.truth[usize::from(truth)]),
        }
    }

    /// A mark of the language, with the name in its place.
    fn mark(&mut self, mark: &str, name: &str, case: Case) {
        let Some((before, after)) = strings::split_once(mark, "@") else {
            return self.out.push_str(mark);
        };
        self.out.push_str(before);
        let mut capital = case == Case::Pascal;
        for letter in name.chars() {
            if case == Case::Snake && letter.is_ascii_uppercase() {
                self.out.push('_');
                self.out.push(letter.to_ascii_lowercase());
            } else {
                self.out.push(if capital { letter.to_ascii_uppercase() } else { letter });
            }
            capital = false;
        }
        self.out.push_str(after);
    }
}
