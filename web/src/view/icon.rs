//! Icons. Each stands beside a word of the same meaning.

use leptos::{
    prelude::*,
    svg,
    tachys::html::attribute::{
        any_attribute::{AnyAttribute, IntoAnyAttribute},
        custom::custom_attribute,
    },
};

use super::html::IntoChild;

/// A picture of 16 by 16.
#[derive(Clone, Copy)]
pub(super) enum Icon {
    Add,
    Check,
    Copy,
    Error,
    Later,
    Now,
    Question,
    Refresh,
    Remove,
    Warning,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Add => "M8 3v10M3 8h10",
            Self::Check => "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M5 8.2l2.1 2.1L11 6.2",
            Self::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
            Self::Error => "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M8 4.6v4.2M8 11.2v.2",
            Self::Later => "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13",
            Self::Now => "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M8 4.5V8l2.3 1.6",
            Self::Question => {
                "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.6-.8 1.2M8 11.2v.2"
            }
            Self::Refresh => "M13.5 8a5.5 5.5 0 1 1-1.6-3.9L13.5 5.7M13.5 2v3.7H9.8",
            Self::Remove => "M4 4l8 8M12 4l-8 8",
            Self::Warning => "M8 2L1.8 13.5h12.4zM8 6.4v3.4M8 11.6v.2",
        }
    }
}

impl IntoChild for Icon {
    /// The picture, hidden from screen readers.
    fn into_child(self) -> AnyView {
        picture("icon", "16", self.path())
    }
}

/// A path in a square of this size.
#[inline(never)]
pub(super) fn picture(class: &'static str, size: &'static str, path: &'static str) -> AnyView {
    let fixed = |name, value: &str| custom_attribute(name, value.to_owned()).into_any_attr();
    let square = ["0 0 ", size, " ", size].concat();
    let attributes =
        [("class", class), ("viewBox", &square), ("aria-hidden", "true"), ("focusable", "false")];
    let attributes: Vec<AnyAttribute> =
        attributes.into_iter().map(|(name, value)| fixed(name, value)).collect();
    let path = svg::path().add_any_attr(vec![fixed("d", path)]);
    svg::svg().add_any_attr(attributes).child(path).into_any()
}
