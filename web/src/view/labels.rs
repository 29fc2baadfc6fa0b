//! How the instance is sorted in the account.

use leptos::prelude::*;

use super::{control::Control, rows};
use crate::{
    field::{Field, List},
    page::Page,
    texts::form as texts,
};

pub(super) fn view(page: Page) -> AnyView {
    let group = Control::new(page, Field::ResourceGroup).with_hint(texts::RESOURCE_GROUP_HINT);
    view! {
        <fieldset class="part">
            <legend class="part-title">{page.get(texts::LABELS)}</legend>
            <div class="field">
                {group.label(texts::RESOURCE_GROUP, true)}
                {group.input()}
                {group.hint()}
                {group.message()}
            </div>
            <fieldset class="field">
                <legend class="label">
                    {page.get(texts::TAGS)} <span class="optional">{page.get(texts::OPTIONAL)}</span>
                </legend>
                {rows::view(page, List::Tags)}
            </fieldset>
        </fieldset>
    }
    .into_any()
}
