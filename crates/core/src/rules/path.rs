//! Places in a request: values with an order and with steps, which are JSON Pointers (RFC 6901) where they leave Rust.

use alloc::string::String;
use core::{cmp::Ordering, fmt};

use serde::{Deserialize, Serialize};

use crate::{
    FromValue, Schema, Value,
    json::pointer,
    strings::{split, usize_to_string},
};

/// A place in a request. Places are in the order of its items, `/components/2` before `/components/10`; fields follow their alphabet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Path(String);

/// A step from a value into one inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// Into a list, by an index.
    Item(usize),
    /// Into an object, by a name as a JSON Pointer writes it.
    Field(&'a str),
}

impl Path {
    /// The place of a JSON Pointer.
    pub fn new(pointer: impl Into<String>) -> Self {
        Self(pointer.into())
    }

    /// The JSON Pointer of the place.
    #[must_use]
    pub fn as_pointer(&self) -> &str {
        &self.0
    }

    /// The steps to the place, from the outside.
    pub fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        let steps = split(&self.0, "/").skip(1);
        steps.map(|step| step.parse().map_or(Step::Field(step), Step::Item))
    }

    /// Tests that another place is this one, or inside it.
    pub(super) fn holds(&self, other: &Self) -> bool {
        let rest = other.0.strip_prefix(&self.0);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl Ord for Path {
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut left, mut right) = (split(&self.0, "/"), split(&other.0, "/"));
        loop {
            let (l, r) = match (left.next(), right.next()) {
                (None, None) => return Ordering::Equal,
                (None, Some(_)) => return Ordering::Less,
                (Some(_), None) => return Ordering::Greater,
                (Some(l), Some(r)) => (l, r),
            };
            // An index has no zeros in front.
            let is_number = |step: &str| step.bytes().all(|byte| byte.is_ascii_digit());
            let length = |step: &str| if is_number(step) { step.len() } else { usize::MAX };
            let order = length(l).cmp(&length(r)).then(l.cmp(r));
            if order.is_ne() {
                return order;
            }
        }
    }
}

impl PartialOrd for Path {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromValue for Path {
    const SCHEMA: &'static Schema = String::SCHEMA;

    fn from_checked(value: &Value<'_>) -> Self {
        Self(String::from_checked(value))
    }
}

/// A place that is being checked, one step below another. Its path is made when there is a problem, not before.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    parent: Option<&'a Self>,
    step: Step<'a>,
}

/// The whole request.
pub(super) const ROOT: Place<'static> = Place { parent: None, step: Step::Item(0) };

impl<'a> Place<'a> {
    pub(super) const fn field(&'a self, name: &'a str) -> Self {
        Self { parent: Some(self), step: Step::Field(name) }
    }

    pub(super) const fn item(&'a self, index: usize) -> Self {
        Self { parent: Some(self), step: Step::Item(index) }
    }

    pub(super) fn to_path(self) -> Path {
        Path(self.to_pointer())
    }

    fn to_pointer(self) -> String {
        let Some(parent) = self.parent else { return String::new() };
        match self.step {
            Step::Field(name) => pointer(&parent.to_pointer(), name),
            Step::Item(index) => pointer(&parent.to_pointer(), &usize_to_string(index)),
        }
    }
}
