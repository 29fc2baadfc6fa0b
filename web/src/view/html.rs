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

/// An element that is being put together. In a box, since it is handed on at every step.
pub(super) struct Element(Box<Inner>);

struct Inner {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// What can stand in an element.
pub(super) trait Part: Sized {
    /// It as a view.
    fn part(self) -> AnyView;

    /// Puts it into an element, behind the others.
    fn put(self, element: &mut Element) {
        element.push(self.part());
    }
}

type ReadText = Box<dyn FnMut() -> String + Send>;
type Draw = Box<dyn Fn() -> AnyView>;
type LiveAttribute = Box<dyn FnMut() -> Option<String> + Send>;
type Listener = Box<dyn FnMut(web_sys::Event)>;

/// An element of this kind.
#[inline(never)]
pub(super) fn element(tag: &'static str) -> Element {
    let element = Element(Box::new(Inner { tag, attributes: Vec::new(), children: Vec::new() }));
    // Code in another language is other code.
    if matches!(tag, "code" | "pre") { element.attr("translate", "no") } else { element }
}

/// A text that follows what it reads.
pub(super) fn text<T: Into<String>>(read: impl Fn() -> T + Send + 'static) -> Element {
    element("span").text(read)
}

/// A part that is drawn anew when what it reads changes.
pub(super) fn live<P: Part>(draw: impl Fn() -> P + Send + 'static) -> Element {
    element("div").class("drawn").drawn(draw)
}

/// Parts one after the other.
pub(super) fn parts(parts: impl IntoIterator<Item = impl Part>) -> AnyView {
    list(parts.into_iter().map(Part::part).collect())
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
    #[inline(never)]
    pub(super) fn class(self, class: &'static str) -> Self {
        self.fixed("class", class.to_owned())
    }

    /// With an attribute that stays.
    pub(super) fn attr(self, name: &'static str, value: impl Owned) -> Self {
        self.fixed(name, value.owned())
    }

    /// With an attribute that follows what it reads, and is not there for `None`.
    pub(super) fn live_attr<T: Into<String>>(
        self,
        name: &'static str,
        read: impl Fn() -> Option<T> + Send + 'static,
    ) -> Self {
        self.followed(name, Box::new(move || read().map(Into::into)))
    }

    /// With an attribute that is there or not.
    pub(super) fn flag(self, name: &'static str, read: impl Fn() -> bool + Send + 'static) -> Self {
        self.followed(name, Box::new(move || read().then(String::new)))
    }

    /// With the text that a control holds to begin with.
    #[inline(never)]
    pub(super) fn value(mut self, value: String) -> Self {
        self.0.attributes.push(property::prop("value", value).into_any_attr());
        self
    }

    /// Ticked to begin with, or not.
    #[inline(never)]
    pub(super) fn checked(mut self, checked: bool) -> Self {
        self.0.attributes.push(property::prop("checked", checked).into_any_attr());
        self
    }

    /// With a text that follows what it reads, and nothing else.
    pub(super) fn text<T: Into<String>>(self, read: impl Fn() -> T + Send + 'static) -> Self {
        self.told(Box::new(move || read().into()))
    }

    /// With content that is drawn anew when what it reads changes, and nothing else.
    pub(super) fn drawn<P: Part>(self, draw: impl Fn() -> P + Send + 'static) -> Self {
        self.filled(Box::new(move || draw().part()))
    }

    /// With something that it does.
    pub(super) fn on(self, event: &'static str, act: impl FnMut(web_sys::Event) + 'static) -> Self {
        self.listener(event, Box::new(act))
    }

    /// With a part more.
    pub(super) fn child(mut self, part: impl Part) -> Self {
        part.put(&mut self);
        self
    }

    /// With parts more.
    pub(super) fn children(self, parts: impl IntoIterator<Item = impl Part>) -> Self {
        parts.into_iter().fold(self, Self::child)
    }

    // Each of these is called from a hundred places, and would be written out in all of them.

    #[inline(never)]
    fn fixed(mut self, name: &'static str, value: String) -> Self {
        self.0.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    #[inline(never)]
    fn followed(mut self, name: &'static str, read: LiveAttribute) -> Self {
        self.0.attributes.push(custom_attribute(name, read).into_any_attr());
        self
    }

    #[inline(never)]
    fn told(mut self, read: ReadText) -> Self {
        self.0.attributes.push(property::prop("textContent", read).into_any_attr());
        self
    }

    #[inline(never)]
    fn filled(mut self, draw: Draw) -> Self {
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
    fn listener(mut self, event: &'static str, act: Listener) -> Self {
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

/// A text of one's own.
pub(super) trait Owned {
    /// It as a value of its own.
    fn owned(self) -> String;
}

impl Owned for String {
    fn owned(self) -> String {
        self
    }
}

impl Owned for &str {
    #[inline(never)]
    fn owned(self) -> String {
        self.to_owned()
    }
}

impl Part for Element {
    #[inline(never)]
    fn part(self) -> AnyView {
        let Inner { tag, attributes, children } = *self.0;
        custom(tag).add_any_attr(attributes).child(children).into_any()
    }

    #[inline(never)]
    fn put(self, element: &mut Element) {
        element.push(self.part());
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
        self.to_owned().part()
    }

    #[inline(never)]
    fn put(self, element: &mut Element) {
        element.push(self.part());
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

    fn put(self, element: &mut Element) {
        if let Some(part) = self {
            part.put(element);
        }
    }
}
