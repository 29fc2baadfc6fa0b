//! A buyer: clicks twice, hangs up, and asks again with the same key until there is an answer that stays.

use std::{sync::Arc, time::Duration};

use fastrand::Rng;
use havenask_core::operation::INSTANCES;
use serde_json::Value;

use crate::{
    Result,
    counters::Counters,
    http::{self, Answer},
};

const PURCHASE: &str = r#"{"chargeType":"PREPAY","components":[{"code":"searcherdocsize","value":"200"}],"order":{"duration":1,"pricingCycle":"Month"}}"#;
/// Whoever has no answer after so many questions never gets one.
const PATIENCE: u32 = 2000;

/// The last answer to a purchase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Created(String),
    NotCreated(String),
    Unknown,
}

/// Somebody who buys.
pub(crate) struct Buyer {
    rng: Rng,
    counters: Arc<Counters>,
}

impl Buyer {
    pub(crate) fn new(seed: u64, number: u64, counters: Arc<Counters>) -> Self {
        Self { rng: Rng::with_seed(seed ^ number.wrapping_mul(0x9e37_79b9)), counters }
    }

    /// Buys, and returns the answer that stays.
    pub(crate) async fn buy(&mut self, key: &str) -> Result<Told> {
        for _ in 0..PATIENCE {
            let told = match self.rng.u8(..10) {
                0..3 => self.click_twice(key).await,
                3 => self.hang_up(key).await,
                _ => told(self.click(key).await),
            };
            if let Some(told) = told {
                return Ok(told);
            }
            let pause = Duration::from_millis(self.rng.u64(10..300));
            tokio::time::sleep(pause).await;
        }
        Err(format!("{key} was never answered").into())
    }

    fn click(&mut self, key: &str) -> impl Future<Output = Result<Answer>> + Send + use<> {
        let url = format!("http://{}{INSTANCES}", self.counters.any(&mut self.rng));
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        async move { http::send("POST", &url, &headers, PURCHASE).await }
    }

    async fn click_twice(&mut self, key: &str) -> Option<Told> {
        let (one, other) = (self.click(key), self.click(key));
        let (one, other) = tokio::join!(one, other);
        told(one).or(told(other))
    }

    async fn hang_up(&mut self, key: &str) -> Option<Told> {
        let patience = Duration::from_millis(self.rng.u64(..50));
        tokio::time::timeout(patience, self.click(key)).await.ok().and_then(told)
    }
}

/// The answer, if it is one that stays.
fn told(answer: Result<Answer>) -> Option<Told> {
    let Answer { status, body } = answer.ok()?;
    let body: Value = serde_json::from_str(&body).ok()?;
    if status == 200 {
        return Some(Told::Created(body["result"]["instanceId"].as_str()?.to_owned()));
    }
    let code = body["code"].as_str()?;
    match (code, body["outcome"].as_str()?) {
        ("PurchaseUnknown", _) => Some(Told::Unknown),
        // The proxy says: again, with the same key.
        ("UpstreamUnreachable" | "LedgerUnavailable", _) => None,
        (code, _) if code.starts_with("Throttling") => None,
        (code, "not-created") => Some(Told::NotCreated(code.to_owned())),
        _ => None,
    }
}
