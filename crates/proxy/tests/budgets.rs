//! Limits on prices: of one purchase, and of a month.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::sync::{Arc, atomic::Ordering};

use havenask_proxy::pricing::PriceLimits;
use serde_json::json;
use support::{
    assert_refused, create_ledger,
    desk::{Desk, limits, priced, with_usage},
    new_ledger, request, shop,
};

#[tokio::test]
async fn the_operator_limits_what_a_purchase_may_cost() {
    let desk = Desk::limited(limits(Some("CNY 1000"), None)).await;
    assert_refused(&desk.buy("key-of-a-test", "").await, 403, "PriceAboveLimit");
    desk.tells(200, priced("999.99").replace("CNY", "USD")).await;
    assert_refused(&desk.buy("key-of-a-test", "").await, 403, "PriceAboveLimit");
    desk.tells(200, with_usage("1")).await;
    let by_use = assert_refused(&desk.buy("key-of-a-test", "").await, 409, "PriceUnknown");
    assert!(by_use["message"].as_str().unwrap().contains("usage fees"), "{by_use}");
    assert_eq!((&by_use["retry"], &by_use["quote"]["status"]), (&json!("no"), &json!("priced")));
    desk.tells(404, r#"{"Code":"PricingNotSupported","Message":"no"}"#).await;
    assert_refused(&desk.buy("key-of-a-test", "").await, 409, "PriceUnknown");
    assert_eq!(desk.counts().1, 0);
    desk.tells(200, priced("1000")).await;
    assert_eq!(desk.buy("key-of-a-test", "").await.status, 200);

    let desk =
        Desk::limited(PriceLimits { allow_unpriced: true, ..limits(Some("CNY 1000"), None) }).await;
    desk.tells(404, r#"{"Code":"PricingNotSupported","Message":"no"}"#).await;
    assert_eq!(desk.buy("key-of-a-test", "").await.status, 200);
    let bound = desk.buy("another-key", "Havenask-Max-Price: CNY 1\r\n").await;
    assert_refused(&bound, 409, "PriceUnknown");
}

#[tokio::test]
async fn a_month_costs_no_more_than_its_budget() {
    let desk = Desk::limited(limits(None, Some("CNY 3000/month"))).await;
    assert_eq!(desk.buy("key-number-1", "").await.status, 200);
    assert_eq!(desk.buy("key-number-2", "").await.status, 200);
    let refused = assert_refused(&desk.buy("key-number-3", "").await, 403, "BudgetExceeded");
    assert!(refused["message"].as_str().unwrap().contains("CNY 531.00"), "{refused}");
    desk.tells(200, priced("531.00")).await;
    assert_eq!(desk.buy("key-number-3", "").await.status, 200);
    desk.tells(200, priced("0.01")).await;
    assert_refused(&desk.buy("key-number-4", "").await, 403, "BudgetExceeded");
    assert_eq!(desk.counts().1, 3);
}

#[tokio::test]
async fn a_total_that_no_budget_can_count_is_refused() {
    let desk = Desk::limited(limits(None, Some("CNY 3000/month"))).await;
    desk.tells(200, priced("123456789012345678901")).await;
    assert_refused(&desk.buy("key-of-a-test", "").await, 403, "PriceAboveLimit");
    assert_eq!(desk.counts().1, 0);
}

#[tokio::test]
async fn a_budget_counts_what_may_have_bought_this_month_in_its_currency() {
    let ledger = new_ledger().await;
    create_ledger(&ledger).await;
    let row = |key: &str, state: &str, currency: &str, created_at: &str| {
        format!(
            "INSERT INTO purchases (principal, key, body_hash, request, state, again, created_at, updated_at, currency, price) \
             VALUES ('anyone', '{key}', '', '{{}}', '{state}', 0, {created_at}, {created_at}, '{currency}', 100000);"
        )
    };
    let now = clock();
    let rows = [
        row("of-another-month", "created", "CNY", "1000"),
        row("failed-for-certain", "failed", "CNY", &now),
        row("another-currency", "created", "USD", &now),
        row("created-this-month", "created", "CNY", &now),
        row("unknown-this-month", "unknown", "CNY", &now),
    ];
    shop::execute_all(&ledger, &rows.concat()).await;
    let desk = Desk::open(|config| {
        config.ledger = ledger.into();
        config.prices = limits(None, Some("CNY 3234.50/month"));
    })
    .await;
    assert_eq!(desk.buy("key-number-1", "").await.status, 200, "1234.50 are left");
    desk.tells(200, priced("0.01")).await;
    assert_refused(&desk.buy("key-number-2", "").await, 403, "BudgetExceeded");
}

/// Now, in Unix milliseconds.
fn clock() -> String {
    std::time::UNIX_EPOCH.elapsed().unwrap().as_millis().to_string()
}

#[tokio::test]
async fn two_proxies_at_once_spend_no_more_than_their_budget() {
    let ledger = new_ledger().await;
    create_ledger(&ledger).await;
    let mut desks = Vec::new();
    for _ in 0..2 {
        let desk = Desk::open(|config| {
            config.ledger = ledger.clone().into();
            config.prices = limits(None, Some("CNY 4000/month"));
        });
        desks.push(Arc::new(desk.await));
        // The other proxy has an endpoint of its own.
        shop::execute_all(&ledger, "DELETE FROM havenask_endpoints").await;
    }
    let mut buyers = tokio::task::JoinSet::new();
    for number in 0..20 {
        let desk = Arc::clone(&desks[number % 2]);
        buyers.spawn(async move { desk.buy(&format!("key-number-{number}"), "").await.status });
    }
    let answers = buyers.join_all().await;
    let bought = answers.iter().filter(|status| **status == 200).count();
    assert_eq!(bought, 3, "{answers:?}");
    assert_eq!(desks.iter().map(|desk| desk.counts().1).sum::<usize>(), 3);
}

#[tokio::test]
async fn the_quote_of_an_earlier_attempt_counts_on() {
    let desk = Desk::open(|config| {
        config.prices =
            PriceLimits { allow_unpriced: true, ..limits(None, Some("CNY 3000/month")) };
        config.limits.resend_delay = std::time::Duration::ZERO;
    })
    .await;
    desk.throttled.store(1, Ordering::SeqCst);
    desk.buy("key-of-a-test", "").await;
    for price in [priced("1"), r#"{"success":false,"code":"PricingNotSupported"}"#.to_owned()] {
        desk.tells(200, price).await;
        desk.buy("key-of-a-test", "").await;
        let kept =
            request(desk.proxy.url(), "GET", "/purchases/key-of-a-test", "", "").await.json();
        assert_eq!(kept["quote"]["price"]["total"], "1234.50", "{kept}");
    }
    desk.tells(200, priced("1765.51")).await;
    assert_refused(&desk.buy("another-key", "").await, 403, "BudgetExceeded");
}
