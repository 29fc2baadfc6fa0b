//! Prices: quotes, and the bound that a buyer has seen. Nothing is sent that should not be.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::sync::atomic::Ordering;

use havenask_proxy::pricing::PriceLimits;
use serde_json::{Value, json};
use support::{
    GOOD, assert_refused,
    desk::{Desk, limits, priced},
    request,
};

#[tokio::test]
async fn a_quote_has_one_of_three_answers() {
    let desk = Desk::open(|_| {}).await;
    let quote = desk.quote(GOOD).await;
    assert_eq!(quote.status, 200, "{}", quote.body);
    let quote = quote.json();
    assert_eq!(quote["status"], "priced");
    let price = &quote["price"];
    let total = (&price["currency"], &price["total"], &price["original"], &price["discount"]);
    assert_eq!(total, (&json!("CNY"), &json!("1234.50"), &json!("2000.00"), &json!("765.50")));
    assert_eq!(price["items"][0]["code"], "searcherdocsize");
    assert_eq!(quote["requestId"], "R-1");

    let other = |value: &str| GOOD.replace("200", value);
    desk.tells(200, r#"{"success":false,"code":"COMMODITY.INVALID_COMPONENT","message":"no"}"#)
        .await;
    let refused = desk.quote(&other("201")).await.json();
    assert_eq!((&refused["status"], &refused["price"]), (&json!("refused"), &Value::Null));
    assert_eq!(refused["reason"]["code"], "COMMODITY.INVALID_COMPONENT");
    desk.tells(404, r#"{"Code":"PricingNotSupported","Message":"no"}"#).await;
    let unpriced = desk.quote(&other("202")).await.json();
    assert_eq!(unpriced["status"], "not-priced");
    assert!(!unpriced["reason"]["remedy"].as_str().unwrap().is_empty(), "{unpriced}");

    let before = desk.counts().0;
    assert_eq!(desk.quote(GOOD).await.json(), quote, "of a moment ago");
    assert_eq!(desk.counts(), (before, 0), "no question, and nothing bought");
}

#[tokio::test]
async fn a_question_for_a_price_is_checked_as_a_purchase_is() {
    let desk = Desk::open(|_| {}).await;
    assert_refused(&desk.quote(r#"{"chargeType":"FREE"}"#).await, 400, "InvalidRequest");
    assert_refused(&desk.quote("nothing").await, 400, "BodyNotJson");
    let url = desk.proxy.url();
    assert_refused(
        &request(url.clone(), "POST", "/quotes", "", GOOD).await,
        415,
        "ContentTypeNotJson",
    );
    assert_eq!(request(url, "GET", "/quotes", "", "").await.status, 405);
    assert_eq!(desk.counts(), (0, 0));
}

#[tokio::test]
async fn any_answer_of_the_price_service_makes_a_quote() {
    let desk =
        Desk::open(|config| config.limits.upstream_timeout = std::time::Duration::from_millis(300))
            .await;
    let mut reasons = Vec::new();
    for (number, (status, body)) in [
        (200, priced("null")),
        (200, priced("NaN")),
        (200, priced("[1]")),
        (200, priced("1e400")),
        (200, priced("-5")),
        (
            200,
            priced("1")
                .replace("\"currency\":\"CNY\",\"modules\"", "\"currency\":\"USD\",\"modules\""),
        ),
        (200, "<html>sign in</html>".to_owned()),
        (200, priced("1").split_at(80).0.to_owned()),
        (302, "moved".to_owned()),
        (500, "{}".to_owned()),
        (200, format!("{}1{}", "[".repeat(5000), "]".repeat(5000))),
        (200, String::new()),
    ]
    .into_iter()
    .enumerate()
    {
        desk.tells(status, body.clone()).await;
        let quote = desk.quote(&GOOD.replace("200", &number.to_string())).await;
        assert_eq!(quote.status, 200, "{body}: {}", quote.body);
        let quote = quote.json();
        assert_eq!(quote["status"], "not-priced", "{body}");
        assert!(quote["reason"]["message"].is_string(), "{quote}");
        reasons.push(quote["reason"]["code"].as_str().unwrap().to_owned());
        let refused =
            desk.buy(&format!("key-number-{number}"), "Havenask-Max-Price: CNY 9999\r\n").await;
        assert_refused(&refused, 409, "PriceUnknown");
    }
    assert!(reasons.iter().any(|code| code == "PriceUnreadable"), "{reasons:?}");
    assert_eq!(desk.counts().1, 0);
}

#[tokio::test]
async fn a_purchase_costs_no_more_than_its_buyer_has_seen() {
    let desk = Desk::open(|_| {}).await;
    let most = |price: &str| format!("Havenask-Max-Price: {price}\r\n");
    for malformed in
        ["1234", "CNY -1", "CNY 1e9", "CNY 1.234567", "cny 1", "CNY", "CNY 1,234", "¥ 5"]
    {
        assert_refused(
            &desk.buy("key-of-a-test", &most(malformed)).await,
            400,
            "MaxPriceMalformed",
        );
    }
    let twice = most("CNY 9999").repeat(2);
    assert_refused(&desk.buy("key-of-a-test", &twice).await, 400, "MaxPriceMalformed");
    assert_eq!(desk.counts(), (0, 0));

    for below in ["CNY 1234.49", "CNY 0", "EUR 5", "USD 9999"] {
        let failure =
            assert_refused(&desk.buy("key-of-a-test", &most(below)).await, 409, "PriceChanged");
        assert_eq!(failure["quote"]["price"]["total"], "1234.50", "{failure}");
        assert_eq!(failure["retry"], "same-key");
    }
    assert_eq!(desk.counts().1, 0);
    assert_eq!(desk.buy("key-of-a-test", &most("CNY 1234.50")).await.status, 200);
    let quoted = desk.counts().0;
    let again = desk.buy("key-of-a-test", &most("CNY 1234.50")).await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(desk.counts(), (quoted, 1), "a known key asks for no price");
    let kept = request(desk.proxy.url(), "GET", "/purchases/key-of-a-test", "", "").await.json();
    assert_eq!(kept["quote"]["price"]["total"], "1234.50", "{kept}");
    assert_eq!(desk.buy("another-key", "").await.status, 200);
    assert_eq!(desk.counts(), (quoted, 2), "and neither does a purchase without a bound");
}

#[tokio::test]
async fn an_attempt_that_may_have_bought_is_not_called_not_created_by_a_price() {
    let most = "Havenask-Max-Price: CNY 1234.50\r\n";
    for (limits, headers) in
        [(PriceLimits::default(), most), (limits(None, Some("CNY 1300/month")), "")]
    {
        let desk = Desk::open(|config| {
            config.prices = limits;
            config.limits.resend_delay = std::time::Duration::ZERO;
        })
        .await;
        desk.throttled.store(1, Ordering::SeqCst);
        let first = desk.buy("key-of-a-test", headers).await;
        desk.tells(200, priced("1400")).await;
        let second = desk.buy("key-of-a-test", headers).await;
        for answer in [first, second] {
            let failure = answer.json();
            let told = (&failure["code"], &failure["outcome"]);
            assert_eq!(told, (&json!("Throttling.User"), &json!("unknown")), "{failure}");
        }
        assert_eq!(desk.counts().1, 0, "nothing more was sent");
    }
}

#[tokio::test]
async fn a_key_that_is_being_quoted_is_in_flight_for_another_request() {
    let desk = Desk::open(|_| {}).await;
    desk.tells(200, "").await;
    let most = "Havenask-Max-Price: CNY 1\r\n";
    let first = desk.buy("key-of-a-test", most);
    let second = async {
        while desk.counts().0 == 0 {
            tokio::task::yield_now().await;
        }
        desk.buy("key-of-a-test", most).await
    };
    let (first, second) = tokio::join!(first, second);
    assert_eq!(second.json()["code"], "PurchaseInFlight", "{}", second.body);
    assert_refused(&first, 409, "PriceUnknown");
}

#[tokio::test]
async fn a_price_is_counted_and_audited() {
    let audit = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("prices-audit");
    let _ = std::fs::remove_file(&audit);
    let desk = Desk::open(|config| config.audit = Some(audit.clone())).await;
    assert_eq!(desk.buy("key-of-a-test", "Havenask-Max-Price: CNY 1234.50\r\n").await.status, 200);
    let line = std::fs::read_to_string(&audit).unwrap();
    assert!(line.contains(r#""price":"CNY 1234.50""#), "{line}");
    let metrics = request(desk.proxy.url(), "GET", "/metrics", "", "").await.body;
    assert!(metrics.contains("havenask_proxy_quotes_total{status=\"priced\"} 1\n"), "{metrics}");
}
