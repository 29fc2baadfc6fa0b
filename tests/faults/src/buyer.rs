//! A buyer: clicks twice, hangs up, and asks again with the same key until there is an answer that stays. Some orders are sent
//! under two keys at once, as from two devices, and must not be bought twice.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use fastrand::Rng;
use havenask_core::{
    operation::INSTANCES,
    pricing::MAX_PRICE,
    proxy_api::REGION,
    purchase::{IDEMPOTENCY_KEY, NO_REPEAT},
};
use serde_json::{Value, json};

use crate::{
    Result,
    http::{self, Answer},
    order::{self, ORDER},
    proxies::Proxies,
};

/// Seconds in which an order is not bought again: longer than any campaign.
const NO_REPEAT_SECONDS: &str = "86400";
/// A purchase that is open for so long stays open: several times as long as a lost one is looked for, since the cloud may ask
/// for another attempt more than once.
const PATIENCE: Duration = Duration::from_mins(3);

/// The last answer to a purchase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Created(String),
    NotCreated(String),
    /// Nothing was sent: the order was bought with this key.
    Repeated(String),
    Unknown,
    /// There was no answer that stays.
    Pending,
}

/// An order under one of its keys.
#[derive(Clone, Debug)]
struct Purchase {
    key: String,
    /// The region that it is bought in.
    region: &'static str,
    /// Order as JSON.
    body: String,
}

impl Purchase {
    fn of(order: &str, key: &str) -> Self {
        Self { key: format!("{order}-{key}"), region: order::region(order), body: body(order) }
    }
}

/// Somebody who buys.
pub(crate) struct Buyer {
    rng: Rng,
    proxies: Arc<Proxies>,
}

impl Buyer {
    pub(crate) fn new(seed: u64, number: u64, proxies: Arc<Proxies>) -> Self {
        Self { rng: Rng::with_seed(seed ^ number.wrapping_mul(0x9e37_79b9)), proxies }
    }

    /// Asks one proxy for an order, and returns the code of its first answer. If others have all the connections, there is none
    /// yet.
    pub(crate) async fn first_answer(&self, address: &str, order: &str) -> Result<String> {
        let purchase = Purchase::of(order, "a");
        let start = Instant::now();
        loop {
            match Self::click(address, &purchase).await {
                Ok(Answer { body, .. }) => {
                    let body: Value = serde_json::from_str(&body)?;
                    return Ok(body["code"].as_str().unwrap_or_default().to_owned());
                }
                Err(error) if start.elapsed() > PATIENCE => return Err(error),
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }

    /// Buys an order under one key or two, and returns each with the answer that stays.
    pub(crate) async fn buy(&mut self, order: &str) -> Result<Vec<(String, Told)>> {
        let (one, other) = (Purchase::of(order, "a"), Purchase::of(order, "b"));
        if self.rng.u8(..4) > 0 {
            let told = self.insist(&one).await?;
            return Ok(vec![(one.key, told)]);
        }
        let mut colleague = Self { rng: self.rng.fork(), proxies: Arc::clone(&self.proxies) };
        let told = tokio::join!(self.insist(&one), colleague.insist(&other));
        Ok(vec![(one.key, told.0?), (other.key, told.1?)])
    }

    /// Asks until there is an answer that stays.
    async fn insist(&mut self, purchase: &Purchase) -> Result<Told> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let told = match self.rng.u8(..10) {
                0..3 => self.click_twice(purchase).await,
                3 => self.hang_up(purchase).await,
                _ => {
                    let answer = self.click_anywhere(purchase).await;
                    self.told(answer)
                }
            };
            if let Some(told) = told {
                return Ok(told);
            }
            let pause = Duration::from_millis(self.rng.u64(10..300));
            tokio::time::sleep(pause).await;
        }
        Ok(Told::Pending)
    }

    fn click_anywhere(
        &mut self,
        purchase: &Purchase,
    ) -> impl Future<Output = Result<Answer>> + Send + use<> {
        let address = self.proxies.any(&mut self.rng).to_owned();
        Self::click(&address, purchase)
    }

    fn click(
        address: &str,
        purchase: &Purchase,
    ) -> impl Future<Output = Result<Answer>> + Send + use<> {
        let Purchase { key, region, body } = purchase.clone();
        let url = format!("http://{address}{INSTANCES}?{REGION}={region}");
        let mut headers = vec![
            ("content-type", "application/json"),
            (IDEMPOTENCY_KEY, &key),
            (NO_REPEAT, NO_REPEAT_SECONDS),
        ];
        if order::has_bound(&key) {
            headers.push((MAX_PRICE, order::MAX_PRICE));
        }
        let headers: Vec<_> =
            headers.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        async move { http::send("POST", &url, &headers, &body).await }
    }

    async fn click_twice(&mut self, purchase: &Purchase) -> Option<Told> {
        let (one, other) = (self.click_anywhere(purchase), self.click_anywhere(purchase));
        let (one, other) = tokio::join!(one, other);
        let (one, other) = (self.told(one), self.told(other));
        one.or(other)
    }

    async fn hang_up(&mut self, purchase: &Purchase) -> Option<Told> {
        let patience = Duration::from_millis(self.rng.u64(..50));
        let answer = tokio::time::timeout(patience, self.click_anywhere(purchase)).await.ok()?;
        self.told(answer)
    }

    /// The answer, if it is one that stays.
    fn told(&self, answer: Result<Answer>) -> Option<Told> {
        let answer = answer.ok()?;
        if answer.body.contains("\"code\":\"PriceChanged\"") {
            self.proxies.count_bound_refusal();
        }
        told(&answer)
    }
}

fn body(order: &str) -> String {
    let body = json!({
        "chargeType": "PREPAY",
        "components": [{ "code": "searcherdocsize", "value": "200" }],
        "order": { "duration": 1, "pricingCycle": "Month" },
        "tags": [{ "key": ORDER, "value": order }],
    });
    body.to_string()
}

fn told(answer: &Answer) -> Option<Told> {
    let body: Value = serde_json::from_str(&answer.body).ok()?;
    if answer.status == 200 {
        return Some(Told::Created(body["result"]["instanceId"].as_str()?.to_owned()));
    }
    let code = body["code"].as_str()?;
    match (code, body["outcome"].as_str()?) {
        ("PurchaseUnknown", _) => Some(Told::Unknown),
        // While it is not known whether the other one is made, this one may still be.
        ("OrderRepeated", _) if body["purchase"]["state"] == "pending" => None,
        ("OrderRepeated", _) => Some(Told::Repeated(body["purchase"]["key"].as_str()?.to_owned())),
        // The proxy says: again, with the same key.
        ("UpstreamUnreachable" | "LedgerUnavailable" | "PriceChanged" | "PriceUnknown", _) => None,
        (code, _) if code.starts_with("Throttling") => None,
        (code, "not-created") => Some(Told::NotCreated(code.to_owned())),
        _ => None,
    }
}
