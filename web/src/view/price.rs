//! The price of the order: total and parts, who pays, and until when; or why nobody knows it.

use havenask_core::{
    Locale,
    pricing::{Money, Quote, QuoteStatus},
};

use super::prelude::*;
use crate::{
    browser,
    model::{
        BuyingRegion,
        price::{self, PriceInWords, PriceLine},
    },
    texts::{form, price as texts},
};

const TITLE: &str = "price-title";

/// Pages of the cloud in the language of the visitor: where the product is bought, and what is said of its prices.
const PAGES: [(Text, Text); 2] = [
    (
        texts::BUY_PAGE,
        Text {
            en: "https://common-buy-intl.alibabacloud.com/?commodityCode=opensearch_ha3post_public_cn",
            zh: "https://common-buy.aliyun.com/?commodityCode=opensearch_ha3post_public_cn",
        },
    ),
    (
        texts::PRICE_LIST,
        Text {
            en: "https://help.aliyun.com/en/open-search/retrieval-engine-edition/billing/",
            zh: "https://help.aliyun.com/en/open-search/retrieval-engine-edition/billing/",
        },
    ),
];

/// The price, beside the form and above the consent.
pub(super) fn view(app: App, class: &'static str) -> Element {
    let title = element("h2").class("summary-title").attr("id", app.ui.id(TITLE));
    let total = element("p").class("price-total").attr("aria-live", "polite");
    element("section")
        .class(class)
        .attr("aria-labelledby", app.ui.id(TITLE))
        .child(title.child(app.ui.text(texts::PRICE)))
        .child(total.text(move || headline(app)))
        .child(element("div").class("price-body").content(move || {
            let body = app.quote.answer.with(|answer| match answer {
                Some(quote) => answered(app, quote),
                None => unanswered(app),
            });
            fragment(body)
        }))
        .child(element("div").content(move || payer(app)))
}

/// The total, or that it is not known.
pub(super) fn headline(app: App) -> String {
    app.quote.answer.with(|answer| {
        let text = match answer {
            Some(quote) => match in_words(app, quote) {
                Some(words) => return words.total,
                None if quote.status == QuoteStatus::Refused => texts::REFUSED,
                None => texts::UNKNOWN,
            },
            None if app.quote.is_pending.get() => texts::ASKING,
            None if app.form.config.with(|config| config.quotes) => texts::INCOMPLETE,
            None => texts::UNKNOWN,
        };
        app.ui.text(text).to_owned()
    })
}

fn in_words(app: App, quote: &Quote) -> Option<PriceInWords> {
    let locale = app.ui.locale.get_untracked();
    // Another order has another answer.
    app.form.values.with_untracked(|form| {
        app.form
            .catalog
            .with_untracked(|catalog| price::in_words(quote, form, catalog.as_ref(), locale))
    })
}

fn answered(app: App, quote: &Quote) -> Vec<Element> {
    let locale = app.ui.locale.get_untracked();
    let Some(words) = in_words(app, quote) else { return not_priced(app, quote) };
    let mut body = vec![element("p").class("muted").child(words.term)];
    body.extend(lines(words.lines));
    if !words.usage.is_empty() {
        body.push(element("p").class("muted").child(app.ui.text(texts::USAGE)));
    }
    body.extend(lines(words.usage));
    let quoted_at = texts::QUOTED_AT.with(locale, &browser::time(quote.quoted_at));
    let mut notes = term_notes(app);
    notes.push(quoted_at);
    body.push(element("p").class("hint").child(notes.join(locale.localized(" ", ""))));
    body.extend(price::bound(quote).and_then(|bound| low_balance(app, &bound)));
    body
}

/// Parts of the price, with the codes of those that have a name.
fn lines(lines: Vec<PriceLine>) -> Option<Element> {
    let line = |line: PriceLine| {
        let PriceLine { label, code, amount } = line;
        let code = code.map(|code| element("code").class("muted").child(code));
        element("div")
            .class("price-line")
            .child(element("dt").child(label).child(" ").child(code))
            .child(element("dd").child(amount))
    };
    (!lines.is_empty())
        .then(|| element("dl").class("price-lines").children(lines.into_iter().map(line)))
}

/// The end of the term, and what comes then.
fn term_notes(app: App) -> Vec<String> {
    let locale = app.ui.locale.get_untracked();
    app.form.values.with_untracked(|form| {
        let end = form.months().and_then(|months| browser::date_in(months, locale));
        let mut notes: Vec<String> =
            end.map(|end| texts::ENDS_ON.with(locale, &end)).into_iter().collect();
        if form.has_term() && form.auto_renew {
            notes.push(texts::RENEWAL.get(locale).to_owned());
        }
        notes
    })
}

/// The reason why there is no price, and where to find it.
fn not_priced(app: App, quote: &Quote) -> Vec<Element> {
    let reason = quote.reason.as_ref();
    let refused = (quote.status == QuoteStatus::Refused).then_some(texts::REFUSED_HINT);
    let texts = reason.map(|reason| [reason.message.clone(), reason.remedy.clone()]);
    let texts = texts.into_iter().flatten().filter(|text| !text.is_empty());
    let mut body: Vec<Element> = texts.map(|text| element("p").child(text)).collect();
    body.extend(refused.map(|text| element("p").child(app.ui.text(text))));
    body.push(button(app, "button", texts::ASK_AGAIN, move || actions::refresh_quote(app)));
    body.push(pages(app));
    body
}

fn unanswered(app: App) -> Vec<Element> {
    let tells_nothing =
        app.form.config.with(|config| !config.quotes && config.region != BuyingRegion::Pending);
    if tells_nothing {
        vec![element("p").child(app.ui.text(texts::NOT_QUOTED)), pages(app)]
    } else {
        Vec::new()
    }
}

fn pages(app: App) -> Element {
    let link = |(name, address): (Text, Text)| {
        element("li").child(external_link(app.ui.text(address), app.ui.text(name)))
    };
    element("ul").class("price-pages").children(PAGES.map(link))
}

/// The account that pays, and that nobody does in a test.
fn payer(app: App) -> Option<Element> {
    let locale = app.ui.locale.get_untracked();
    app.form.config.with(|config| {
        let account = config.account.as_ref();
        let account = account.map(|it| element("p").class("hint").child(it.in_words(locale)));
        let test = || element("p").class("badge").child(app.ui.text(texts::TEST));
        let test = config.is_test.then(test);
        (account.is_some() || test.is_some())
            .then(|| element("div").children(account.into_iter().chain(test)))
    })
}

fn low_balance(app: App, price: &Money) -> Option<Element> {
    let locale = app.ui.locale.get_untracked();
    let balance = app.form.config.with(|config| config.low_balance(price))?;
    let text = texts::BALANCE_LOW.with(locale, &balance);
    let word = element("span").class("visually-hidden").child(app.ui.text(form::NOTICE));
    let text = element("span").child(word).child(locale.localized(": ", "：")).child(text);
    Some(element("p").class("problem problem-warning").child(Icon::Warning).child(text))
}

/// The price of now, because of which the order was not sent.
pub(super) fn changed(app: App, quote: &Quote) -> Element {
    let locale: Locale = app.ui.locale.get_untracked();
    let panel = element("div").class("panel panel-warning").attr("role", "alert");
    let Some(now) = price::bound(quote) else {
        let title = panel_title(Icon::Warning, app.ui.text(texts::LOST));
        return panel.child(title).children(not_priced(app, quote));
    };
    let more = app.quote.agreed.with_value(|agreed| price::increase(agreed.as_ref()?, &now));
    let more = more.map(|more| texts::CHANGED_BY.with(locale, &price::amount(&more)));
    let space = locale.localized(" ", "");
    let text = texts::CHANGED_TO.with(locale, &price::amount(&now));
    panel
        .child(panel_title(Icon::Warning, app.ui.text(texts::CHANGED)))
        .child(element("p").child(text).child(space).child(more))
        .child(element("p").child(app.ui.text(texts::CHANGED_HINT)))
}
