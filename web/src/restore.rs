//! Beginning of a page: the draft of a link, or else what its tab remembers.

use leptos::prelude::*;

use crate::{form::Form, link, page::Page, session::Saved, stage::Stage, texts::form as texts};

impl Page {
    /// The draft of a link, or else of this tab, with the order that was under way.
    pub(crate) fn restore(self) {
        let saved = self.session().load();
        // Orders that may already be bought come first. The link then stays in the address, for the next time.
        let is_sent = matches!(&saved, Some(Saved { order: Some((_, true)), .. }));
        if !is_sent && self.take_link() {
            return;
        }
        if let Some(saved) = saved {
            self.form.set(saved.form);
            match saved.order {
                Some((key, true)) => self.resume(key),
                Some((key, false)) => self.open_review(Some(key)),
                None => {}
            }
        }
    }

    /// Takes the draft of the address; whether there is one. One that cannot be read changes nothing.
    fn take_link(self) -> bool {
        let link = self.host(|host| host.is_page).then(link::take).flatten();
        self.bad_link.set(link == Some(Err(())));
        let Some(Ok(form)) = link else { return false };
        self.session().clear();
        self.form.set(form);
        true
    }

    /// The visitor went to a link while the page was open.
    pub(crate) fn went_to_link(self) {
        if self.stage.with_untracked(Stage::holds) {
            return;
        }
        if self.take_link() {
            self.sell(self.catalog.get_untracked());
            self.set_region();
            self.stage.update(Stage::back);
            // Controls read what they hold when they are made.
            self.locale.notify();
            self.to_top();
        } else if self.bad_link.get_untracked() {
            self.say(self.get(texts::BAD_LINK));
        }
    }

    /// Keeps the draft whenever it changes, and tells the host.
    pub(crate) fn keep(self) {
        Effect::new(move |before: Option<()>| {
            self.form.with(|form| self.session().keep(form));
            if before.is_some() {
                let request = self.form.with_untracked(Form::draft).request;
                self.host(|host| host.emit("change", &request));
            }
        });
    }
}
