//! What changes on the screen, and what answers to the visitor, as boxed functions: Leptos writes its code once for each
//! type that it meets, and each closure is a type of its own.

use leptos::prelude::*;

/// A part that is drawn anew when what it reads changes.
pub(super) type Live<T> = Box<dyn FnMut() -> T + Send>;

/// A part of the page.
pub(super) fn view<V: IntoAny>(draw: impl Fn() -> V + Send + 'static) -> Live<AnyView> {
    Box::new(move || draw().into_any())
}

/// A text, or an attribute that is always there.
pub(super) fn text<T: Into<String>>(read: impl Fn() -> T + Send + 'static) -> Live<String> {
    Box::new(move || read().into())
}

/// An attribute that is not always there.
pub(super) fn attribute<T: Into<String>>(
    read: impl Fn() -> Option<T> + Send + 'static,
) -> Live<Option<String>> {
    Box::new(move || read().map(Into::into))
}

/// An attribute that is there or not.
pub(super) fn flag(read: impl Fn() -> bool + Send + 'static) -> Live<bool> {
    Box::new(read)
}

/// What an event does.
pub(super) fn on<E>(act: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(act)
}
