//! What is on the screen. Every view is made anew for another language; what it shows lives in the [`Page`].

mod control;
mod follow;
mod icon;
mod labels;
mod live;
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
    let screen = live::view(move || {
        page.locale.track();
        match page.screen.get() {
            Screen::Form => filling(page),
            Screen::Review => review::view(page),
            Screen::Created => outcome::created(page),
            Screen::Refused => outcome::refused(page),
            Screen::Unknown => outcome::unknown(page),
        }
    });
    view! {
        {header(page)}
        <main class="main">{screen}</main>
        <p class="visually-hidden" role="status">{live::text(move || page.news.get())}</p>
    }
    .into_any()
}

fn header(page: Page) -> AnyView {
    let other = move || match page.locale.get() {
        Locale::En => Locale::Zh,
        Locale::Zh => Locale::En,
    };
    let text = move |text: Text| live::text(move || text.get(page.locale.get()));
    view! {
        <header class="header">
            <span class="brand">
                <svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                    <path d="M5 4v16M5 12h14M19 4v16" />
                </svg>
                {text(form::PRODUCT)}
            </span>
            <button
                type="button"
                class="button button-quiet"
                title=text(form::SWITCH_LANGUAGE)
                on:click=live::on(move |_| page.locale.set(other()))
            >
                <span lang=live::text(move || other().tag())>{text(form::OTHER_LANGUAGE)}</span>
            </button>
        </header>
    }
    .into_any()
}

fn filling(page: Page) -> AnyView {
    let review = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        page.review();
    };
    view! {
        {heading(page, form::TITLE, form::LEAD)}
        <form class="layout" novalidate autocomplete="off" on:submit=review>
            <div class="column">
                {problems::view(page)}
                {plan::view(page)}
                {specification::view(page)}
                {term::view(page)}
                {labels::view(page)}
            </div>
            {summary::form(page)}
        </form>
    }
    .into_any()
}

/// The heading of a screen, which gets the focus when the screen comes.
fn heading(page: Page, title: Text, lead: Text) -> AnyView {
    view! {
        <div class="heading">
            <h1 id=HEADING tabindex="-1">{page.get(title)}</h1>
            <p class="lead">{page.get(lead)}</p>
        </div>
    }
    .into_any()
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
