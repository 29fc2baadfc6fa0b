//! Elements of several views.

use std::time::Duration;

use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*};

use super::{
    html::{Element, IntoChild, IntoString, element},
    icon::Icon,
};
use crate::{
    actions,
    model::Route,
    state::{App, HEADING},
    texts::Text,
};

/// The heading of a screen, which gets the focus when the screen appears.
pub(super) fn heading(app: App, title: Text, lead: Text) -> Element {
    element("div")
        .class("heading")
        .child(title_line(app).child(app.ui.text(title)))
        .child(element("p").class("lead").child(app.ui.text(lead)))
}

/// The title in a heading, without its text.
pub(super) fn title_line(app: App) -> Element {
    element("h1").attr("id", app.ui.id(HEADING)).attr("tabindex", "-1")
}

/// A section of the form.
pub(super) fn section(app: App, title: Text) -> Element {
    let title = element("legend").class("part-title").child(app.ui.text(title));
    element("fieldset").class("part").child(title)
}

/// The title of a panel, with its icon.
pub(super) fn panel_title(icon: Icon, title: &str) -> Element {
    element("h2").class("panel-title").child(icon).child(" ").child(title)
}

/// A line of a description list.
pub(super) fn line(label: impl IntoChild, value: impl IntoChild) -> Element {
    let value = element("dd").class("line-value").child(value);
    element("div").class("line").child(element("dt").child(label)).child(value)
}

/// A button with a text.
pub(super) fn button(
    app: App,
    class: &'static str,
    text: Text,
    act: impl Fn() + 'static,
) -> Element {
    let button = element("button").attr("type", "button").class(class);
    button.on("click", move |_| act()).child(app.ui.text(text))
}

/// A link to a view. A form in another page, whose address is not its own, has a button there.
pub(super) fn route_link(app: App, class: &'static str, route: Route) -> Element {
    if app.ui.host(|host| host.is_page) {
        return element("a").class(class).attr("href", route.fragment());
    }
    let link = element("button").attr("type", "button").class(class);
    link.on("click", move |_| actions::navigate(app, route.clone()))
}

/// The slot for the support of the host.
pub(super) const SUPPORT: &str = "support";

/// A slot for content of the host, which is nothing while it is empty. On the page of its own there is no host.
pub(super) fn slot(app: App, name: &'static str) -> Option<Element> {
    let is_page = app.ui.host(|host| host.is_page);
    (!is_page).then(|| element("slot").attr("name", name))
}

/// A link to a page of others, which opens in a tab of its own.
pub(super) fn external_link(address: impl IntoString, text: impl IntoChild) -> Element {
    element("a")
        .attr("href", address)
        .attr("target", "_blank")
        .attr("rel", "noopener noreferrer")
        .child(text)
}

/// A checkbox with its label.
pub(super) fn choice(
    id: String,
    is_checked: bool,
    label: &str,
    change: impl Fn(bool) + 'static,
    attributes: impl FnOnce(Element) -> Element,
) -> Element {
    let label = element("label").attr("part", "label").attr("for", id.clone()).child(label);
    let checkbox = element("input").attr("type", "checkbox").attr("id", id).checked(is_checked);
    let checkbox = checkbox.on("change", move |event| change(event_target_checked(&event)));
    element("div").class("choice").child(attributes(checkbox)).child(label)
}

/// A label with a code behind its text.
pub(super) fn labelled(id: String, text: &str, code: &str) -> Element {
    let label = element("label").attr("part", "label").attr("for", id).child(text).child(" ");
    label.child(element("code").child(code))
}

/// Calls a function at an interval, as long as the view is there.
pub(super) fn every(interval: Duration, tick: impl Fn() + 'static) {
    if let Ok(timer) = set_interval_with_handle(tick, interval) {
        on_cleanup(move || timer.clear());
    }
}
