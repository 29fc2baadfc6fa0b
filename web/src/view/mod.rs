//! What is on the screen. Every view is made anew for another language; what it shows lives in the [`Page`].

mod check;
mod common;
mod control;
mod copy;
mod details;
mod developer;
mod doubt;
mod follow;
mod html;
mod icon;
mod instances;
mod labels;
mod newest;
mod obstacle;
mod outcome;
mod plan;
mod problems;
mod retry;
mod review;
mod rows;
mod specification;
mod summary;
mod table;
mod term;

use havenask_core::Locale;
use leptos::prelude::*;

use self::{
    common::{button, heading},
    html::{Element, Part, element, live, parts, text},
    icon::Icon,
};
use crate::{
    browser, link,
    page::{Page, Place},
    stage::Screen,
    texts::{Text, form, outcome as outcomes, review as reviews},
};

/// The whole page, or what an element of somebody else's shows.
pub(crate) fn root(page: Page) -> AnyView {
    let is_page = page.host(|host| host.is_page);
    Effect::new(move || {
        let locale = page.locale.get();
        if is_page {
            browser::set_language(locale);
            document().set_title(&title(page, locale));
        }
    });
    let screen = move || {
        let place = page.place.get();
        if place == Place::Developer {
            // It follows the language by itself, and so keeps what is typed there.
            return developer::view(page);
        }
        page.locale.track();
        match (place, page.screen.get()) {
            (Place::Instances, _) => instances::view(page),
            (_, Screen::Form) => filling(page),
            (_, Screen::Review) => review::view(page),
            (_, Screen::Created) => outcome::created(page),
            (_, Screen::Refused) => outcome::refused(page),
            (_, Screen::Unknown) => outcome::unknown(page),
        }
    };
    let news = element("p").class("visually-hidden").attr("role", "status");
    let news = news.text(move || page.news.get());
    let main = element(if is_page { "main" } else { "div" }).class("main").drawn(screen);
    let all = element("div").class("havenask").attr("part", "form");
    let all = all.live_attr("lang", move || Some(page.locale.get().tag()));
    all.child(is_page.then(|| header(page))).child(main).child(news).part()
}

fn header(page: Page) -> Element {
    let other = move || match page.locale.get() {
        Locale::En => Locale::Zh,
        Locale::Zh => Locale::En,
    };
    let get = move |text: Text| move || text.get(page.locale.get());
    let brand = element("span")
        .class("brand")
        .child(icon::picture("brand-mark", "24", "M5 4v16M5 12h14M19 4v16"))
        .child(text(get(form::PRODUCT)));
    let places = [
        (Place::Buy, form::BUY),
        (Place::Instances, form::INSTANCES),
        (Place::Developer, form::DEVELOPER),
    ]
    .map(|(place, name)| {
        element("button")
            .attr("type", "button")
            .class("place")
            .live_attr("aria-current", move || (page.place.get() == place).then_some("page"))
            .on("click", move |_| page.go(place))
            .text(get(name))
    });
    let nav = element("nav")
        .class("places")
        .live_attr("aria-label", move || Some(get(form::PARTS)()))
        .children(places);
    let language = element("span")
        .live_attr("lang", move || Some(other().tag()))
        .text(get(form::OTHER_LANGUAGE));
    let switch = element("button")
        .attr("type", "button")
        .class("button button-quiet")
        .live_attr("title", move || Some(get(form::SWITCH_LANGUAGE)()))
        .on("click", move |_| page.locale.set(other()))
        .child(language);
    element("header").class("header").child(brand).child(nav).child(switch)
}

fn filling(page: Page) -> AnyView {
    let column = element("div")
        .class("column")
        .child(live(move || page.bad_link.get().then(|| bad_link(page))))
        .child(obstacle::view(page))
        .child(problems::view(page))
        .child(plan::view(page))
        .child(specification::view(page))
        .child(term::view(page))
        .child(labels::view(page));
    let form = element("form")
        .class("layout")
        .attr("novalidate", "")
        .attr("autocomplete", "off")
        .on("submit", move |event| {
            event.prevent_default();
            page.review();
        })
        .child(column)
        .child(summary::form(page));
    let share = move || {
        let link = link::to(&page.form.get_untracked());
        page.spawn(async move {
            let done = browser::copy(&link).await;
            page.say(page.get(if done { form::SHARED } else { outcomes::COPY_FAILED }));
        });
    };
    let is_page = page.host(|host| host.is_page);
    let draft = element("p")
        .class("draft")
        .child(button(page, "link", form::START_ANEW, move || page.start_anew()))
        .child(is_page.then(|| button(page, "link", form::SHARE, share)));
    parts([heading(page, form::TITLE, form::LEAD), draft, form])
}

fn bad_link(page: Page) -> Element {
    let panel = element("p").class("panel panel-error problem").attr("role", "alert");
    panel.child(Icon::Error).child(element("span").child(page.get(form::BAD_LINK)))
}

/// The title of the document.
fn title(page: Page, locale: Locale) -> String {
    let (screen, error) = match page.screen.get() {
        _ if page.place.get() == Place::Instances => (form::INSTANCES, false),
        _ if page.place.get() == Place::Developer => (form::DEVELOPER, false),
        Screen::Form => (form::TITLE, page.in_the_way.with(|problems| !problems.is_empty())),
        Screen::Review => (reviews::TITLE, false),
        Screen::Created if page.follow.with(crate::follow::Follow::is_ready) => {
            (outcomes::READY, false)
        }
        Screen::Created => (outcomes::CREATED, false),
        Screen::Refused => (outcomes::REFUSED, true),
        Screen::Unknown => (outcomes::UNKNOWN, false),
    };
    let mut title = String::new();
    if error {
        title.push_str(form::ERROR.get(locale));
        title.push_str(locale.localized(": ", "："));
    }
    title.push_str(screen.get(locale));
    title.push_str(" – ");
    title.push_str(form::PRODUCT.get(locale));
    title
}
