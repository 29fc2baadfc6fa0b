//! Elements, put together at run time. Leptos writes its code once for each type that it meets, and in its macro each element
//! with its attributes and children is a type of its own; here all elements are one. The page is two thirds of the size.
//!
//! Changes on the screen are to the content of an element, which is replaced as a whole. A text node may be another's by the
//! time that it is to change: translators of web pages put their own in its place.

use std::cell::RefCell;

use leptos::{
    ev,
    prelude::*,
    tachys::{
        html::{
            attribute::{
                any_attribute::{AnyAttribute, IntoAnyAttribute},
                custom::custom_attribute,
            },
            directive::directive,
            element::custom,
            event, property,
        },
        view::{Mountable, any_view::AnyViewState},
    },
};

use super::parts::part_of;

/// An element under construction. In a box, since it is moved at every step.
pub(super) struct Element(Box<Inner>);

struct Inner {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// A child of an element.
pub(super) trait IntoChild: Sized {
    /// Converts it to a view.
    fn into_child(self) -> AnyView;

    /// Appends it to an element.
    fn append_to(self, element: &mut Element) {
        element.push(self.into_child());
    }
}

type ReadText = Box<dyn FnMut() -> String + Send>;
type Draw = Box<dyn Fn() -> AnyView>;
type DynAttribute = Box<dyn FnMut() -> Option<String> + Send>;
type Listener = Box<dyn FnMut(web_sys::Event)>;

/// An element with this tag.
#[inline(never)]
pub(super) fn element(tag: &'static str) -> Element {
    let element = Element(Box::new(Inner { tag, attributes: Vec::new(), children: Vec::new() }));
    // Code in another language is other code.
    if matches!(tag, "code" | "pre") { element.attr("translate", "no") } else { element }
}

/// A text that follows the signals that it reads.
pub(super) fn text<T: Into<String>>(read: impl Fn() -> T + Send + 'static) -> Element {
    element("span").text(read)
}

/// A child that is drawn again when a signal that it reads changes.
pub(super) fn dynamic<P: IntoChild>(draw: impl Fn() -> P + Send + 'static) -> Element {
    element("div").class("dynamic").content(draw)
}

/// Children one after the other.
pub(super) fn fragment(parts: impl IntoIterator<Item = impl IntoChild>) -> AnyView {
    list(parts.into_iter().map(IntoChild::into_child).collect())
}

/// A child for each id, which stays the same while its id is there.
pub(super) fn each(
    ids: impl Fn() -> Vec<u32> + Send + Sync + 'static,
    draw: impl Fn(u32) -> Element + Send + Sync + Clone + 'static,
) -> AnyView {
    let draw = move |id| draw(id).into_child();
    For(ForProps::builder().each(ids).key(|id: &u32| *id).children(draw).build()).into_any()
}

impl Element {
    /// Adds a class, and the part that goes with it.
    #[inline(never)]
    pub(super) fn class(self, class: &'static str) -> Self {
        let element = self.attribute("class", class.to_owned());
        match part_of(class) {
            Some(part) => element.attribute("part", part.to_owned()),
            None => element,
        }
    }

    /// Adds an attribute.
    pub(super) fn attr(self, name: &'static str, value: impl IntoString) -> Self {
        self.attribute(name, value.into_string())
    }

    /// Adds an attribute that follows the signals that it reads; `None` removes it.
    pub(super) fn dyn_attr<T: Into<String>>(
        self,
        name: &'static str,
        read: impl Fn() -> Option<T> + Send + 'static,
    ) -> Self {
        self.dyn_attribute(name, Box::new(move || read().map(Into::into)))
    }

    /// Adds a boolean attribute that follows the signals that it reads.
    pub(super) fn bool_attr(
        self,
        name: &'static str,
        read: impl Fn() -> bool + Send + 'static,
    ) -> Self {
        self.dyn_attribute(name, Box::new(move || read().then(String::new)))
    }

    /// Sets the initial value of a control.
    #[inline(never)]
    pub(super) fn value(mut self, value: String) -> Self {
        self.0.attributes.push(property::prop("value", value).into_any_attr());
        self
    }

    /// Sets the value of a control, which follows the signals that it reads.
    pub(super) fn dyn_value(self, read: impl Fn() -> String + Send + 'static) -> Self {
        self.property("value", Box::new(read))
    }

    /// Sets the initial state of a checkbox or radio button.
    #[inline(never)]
    pub(super) fn checked(mut self, checked: bool) -> Self {
        self.0.attributes.push(property::prop("checked", checked).into_any_attr());
        self
    }

    /// Sets a text that follows the signals that it reads.
    pub(super) fn text<T: Into<String>>(self, read: impl Fn() -> T + Send + 'static) -> Self {
        self.property("textContent", Box::new(move || read().into()))
    }

    /// Sets content that is drawn again when a signal that it reads changes.
    pub(super) fn content<P: IntoChild>(self, draw: impl Fn() -> P + Send + 'static) -> Self {
        self.replace_content(Box::new(move || draw().into_child()))
    }

    /// Adds an event listener.
    pub(super) fn on(self, event: &'static str, act: impl FnMut(web_sys::Event) + 'static) -> Self {
        self.add_listener(event, Box::new(act))
    }

    /// Adds a child.
    pub(super) fn child(mut self, part: impl IntoChild) -> Self {
        part.append_to(&mut self);
        self
    }

    /// Adds children.
    pub(super) fn children(self, parts: impl IntoIterator<Item = impl IntoChild>) -> Self {
        parts.into_iter().fold(self, Self::child)
    }

    // Each of these is called from a hundred places, and would be written out in all of them.

    #[inline(never)]
    fn attribute(mut self, name: &'static str, value: String) -> Self {
        self.0.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    #[inline(never)]
    fn dyn_attribute(mut self, name: &'static str, read: DynAttribute) -> Self {
        self.0.attributes.push(custom_attribute(name, read).into_any_attr());
        self
    }

    #[inline(never)]
    fn property(mut self, name: &'static str, read: ReadText) -> Self {
        self.0.attributes.push(property::prop(name, read).into_any_attr());
        self
    }

    #[inline(never)]
    fn replace_content(mut self, draw: Draw) -> Self {
        let draw = RefCell::new(Some(draw));
        let fill = move |element: web_sys::Element| {
            let Some(draw) = draw.take() else { return };
            let effect = RenderEffect::new(move |before: Option<AnyViewState>| {
                let view = draw();
                element.set_text_content(None);
                drop(before);
                let mut state = view.build();
                state.mount(&element, None);
                state
            });
            // It lives as long as what the element is drawn in.
            StoredValue::new_local(effect);
        };
        self.0.attributes.push(directive(fill, ()).into_any_attr());
        self
    }

    #[inline(never)]
    fn add_listener(mut self, event: &'static str, act: Listener) -> Self {
        let listener = event::on(ev::Custom::new(event), act).into_any_attr();
        self.0.attributes.push(listener);
        self
    }

    #[inline(never)]
    fn push(&mut self, child: AnyView) {
        self.0.children.push(child);
    }
}

#[inline(never)]
fn list(parts: Vec<AnyView>) -> AnyView {
    parts.into_any()
}

/// Conversion to an owned text.
pub(super) trait IntoString {
    /// Converts it.
    fn into_string(self) -> String;
}

impl IntoString for String {
    fn into_string(self) -> String {
        self
    }
}

impl IntoString for &str {
    #[inline(never)]
    fn into_string(self) -> String {
        self.to_owned()
    }
}

impl IntoChild for Element {
    #[inline(never)]
    fn into_child(self) -> AnyView {
        let Inner { tag, attributes, children } = *self.0;
        custom(tag).add_any_attr(attributes).child(children).into_any()
    }

    #[inline(never)]
    fn append_to(self, element: &mut Element) {
        element.push(self.into_child());
    }
}

impl IntoChild for AnyView {
    fn into_child(self) -> AnyView {
        self
    }
}

impl IntoChild for String {
    #[inline(never)]
    fn into_child(self) -> AnyView {
        self.into_any()
    }
}

impl IntoChild for &str {
    fn into_child(self) -> AnyView {
        self.to_owned().into_child()
    }

    #[inline(never)]
    fn append_to(self, element: &mut Element) {
        element.push(self.into_child());
    }
}

impl<P: IntoChild> IntoChild for Vec<P> {
    fn into_child(self) -> AnyView {
        fragment(self)
    }
}

impl IntoChild for () {
    fn into_child(self) -> AnyView {
        ().into_any()
    }
}

impl<P: IntoChild> IntoChild for Option<P> {
    fn into_child(self) -> AnyView {
        self.map_or_else(|| ().into_any(), IntoChild::into_child)
    }

    fn append_to(self, element: &mut Element) {
        if let Some(part) = self {
            part.append_to(element);
        }
    }
}
