//! Where one is in a request. The path is written when there is something to say about the place, not before.

use alloc::string::String;

use crate::{json::pointer, strings::usize_to_string};

/// A place, one step below another.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    parent: Option<&'a Self>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Field(&'a str),
    Item(usize),
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

    /// The place as a JSON Pointer.
    pub(super) fn path(&self) -> String {
        let Some(parent) = self.parent else { return String::new() };
        match self.step {
            Step::Field(name) => pointer(&parent.path(), name),
            Step::Item(index) => pointer(&parent.path(), &usize_to_string(index)),
        }
    }
}
