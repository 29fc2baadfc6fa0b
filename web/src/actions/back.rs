//! Ways back to the form.

use leptos::prelude::*;

use crate::{
    model::Field,
    state::{App, OrderStage},
};

/// Goes back to the form.
pub(crate) fn back_to_form(app: App) {
    app.order.stage.update(OrderStage::back);
    if !app.order.stage.with_untracked(OrderStage::is_locked) {
        app.ui.session().end_order();
    }
    app.ui.scroll_to_top();
}

/// Goes back to one control of the form.
pub(crate) fn edit_field(app: App, field: Field) {
    app.order.stage.update(OrderStage::back);
    app.ui.focus_soon(&field.id());
}
