//! A dry run: the proxy checks the order, and shows the request that it would send.

use havenask_core::{Failure, response::DryRun};

use super::prelude::*;
use crate::texts::review;

/// The state of the dry run.
#[derive(Clone, PartialEq, Eq)]
enum DryRunState {
    Closed,
    Pending,
    Open(Box<DryRun>),
    Failed(Box<Failure>),
}

pub(super) fn view() -> Element {
    let app = App::from_context();
    let state = RwSignal::new(DryRunState::Closed);
    let run = move || {
        if state.with_untracked(|state| *state == DryRunState::Pending) {
            return;
        }
        state.set(DryRunState::Pending);
        app.ui.spawn(async move {
            let response = actions::dry_run(app).await;
            let text = if response.is_ok() { review::CHECKED } else { review::CHECK_FAILED };
            // The review may be closed by now.
            let _ = state.try_set(match response {
                Ok(request) => DryRunState::Open(Box::new(request)),
                Err(failure) => DryRunState::Failed(Box::new(failure)),
            });
            app.ui.announce(app.ui.text(text));
        });
    };
    let result = element("div").content(move || match state.get() {
        DryRunState::Closed => None,
        DryRunState::Pending => Some(element("p").child(app.ui.text(review::CHECKING))),
        DryRunState::Open(request) => Some(request_code(app, *request)),
        DryRunState::Failed(failure) => {
            let why = element("p").child(app.ui.text(review::CHECK_FAILED));
            Some(why.child(" ").child(failure.message).child(" ").child(failure.remedy))
        }
    });
    element("section")
        .class("part")
        .child(button(app, "button", review::CHECK, run))
        .child(element("p").class("hint").child(app.ui.text(review::CHECK_HINT)))
        .child(result)
}

fn request_code(app: App, request: DryRun) -> Element {
    let DryRun { method, url, body, .. } = request;
    let text = [&method, " ", &url, "\n\n", &body].concat();
    let code = element("pre").class("code").attr("tabindex", "0");
    let code = code.attr("aria-label", app.ui.text(review::CHECKED));
    element("div").child(element("p").child(app.ui.text(review::CHECKED))).child(code.child(text))
}
