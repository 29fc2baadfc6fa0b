//! The progress of a new instance.

use std::time::Duration;

use havenask_core::instance::STATUSES;

use super::prelude::*;
use crate::{
    browser, format,
    model::{InstanceProgress, StepState, WAIT_CONFIG},
    texts::outcome as texts,
};

const TITLE: &str = "progress-title";
/// Seconds between two polls.
const POLL_SECONDS: u32 = 2;

/// The names of [`STATUSES`].
const NAMES: [Text; STATUSES.len()] = [texts::STEP_INIT, texts::STEP_CONFIG, texts::STEP_READY];

pub(super) fn view(instance_id: String, region: Option<String>, created_at: i64) -> Element {
    let app = App::from_context();
    poll(app, instance_id.clone(), created_at);
    let locale = app.ui.locale.get_untracked();
    let progress = app.order.progress;
    let status = Memo::new(move |_| progress.with(|progress| progress.status.clone()));
    let ready = Memo::new(move |_| progress.with(InstanceProgress::is_ready));
    let unreadable = Memo::new(move |_| progress.with(|progress| progress.unreadable));
    let if_ready =
        move |yes: &'static str, no: &'static str| move || if ready.get() { yes } else { no };
    let steps = move || {
        // Tracked alone it would follow nothing.
        status.with(|_| ());
        let steps = progress.with_untracked(InstanceProgress::steps);
        fragment((0..STATUSES.len()).map(|index| step(app, index, steps[index])))
    };
    let note = dynamic(move || {
        let text = match (ready.get(), status.get().as_deref()) {
            (true, _) => return None,
            (false, _) if unreadable.get() => texts::STATUS_UNREADABLE,
            (false, Some(WAIT_CONFIG)) => texts::WAIT_CONFIG,
            (false, _) => texts::MAY_CLOSE,
        };
        let expected = app.form.config.with(|config| config.expected_ready_seconds);
        let expected = expected.map(|seconds| {
            let time = format::rough_time(seconds, locale);
            [&texts::USUALLY_READY.with(locale, &time), locale.localized(" ", "")].concat()
        });
        Some(element("p").class("hint").child(expected).child(app.ui.text(text)))
    });
    let title = if_ready(app.ui.text(texts::READY), app.ui.text(texts::PROGRESS));
    let class = if_ready("part progress ready", "part progress");
    // Of an instance that was ready before the page looked, nobody knows how long it took.
    let elapsed = element("p")
        .class("elapsed")
        .bool_attr("hidden", move || progress.with(|progress| !progress.was_followed))
        .child(element("span").class("muted").child(app.ui.text(texts::ELAPSED)))
        .child(" ")
        .child(text(move || format::elapsed(progress.with(|progress| progress.seconds), locale)));
    let head = element("div")
        .class("progress-head")
        .child(element("h2").class("part-title").attr("id", app.ui.id(TITLE)).text(title))
        .child(elapsed);
    element("section")
        .dyn_attr("class", move || Some(class()))
        .attr("part", "panel")
        .attr("aria-labelledby", app.ui.id(TITLE))
        .child(head)
        .child(element("ol").class("steps").content(steps))
        .child(note)
        .child(notification(app, instance_id, region).bool_attr("hidden", move || ready.get()))
}

/// The request to be notified when the instance is ready, and what became of it.
fn notification(app: App, instance_id: String, region: Option<String>) -> Element {
    let problem = RwSignal::new(String::new());
    let is_awaited = move || app.order.progress.with(|progress| progress.is_awaited);
    let ask = move || {
        if !untrack(is_awaited) {
            actions::notify_when_ready(app, instance_id.clone(), region.clone(), problem);
        }
    };
    let answer = move || {
        if is_awaited() { app.ui.text(texts::NOTIFIED).to_owned() } else { problem.get() }
    };
    let button = button(app, "button button-small", texts::NOTIFY, ask)
        .dyn_attr("aria-disabled", move || is_awaited().then_some("true"));
    let answer = element("p").class("hint").text(answer);
    element("div").class("notification").child(button).child(answer)
}

fn step(app: App, index: usize, step: StepState) -> Element {
    let (class, icon, word) = match step {
        StepState::Done => ("step step-done", Icon::Check, texts::STEP_DONE),
        StepState::Now => ("step step-now", Icon::Now, texts::STEP_NOW),
        StepState::Later => ("step step-later", Icon::Later, texts::STEP_LATER),
    };
    let name = element("span").class("step-name").child(app.ui.text(NAMES[index]));
    let name = element("span").child(name).child(" ").child(element("code").child(STATUSES[index]));
    element("li")
        .class(class)
        .dyn_attr("aria-current", move || (step == StepState::Now).then_some("step"))
        .child(icon)
        .child(name)
        .child(element("span").class("step-state").child(app.ui.text(word)))
}

/// Polls the status until the instance is ready or the view is gone.
fn poll(app: App, instance_id: String, created_at: i64) {
    let ticks = StoredValue::new(0_u32);
    let is_polling = StoredValue::new(false);
    let tick = move || {
        if app.order.progress.with_untracked(InstanceProgress::is_ready) {
            return;
        }
        let passed = (browser::now() - created_at) / 1000;
        app.order.progress.update(|progress| {
            progress.seconds = passed.try_into().unwrap_or_default();
        });
        let now = ticks.get_value();
        ticks.set_value(now + 1);
        if now.is_multiple_of(POLL_SECONDS) && !is_polling.get_value() {
            is_polling.set_value(true);
            let instance_id = instance_id.clone();
            app.ui.spawn(async move {
                actions::poll_status(app, &instance_id).await;
                // The view may be gone.
                let _ = is_polling.try_set_value(false);
            });
        }
    };
    tick();
    every(Duration::from_secs(1), tick);
}
