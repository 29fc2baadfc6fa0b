//! Consistency of a catalogue: the rules that span several of its fields.

use alloc::{string::String, vec::Vec};

use super::{
    entry::{Catalog, CatalogEntry, CatalogPreset, Condition},
    localized_text::LocalizedText,
    values::{CatalogOption, Values},
};
use crate::{
    Locale, SchemaError, Severity,
    locale::interpolate,
    model::{CreateInstanceRequest, MAX_COMPONENTS},
    rules::{self, Options},
    sorted,
    strings::{concat, has_invisible, i64_to_string, truncated_for_display, usize_to_string},
};

/// A message in both languages.
type Message = [&'static str; 2];

const ENTRIES: Message = [
    "There are {value} entries; a catalogue has 1 to {limit}, as an order has components.",
    "目录中有 {value} 个规格项；与一次购买的规格项数量一致，应为 1 至 {limit} 个。",
];
const BLANK: Message = [
    "The text is empty, has white space around it, or holds a character that nobody sees. No order could hold it.",
    "文本为空、首尾有空白或含有不可见字符，无法用于购买。",
];
const CODE_TWICE: Message = [
    "The code {value} stands in an earlier entry too. Keep one.",
    "规格代码 {value} 重复出现，请只保留一个。",
];
const LABEL: Message = ["A text is needed in both languages.", "必须同时填写中文和英文文本。"];
const LINK: Message = [
    "{value} is no link. Give an address that begins with https://.",
    "{value} 不是有效链接，请填写以 https:// 开头的地址。",
];
const GROUP_APART: Message = [
    "The group {value} stands in two places. Put its entries next to each other.",
    "分组“{value}”出现在两处，请将同组的规格项排在一起。",
];
const NO_REQUEST: Message = [
    "The order is empty. Give it what the form is to be filled with.",
    "订单为空，请填写要填入表单的内容。",
];
const NOT_OFFERED: Message =
    ["“{value}” is not offered. It must be {offer}.", "不提供取值“{value}”，须为 {offer}。"];
const NO_OPTION: Message =
    ["There is nothing to choose from. Add an option.", "没有可选的取值，请至少添加一个。"];
const OPTION_TWICE: Message = [
    "The option {value} is given more than once. Keep one.",
    "取值 {value} 重复出现，请只保留一个。",
];
const MIN: Message = [
    "The smallest number, {value}, is above the largest, {limit}.",
    "最小值 {value} 大于最大值 {limit}。",
];
const STEP: Message = [
    "A step of {value} leads nowhere. Use 1 or more.",
    "步长不能为 {value}，请使用 1 或更大的整数。",
];
const NO_SUCH: Message = [
    "There is no entry {value}. Name the code of another one.",
    "没有规格代码为 {value} 的规格项，请填写另一规格项的代码。",
];
const CIRCLE: Message = [
    "The entry depends on itself, by way of {value}, and is never asked for. Leave one condition out.",
    "规格项经由 {value} 依赖自身，永远不会显示。请去掉其中一个条件。",
];
const NEVER: Message = [
    "No value of {value} meets the condition: the entry is never asked for.",
    "{value} 的任何取值都不满足条件，规格项永远不会显示。",
];

impl Catalog {
    /// Everything that keeps a catalogue from selling what it says, each with its place, in the order of the entries.
    #[must_use]
    pub fn validate(&self, locale: Locale) -> Vec<SchemaError> {
        let mut check = Check { entries: &self.components, locale, found: Vec::new() };
        let entries = self.components.len();
        if entries == 0 || entries > MAX_COMPONENTS {
            let values = [
                ("value", &*usize_to_string(entries)),
                ("limit", &usize_to_string(MAX_COMPONENTS)),
            ];
            check.add("/components".into(), ENTRIES, &values);
            // Each of very many is not looked at.
            return check.found;
        }
        let mut codes = Vec::with_capacity(entries);
        for (index, entry) in self.components.iter().enumerate() {
            let place = concat(&["/components/", &usize_to_string(index)]);
            check.entry(entry, &place);
            if sorted::insert(&mut codes, (&entry.code, "")) {
                check.about(&place, "/code", CODE_TWICE, &entry.code);
            }
            if let Some(condition) = &entry.visible_if {
                check.condition(index, condition, &concat(&[&place, "/visibleIf"]));
            }
        }
        check.groups();
        for (index, preset) in self.presets.iter().enumerate() {
            check.preset(self, preset, &concat(&["/presets/", &usize_to_string(index)]));
        }
        check.found
    }
}

struct Check<'a> {
    entries: &'a [CatalogEntry],
    locale: Locale,
    found: Vec<SchemaError>,
}

impl Check<'_> {
    fn add(&mut self, path: String, [en, zh]: Message, values: &[(&str, &str)]) {
        let message = interpolate(self.locale.localized(en, zh), values);
        self.found.push(SchemaError { path, message });
    }

    fn about(&mut self, place: &str, rest: &str, message: Message, value: &str) {
        self.add(concat(&[place, rest]), message, &[("value", &truncated_for_display(value))]);
    }

    fn entry(&mut self, entry: &CatalogEntry, place: &str) {
        if is_unusable(&entry.code) {
            self.about(place, "/code", BLANK, "");
        }
        self.text(Some(&entry.label), place, "/label");
        self.text(entry.unit.as_ref(), place, "/unit");
        self.text(entry.group.as_ref(), place, "/group");
        if let Some(link) = &entry.link
            && !is_link(link)
        {
            self.about(place, "/link", LINK, link);
        }
        let before = self.found.len();
        self.values(&entry.values, &concat(&[place, "/values"]));
        // A value can be compared with an offer that makes sense, and with no other.
        if let Some(default) = &entry.default
            && before == self.found.len()
        {
            if has_invisible(default) || has_control(default) {
                self.about(place, "/default", BLANK, "");
            }
            self.offered(entry, default, concat(&[place, "/default"]));
        }
    }

    fn text(&mut self, text: Option<&LocalizedText>, place: &str, rest: &str) {
        if text.is_some_and(LocalizedText::has_blank) {
            self.about(place, rest, LABEL, "");
        }
    }

    /// Entries of one group follow each other.
    fn groups(&mut self) {
        let entries = self.entries;
        let group = |index: usize| entries.get(index).and_then(|entry| entry.group.as_ref());
        for index in 1..entries.len() {
            if let Some(name) = group(index)
                && group(index - 1) != Some(name)
                && (0..index).any(|before| group(before) == Some(name))
            {
                let place = concat(&["/components/", &usize_to_string(index)]);
                self.about(&place, "/group", GROUP_APART, name.get(self.locale));
            }
        }
    }

    /// An order to begin with is one that may be bought.
    fn preset(&mut self, catalog: &Catalog, preset: &CatalogPreset, place: &str) {
        self.text(Some(&preset.name), place, "/name");
        if preset.request == CreateInstanceRequest::default() {
            return self.about(place, "/request", NO_REQUEST, "");
        }
        let options = Options { catalog: Some(catalog), allow_postpay: true, locale: self.locale };
        for problem in rules::check(&preset.request, &options) {
            if problem.severity == Severity::Error {
                let path = concat(&[place, "/request", problem.path.as_pointer()]);
                self.found.push(SchemaError { path, message: problem.message });
            }
        }
    }

    fn values(&mut self, values: &Values, place: &str) {
        match values {
            Values::Text => {}
            Values::Number { min, max, step } => {
                if min > max {
                    let values =
                        [("value", &*i64_to_string(*min)), ("limit", &i64_to_string(*max))];
                    self.add(concat(&[place, "/min"]), MIN, &values);
                }
                if *step <= 0 {
                    self.about(place, "/step", STEP, &i64_to_string(*step));
                }
            }
            Values::Select { options } => {
                if options.is_empty() {
                    self.about(place, "/options", NO_OPTION, "");
                }
                let mut known = Vec::with_capacity(options.len());
                for (index, option) in options.iter().enumerate() {
                    let place = concat(&[place, "/options/", &usize_to_string(index)]);
                    let value = option.value();
                    if is_unusable(value) {
                        self.about(&place, "", BLANK, "");
                    }
                    if sorted::insert(&mut known, (value, "")) {
                        self.about(&place, "", OPTION_TWICE, value);
                    }
                    if let CatalogOption::Labelled(option) = option {
                        self.text(Some(&option.label), &place, "/label");
                    }
                }
            }
        }
    }

    fn condition(&mut self, index: usize, condition: &Condition, place: &str) {
        let Condition { code, is, is_not } = condition;
        let entries = self.entries;
        let Some(other) = entries.iter().find(|entry| entry.code == *code) else {
            return self.about(place, "/code", NO_SUCH, code);
        };
        if self.depends_on_itself(index) {
            return self.about(place, "/code", CIRCLE, code);
        }
        let before = self.found.len();
        for (list, values) in [("/is/", is), ("/isNot/", is_not)] {
            for (index, value) in values.iter().enumerate() {
                self.offered(other, value, concat(&[place, list, &usize_to_string(index)]));
            }
        }
        let excluded = |value: &str| is_not.iter().any(|it| it == value);
        let never = match &other.values {
            _ if !is.is_empty() => is.iter().all(|value| excluded(value)),
            Values::Select { options } => options.iter().all(|option| excluded(option.value())),
            _ => return,
        };
        if before == self.found.len() && never {
            self.about(place, "", NEVER, code);
        }
    }

    /// Follows the conditions: true when they come back to where they began.
    fn depends_on_itself(&self, start: usize) -> bool {
        let next = |index: usize| {
            let condition = self.entries.get(index)?.visible_if.as_ref()?;
            self.entries.iter().position(|entry| entry.code == condition.code)
        };
        let mut at = next(start);
        for _ in self.entries {
            match at {
                None => return false,
                Some(index) if index == start => return true,
                Some(index) => at = next(index),
            }
        }
        false
    }

    fn offered(&mut self, entry: &CatalogEntry, value: &str, path: String) {
        if let Err(offer) = entry.values.accepts(value, self.locale) {
            self.add(
                path,
                NOT_OFFERED,
                &[("value", &truncated_for_display(value)), ("offer", &offer)],
            );
        }
    }
}

/// Returns true for an address of a page that a browser opens.
fn is_link(text: &str) -> bool {
    let host = text.strip_prefix("https://").unwrap_or_default();
    host.starts_with(|c: char| c.is_ascii_alphanumeric())
        && host.bytes().all(|it| it.is_ascii_graphic())
}

/// Returns true for a text that no order could hold.
fn is_unusable(text: &str) -> bool {
    text.is_empty() || has_invisible(text) || has_control(text)
}

fn has_control(text: &str) -> bool {
    text.chars().any(char::is_control)
}
