//! Everything once more, before it is bought.

use leptos::prelude::*;

use super::{
    check,
    common::{button, heading},
    control,
    html::{Element, element, live, parts},
    icon::Icon,
    obstacle, summary,
};
use crate::{
    config::Contact,
    field::Field,
    form::Finding,
    order::{self, Line},
    page::Page,
    stage::Stage,
    texts::{Text, form as texts, review},
};

pub(super) fn view(page: Page) -> AnyView {
    let locale = page.locale.get_untracked();
    // After a reload the region and the catalogue come later than the order.
    let lines = move || {
        let lines =
            page.config.with(|config| page.form.with(|form| order::lines(form, config, locale)));
        parts(lines.into_iter().map(|it| line(page, it)))
    };
    let lines = element("dl").drawn(lines);
    let column = element("div")
        .class("column")
        .child(obstacle::view(page))
        .child(live(move || not_arrived(page)))
        .child(live(move || notices(page)))
        .child(element("div").class("part part-flush").child(lines))
        .child(check::view(page));
    parts([
        heading(page, review::TITLE, review::LEAD),
        element("div").class("layout").child(column).child(buying(page)),
    ])
}

/// Tells why the order was not bought when it was sent before.
fn not_arrived(page: Page) -> Option<Element> {
    let failure = page.stage.with(|stage| match stage {
        Stage::Reviewing { failure, .. } if stage.earlier().is_none() => failure.clone(),
        _ => None,
    });
    let hint = element("p").child(page.get(review::NOT_ARRIVED_HINT));
    let title = page.get(review::NOT_ARRIVED);
    failure.map(|failure| obstacle::panel(page, title, failure).child(hint))
}

/// What may be bought and is probably not meant.
fn notices(page: Page) -> Option<Element> {
    let findings = page.findings.get();
    let item = |finding: Finding| element("li").child(finding.message);
    let title = element("h2").class("panel-title").child(Icon::Warning).child(" ");
    (!findings.is_empty()).then(|| {
        element("div")
            .class("panel panel-warning")
            .child(title.child(page.get(review::CHECK_FIRST)))
            .child(element("ul").children(findings.into_iter().map(item)))
    })
}

fn line(page: Page, line: Line) -> Element {
    let Line { label, value, sent, field } = line;
    let what = review::CHANGE_WHAT.with(page.locale.get_untracked(), &label);
    let sent = sent.map(|sent| element("span").class("quiet sent").child(sent));
    let change = button(page, "link", review::CHANGE, move || page.change(field))
        .attr("aria-label", what)
        .flag("disabled", move || page.stage.with(Stage::is_sending));
    let value = element("dd").class("line-value").child(element("span").child(value));
    element("div")
        .class("line")
        .child(element("dt").child(label))
        .child(value.child(" ").child(sent))
        .child(element("dd").child(change))
}

fn buying(page: Page) -> Element {
    let locale = page.locale.get_untracked();
    let sending = Memo::new(move |_| page.stage.with(Stage::is_sending));
    let is_open = Memo::new(move |_| page.contact.with(Contact::is_open));
    let repeats = Memo::new(move |_| page.stage.with(|stage| stage.earlier().is_some()));
    let consents = live(move || {
        repeats.get();
        consents(page)
    });
    let while_sending =
        move |yes: Text, no: Text| move || page.get(if sending.get() { yes } else { no });
    let (term, renewal) = page.form.with_untracked(|form| order::term_and_renewal(form, locale));
    let buy = element("button")
        .attr("type", "button")
        .class("button button-primary")
        .attr("part", "button")
        .live_attr("aria-busy", move || Some(sending.get().to_string()))
        .live_attr("aria-disabled", move || (sending.get() || !is_open.get()).then_some("true"))
        .on("click", move |_| page.buy())
        .text(while_sending(review::BUYING, review::BUY));
    let back = button(page, "button", review::BACK, move || page.back())
        .flag("disabled", move || sending.get());
    let offline = live(move || {
        let note = element("p").class("problem problem-warning").child(Icon::Warning);
        page.is_offline.get().then(|| note.child(page.get(review::OFFLINE)))
    });
    let note = element("p").class("summary-note");
    let body = parts([
        element("p").child(term).child(element("br")).child(renewal),
        element("div").class("stack").child(consents).child(offline).child(buy).child(back),
        note.text(while_sending(review::BUYING_NOTE, review::ONCE)),
    ]);
    summary::card(page, "summary summary-still", body)
}

/// Terms that must be agreed to.
fn consents(page: Page) -> Option<Element> {
    let locale = page.locale.get_untracked();
    let term = page.form.with_untracked(|form| order::term(form, locale));
    let boxes = page.consents_needed().into_iter().map(|field| {
        let text = match field {
            Field::ConsentRenewal => review::CONSENT_RENEWAL.with(locale, &term),
            Field::ConsentAnother => {
                let earlier = |stage: &Stage| stage.earlier().map(|it| order::earlier(it, locale));
                let earlier = page.stage.with_untracked(earlier).unwrap_or_default();
                review::CONSENT_ANOTHER.with(locale, &earlier)
            }
            _ => review::CONSENT_PREPAYMENT.with(locale, &term),
        };
        consent(page, field, text)
    });
    let boxes: Vec<Element> = boxes.collect();
    (!boxes.is_empty()).then(|| {
        let legend = element("legend").class("label").child(page.get(review::CONSENT));
        element("fieldset").class("consents").child(legend).children(boxes)
    })
}

fn consent(page: Page, field: Field, text: String) -> Element {
    let problem_id = format!("{}-problem", page.id_of(field));
    let given = Memo::new(move |_| page.consents.with(|given| given.contains(&field)));
    let missing = Memo::new(move |_| page.consent_missed.get() && !given.get());
    let described_by = problem_id.clone();
    let message = live(move || {
        missing.get().then(|| {
            let (word, text) = (page.get(texts::ERROR), page.get(review::CONSENT_MISSING));
            let id = problem_id.clone();
            control::error("problem problem-error", Icon::Error, word, id, text.to_owned())
        })
    });
    let toggle = move |event| {
        let ticked = event_target_checked(&event);
        page.consents.update(|given| {
            given.retain(|it| *it != field);
            given.extend(ticked.then_some(field));
        });
    };
    let tick = element("input")
        .attr("type", "checkbox")
        .attr("id", page.id_of(field))
        .checked(given.get_untracked())
        .flag("disabled", move || page.stage.with(Stage::is_sending))
        .live_attr("aria-describedby", move || missing.get().then(|| described_by.clone()))
        .live_attr("aria-invalid", move || missing.get().then_some("true"))
        .on("change", toggle);
    element("div")
        .class("choice")
        .child(tick)
        .child(element("label").attr("for", page.id_of(field)).child(text))
        .child(message)
}
