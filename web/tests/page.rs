//! The page in a real document, without a proxy: what only a browser can tell.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test ends where it is surprised")]

use js_sys::{Function, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Event, EventInit, HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

const VALUE: &str = "component-0-value";

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// Opens the page in place of a loading text, in a tab that remembers nothing.
async fn open() {
    let window = web_sys::window().unwrap();
    for storage in [window.session_storage(), window.local_storage()] {
        storage.unwrap().unwrap().clear().unwrap();
    }
    reopen().await;
}

/// Opens the page as a reload does. The test runner's own part of the document stays.
async fn reopen() {
    let body = document().body().unwrap();
    body.set_attribute("data-havenask-page", "").unwrap();
    let mut others = Vec::new();
    while let Some(other) = document().query_selector("body > pre").unwrap() {
        other.remove();
        others.push(other);
    }
    body.set_text_content(Some("Loading"));
    havenask_web::start().await;
    settle().await;
    for other in others {
        body.append_child(&other).unwrap();
    }
}

/// Lets the page draw and move the focus: both are done before a timer that is set now.
async fn settle() {
    let wait = |resolve: Function, _: Function| {
        let window = web_sys::window().unwrap();
        window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 0).unwrap();
    };
    JsFuture::from(Promise::new(&mut { wait })).await.unwrap();
}

fn find<T: JsCast>(selector: &str) -> T {
    let found = document().query_selector(selector).unwrap();
    found.unwrap_or_else(|| panic!("no {selector}")).dyn_into().unwrap()
}

fn text(selector: &str) -> String {
    find::<HtmlElement>(selector).text_content().unwrap_or_default()
}

async fn click(selector: &str) {
    find::<HtmlElement>(selector).click();
    settle().await;
}

async fn type_into(id: &str, value: &str) {
    let input: HtmlInputElement = find(&format!("#{id}"));
    input.set_value(value);
    let bubbles = EventInit::new();
    bubbles.set_bubbles(true);
    let event = Event::new_with_event_init_dict("input", &bubbles).unwrap();
    input.dispatch_event(&event).unwrap();
    settle().await;
}

fn focused() -> String {
    document().active_element().map(|element| element.id()).unwrap_or_default()
}

#[wasm_bindgen_test]
async fn the_page_takes_the_place_of_what_was_there() {
    open().await;
    assert!(
        find::<HtmlElement>("body").first_child().unwrap().text_content() != Some("Loading".into())
    );
    let label: HtmlElement = find("label[for=region]");
    assert!(label.text_content().is_some_and(|text| ["Region", "地域"].contains(&text.trim())));
    assert_eq!(find::<HtmlInputElement>("#component-0-name").value(), "searcherdocsize");
}

#[wasm_bindgen_test]
async fn a_review_that_cannot_be_opened_focuses_its_problems() {
    open().await;
    click("button[type=submit]").await;
    assert_eq!(focused(), "problems");
    let value: HtmlInputElement = find("#component-0-value");
    assert_eq!(value.get_attribute("aria-invalid").as_deref(), Some("true"));
    let described_by = value.get_attribute("aria-describedby").unwrap();
    assert!(text(&format!("#{described_by}")).contains("searcherdocsize"));
    type_into(VALUE, "200").await;
    assert_eq!(value.get_attribute("aria-invalid"), None);
    click("button[type=submit]").await;
    assert_eq!(focused(), "heading");
}

#[wasm_bindgen_test]
async fn another_language_keeps_what_is_filled_in() {
    open().await;
    type_into(VALUE, "搜索 😀 <b>").await;
    let title = text("h1");
    click("header > button").await;
    assert_ne!(text("h1"), title);
    assert_eq!(find::<HtmlInputElement>("#component-0-value").value(), "搜索 😀 <b>");
    click("header > button").await;
    assert_eq!(text("h1"), title);
}

#[wasm_bindgen_test]
async fn a_reload_brings_the_draft_back() {
    open().await;
    type_into(VALUE, "搜索 😀 <b>").await;
    reopen().await;
    // A row of a draft that is brought back is a new row.
    assert_eq!(find::<HtmlInputElement>("#component-1-value").value(), "搜索 😀 <b>");
    open().await;
    assert_eq!(find::<HtmlInputElement>("#component-0-value").value(), "");
}

#[wasm_bindgen_test]
async fn a_new_row_gets_the_focus_and_gives_it_back() {
    open().await;
    click("#tag-add").await;
    assert_eq!(focused(), "tag-1-name");
    click("#tag-add").await;
    assert_eq!(focused(), "tag-2-name");
    let remove: HtmlElement = find(".row:has(#tag-2-name) button");
    remove.click();
    settle().await;
    assert_eq!(focused(), "tag-1-name");
}
