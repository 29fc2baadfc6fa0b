//! Elements, put together at run time. Leptos writes its code once for each type that it meets, and in its macro each element
//! with its attributes and children is a type of its own; here all elements are one. The page is two thirds of the size.

use leptos::{
    ev,
    prelude::*,
    tachys::html::{
        attribute::{
            any_attribute::{AnyAttribute, IntoAnyAttribute},
            custom::custom_attribute,
        },
        element::{custom, inner_html},
        event, property,
    },
};

/// An element that is being put together.
pub(super) struct Element {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// What can stand in an element.
pub(super) trait Part {
    /// It as a view.
    fn part(self) -> AnyView;
}

/// An element of this kind.
pub(super) fn element(tag: &'static str) -> Element {
    Element { tag, attributes: Vec::new(), children: Vec::new() }
}

/// A text that follows what it reads.
pub(super) fn text<T: Into<String>>(read: impl Fn() -> T + Send + 'static) -> AnyView {
    text_part(Box::new(move || read().into()))
}

/// A part that is drawn anew when what it reads changes.
pub(super) fn live<P: Part>(draw: impl Fn() -> P + Send + 'static) -> AnyView {
    live_part(Box::new(move || draw().part()))
}

/// Parts one after the other.
pub(super) fn parts(parts: impl IntoIterator<Item = impl Part>) -> AnyView {
    parts.into_iter().map(Part::part).collect::<Vec<_>>().into_any()
}

/// A part for each id, which stays what it is while its id is there.
pub(super) fn each(
    ids: impl Fn() -> Vec<u32> + Send + Sync + 'static,
    draw: impl Fn(u32) -> Element + Send + Sync + Clone + 'static,
) -> AnyView {
    let draw = move |id| draw(id).part();
    For(ForProps::builder().each(ids).key(|id: &u32| *id).children(draw).build()).into_any()
}

impl Element {
    /// With this class.
    pub(super) fn class(self, class: &'static str) -> Self {
        self.attr("class", class)
    }

    /// With an attribute that stays.
    pub(super) fn attr(self, name: &'static str, value: impl Into<String>) -> Self {
        self.with(fixed(name, value.into()))
    }

    /// With an attribute that follows what it reads, and is not there for `None`.
    pub(super) fn live_attr<T: Into<String>>(
        self,
        name: &'static str,
        read: impl Fn() -> Option<T> + Send + 'static,
    ) -> Self {
        self.with(followed(name, Box::new(move || read().map(Into::into))))
    }

    /// With an attribute that is there or not.
    pub(super) fn flag(self, name: &'static str, read: impl Fn() -> bool + Send + 'static) -> Self {
        self.live_attr(name, move || read().then_some(""))
    }

    /// With the text that a control holds to begin with.
    pub(super) fn value(self, value: String) -> Self {
        self.with(property::prop("value", value).into_any_attr())
    }

    /// Ticked to begin with, or not.
    pub(super) fn checked(self, checked: bool) -> Self {
        self.with(property::prop("checked", checked).into_any_attr())
    }

    /// With markup of our own inside.
    pub(super) fn html(self, markup: String) -> Self {
        self.with(inner_html(markup).into_any_attr())
    }

    /// With something that it does.
    pub(super) fn on(self, event: &'static str, act: impl FnMut(web_sys::Event) + 'static) -> Self {
        self.with(listener(event, Box::new(act)))
    }

    /// With a part more.
    pub(super) fn child(self, part: impl Part) -> Self {
        self.and(part.part())
    }

    /// With parts more.
    pub(super) fn children(self, parts: impl IntoIterator<Item = impl Part>) -> Self {
        parts.into_iter().fold(self, Self::child)
    }

    #[inline(never)]
    fn with(mut self, attribute: AnyAttribute) -> Self {
        self.attributes.push(attribute);
        self
    }

    #[inline(never)]
    fn and(mut self, child: AnyView) -> Self {
        self.children.push(child);
        self
    }
}

// Each is called from a hundred places, and would be written out in all of them.

#[inline(never)]
fn fixed(name: &'static str, value: String) -> AnyAttribute {
    custom_attribute(name, value).into_any_attr()
}

#[inline(never)]
fn followed(name: &'static str, read: Box<dyn FnMut() -> Option<String> + Send>) -> AnyAttribute {
    custom_attribute(name, read).into_any_attr()
}

#[inline(never)]
fn text_part(read: Box<dyn FnMut() -> String + Send>) -> AnyView {
    read.into_any()
}

#[inline(never)]
fn live_part(draw: Box<dyn FnMut() -> AnyView + Send>) -> AnyView {
    draw.into_any()
}

#[inline(never)]
fn listener(event: &'static str, act: Box<dyn FnMut(web_sys::Event)>) -> AnyAttribute {
    event::on(ev::Custom::new(event), act).into_any_attr()
}

impl Part for Element {
    #[inline(never)]
    fn part(self) -> AnyView {
        custom(self.tag).add_any_attr(self.attributes).child(self.children).into_any()
    }
}

impl Part for AnyView {
    fn part(self) -> AnyView {
        self
    }
}

impl Part for String {
    #[inline(never)]
    fn part(self) -> AnyView {
        self.into_any()
    }
}

impl Part for &str {
    fn part(self) -> AnyView {
        self.to_owned().into_any()
    }
}

impl<P: Part> Part for Vec<P> {
    fn part(self) -> AnyView {
        parts(self)
    }
}

impl Part for () {
    fn part(self) -> AnyView {
        ().into_any()
    }
}

impl<P: Part> Part for Option<P> {
    fn part(self) -> AnyView {
        self.map_or_else(|| ().into_any(), Part::part)
    }
}
