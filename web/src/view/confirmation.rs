//! Confirmation of the last action on the form, with its undo.

use super::prelude::*;
use crate::{model::RowList, texts::form as texts};

/// Its place below a list, or at the top of the form.
pub(super) fn view(list: Option<RowList>) -> Element {
    let app = App::from_context();
    dynamic(move || {
        app.form.confirmation.with(|confirmation| {
            let confirmation = confirmation.as_ref().filter(|it| it.list == list)?;
            let undo = || button(app, "link", texts::UNDO, move || actions::undo(app));
            let text = element("span").child(app.ui.text(confirmation.text)).child(" ");
            let text = text.child(confirmation.before.is_some().then(undo));
            Some(element("p").class("confirmation").child(Icon::Check).child(text))
        })
    })
}
