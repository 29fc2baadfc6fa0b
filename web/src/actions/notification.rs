//! The notification that an instance is ready.

use std::time::Duration;

use havenask_core::instance::READY;
use leptos::prelude::*;

use crate::{browser, state::App, texts::outcome as texts};

/// Time between two requests for the status of an instance that is awaited, whatever view is shown.
const INTERVAL: Duration = Duration::from_secs(5);

/// Asks the browser for its permission, and has it notify the visitor when the instance is ready. `problem` gets the reason
/// why it cannot.
pub(crate) fn notify_when_ready(
    app: App,
    instance_id: String,
    region: Option<String>,
    problem: RwSignal<String>,
) {
    app.ui.spawn(async move {
        let text = match browser::request_notifications().await {
            Some(true) => texts::NOTIFIED,
            Some(false) => texts::NOTIFY_DENIED,
            None => texts::NOTIFY_MISSING,
        };
        let is_permitted = text == texts::NOTIFIED;
        let text = app.ui.text(text);
        app.ui.announce(text);
        // The view may be gone.
        if !problem.is_disposed() {
            app.order.progress.update(|progress| progress.is_awaited = is_permitted);
            problem.set(if is_permitted { String::new() } else { text.to_owned() });
        }
        if is_permitted {
            follow(app, instance_id, region);
        }
    });
}

fn follow(app: App, instance_id: String, region: Option<String>) {
    let ask = async move {
        let client = app.ui.client().in_region(region.clone());
        let instance = client.get_instance(&instance_id).await;
        if instance.is_ok_and(|it| it.status.as_deref() == Some(READY)) {
            browser::notify(app.ui.text(texts::READY), &instance_id);
        } else {
            follow(app, instance_id, region);
        }
    };
    set_timeout(move || app.ui.spawn(ask), INTERVAL);
}
