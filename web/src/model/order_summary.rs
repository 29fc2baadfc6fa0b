//! The order as text, for the summary and for the review.

use havenask_core::{
    Locale,
    catalog::{Catalog, CatalogEntry},
    model::{ChargeType, Component},
    purchase::{EarlierPurchase, PurchaseState},
};

use super::{
    field::{Field, RowList},
    form::{Form, FormRow},
    proxy_config::ProxyConfig,
    request::BuiltRequest,
};
use crate::{
    format,
    texts::{Text, form as texts, review},
};

const ROWS: Field = Field::Rows(RowList::Components);
/// Components that the summary names one by one.
const NAMED: usize = 6;

/// A line of the summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SummaryEntry {
    pub(crate) label: &'static str,
    pub(crate) values: Vec<String>,
}

/// A parameter in the review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReviewLine {
    pub(crate) label: String,
    pub(crate) value: String,
    /// The code that is sent, or a note that none is.
    pub(crate) sent: Option<String>,
    /// The control to go back to.
    pub(crate) field: Field,
}

/// The term: `3 years`.
pub(crate) fn term(form: &Form, locale: Locale) -> String {
    format::term(form.duration, form.pricing_cycle, locale)
}

/// The term, and the renewal after it.
pub(crate) fn term_and_renewal(form: &Form, locale: Locale) -> (String, Option<String>) {
    if !form.has_term() {
        return (texts::PAID_BY_USE.get(locale).to_owned(), None);
    }
    let term = term(form, locale);
    let renewal = if form.auto_renew { texts::RENEWS } else { texts::ENDS };
    (texts::PAID_IN_ADVANCE.with(locale, &term), Some(renewal.with(locale, &term)))
}

/// Region, specification, term and renewal.
pub(crate) fn summary(
    form: &Form,
    built: &BuiltRequest,
    config: &ProxyConfig,
    catalog: Option<&Catalog>,
    locale: Locale,
) -> Vec<SummaryEntry> {
    let entry = |label: Text, values| SummaryEntry { label: label.get(locale), values };
    let (term, renewal) = term_and_renewal(form, locale);
    let mut entries = vec![
        entry(texts::REGION, vec![config.region.name(&form.region, locale)]),
        entry(texts::SPECIFICATION, specification(built, catalog, locale)),
        entry(texts::TERM, vec![term]),
    ];
    entries.extend(renewal.map(|renewal| entry(texts::RENEWAL, vec![renewal])));
    entries
}

fn specification(built: &BuiltRequest, catalog: Option<&Catalog>, locale: Locale) -> Vec<String> {
    let components = built.request.components.as_deref().unwrap_or_default();
    let name = |it: &Component| {
        let entry = catalog.and_then(|catalog| catalog.find(&it.code));
        match (entry, &it.value) {
            (Some(entry), value) => {
                let value = value_name(entry, value.as_deref().unwrap_or_default(), locale);
                [&entry.name(locale), locale.localized(": ", "："), value].concat()
            }
            (None, Some(value)) => format!("{} {value}", it.code),
            (None, None) => it.code.clone(),
        }
    };
    let mut names: Vec<String> = components.iter().take(NAMED).map(name).collect();
    if names.is_empty() {
        names.push(texts::NOT_YET.get(locale).to_owned());
    } else if components.len() > NAMED {
        names.push(texts::MORE.with(locale, &(components.len() - NAMED).to_string()));
    }
    names
}

/// The name of a value.
fn value_name<'a>(entry: &'a CatalogEntry, value: &'a str, locale: Locale) -> &'a str {
    entry.values.option(value).map_or(value, |option| option.label(locale))
}

/// An earlier order with the same content: its instance or state, and its age.
pub(crate) fn earlier_order(earlier: &EarlierPurchase, locale: Locale) -> String {
    let EarlierPurchase { key, state, instance_id, age } = earlier;
    let (text, id) = match (state, instance_id) {
        (PurchaseState::Created, Some(instance_id)) => (review::EARLIER_CREATED, instance_id),
        (PurchaseState::Pending, _) => (review::EARLIER_PENDING, key),
        _ => (review::EARLIER_UNKNOWN, key),
    };
    let age = format::age(i64::try_from(*age).unwrap_or(i64::MAX), locale);
    [&text.with(locale, id), locale.localized(", ", "，"), &age].concat()
}

/// Every parameter, in the order of the form.
pub(crate) fn review_lines(
    form: &Form,
    built: &BuiltRequest,
    config: &ProxyConfig,
    catalog: Option<&Catalog>,
    locale: Locale,
) -> Vec<ReviewLine> {
    let line = |label: Text, value: String, sent: Option<&str>, field| ReviewLine {
        label: label.get(locale).to_owned(),
        value,
        sent: sent.map(str::to_owned),
        field,
    };
    let get = |text: Text| text.get(locale).to_owned();
    let billing = match form.charge_type {
        ChargeType::Prepay => texts::PREPAY,
        ChargeType::Postpay => texts::POSTPAY,
    };
    let region = config.region.name(&form.region, locale);
    let (region, sent) = match config.region.named(&form.region) {
        Some(id) => (format::region_option(&id, locale), None),
        None => (region, Some(review::NOT_SENT.get(locale))),
    };
    let mut lines = vec![
        line(texts::REGION, region, sent, Field::Region),
        line(texts::BILLING, get(billing), Some(form.charge_type.as_str()), Field::ChargeType),
    ];
    let items = form.sent_items();
    lines.extend(items.map(|(index, code, value)| {
        let entry = catalog.and_then(|catalog| catalog.components.get(index));
        let name = entry.map_or(value, |entry| value_name(entry, value, locale));
        let sent = if name == value { code.to_owned() } else { [code, " = ", value].concat() };
        ReviewLine {
            label: entry.map_or_else(|| code.to_owned(), |entry| entry.name(locale)),
            value: name.to_owned(),
            sent: Some(sent),
            field: Field::CatalogItem(index),
        }
    }));
    let rows = row_lines(form, RowList::Components, review::COMPONENTS, locale);
    if form.sent_items().next().is_none() || rows.iter().any(|it| it.field != ROWS) {
        lines.extend(rows);
    }
    if form.has_term() {
        let renew = if form.auto_renew { review::YES } else { review::NO };
        lines.push(line(texts::TERM_OF, term(form, locale), None, Field::Duration));
        lines.push(line(texts::AUTO_RENEW, get(renew), None, Field::AutoRenew));
    }
    let group = built.request.resource_group_id.clone();
    let group = group.unwrap_or_else(|| get(review::DEFAULT_GROUP));
    lines.push(line(texts::RESOURCE_GROUP, group, None, Field::ResourceGroup));
    lines.extend(row_lines(form, RowList::Tags, texts::TAGS, locale));
    lines
}

/// One line for each filled row of a list, or one for an empty list.
fn row_lines(form: &Form, list: RowList, label: Text, locale: Locale) -> Vec<ReviewLine> {
    let line =
        |value, field| ReviewLine { label: label.get(locale).to_owned(), value, sent: None, field };
    let value = |row: &FormRow| match row.value.trim() {
        "" => format!("{} ({})", row.name.trim(), review::NO_VALUE.get(locale)),
        value => format!("{} = {value}", row.name.trim()),
    };
    let rows = form.rows(list).iter().filter(|row| !row.is_empty());
    let mut lines: Vec<ReviewLine> =
        rows.map(|row| line(value(row), Field::Name(list, row.id))).collect();
    if lines.is_empty() {
        lines.push(line(review::NONE.get(locale).to_owned(), Field::Rows(list)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::proxy_config::BuyingRegion;
    use super::*;

    fn config() -> ProxyConfig {
        ProxyConfig { region: BuyingRegion::Any, ..ProxyConfig::default() }
    }

    fn filled() -> Form {
        let mut form = Form::default();
        form.set(Field::Value(RowList::Components, 0), "200".into());
        form
    }

    fn summed(form: &Form, locale: Locale) -> String {
        let entries = summary(form, &BuiltRequest::new(form), &config(), None, locale).into_iter();
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
            "华东1（杭州） | searcherdocsize 200 | 3 年，预付费 | 自动续费（按文档未注明的周期）"
        );
        form.set(Field::ChargeType, "POSTPAY".into());
        assert!(summed(&form, Locale::En).ends_with("| No term, billed by usage"));
    }

    #[test]
    fn the_summary_stays_short() {
        let mut form = filled();
        for number in 0..200 {
            let id = form.add_row(RowList::Components);
            form.set(Field::Name(RowList::Components, id), format!("c{number}"));
        }
        let shown = summed(&form, Locale::En);
        assert!(shown.contains("| c4 | and 195 more |"), "{shown}");
        form = Form::default();
        form.remove_row(RowList::Components, 0);
        assert!(summed(&form, Locale::En).contains("| Not filled in yet |"));
    }

    #[test]
    fn the_review_shows_every_parameter_with_its_control() {
        let mut form = filled();
        let tag = form.add_row(RowList::Tags);
        form.set(Field::Name(RowList::Tags, tag), "<b>".into());
        form.add_row(RowList::Tags);
        let shown = review_lines(&form, &BuiltRequest::new(&form), &config(), None, Locale::En);
        let shown: Vec<_> =
            shown.iter().map(|it| (it.value.as_str(), it.sent.as_deref(), it.field)).collect();
        assert_eq!(
            shown,
            [
                ("China (Hangzhou)", Some("not sent; the proxy decides"), Field::Region),
                ("Subscription", Some("PREPAY"), Field::ChargeType),
                ("searcherdocsize = 200", None, Field::Name(RowList::Components, 0)),
                ("1 month", None, Field::Duration),
                ("No", None, Field::AutoRenew),
                ("Default resource group", None, Field::ResourceGroup),
                ("<b> (no value)", None, Field::Name(RowList::Tags, tag)),
            ]
        );
    }
}
