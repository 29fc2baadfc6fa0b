//! Place in a request. The path is written when there is something to say about the place, not before.

use alloc::string::String;
use core::cmp::Ordering;

use crate::{
    json::pointer,
    strings::{split, usize_to_string},
};

/// A place, one step below another.
#[derive(Clone, Copy)]
pub(super) struct Path<'a> {
    parent: Option<&'a Self>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Field(&'a str),
    Item(usize),
}

/// The whole request.
pub(super) const ROOT: Path<'static> = Path { parent: None, step: Step::Item(0) };

impl<'a> Path<'a> {
    pub(super) const fn field(&'a self, name: &'a str) -> Self {
        Self { parent: Some(self), step: Step::Field(name) }
    }

    pub(super) const fn item(&'a self, index: usize) -> Self {
        Self { parent: Some(self), step: Step::Item(index) }
    }

    /// The place as a JSON Pointer.
    pub(super) fn to_pointer(self) -> String {
        let Some(parent) = self.parent else { return String::new() };
        match self.step {
            Step::Field(name) => pointer(&parent.to_pointer(), name),
            Step::Item(index) => pointer(&parent.to_pointer(), &usize_to_string(index)),
        }
    }
}

/// Orders `/components/2` before `/components/10`, and both before a field.
pub(super) fn cmp_paths(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (split(a, "/"), split(b, "/"));
    loop {
        let (l, r) = match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(l), Some(r)) => (l, r),
        };
        // A place in a list has no zeros in front.
        let is_number = |step: &str| step.bytes().all(|byte| byte.is_ascii_digit());
        let length = |step: &str| if is_number(step) { step.len() } else { usize::MAX };
        let order = length(l).cmp(&length(r)).then(l.cmp(r));
        if order.is_ne() {
            return order;
        }
    }
}
