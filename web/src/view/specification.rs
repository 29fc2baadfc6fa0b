//! What the instance consists of.

use super::{
    html::{Element, element},
    rows,
};
use crate::{field::List, page::Page, texts::form as texts};

const HINT: &str = "specification-hint";

pub(super) fn view(page: Page) -> Element {
    let hint = element("p").class("hint").attr("id", HINT);
    element("fieldset")
        .class("part")
        .attr("aria-describedby", HINT)
        .child(element("legend").class("part-title").child(page.get(texts::SPECIFICATION)))
        .child(hint.child(page.get(texts::SPECIFICATION_HINT)))
        .child(rows::view(page, List::Components))
}
