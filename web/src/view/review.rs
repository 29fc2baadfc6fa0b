//! The review of an order.

use super::{connection_problem, control, dry_run, prelude::*, price, summary};
use crate::{
    model::{
        Consent, FieldProblem, ReviewLine, earlier_order, price as prices, review_lines, term,
        term_and_renewal,
    },
    state::{Connection, OrderStage},
    texts::{form as texts, price as price_texts, review},
};

/// Components without a check that are named one by one.
const NAMED: usize = 3;

pub(super) fn view() -> AnyView {
    let app = App::from_context();
    let locale = app.ui.locale.get_untracked();
    // After a reload the region and the catalogue come later than the order.
    let lines = move || {
        let lines = app.form.catalog.with(|catalog| {
            app.form.with(|form, built, config| {
                review_lines(form, built, config, catalog.as_ref(), locale)
            })
        });
        fragment(lines.into_iter().map(|it| review_line(app, it)))
    };
    let lines = element("dl").content(lines);
    let column = element("div")
        .class("column")
        .child(connection_problem::view())
        .child(dynamic(move || not_arrived(app)))
        .child(dynamic(move || warnings(app)))
        .child(element("div").class("part part-flush").child(lines))
        .child(dry_run::view());
    fragment([
        heading(app, review::TITLE, review::LEAD),
        element("div").class("layout").child(column).child(buying(app)),
    ])
}

/// The failure of the last attempt.
fn not_arrived(app: App) -> Option<Element> {
    let stage = app.order.stage.get();
    if let Some(quote) = stage.price_of_now() {
        return Some(price::changed(app, quote));
    }
    let failure = match &stage {
        OrderStage::Reviewing { failure, .. }
            if stage.earlier().is_none() || stage.has_other_terms() =>
        {
            failure.clone()
        }
        _ => None,
    };
    let (title, hint) = if stage.has_other_terms() {
        (review::TERMS_CHANGED, review::TERMS_CHANGED_HINT)
    } else {
        (review::NOT_ARRIVED, review::NOT_ARRIVED_HINT)
    };
    let hint = element("p").child(app.ui.text(hint));
    let title = app.ui.text(title);
    failure.map(|failure| connection_problem::panel(app, title, failure).child(hint))
}

/// Warnings.
fn warnings(app: App) -> Option<Element> {
    let locale = app.ui.locale.get_untracked();
    // That a value is not checked is the least: what else there is comes first.
    let (unchecked, mut others): (Vec<_>, Vec<_>) =
        app.form.problems.get().into_iter().partition(|problem| problem.is_unchecked);
    let item = |problem: FieldProblem| element("li").child(problem.message);
    let more = if unchecked.len() > NAMED {
        let count = texts::UNCHECKED.with(locale, &unchecked.len().to_string());
        let details = element("details").child(element("summary").child(count));
        let all = element("ul").children(unchecked.into_iter().map(item));
        Some(element("li").child(details.child(all)))
    } else {
        others.extend(unchecked);
        None
    };
    (more.is_some() || !others.is_empty()).then(|| {
        element("div")
            .class("panel panel-warning")
            .child(panel_title(Icon::Warning, app.ui.text(review::PLEASE_CHECK)))
            .child(element("ul").children(others.into_iter().map(item).chain(more)))
    })
}

fn review_line(app: App, line: ReviewLine) -> Element {
    let ReviewLine { label, value, sent, field } = line;
    let what = review::CHANGE_WHAT.with(app.ui.locale.get_untracked(), &label);
    let sent = sent.map(|sent| element("span").class("muted sent").child(sent));
    let change = button(app, "link", review::CHANGE, move || actions::edit_field(app, field))
        .attr("aria-label", what)
        .bool_attr("disabled", move || app.order.stage.with(OrderStage::is_sending));
    let value = element("dd").class("line-value").child(element("span").child(value));
    element("div")
        .class("line")
        .child(element("dt").child(label))
        .child(value.child(" ").child(sent))
        .child(element("dd").child(change))
}

fn buying(app: App) -> Element {
    let locale = app.ui.locale.get_untracked();
    let sending = Memo::new(move |_| app.order.stage.with(OrderStage::is_sending));
    let is_ready = Memo::new(move |_| app.ui.connection.with(Connection::is_ready));
    let repeats = Memo::new(move |_| app.order.stage.with(|stage| stage.earlier().is_some()));
    let is_awaited = Memo::new(move |_| app.quote.is_awaited());
    let agreement = Memo::new(move |_| actions::agreement(app));
    let consents = dynamic(move || {
        // A memo that is only tracked has read no signal yet, and follows none.
        repeats.with(|_| ());
        agreement.with(|_| ());
        app.form.config.track();
        if is_awaited.get() { None } else { consents(app) }
    });
    let while_sending =
        move |yes: Text, no: Text| move || app.ui.text(if sending.get() { yes } else { no });
    let (term, renewal) = app.form.values.with_untracked(|form| term_and_renewal(form, locale));
    let buy = element("button")
        .attr("type", "button")
        .class("button button-primary")
        .dyn_attr("aria-busy", move || Some(sending.get().to_string()))
        .dyn_attr("aria-disabled", move || (sending.get() || !is_ready.get()).then_some("true"))
        .on("click", move |_| actions::buy(app))
        .text(while_sending(review::BUYING, review::BUY));
    let back = button(app, "button", review::BACK, move || actions::back_to_form(app))
        .bool_attr("disabled", move || sending.get());
    let offline = dynamic(move || {
        let note = element("p").class("problem problem-warning").child(Icon::Warning);
        app.ui.is_offline.get().then(|| note.child(app.ui.text(review::OFFLINE)))
    });
    let note = element("p").class("summary-note");
    let body = fragment([
        element("p").child(term).child(element("br")).child(renewal),
        price::view(app, "price"),
        element("div")
            .class("stack")
            .child(consents)
            .child(slot(app, "terms"))
            .child(offline)
            .child(buy)
            .child(back),
        note.text(while_sending(review::BUYING_NOTE, review::ONCE)),
    ]);
    summary::card(app, "summary summary-static", body)
}

/// The consents that the order needs.
fn consents(app: App) -> Option<Element> {
    let locale = app.ui.locale.get_untracked();
    let term = app.form.values.with_untracked(|form| term(form, locale));
    let boxes = actions::required_consents(app).into_iter().map(|consent| {
        let text = match consent {
            Consent::Renewal => review::CONSENT_RENEWAL.with(locale, &term),
            Consent::Another => {
                let earlier =
                    |stage: &OrderStage| stage.earlier().map(|it| earlier_order(it, locale));
                let earlier = app.order.stage.with_untracked(earlier).unwrap_or_default();
                review::CONSENT_ANOTHER.with(locale, &earlier)
            }
            Consent::Prepayment => prepayment(app, &term),
            Consent::Terms => review::CONSENT_TERMS.get(locale).to_owned(),
        };
        let terms = actions::terms(app).filter(|_| consent == Consent::Terms);
        let link = terms.map(|terms| {
            let link = external_link(terms.as_str(), app.ui.text(review::READ_TERMS));
            element("p").class("terms").child(link)
        });
        consent_box(app, consent, &text, link)
    });
    let boxes: Vec<Element> = boxes.collect();
    (!boxes.is_empty()).then(|| {
        let legend = element("legend").class("label").child(app.ui.text(review::CONSENT));
        element("fieldset").class("consents").child(legend).children(boxes)
    })
}

/// The consent to the amount, or to an unknown one, and to who pays.
fn prepayment(app: App, term: &str) -> String {
    let locale = app.ui.locale.get_untracked();
    let agreement = untrack(|| actions::agreement(app));
    let mut sentences = match agreement.bound {
        Some(bound) => {
            let mut amount = prices::amount(&bound);
            if let Some(unit) = agreement.unit {
                amount.push_str(locale.localized(" ", ""));
                amount.push_str(&price_texts::PER.with(locale, &unit));
            }
            let amount = review::CONSENT_AMOUNT.with(locale, &amount);
            vec![amount + &review::CONSENT_TERM.with(locale, term)]
        }
        None => vec![
            review::CONSENT_PREPAYMENT.with(locale, term),
            review::CONSENT_UNKNOWN.get(locale).to_owned(),
        ],
    };
    if agreement.has_usage {
        sentences.push(review::CONSENT_USAGE.get(locale).to_owned());
    }
    let account = app
        .form
        .config
        .with_untracked(|config| config.account.as_ref().map(|account| account.in_words(locale)));
    sentences.extend(account.map(|account| review::CONSENT_PAYER.with(locale, &account)));
    sentences.join(locale.localized(" ", ""))
}

fn consent_box(app: App, consent: Consent, text: &str, link: Option<Element>) -> Element {
    let problem_id = format!("{}-problem", app.ui.id(consent.id()));
    let given = Memo::new(move |_| app.order.consents.with(|given| given.contains(&consent)));
    let missing = Memo::new(move |_| app.order.consent_missed.get() && !given.get());
    let described_by = problem_id.clone();
    let message = dynamic(move || {
        missing.get().then(|| {
            let (word, text) = (app.ui.text(texts::ERROR), app.ui.text(review::CONSENT_MISSING));
            let id = problem_id.clone();
            control::error("problem problem-error", Icon::Error, word, id, text.to_owned())
        })
    });
    let toggle = move |is_checked: bool| {
        if consent == Consent::Prepayment {
            app.quote.consented.set_value(untrack(|| actions::agreement(app)));
        }
        app.order.consents.update(|given| {
            given.retain(|it| *it != consent);
            given.extend(is_checked.then_some(consent));
        });
    };
    let attributes = move |checkbox: Element| {
        checkbox
            .bool_attr("disabled", move || app.order.stage.with(OrderStage::is_sending))
            .dyn_attr("aria-describedby", move || missing.get().then(|| described_by.clone()))
            .dyn_attr("aria-invalid", move || missing.get().then_some("true"))
    };
    choice(app.ui.id(consent.id()), given.get_untracked(), text, toggle, attributes)
        .child(link)
        .child(message)
}
