//! Everything once more, before it is bought.

use leptos::prelude::*;

use super::{
    button, check, control,
    html::{Element, element, live, parts, text},
    icon::Icon,
    summary,
};
use crate::{
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
    let lines = live(move || {
        let lines =
            page.config.with(|config| page.form.with(|form| order::lines(form, config, locale)));
        parts(lines.into_iter().map(|it| line(page, it)))
    });
    let lines = element("dl").class("lines").child(lines);
    let column = element("div")
        .class("column")
        .child(live(move || notices(page)))
        .child(element("div").class("part part-flush").child(lines))
        .child(check::view(page));
    parts([
        super::heading(page, review::TITLE, review::LEAD),
        element("div").class("layout").child(column).child(buying(page)),
    ])
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
        .child(element("dd").class("line-change").child(change))
}

fn buying(page: Page) -> Element {
    let locale = page.locale.get_untracked();
    let term = page.form.with_untracked(|form| order::term(form, locale));
    let boxes = page.consents_needed().into_iter().map(|field| {
        let text = match field {
            Field::ConsentRenewal => review::CONSENT_RENEWAL,
            Field::ConsentAnother => {
                let instance = page.bought_before.get_untracked().unwrap_or_default();
                return consent(page, field, review::CONSENT_ANOTHER.with(locale, &instance));
            }
            _ => review::CONSENT_PREPAYMENT,
        };
        consent(page, field, text.with(locale, &term))
    });
    let boxes: Vec<Element> = boxes.collect();
    let consents = (!boxes.is_empty()).then(|| {
        let legend = element("legend").class("label").child(page.get(review::CONSENT));
        element("fieldset").class("consents").child(legend).children(boxes)
    });
    let sending = Memo::new(move |_| page.stage.with(Stage::is_sending));
    let while_sending =
        move |yes: Text, no: Text| text(move || page.get(if sending.get() { yes } else { no }));
    let (term, renewal) = page.form.with_untracked(|form| order::term_and_renewal(form, locale));
    let buy = element("button")
        .attr("type", "button")
        .class("button button-primary")
        .attr("part", "button")
        .live_attr("aria-busy", move || Some(sending.get().to_string()))
        .live_attr("aria-disabled", move || sending.get().then_some("true"))
        .on("click", move |_| page.buy())
        .child(while_sending(review::BUYING, review::BUY));
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
        note.child(while_sending(review::BUYING_NOTE, review::ONCE)),
    ]);
    summary::card(page, "summary summary-still", body)
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
