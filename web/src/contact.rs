//! Knowledge that is needed before anything can be bought: the proxy has answered once, and what is sold makes sense.

use std::time::Duration;

use havenask_core::{ErrorCode, Failure, REGIONS, catalog::Catalog};
use leptos::{leptos_dom::helpers::set_timeout_with_handle, prelude::*};

use crate::{
    config::{self, Region, Told},
    form::Form,
    page::Page,
    stage::{Screen, Stage},
    texts::form as texts,
};

/// Until a proxy that did not answer is asked again.
const PAUSE: Duration = Duration::from_secs(5);

impl Page {
    /// Asks the proxy about itself and what it sells, until it has answered once.
    pub(crate) fn ask(self) {
        if self.contact.with_untracked(|it| it.is_made) {
            return;
        }
        let client = self.client();
        self.spawn(async move { self.told(config::ask(&client).await) });
    }

    /// Takes what the proxy tells. Only the first answer counts.
    pub(crate) fn told(self, told: Told) {
        if self.contact.with_untracked(|it| it.is_made) {
            return;
        }
        match told {
            Ok((config, catalog)) => {
                if config.refuses_renewal {
                    self.form.update(|form| form.auto_renew = false);
                }
                self.config.set(config);
                self.set_region();
                self.contact.update(|it| {
                    (it.is_made, it.proxy, it.sold) = (true, None, Some(catalog));
                });
                self.sell(self.host(|host| host.catalog.clone()).ok().flatten());
            }
            Err(failure) if failure.code == ErrorCode::ProxyUnreachable.as_str() => {
                let origin = window().location().origin().unwrap_or_default();
                let remedy = texts::ALLOW_ORIGIN.with(self.locale.get_untracked(), &origin);
                self.failed(Failure { remedy, ..failure });
            }
            Err(failure) => self.failed(failure),
        }
    }

    /// Tells the host once, and asks again.
    fn failed(self, failure: Failure) {
        let again = move || {
            if !self.contact.is_disposed() {
                self.ask();
            }
        };
        let timer = set_timeout_with_handle(again, PAUSE).ok();
        self.contact.update(|it| {
            let same =
                |before: &Failure| (&before.code, before.status) == (&failure.code, failure.status);
            if !it.proxy.as_ref().is_some_and(same) {
                self.host(|host| host.emit("failed", &failure));
            }
            it.proxy = Some(failure);
            // One timer, however often the visitor asks in between.
            if let Some(before) = std::mem::replace(&mut it.timer, timer) {
                before.clear();
            }
        });
    }

    /// The region of the order is that of the proxy, or one that it takes.
    pub(crate) fn set_region(self) {
        self.form.update(|form| {
            self.config.with_untracked(|config| match &config.region {
                Region::Fixed(id) => form.region.clone_from(id),
                Region::Any if REGIONS.iter().all(|region| region.id != form.region) => {
                    form.region = Form::default().region;
                }
                Region::Asked | Region::Any => {}
            });
        });
    }

    /// Sells what the host says, or else what the proxy sells.
    pub(crate) fn sell_from(self, given: Result<Option<Catalog>, Failure>) {
        self.contact.update(|it| it.catalog = given.as_ref().err().cloned());
        if let Err(failure) = &given {
            self.host(|host| host.emit("failed", failure));
        }
        let catalog = given.clone().ok().flatten();
        self.change_host(|host| host.catalog = given);
        self.sell(catalog);
    }

    /// Asks for what a catalogue sells, or else for what the proxy sells.
    pub(crate) fn sell(self, catalog: Option<Catalog>) {
        let Some(catalog) = catalog.or_else(|| self.contact.with_untracked(|it| it.sold.clone()))
        else {
            return self.catalog.set(None);
        };
        let request = || self.form.with_untracked(Form::draft).request;
        let before = request();
        self.form.update(|form| form.sell(&catalog));
        self.catalog.set(Some(catalog));
        if self.stage.with_untracked(Stage::screen) == Screen::Review && before != request() {
            // It is another order than the one that was reviewed.
            self.back();
            self.say(self.get(texts::SOLD_OTHERWISE));
        }
    }
}
