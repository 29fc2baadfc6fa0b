//! The most recent instances, for a person who must find out whether one was bought.

use super::{instance_table, prelude::*};
use crate::{state::InstanceList, texts::outcome as texts};

pub(super) fn view() -> Element {
    let app = App::from_context();
    let list = RwSignal::new(InstanceList::Pending);
    let is_loading = RwSignal::new(false);
    let load = move || {
        if is_loading.get_untracked() {
            return;
        }
        is_loading.set(true);
        app.ui.announce(app.ui.text(texts::LOADING));
        app.ui.spawn(async move {
            list.set(actions::recent_instances(app).await);
            is_loading.set(false);
            app.ui.announce(app.ui.text(texts::RECENT));
        });
    };
    let paragraph = |text: &str| Some(element("p").child(text));
    let shown = element("div").content(move || {
        if is_loading.get() {
            return paragraph(app.ui.text(texts::LOADING));
        }
        list.with(|list| match list {
            InstanceList::Pending => None,
            InstanceList::Failed(failure) => {
                let locale = app.ui.locale.get_untracked();
                let why = [&failure.message, " ", &failure.remedy].concat();
                paragraph(&texts::RECENT_FAILED.with(locale, &why))
            }
            InstanceList::Loaded(page) if page.instances.is_empty() => {
                paragraph(app.ui.text(texts::NO_INSTANCES))
            }
            InstanceList::Loaded(page) => {
                Some(instance_table::view(app, texts::RECENT, &page.instances, None))
            }
        })
    });
    element("section")
        .class("part")
        .child(button(app, "button", texts::SHOW_RECENT, load))
        .child(shown)
}
