//! The same request in other words, and why a signature does not match. An element of a module of its own draws it
//! (`web/developer`), which is loaded with the npm package when this is first opened: nothing of it is in the page's wasm.

use leptos::prelude::*;

use super::{
    common::title_line,
    html::{element, parts},
};
use crate::{
    page::Page,
    texts::{Text, form as texts},
};

/// The attribute of the page that says where the module is.
const MODULE: &str = "data-developer";

pub(super) fn view(page: Page) -> AnyView {
    let get = move |text: Text| text.get(page.locale.get());
    let title = title_line(page).text(move || get(texts::DEVELOPER));
    let failed = RwSignal::new(false);
    let module = page.host(|host| host.root.get_attribute(MODULE)).unwrap_or_default();
    let script = element("script")
        .attr("type", "module")
        .attr("src", module)
        .on("error", move |_| failed.set(true));
    let drawn = element("havenask-developer")
        .live_attr("lang", move || Some(page.locale.get().tag()))
        .live_attr("region", move || Some(page.form.with(|form| form.region.clone())))
        .live_attr("request", move || Some(page.form.with(|form| form.draft().request.to_json())));
    let said = move || get(if failed.get() { texts::NOT_LOADED } else { texts::LOADING });
    let state = element("p").class("developer-state").attr("role", "status").text(said);
    let heading = element("div").class("heading").child(title);
    parts([heading, script, drawn, state])
}
