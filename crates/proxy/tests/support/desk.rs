//! A cloud that quotes what it is told to, and a proxy in front of it.

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
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Mutex,
};

use super::{GOOD, Reply, config, request};

/// A cloud that sells, and quotes what it is told to.
pub(crate) struct Desk {
    pub(crate) proxy: Running,
    /// The answer to the next questions for a price: status and body; an empty body is never sent.
    price: Arc<Mutex<(u16, String)>>,
    quoted: Arc<AtomicUsize>,
    bought: Arc<AtomicUsize>,
    /// The next purchases that are throttled.
    pub(crate) throttled: Arc<AtomicUsize>,
}

impl Desk {
    pub(crate) async fn open(change: impl FnOnce(&mut Config)) -> Self {
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

    pub(crate) async fn limited(limits: PriceLimits) -> Self {
        Self::open(|config| config.prices = limits).await
    }

    pub(crate) async fn tells(&self, status: u16, body: impl Into<String>) {
        *self.price.lock().await = (status, body.into());
    }

    pub(crate) async fn quote(&self, body: &str) -> Reply {
        let headers = "Content-Type: application/json\r\n";
        request(self.proxy.url(), "POST", "/quotes", headers, body).await
    }

    pub(crate) async fn buy(&self, key: &str, headers: &str) -> Reply {
        let headers =
            format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n{headers}");
        request(self.proxy.url(), "POST", "/openapi/ha3/instances", &headers, GOOD).await
    }

    pub(crate) fn counts(&self) -> (usize, usize) {
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
pub(crate) fn priced(total: &str) -> String {
    format!(
        r#"{{"requestId":"R-1","success":true,"code":"Success","price":{{"success":true,"currency":"CNY","totalAmount":{total},
        "originalAmount":2000,"discountAmount":765.5,"billingUnit":"1 Month","chargeComposition":"recurring_only","priceSummary":{{
        "currency":"CNY","modules":[{{"moduleCode":"searcherdocsize","originalCost":2000,"costAfterDiscount":{total}}}]}}}}}}"#
    )
}

pub(crate) fn with_usage(total: &str) -> String {
    format!(
        r#"{{"price":{{"success":true,"currency":"CNY","totalAmount":{total},"chargeComposition":"mixed","usageCharges":[
        {{"moduleCode":"storage","unit":"GB","pricePerUnit":0.5}}]}}}}"#
    )
}

pub(crate) fn limits(one: Option<&str>, month: Option<&str>) -> PriceLimits {
    PriceLimits {
        per_purchase: one.map(|money| Money::parse(money).unwrap()),
        per_month: month.map(|budget| budget.parse::<Budget>().unwrap()),
        allow_unpriced: false,
    }
}
