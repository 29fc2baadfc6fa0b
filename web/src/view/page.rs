//! The frame of the page: header, screen and announcements.

use havenask_core::Locale;

use super::{
    icon,
    lazy::{self, LazyView},
    order, order_form,
    prelude::*,
};
use crate::{
    browser,
    model::Route,
    state::Screen,
    texts::{form as texts, orders as order_texts, outcome as outcomes, review as reviews},
};

/// The whole page, or the form in an element of another page.
pub(crate) fn root() -> AnyView {
    let app = App::from_context();
    let is_page = app.ui.host(|host| host.is_page);
    Effect::new(move || {
        let locale = app.ui.locale.get();
        if is_page {
            browser::set_language(locale);
            document().set_title(&title(app, locale));
        }
    });
    let route = Memo::new(move |_| app.ui.route.get().screen());
    let screen = move || {
        let open = LazyView::open(route.get(), app.order.screen.get());
        // It follows the language by itself, and so keeps what is typed there.
        if !matches!(open, Some(LazyView::Developer)) {
            app.ui.locale.track();
        }
        open.map_or_else(order_form::view, |view| lazy::view(app, view))
    };
    lazy::load_on_use(app);
    let announcement = element("p").class("visually-hidden").attr("role", "status");
    let announcement = announcement.text(move || app.ui.announcement.get());
    let main = element(if is_page { "main" } else { "div" }).class("main").content(screen);
    let all = element("div").class("havenask");
    let all = all.dyn_attr("lang", move || Some(app.ui.locale.get().tag()));
    // The first slot of a name has the content: beside a problem, or else here.
    let foot = element("div").class("foot").child(slot(app, SUPPORT));
    all.child(is_page.then(|| header(app)))
        .child(main)
        .child((!is_page).then_some(foot))
        .child(announcement)
        .into_child()
}

fn header(app: App) -> Element {
    let other = move || {
        let other = Locale::ALL.into_iter().find(|it| *it != app.ui.locale.get());
        other.unwrap_or_default()
    };
    let get = move |text: Text| move || text.get(app.ui.locale.get());
    let brand = element("span")
        .class("brand")
        .child(icon::picture("brand-mark", "24", "M5 4v16M5 12h14M19 4v16"))
        .child(text(get(texts::PRODUCT)));
    let tabs = [
        (Route::NewOrder, texts::NEW_ORDER),
        (Route::Orders, order_texts::ORDERS),
        (Route::Instances(None), texts::INSTANCES),
        (Route::Developer, texts::DEVELOPER),
    ]
    .map(|(route, name)| {
        let here = route.clone();
        let current = move || (app.ui.route.get().section() == here).then_some("page");
        route_link(app, "tab", route).dyn_attr("aria-current", current).text(get(name))
    });
    let nav = element("nav")
        .class("tabs")
        .dyn_attr("aria-label", move || Some(get(texts::NAVIGATION)()))
        .children(tabs);
    let language = element("span")
        .dyn_attr("lang", move || Some(other().tag()))
        .text(get(texts::OTHER_LANGUAGE));
    let switch = element("button")
        .attr("type", "button")
        .class("button button-text")
        .dyn_attr("title", move || Some(get(texts::SWITCH_LANGUAGE)()))
        .on("click", move |_| actions::choose_language(app, other()))
        .child(language);
    element("header").class("header").child(brand).child(nav).child(switch)
}

/// The title of the document.
fn title(app: App, locale: Locale) -> String {
    let has_errors = || app.form.blocking_errors.with(|problems| !problems.is_empty());
    let (screen, error) = match (app.ui.route.get().screen(), app.order.screen.get()) {
        (Route::Instances(_), _) => (texts::INSTANCES, false),
        (Route::Developer, _) => (texts::DEVELOPER, false),
        (Route::Orders, _) => (order_texts::ORDERS, false),
        (Route::Order(_), _) => order::title(app),
        (_, Screen::Form) => (texts::TITLE, has_errors()),
        (_, Screen::Review) => (reviews::TITLE, false),
        (_, Screen::Refused) => (outcomes::REFUSED, true),
        (_, Screen::Unknown) => (outcomes::UNKNOWN, false),
    };
    let error = if error { texts::ERROR.get(locale) } else { "" };
    let colon = if error.is_empty() { "" } else { locale.localized(": ", "：") };
    [error, colon, screen.get(locale), " – ", texts::PRODUCT.get(locale)].concat()
}
