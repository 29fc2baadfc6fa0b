//! Prices: quotes, the bound that a buyer has seen, and the limits of the operator. Nothing is sent that should not be.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use havenask_core::pricing::Money;
use havenask_proxy::{
    Config, Running,
    pricing::{Budget, PriceLimits},
    start,
};
use serde_json::{Value, json};
use support::{GOOD, Reply, config, create_ledger, new_ledger, request, shop};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Mutex,
};

/// A cloud that sells, and quotes what it is told to.
struct Desk {
    proxy: Running,
    /// The answer to the next questions for a price: status and body; an empty body is never sent.
    price: Arc<Mutex<(u16, String)>>,
    quoted: Arc<AtomicUsize>,
    bought: Arc<AtomicUsize>,
    /// The next purchases that are throttled.
    throttled: Arc<AtomicUsize>,
}

impl Desk {
    async fn open(change: impl FnOnce(&mut Config)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let upstream = format!("http://{}", listener.local_addr().unwrap());
        let price = Arc::new(Mutex::new((200, priced("1234.50"))));
        let [quoted, bought, throttled] = [(); 3].map(|()| Arc::new(AtomicUsize::new(0)));
        let counters = [&quoted, &bought, &throttled].map(Arc::clone);
        let prices = Arc::clone(&price);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (price, counters) = (Arc::clone(&prices), counters.clone());
                tokio::spawn(async move { serve(stream, &price, &counters).await });
            }
        });
        let mut config = config(&upstream).await;
        change(&mut config);
        let proxy = start(config).await.unwrap();
        Self { proxy, price, quoted, bought, throttled }
    }

    async fn limited(limits: PriceLimits) -> Self {
        Self::open(|config| config.prices = limits).await
    }

    async fn tells(&self, status: u16, body: impl Into<String>) {
        *self.price.lock().await = (status, body.into());
    }

    async fn quote(&self, body: &str) -> Reply {
        let headers = "Content-Type: application/json\r\n";
        request(self.proxy.url(), "POST", "/quotes", headers, body).await
    }

    async fn buy(&self, key: &str, headers: &str) -> Reply {
        let headers =
            format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n{headers}");
        request(self.proxy.url(), "POST", "/openapi/ha3/instances", &headers, GOOD).await
    }

    fn counts(&self) -> (usize, usize) {
        (self.quoted.load(Ordering::SeqCst), self.bought.load(Ordering::SeqCst))
    }
}

async fn serve(
    mut stream: TcpStream,
    price: &Mutex<(u16, String)>,
    [quoted, bought, throttled]: &[Arc<AtomicUsize>; 3],
) {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    loop {
        let read = stream.read(&mut buffer).await.unwrap_or_default();
        if read == 0 {
            return;
        }
        text.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if body.len() < length.map_or(0, |length| length.parse().unwrap()) {
            continue;
        }
        let (status, body) = if head.starts_with("POST /api/v1/price/quote ") {
            quoted.fetch_add(1, Ordering::SeqCst);
            price.lock().await.clone()
        } else if head.starts_with("POST /openapi/ha3/instances ")
            && throttled.load(Ordering::SeqCst) > 0
        {
            throttled.fetch_sub(1, Ordering::SeqCst);
            (429, r#"{"Code":"Throttling.User","Message":"slow down"}"#.to_owned())
        } else if head.starts_with("POST /openapi/ha3/instances ") {
            let number = bought.fetch_add(1, Ordering::SeqCst);
            (200, format!(r#"{{"requestId":"R","result":{{"instanceId":"ha-{number}"}}}}"#))
        } else {
            (404, r#"{"Code":"InvalidApi.NotFound","Message":"none"}"#.to_owned())
        };
        if body.is_empty() {
            continue;
        }
        let length = body.len();
        let location = if status == 302 { "Location: http://127.0.0.1:1/\r\n" } else { "" };
        let answer =
            format!("HTTP/1.1 {status} OK\r\n{location}Content-Length: {length}\r\n\r\n{body}");
        stream.write_all(answer.as_bytes()).await.unwrap();
        text.clear();
    }
}

/// A quote of this total, with one part.
fn priced(total: &str) -> String {
    format!(
        r#"{{"requestId":"R-1","success":true,"code":"Success","price":{{"success":true,"currency":"CNY","totalAmount":{total},
        "originalAmount":2000,"discountAmount":765.5,"billingUnit":"1 Month","chargeComposition":"recurring_only","priceSummary":{{
        "currency":"CNY","modules":[{{"moduleCode":"searcherdocsize","originalCost":2000,"costAfterDiscount":{total}}}]}}}}}}"#
    )
}

fn with_usage(total: &str) -> String {
    format!(
        r#"{{"price":{{"success":true,"currency":"CNY","totalAmount":{total},"chargeComposition":"mixed","usageCharges":[
        {{"moduleCode":"storage","unit":"GB","pricePerUnit":0.5}}]}}}}"#
    )
}

#[track_caller]
fn assert_refused(reply: &Reply, status: u16, code: &str) -> Value {
    let failure = reply.json();
    assert_eq!((reply.status, &failure["code"]), (status, &json!(code)), "{}", reply.body);
    assert_eq!(failure["outcome"], "not-created");
    failure
}

fn limits(one: Option<&str>, month: Option<&str>) -> PriceLimits {
    PriceLimits {
        per_purchase: one.map(|money| Money::parse(money).unwrap()),
        per_month: month.map(|budget| budget.parse::<Budget>().unwrap()),
        allow_unpriced: false,
    }
}

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
        let refused =
            desk.buy(&format!("key-number-{number}"), "Havenask-Max-Price: CNY 9999\r\n").await;
        assert_refused(&refused, 409, "PriceUnknown");
    }
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
async fn the_operator_limits_what_a_purchase_may_cost() {
    let desk = Desk::limited(limits(Some("CNY 1000"), None)).await;
    assert_refused(&desk.buy("key-of-a-test", "").await, 403, "PriceAboveLimit");
    desk.tells(200, priced("999.99").replace("CNY", "USD")).await;
    assert_refused(&desk.buy("key-of-a-test", "").await, 403, "PriceAboveLimit");
    desk.tells(200, with_usage("1")).await;
    assert_refused(&desk.buy("key-of-a-test", "").await, 409, "PriceUnknown");
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
async fn what_an_earlier_attempt_was_quoted_at_counts_on() {
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
