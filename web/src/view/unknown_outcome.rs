//! An order with an unknown outcome, which the proxy looks for.

use std::time::Duration;

use havenask_core::{ErrorCode, purchase::PurchaseState};

use super::{prelude::*, retry};
use crate::{
    state::{OrderStage, UnknownOutcome},
    texts::outcome as texts,
};

const CHECKED: &str = "leave-checked";

/// Time between two polls.
const POLL_INTERVAL: Duration = Duration::from_secs(2);

pub(super) fn view() -> Element {
    let app = App::from_context();
    every(POLL_INTERVAL, move || actions::poll_outcome(app));
    let text = move || {
        let unknown = unknown_outcome(app);
        let state = unknown.progress.as_ref().map(|progress| progress.state);
        let text = match (&unknown.poll_failure, app.ui.is_offline.get(), state) {
            (_, true, _) => texts::OFFLINE,
            (Some(_), ..) => texts::PROXY_AWAY,
            (.., Some(PurchaseState::Unknown)) => texts::UNRESOLVED,
            _ => texts::LOOKED_FOR,
        };
        app.ui.text(text)
    };
    let why = move || {
        // The text says already that nothing answers.
        let answered = unknown_outcome(app)
            .poll_failure
            .filter(|it| it.code != ErrorCode::ProxyUnreachable.as_str());
        let space = app.ui.locale.get().localized(" ", "");
        answered.map(|it| [&it.message, space, &it.remedy].concat()).unwrap_or_default()
    };
    Effect::new(move |_| app.ui.announce([text(), " ", &why()].concat()));
    element("section")
        .class("part")
        .child(element("h2").class("part-title").child(app.ui.text(texts::BEING_CHECKED)))
        .child(element("p").text(text))
        .child(element("p").text(why))
}

fn unknown_outcome(app: App) -> UnknownOutcome {
    app.order.stage.with(|stage| match stage {
        OrderStage::Unknown(unknown) => (**unknown).clone(),
        _ => UnknownOutcome::default(),
    })
}

/// The button that sends a throttled order again.
pub(super) fn send_again(app: App) -> Element {
    let is_throttled = Memo::new(move |_| unknown_outcome(app).throttled().is_some());
    dynamic(move || {
        let unknown = is_throttled.get().then(|| untrack(|| unknown_outcome(app)))?;
        let button = retry::view(app, unknown.throttled()?);
        Some(element("div").class("actions").child(button))
    })
}

/// The form that leaves the order, when polling fails for too long.
pub(super) fn leave(app: App) -> Element {
    let may_leave = Memo::new(move |_| unknown_outcome(app).may_be_left());
    let checked = RwSignal::new(false);
    let leave = move || {
        if checked.get_untracked() {
            actions::leave_unknown_outcome(app);
        } else {
            app.ui.focus_soon(CHECKED);
        }
    };
    dynamic(move || {
        may_leave.get().then(|| {
            let (id, label) = (app.ui.id(CHECKED), app.ui.text(texts::LEAVE_CHECKED));
            let change = move |is_checked| checked.set(is_checked);
            let choice = choice(id, checked.get_untracked(), label, change, |it| it);
            element("section")
                .class("part stack")
                .child(element("h2").class("part-title").child(app.ui.text(texts::LEAVE_TITLE)))
                .child(element("p").child(app.ui.text(texts::LEAVE_HINT)))
                .child(choice)
                .child(element("div").child(button(app, "button", texts::LEAVE, leave)))
        })
    })
}
