//! The current order as code, and the check of a signature. An element of a module of its own draws them (`web/developer`),
//! which is loaded with the npm package when the tab is first opened: nothing of it is in the page's wasm.

use super::{order_json, prelude::*};
use crate::texts::form as texts;

/// The attribute of the page with the URL of the module.
const MODULE: &str = "data-developer";

pub(super) fn view() -> AnyView {
    let app = App::from_context();
    let get = move |text: Text| text.get(app.ui.locale.get());
    let title = title_line(app).text(move || get(texts::DEVELOPER));
    let failed = RwSignal::new(false);
    let module = app.ui.host(|host| host.root.get_attribute(MODULE)).unwrap_or_default();
    let script = element("script")
        .attr("type", "module")
        .attr("src", module)
        .on("error", move |_| failed.set(true));
    let developer = element("havenask-developer")
        .dyn_attr("lang", move || Some(app.ui.locale.get().tag()))
        .dyn_attr("region", move || Some(app.form.values.with(|form| form.region.clone())))
        .dyn_attr("request", move || Some(app.form.request.with(|built| built.request.to_json())));
    let text = move || get(if failed.get() { texts::NOT_LOADED } else { texts::LOADING });
    let state = element("p").class("developer-state").attr("role", "status").text(text);
    let heading = element("div").class("heading").child(title);
    fragment([heading, order_json::view(), script, developer, state])
}
