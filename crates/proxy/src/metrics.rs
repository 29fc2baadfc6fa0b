//! What Prometheus is told. `docs/metrics.md` has every name.

use std::{
    sync::atomic::AtomicU64,
    time::{Duration, Instant},
};

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};

/// The type of the text that [`Metrics::text`] makes.
pub(crate) const MEDIA_TYPE: &str = "application/openmetrics-text";
/// The same, with the version of the format.
pub(crate) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// Upper ends of what is timed, in seconds.
const SECONDS: [f64; 9] = [0.002, 0.005, 0.02, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0];

/// Counts and times since the start.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    purchases: Family<Outcome, Counter>,
    open: Family<State, Gauge>,
    writable: Gauge,
    requests: Family<Answered, Counter>,
    request_seconds: Family<Route, Histogram>,
    failures: Family<Code, Counter>,
    upstream_seconds: Family<Call, Histogram>,
    keys_expire: Gauge<f64, AtomicU64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct State {
    state: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Code {
    code: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Call {
    operation: &'static str,
    answer: String,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        fn timed<S: Clone + std::hash::Hash + Eq>() -> Family<S, Histogram> {
            Family::new_with_constructor(|| Histogram::new(SECONDS))
        }
        let mut metrics = Self {
            registry: Registry::with_prefix("havenask_proxy"),
            purchases: Family::default(),
            open: Family::default(),
            writable: Gauge::default(),
            requests: Family::default(),
            request_seconds: timed(),
            failures: Family::default(),
            upstream_seconds: timed(),
            keys_expire: Gauge::default(),
        };
        let registry = &mut metrics.registry;
        registry.register(
            "purchases",
            "Purchases by how they ended: created, refused, unanswered (looked for from then on), found, unknown, conflict (otherwise than it was settled)",
            metrics.purchases.clone(),
        );
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
        metrics
    }

    /// A purchase ended, or its answer was lost.
    pub(crate) fn purchase(&self, outcome: &'static str) {
        self.purchases.get_or_create(&Outcome { outcome }).inc();
    }

    /// A request was answered.
    pub(crate) fn request(&self, route: &str, status: u16, elapsed: Duration) {
        let route = route.to_owned();
        self.request_seconds
            .get_or_create(&Route { route: route.clone() })
            .observe(elapsed.as_secs_f64());
        self.requests.get_or_create(&Answered { route, status }).inc();
    }

    /// A request was answered with a failure.
    pub(crate) fn failure(&self, code: &str) {
        self.failures.get_or_create(&Code { code: code.to_owned() }).inc();
    }

    /// The cloud was asked.
    pub(crate) fn upstream(&self, operation: &'static str, answer: &str, start: Instant) {
        let call = Call { operation, answer: answer.to_owned() };
        self.upstream_seconds.get_or_create(&call).observe(start.elapsed().as_secs_f64());
    }

    /// All of it as text, with what is known only now.
    pub(crate) fn text(
        &self,
        open: Option<[(&'static str, i64); 2]>,
        is_writable: bool,
        keys_expire: Option<i64>,
    ) -> String {
        self.writable.set(is_writable.into());
        match open {
            Some(counts) => counts.into_iter().for_each(|(state, count)| {
                self.open.get_or_create(&State { state }).set(count);
            }),
            // What was known before is not true any more.
            None => self.open.clear(),
        }
        #[allow(clippy::cast_precision_loss, reason = "a date has far fewer digits")]
        self.keys_expire.set(keys_expire.map_or(f64::INFINITY, |seconds| seconds as f64));
        let mut text = String::new();
        // Writing to a String does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
