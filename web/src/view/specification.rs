//! What the instance consists of.

use leptos::prelude::*;

use super::rows;
use crate::{field::List, page::Page, texts::form as texts};

pub(super) fn view(page: Page) -> AnyView {
    view! {
        <fieldset class="part" aria-describedby="specification-hint">
            <legend class="part-title">{page.get(texts::SPECIFICATION)}</legend>
            <p class="hint" id="specification-hint">{page.get(texts::SPECIFICATION_HINT)}</p>
            {rows::view(page, List::Components)}
        </fieldset>
    }
    .into_any()
}
