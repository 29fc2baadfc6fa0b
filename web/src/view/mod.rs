//! What is on the screen. Every view is made anew for another language; what it shows lives in the [`Page`].

mod control;
mod follow;
mod html;
mod icon;
mod labels;
mod newest;
mod outcome;
mod plan;
mod problems;
mod review;
mod rows;
mod specification;
mod summary;
mod term;

use havenask_core::Locale;
use leptos::prelude::*;

use self::html::{Element, element, live, parts, text};
use crate::{
    browser,
    page::{HEADING, Page},
    stage::Screen,
    texts::{Text, form, outcome as outcomes, review as reviews},
};

/// The whole page.
pub(crate) fn root(page: Page) -> AnyView {
    Effect::new(move || {
        let locale = page.locale.get();
        browser::set_language(locale);
        document().set_title(&title(page, locale));
    });
    let screen = live(move || {
        page.locale.track();
        match page.screen.get() {
            Screen::Form => filling(page),
            Screen::Review => review::view(page),
            Screen::Created => outcome::created(page),
            Screen::Refused => outcome::refused(page),
            Screen::Unknown => outcome::unknown(page),
        }
    });
    let news = text(move || page.news.get());
    parts([
        header(page),
        element("main").class("main").child(screen),
        element("p").class("visually-hidden").attr("role", "status").child(news),
    ])
}

fn header(page: Page) -> Element {
    let other = move || match page.locale.get() {
        Locale::En => Locale::Zh,
        Locale::Zh => Locale::En,
    };
    let get = move |text: Text| move || text.get(page.locale.get());
    let brand = element("span")
        .class("brand")
        .child(icon::picture("brand-mark", 24, "M5 4v16M5 12h14M19 4v16"))
        .child(text(get(form::PRODUCT)));
    let language = element("span")
        .live_attr("lang", move || Some(other().tag()))
        .child(text(get(form::OTHER_LANGUAGE)));
    let switch = element("button")
        .attr("type", "button")
        .class("button button-quiet")
        .live_attr("title", move || Some(get(form::SWITCH_LANGUAGE)()))
        .on("click", move |_| page.locale.set(other()))
        .child(language);
    element("header").class("header").child(brand).child(switch)
}

fn filling(page: Page) -> AnyView {
    let column = element("div")
        .class("column")
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
    parts([heading(page, form::TITLE, form::LEAD), form])
}

/// The heading of a screen, which gets the focus when the screen comes.
fn heading(page: Page, title: Text, lead: Text) -> Element {
    element("div")
        .class("heading")
        .child(element("h1").attr("id", HEADING).attr("tabindex", "-1").child(page.get(title)))
        .child(element("p").class("lead").child(page.get(lead)))
}

/// A button with a text.
fn button(page: Page, class: &'static str, text: Text, act: impl Fn() + 'static) -> Element {
    let button = element("button").attr("type", "button").class(class);
    button.on("click", move |_| act()).child(page.get(text))
}

/// The title of the document.
fn title(page: Page, locale: Locale) -> String {
    let (screen, error) = match page.screen.get() {
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
        title.push_str(locale.pick(": ", "："));
    }
    title.push_str(screen.get(locale));
    title.push_str(" – ");
    title.push_str(form::PRODUCT.get(locale));
    title
}
