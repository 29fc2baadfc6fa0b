//! How the instance is sorted in the account.

use super::{
    control::Control,
    html::{Element, element},
    rows,
};
use crate::{
    field::{Field, List},
    page::Page,
    texts::form as texts,
};

pub(super) fn view(page: Page) -> Element {
    let group = Control::new(page, Field::ResourceGroup).with_hint(texts::RESOURCE_GROUP_HINT);
    let group = element("div")
        .class("field")
        .child(group.label(texts::RESOURCE_GROUP, true))
        .child(group.input())
        .child(group.hint())
        .child(group.message());
    let optional = element("span").class("optional").child(page.get(texts::OPTIONAL));
    let legend = element("legend").class("label").child(page.get(texts::TAGS));
    let tags = element("fieldset")
        .class("field")
        .child(legend.child(" ").child(optional))
        .child(rows::view(page, List::Tags));
    element("fieldset")
        .class("part")
        .child(element("legend").class("part-title").child(page.get(texts::LABELS)))
        .child(group)
        .child(tags)
}
