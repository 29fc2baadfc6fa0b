//! What the proxy does about an order of which nobody knows how it ended.

use std::time::Duration;

use havenask_core::{ErrorCode, purchase::PurchaseState};
use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*};

use super::{
    common::button,
    html::{Element, element, live},
    retry,
};
use crate::{
    page::Page,
    stage::{Doubt, Stage},
    texts::outcome as texts,
};

const CHECKED: &str = "leave-checked";

/// Between two questions.
const PAUSE: Duration = Duration::from_secs(2);

pub(super) fn view(page: Page) -> Element {
    if let Ok(timer) = set_interval_with_handle(move || page.look(), PAUSE) {
        on_cleanup(move || timer.clear());
    }
    let said = move || {
        let doubt = doubt(page);
        let state = doubt.progress.as_ref().map(|progress| progress.state);
        let text = match (&doubt.away, page.is_offline.get(), state) {
            (_, true, _) => texts::OFFLINE,
            (Some(_), ..) => texts::PROXY_AWAY,
            (.., Some(PurchaseState::Unknown)) => texts::UNSETTLED,
            _ => texts::LOOKED_FOR,
        };
        page.get(text)
    };
    let why = move || {
        // That nothing answers is said already.
        let answered =
            doubt(page).away.filter(|it| it.code != ErrorCode::ProxyUnreachable.as_str());
        let space = page.locale.get().localized(" ", "");
        answered.map(|it| [&it.message, space, &it.remedy].concat()).unwrap_or_default()
    };
    Effect::new(move |_| page.say([said(), " ", &why()].concat()));
    element("section")
        .class("part")
        .child(element("h2").class("part-title").child(page.get(texts::BEING_CHECKED)))
        .child(element("p").text(said))
        .child(element("p").text(why))
}

fn doubt(page: Page) -> Doubt {
    page.stage.with(|stage| match stage {
        Stage::Unknown(doubt) => (**doubt).clone(),
        _ => Doubt::default(),
    })
}

/// The way on when the cloud was too busy.
pub(super) fn again(page: Page) -> Element {
    let is_throttled = Memo::new(move |_| doubt(page).throttled().is_some());
    live(move || {
        let doubt = is_throttled.get().then(|| untrack(|| doubt(page)))?;
        let button = retry::view(page, doubt.throttled()?);
        Some(element("div").class("actions").child(button))
    })
}

/// The way out when the proxy does not come back.
pub(super) fn leave(page: Page) -> Element {
    let may_leave = Memo::new(move |_| doubt(page).may_be_left());
    let checked = RwSignal::new(false);
    let leave = move || {
        if checked.get_untracked() { page.leave_doubt() } else { page.focus_soon(CHECKED) }
    };
    live(move || {
        may_leave.get().then(|| {
            let tick = element("input")
                .attr("type", "checkbox")
                .attr("id", page.id(CHECKED))
                .checked(checked.get_untracked())
                .on("change", move |event| checked.set(event_target_checked(&event)));
            let label = element("label").attr("for", page.id(CHECKED));
            let choice = element("div").class("choice").child(tick);
            element("section")
                .class("part stack")
                .child(element("h2").class("part-title").child(page.get(texts::LEAVE_TITLE)))
                .child(element("p").child(page.get(texts::LEAVE_HINT)))
                .child(choice.child(label.child(page.get(texts::LEAVE_CHECKED))))
                .child(element("div").child(button(page, "button", texts::LEAVE, leave)))
        })
    })
}
