//! The same request in other words, and why a signature does not match.

use leptos::prelude::*;

use super::html::{Part, element};
use crate::{
    page::{HEADING, Page},
    texts::form as texts,
};

pub(super) fn view(page: Page) -> AnyView {
    let title = element("h1").attr("id", page.id(HEADING)).attr("tabindex", "-1");
    element("div").class("heading").child(title.child(page.get(texts::DEVELOPER))).part()
}
