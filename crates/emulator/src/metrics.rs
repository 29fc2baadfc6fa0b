//! Prometheus metrics.

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family},
    registry::Registry,
};

/// Counters of responses and faults.
#[derive(Debug)]
pub(crate) struct RequestCounters {
    registry: Registry,
    responses: Family<ResponseLabels, Counter>,
    faults: Family<FaultLabels, Counter>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ResponseLabels {
    operation: &'static str,
    code: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct FaultLabels {
    fault: &'static str,
}

impl Default for RequestCounters {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("havenask_emulator");
        let (responses, faults) = (Family::default(), Family::default());
        registry.register("requests", "Requests by operation and response code", responses.clone());
        registry.register("faults", "Requests that a fault applied to", faults.clone());
        Self { registry, responses, faults }
    }
}

impl RequestCounters {
    pub(crate) fn count(&self, operation: &'static str, code: &'static str) {
        self.responses.get_or_create(&ResponseLabels { operation, code }).inc();
    }

    pub(crate) fn count_fault(&self, fault: &'static str) {
        self.faults.get_or_create(&FaultLabels { fault }).inc();
    }

    /// Encodes the counters in the text format of `OpenMetrics`.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a String does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
