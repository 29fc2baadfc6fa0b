//! The notification that an instance is ready.

use std::time::Duration;

use havenask_core::instance::READY;
use leptos::prelude::*;

use crate::{
    browser,
    state::App,
    texts::{Text, outcome as texts},
};

/// Time between two requests for the status of an instance that is awaited, whatever view is shown.
const INTERVAL: Duration = Duration::from_secs(5);

/// Asks the browser for its permission, and has it notify the visitor when the instance is ready. `answer` is why it cannot.
pub(crate) fn notify_when_ready(
    app: App,
    instance_id: String,
    region: Option<String>,
    answer: RwSignal<Option<Text>>,
) {
    app.ui.spawn(async move {
        let problem = match browser::request_notifications().await {
            Some(true) => None,
            Some(false) => Some(texts::NOTIFY_DENIED),
            None => Some(texts::NOTIFY_MISSING),
        };
        app.ui.announce(app.ui.text(problem.unwrap_or(texts::NOTIFIED)));
        // The view may be gone.
        let _ = answer.try_set(problem);
        if problem.is_none() {
            app.instances.awaited.update(|ids| ids.push(instance_id.clone()));
            follow(app, instance_id, region);
        }
    });
}

/// Notifies the visitor that an instance is ready, once, if it is awaited.
pub(super) fn notify_ready(app: App, instance_id: &str) {
    let is_awaited = |ids: &Vec<String>| ids.iter().any(|id| id == instance_id);
    if app.instances.awaited.with_untracked(is_awaited) {
        app.instances.awaited.update(|ids| ids.retain(|id| id != instance_id));
        browser::notify(app.ui.text(texts::READY), instance_id);
    }
}

fn follow(app: App, instance_id: String, region: Option<String>) {
    let ask = async move {
        if !app.instances.awaited.with_untracked(|ids| ids.contains(&instance_id)) {
            return;
        }
        let client = app.ui.client().in_region(region.clone());
        let instance = client.get_instance(&instance_id).await;
        if instance.is_ok_and(|it| it.status.as_deref() == Some(READY)) {
            notify_ready(app, &instance_id);
        } else {
            follow(app, instance_id, region);
        }
    };
    set_timeout(move || app.ui.spawn(ask), INTERVAL);
}
