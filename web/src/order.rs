//! The order in words, for the summary and for the review.

use havenask_core::{
    Locale,
    model::ChargeType,
    purchase::{EarlierPurchase, PurchaseState},
};

use crate::{
    config::Config,
    field::{Field, List},
    form::{Form, Row},
    texts::{Text, form as texts, review},
    words,
};

const ROWS: Field = Field::Rows(List::Components);
/// Components that the summary names one by one.
const NAMED: usize = 6;

/// A line of the summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) label: &'static str,
    pub(crate) values: Vec<String>,
    /// Whether it is a remark more than a fact.
    pub(crate) quiet: bool,
}

/// A parameter in the review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) label: String,
    pub(crate) value: String,
    /// The word that is sent, or that nothing is.
    pub(crate) sent: Option<&'static str>,
    /// The control to go back to.
    pub(crate) field: Field,
}

/// How long it is paid for.
pub(crate) fn term(form: &Form, locale: Locale) -> String {
    words::term(form.duration, form.pricing_cycle, locale)
}

/// The term and what follows it, in two sentences.
pub(crate) fn term_and_renewal(form: &Form, locale: Locale) -> (String, Option<String>) {
    if !form.has_term() {
        return (texts::PAID_BY_USE.get(locale).to_owned(), None);
    }
    let term = term(form, locale);
    let renewal = if form.auto_renew { texts::RENEWS } else { texts::ENDS };
    (texts::PAID_IN_ADVANCE.with(locale, &term), Some(renewal.with(locale, &term)))
}

/// What will be bought, where, for how long, and what happens then.
pub(crate) fn summary(form: &Form, config: &Config, locale: Locale) -> Vec<Entry> {
    let entry = |label: Text, values| Entry { label: label.get(locale), values, quiet: false };
    let (term, renewal) = term_and_renewal(form, locale);
    let mut entries = vec![
        entry(texts::REGION, vec![config.region.name(&form.region, locale)]),
        entry(texts::SPECIFICATION, specification(form, locale)),
        entry(texts::TERM, vec![term]),
    ];
    entries.extend(renewal.map(|renewal| entry(texts::RENEWAL, vec![renewal])));
    let price = entry(texts::PRICE, vec![texts::PRICE_UNKNOWN.get(locale).to_owned()]);
    entries.push(Entry { quiet: true, ..price });
    entries
}

fn specification(form: &Form, locale: Locale) -> Vec<String> {
    let components = form.draft().request.components.unwrap_or_default();
    let name = |it: &havenask_core::model::Component| match &it.value {
        Some(value) => format!("{} {value}", it.code),
        None => it.code.clone(),
    };
    let mut names: Vec<String> = components.iter().take(NAMED).map(name).collect();
    if names.is_empty() {
        names.push(texts::NOT_YET.get(locale).to_owned());
    } else if components.len() > NAMED {
        names.push(texts::MORE.with(locale, &(components.len() - NAMED).to_string()));
    }
    names
}

/// An earlier order that says the same: its instance or how far it is, and when it was.
pub(crate) fn earlier(earlier: &EarlierPurchase, locale: Locale) -> String {
    let EarlierPurchase { key, state, instance_id, age } = earlier;
    let (text, id) = match (state, instance_id) {
        (PurchaseState::Created, Some(instance_id)) => (review::EARLIER_CREATED, instance_id),
        (PurchaseState::Pending, _) => (review::EARLIER_PENDING, key),
        _ => (review::EARLIER_UNKNOWN, key),
    };
    let age = words::age(i64::try_from(*age).unwrap_or(i64::MAX), locale);
    [&text.with(locale, id), locale.localized(", ", "，"), &age].concat()
}

/// Every parameter, in the order of the form.
pub(crate) fn lines(form: &Form, config: &Config, locale: Locale) -> Vec<Line> {
    let line = |label: Text, value: String, sent, field| Line {
        label: label.get(locale).to_owned(),
        value,
        sent,
        field,
    };
    let get = |text: Text| text.get(locale).to_owned();
    let billing = match form.charge_type {
        ChargeType::Prepay => texts::PREPAY,
        ChargeType::Postpay => texts::POSTPAY,
    };
    let region = config.region.name(&form.region, locale);
    let mut lines = vec![
        line(texts::REGION, region, Some(review::NOT_SENT.get(locale)), Field::Region),
        line(texts::BILLING, get(billing), Some(form.charge_type.as_str()), Field::ChargeType),
    ];
    let offered = form.offered();
    lines.extend(offered.map(|(place, code, value)| {
        line(review::COMPONENTS, [code, " = ", value].concat(), None, Field::Offer(place))
    }));
    let rows = row_lines(form, List::Components, review::COMPONENTS, locale);
    if form.offered().next().is_none() || rows.iter().any(|it| it.field != ROWS) {
        lines.extend(rows);
    }
    if form.has_term() {
        let renew = if form.auto_renew { review::YES } else { review::NO };
        lines.push(line(texts::DURATION, term(form, locale), None, Field::Duration));
        let cycle = words::cycle(form.pricing_cycle, locale).to_owned();
        lines.push(line(texts::CYCLE, cycle, None, Field::PricingCycle));
        lines.push(line(texts::AUTO_RENEW, get(renew), None, Field::AutoRenew));
    }
    let group = form.draft().request.resource_group_id;
    let group = group.unwrap_or_else(|| get(review::DEFAULT_GROUP));
    lines.push(line(texts::RESOURCE_GROUP, group, None, Field::ResourceGroup));
    lines.extend(row_lines(form, List::Tags, texts::TAGS, locale));
    lines
}

/// One line for each filled row of a list, or one that says that there is none.
fn row_lines(form: &Form, list: List, label: Text, locale: Locale) -> Vec<Line> {
    let line =
        |value, field| Line { label: label.get(locale).to_owned(), value, sent: None, field };
    let value = |row: &Row| match row.value.trim() {
        "" => format!("{} ({})", row.name.trim(), review::NO_VALUE.get(locale)),
        value => format!("{} = {value}", row.name.trim()),
    };
    let rows = form.rows(list).iter().filter(|row| !row.is_empty());
    let mut lines: Vec<Line> =
        rows.map(|row| line(value(row), Field::Name(list, row.id))).collect();
    if lines.is_empty() {
        lines.push(line(review::NONE.get(locale).to_owned(), Field::Rows(list)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Region;

    fn config() -> Config {
        Config { region: Region::Any, ..Config::default() }
    }

    fn filled() -> Form {
        let mut form = Form::default();
        form.set(Field::Value(List::Components, 0), "200".into());
        form
    }

    fn summed(form: &Form, locale: Locale) -> String {
        let entries = summary(form, &config(), locale).into_iter().filter(|it| !it.quiet);
        entries.flat_map(|it| it.values).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn the_summary_says_what_for_how_long_and_what_then() {
        let mut form = filled();
        assert_eq!(
            summed(&form, Locale::En),
            "China (Hangzhou) | searcherdocsize 200 | 1 month, paid in advance | Ends after 1 month; not renewed"
        );
        form.auto_renew = true;
        form.set(Field::Duration, "3".into());
        form.set(Field::PricingCycle, "Year".into());
        assert_eq!(
            summed(&form, Locale::Zh),
            "华东1（杭州） | searcherdocsize 200 | 3 年，预付费 | 每 3 年自动续费，每次均会扣款"
        );
        form.set(Field::ChargeType, "POSTPAY".into());
        assert!(summed(&form, Locale::En).ends_with("| No term, paid by use"));
    }

    #[test]
    fn the_summary_stays_short() {
        let mut form = filled();
        for number in 0..200 {
            let id = form.add(List::Components);
            form.set(Field::Name(List::Components, id), format!("c{number}"));
        }
        let shown = summed(&form, Locale::En);
        assert!(shown.contains("| c4 | and 195 more |"), "{shown}");
        form = Form::default();
        form.remove(List::Components, 0);
        assert!(summed(&form, Locale::En).contains("| Not filled in yet |"));
    }

    #[test]
    fn the_review_shows_every_parameter_with_its_control() {
        let mut form = filled();
        let tag = form.add(List::Tags);
        form.set(Field::Name(List::Tags, tag), "<b>".into());
        form.add(List::Tags);
        let shown = lines(&form, &config(), Locale::En);
        let shown: Vec<_> = shown.iter().map(|it| (it.value.as_str(), it.sent, it.field)).collect();
        assert_eq!(
            shown,
            [
                ("China (Hangzhou)", Some("not sent; the proxy decides"), Field::Region),
                ("Subscription", Some("PREPAY"), Field::ChargeType),
                ("searcherdocsize = 200", None, Field::Name(List::Components, 0)),
                ("1 month", None, Field::Duration),
                ("Month", None, Field::PricingCycle),
                ("No", None, Field::AutoRenew),
                ("Default resource group", None, Field::ResourceGroup),
                ("<b> (no value)", None, Field::Name(List::Tags, tag)),
            ]
        );
    }
}
