//! Prometheus metrics. `docs/metrics.md` has every name.

use std::{
    borrow::Cow,
    collections::HashSet,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use havenask_core::{ErrorCode, pricing::QuoteStatus};
use prometheus_client::{
    encoding::text::encode,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};

use crate::log;

/// The type of the text that [`Metrics::text`] makes.
pub(crate) const MEDIA_TYPE: &str = "application/openmetrics-text";
/// The same, with the version of the format.
pub(crate) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// Upper ends of what is timed, in seconds.
const BUCKETS: [f64; 9] = [0.002, 0.005, 0.02, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0];

/// The metrics.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    purchases: Family<Labels<2>, Counter>,
    quotes: Family<Labels<1>, Counter>,
    open: Family<Labels<1>, Gauge>,
    writable: Gauge,
    requests: Family<Labels<2>, Counter>,
    request_seconds: Family<Labels<1>, Histogram>,
    failures: Family<Labels<1>, Counter>,
    upstream_seconds: Family<Labels<2>, Histogram>,
    keys_expire: Gauge<f64, AtomicU64>,
    connections: Family<Labels<1>, Counter>,
    log_lost: Counter,
    /// Codes that have a label of their own.
    codes: Mutex<HashSet<String>>,
}

/// Families of codes of which alerts tell.
const ALERT_FAMILIES: [&str; 8] = [
    "Forbidden",
    "InvalidAccessKeyId",
    "InvalidPayMethod",
    "InvalidSecurityToken",
    "InvalidTimeStamp",
    "MissingSecurityToken",
    "NoPermission",
    "SignatureDoesNotMatch",
];
/// Codes of the cloud with a label of their own, at most.
const MAX_CODES: usize = 100;
/// Bytes of such a code, at most.
const MAX_CODE_BYTES: usize = 64;
/// The label of all other codes.
const OTHER: &str = "other";

/// Names and values of labels.
type Labels<const N: usize> = [(&'static str, Cow<'static, str>); N];

impl Metrics {
    /// Registers the metrics, with the counter of lost lines of the audit log.
    pub(crate) fn new(audit_lost: Counter) -> Self {
        fn timed<const N: usize>() -> Family<Labels<N>, Histogram> {
            Family::new_with_constructor(|| Histogram::new(BUCKETS))
        }
        let mut metrics = Self {
            registry: Registry::with_prefix("havenask_proxy"),
            purchases: Family::default(),
            quotes: Family::default(),
            open: Family::default(),
            writable: Gauge::default(),
            requests: Family::default(),
            request_seconds: timed(),
            failures: Family::default(),
            upstream_seconds: timed(),
            keys_expire: Gauge::default(),
            connections: Family::default(),
            log_lost: Counter::default(),
            codes: Mutex::default(),
        };
        let registry = &mut metrics.registry;
        registry.register(
            "purchases",
            "Purchases by region (empty for an address without one) and how they ended: created, refused, throttled and unanswered (looked for from then on), found, unknown, conflict (otherwise than it was settled)",
            metrics.purchases.clone(),
        );
        let quotes = "Questions for a price by their answer: priced, refused, not-priced";
        registry.register("quotes", quotes, metrics.quotes.clone());
        registry.register(
            "purchases_open",
            "Purchases in the ledger whose end is not known: pending or unknown",
            metrics.open.clone(),
        );
        registry.register(
            "ledger_writable",
            "1 when a purchase could be written to the ledger just now, and 0 when not",
            metrics.writable.clone(),
        );
        registry.register("requests", "Requests by route and status", metrics.requests.clone());
        registry.register(
            "request_duration_seconds",
            "Time from the head of a request to the head of its answer",
            metrics.request_seconds.clone(),
        );
        registry.register(
            "failures",
            "Answers that say why not, by their code: the proxy's own and the cloud's",
            metrics.failures.clone(),
        );
        registry.register(
            "upstream_duration_seconds",
            "Time until the cloud has answered, by operation, and whether it did: complete, or the code of the failure",
            metrics.upstream_seconds.clone(),
        );
        registry.register(
            "keys_expiry_timestamp_seconds",
            "When the keys expire, in Unix seconds; infinite for keys that do not",
            metrics.keys_expire.clone(),
        );
        metrics.register_losses(audit_lost);
        metrics
    }

    /// Counts the requests and lines that the proxy ends or drops by itself; each is 0 from the start.
    fn register_losses(&mut self, audit_lost: Counter) {
        let registry = &mut self.registry;
        registry.register(
            "connections_ended",
            "Connections that the proxy ended: evicted (idle, for a new one), refused (no place), expired",
            self.connections.clone(),
        );
        registry.register(
            "log_lines_lost",
            "Lines of the log that were dropped, since nobody took them",
            self.log_lost.clone(),
        );
        registry.register(
            "audit_lines_lost",
            "Lines of the audit log that could not be written",
            audit_lost,
        );
        for status in [QuoteStatus::Priced, QuoteStatus::Refused, QuoteStatus::NotPriced] {
            drop(self.quotes.get_or_create(&[("status", status.as_str().into())]));
        }
        for reason in ["evicted", "refused", "expired"] {
            drop(self.connections.get_or_create(&[("reason", reason.into())]));
        }
    }

    /// Counts a connection that the proxy ended.
    pub(crate) fn connection(&self, reason: &'static str) {
        self.connections.get_or_create(&[("reason", reason.into())]).inc();
    }

    /// Counts a question for a price.
    pub(crate) fn quote(&self, status: QuoteStatus) {
        self.quotes.get_or_create(&[("status", status.as_str().into())]).inc();
    }

    /// Counts a purchase that ended, or whose answer was lost.
    pub(crate) fn purchase(&self, outcome: &'static str, region: Option<&str>) {
        let region = region.unwrap_or_default().to_owned();
        let labels = [("outcome", outcome.into()), ("region", region.into())];
        self.purchases.get_or_create(&labels).inc();
    }

    /// Counts a request.
    pub(crate) fn request(&self, route: &str, status: u16, elapsed: Duration) {
        let route = ("route", Cow::from(route.to_owned()));
        let labels = [route.clone(), ("status", status.to_string().into())];
        self.requests.get_or_create(&labels).inc();
        self.request_seconds.get_or_create(&[route]).observe(elapsed.as_secs_f64());
    }

    /// Counts a failure.
    pub(crate) fn failure(&self, code: &str) {
        self.failures.get_or_create(&[("code", self.label(code).to_owned().into())]).inc();
    }

    /// The label of a code: its own; that of its family, or of all others, where a cloud makes up more than there can be.
    fn label<'a>(&self, code: &'a str) -> &'a str {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        if code.len() > MAX_CODE_BYTES || !code.bytes().all(plain) {
            return OTHER;
        }
        let own = ErrorCode::ALL.iter().any(|own| own.as_str() == code);
        let mut codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        if own || codes.contains(code) {
            return code;
        }
        if codes.len() < MAX_CODES {
            codes.insert(code.to_owned());
            return code;
        }
        let family = code.split('.').next().unwrap_or_default();
        if ALERT_FAMILIES.contains(&family) { family } else { OTHER }
    }

    /// Times a request to the cloud.
    pub(crate) fn upstream(&self, operation: &'static str, answer: &str, start: Instant) {
        let labels = [("operation", operation.into()), ("answer", answer.to_owned().into())];
        self.upstream_seconds.get_or_create(&labels).observe(start.elapsed().as_secs_f64());
    }

    /// Encodes all metrics, with the current facts.
    pub(crate) fn text(
        &self,
        open: Option<[(&'static str, i64); 2]>,
        is_writable: bool,
        keys_expire: Option<i64>,
    ) -> String {
        self.writable.set(is_writable.into());
        match open {
            Some(counts) => counts.into_iter().for_each(|(state, count)| {
                self.open.get_or_create(&[("state", state.into())]).set(count);
            }),
            // The state from before is out of date.
            None => self.open.clear(),
        }
        #[allow(clippy::cast_precision_loss, reason = "a date has far fewer digits")]
        self.keys_expire.set(keys_expire.map_or(f64::INFINITY, |seconds| seconds as f64));
        self.log_lost.inner().store(log::lost(), Ordering::Relaxed);
        let mut text = String::new();
        // Writing to a String does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
