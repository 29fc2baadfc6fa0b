//! Resource group and tags.

use super::{prelude::*, rows};
use crate::{
    model::{Field, RowList},
    texts::form as texts,
};

pub(super) fn view() -> Element {
    let app = App::from_context();
    let group = Control::new(app, Field::ResourceGroup).with_hint(texts::RESOURCE_GROUP_HINT);
    let group = element("div")
        .class("field")
        .child(group.label(texts::RESOURCE_GROUP, true))
        .child(group.input())
        .child(group.hint())
        .child(group.message());
    let optional = element("span").class("optional").child(app.ui.text(texts::OPTIONAL));
    let legend = element("legend").class("label").child(app.ui.text(texts::TAGS));
    let tags = element("fieldset")
        .class("field")
        .child(legend.child(" ").child(optional))
        .child(rows::view(RowList::Tags));
    section(app, texts::TAGS_AND_GROUP).child(group).child(tags)
}
