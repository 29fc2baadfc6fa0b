//! A new instance on its way to be ready.

use std::time::Duration;

use havenask_core::instance::STATUSES;
use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*};

use super::{
    html::{Element, element, live, parts, text},
    icon::Icon,
};
use crate::{
    follow::{Follow, Step, WAIT_CONFIG},
    page::Page,
    texts::{Text, outcome as texts},
    words,
};

const TITLE: &str = "progress-title";
/// Seconds between two questions.
const PAUSE: u32 = 2;

/// What each of [`STATUSES`] means.
const NAMES: [Text; STATUSES.len()] = [texts::STEP_INIT, texts::STEP_CONFIG, texts::STEP_READY];

pub(super) fn view(page: Page, instance_id: String) -> Element {
    watch(page, instance_id);
    let locale = page.locale.get_untracked();
    let follow = page.follow;
    let status = Memo::new(move |_| follow.with(|follow| follow.status.clone()));
    let ready = Memo::new(move |_| follow.with(Follow::is_ready));
    let unreadable = Memo::new(move |_| follow.with(|follow| follow.unreadable));
    let if_ready =
        move |yes: &'static str, no: &'static str| move || if ready.get() { yes } else { no };
    let steps = move || {
        status.track();
        let steps = follow.with_untracked(Follow::steps);
        parts((0..STATUSES.len()).map(|index| step(page, index, steps[index])))
    };
    let note = live(move || {
        let text = match (ready.get(), status.get().as_deref()) {
            (true, _) => return None,
            (false, _) if unreadable.get() => texts::STATUS_UNREADABLE,
            (false, Some(WAIT_CONFIG)) => texts::WAIT_CONFIG,
            (false, _) => texts::MAY_CLOSE,
        };
        Some(element("p").class("hint").child(page.get(text)))
    });
    let title = if_ready(page.get(texts::READY), page.get(texts::PROGRESS));
    let class = if_ready("part progress ready", "part progress");
    let elapsed = element("p")
        .class("elapsed")
        .child(element("span").class("quiet").child(page.get(texts::ELAPSED)))
        .child(" ")
        .child(text(move || words::elapsed(follow.with(|follow| follow.seconds), locale)));
    let head = element("div")
        .class("progress-head")
        .child(element("h2").class("part-title").attr("id", page.id(TITLE)).text(title))
        .child(elapsed);
    element("section")
        .live_attr("class", move || Some(class()))
        .attr("aria-labelledby", page.id(TITLE))
        .child(head)
        .child(element("ol").class("steps").drawn(steps))
        .child(note)
}

fn step(page: Page, index: usize, step: Step) -> Element {
    let (class, icon, word) = match step {
        Step::Done => ("step step-done", Icon::Check, texts::STEP_DONE),
        Step::Now => ("step step-now", Icon::Now, texts::STEP_NOW),
        Step::Later => ("step step-later", Icon::Later, texts::STEP_LATER),
    };
    let name = element("span").class("step-name").child(page.get(NAMES[index]));
    let name = element("span").child(name).child(" ").child(element("code").child(STATUSES[index]));
    element("li")
        .class(class)
        .live_attr("aria-current", move || (step == Step::Now).then_some("step"))
        .child(icon)
        .child(name)
        .child(element("span").class("step-state").child(page.get(word)))
}

/// Asks for the status until the instance is ready or the view is gone.
fn watch(page: Page, instance_id: String) {
    let ticks = StoredValue::new(0_u32);
    let asking = StoredValue::new(false);
    let tick = move || {
        if page.follow.with_untracked(Follow::is_ready) {
            return;
        }
        let passed = (js_sys::Date::now() - page.answered_at.get_value()) / 1000.0;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "seconds")]
        page.follow.update(|follow| follow.seconds = passed as u32);
        let now = ticks.get_value();
        ticks.set_value(now + 1);
        if now.is_multiple_of(PAUSE) && !asking.get_value() {
            asking.set_value(true);
            let instance_id = instance_id.clone();
            page.spawn(async move {
                ask(page, &instance_id).await;
                // The view may be gone by now.
                let _ = asking.try_set_value(false);
            });
        }
    };
    tick();
    if let Ok(timer) = set_interval_with_handle(tick, Duration::from_secs(1)) {
        on_cleanup(move || timer.clear());
    }
}

async fn ask(page: Page, instance_id: &str) {
    let answer = page.client().get_instance(instance_id).await;
    let before = page.follow.with_untracked(|follow| follow.status.clone());
    let Ok(instance) = answer else {
        return page.follow.update(|follow| follow.unreadable = true);
    };
    if instance.status != before {
        let status = instance.status.as_deref().unwrap_or_default();
        page.say(texts::STATUS_IS.with(page.locale.get_untracked(), status));
    }
    page.follow.update(|follow| {
        follow.unreadable = false;
        follow.status = instance.status;
    });
}
