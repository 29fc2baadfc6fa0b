//! Quotes of the cloud.

use std::sync::Arc;

use havenask_core::{
    Failure, Locale,
    model::CreateInstanceRequest,
    pricing::{self, ApiPrice, NoPrice, Quote, QuoteStatus},
};

use super::{cache::Cache, exact_json};
use crate::{
    clock,
    metrics::Metrics,
    sha256,
    upstream::{OutgoingRequest, Upstream},
};

/// A client for quotes of one region.
#[derive(Debug)]
pub(crate) struct Quotes {
    upstream: Upstream,
    region: Option<String>,
    cache: Arc<Cache>,
    metrics: Arc<Metrics>,
}

impl Quotes {
    pub(crate) fn new(
        upstream: Upstream,
        region: Option<String>,
        cache: Arc<Cache>,
        metrics: Arc<Metrics>,
    ) -> Self {
        Self { upstream, region, cache, metrics }
    }

    /// The quotes of a moment ago, of all regions and threads.
    pub(crate) const fn cache(&self) -> &Arc<Cache> {
        &self.cache
    }

    /// Returns the quote of a moment ago, or asks for one.
    pub(crate) async fn quote(&self, request: &CreateInstanceRequest, locale: Locale) -> Quote {
        if let Some(quote) = self.cached(request, locale) {
            return quote;
        }
        let quote = self.fresh(request, locale).await;
        self.cache.put(self.key(request, locale), quote.clone());
        quote
    }

    /// Returns the quote of a moment ago, if there is one.
    pub(crate) fn cached(&self, request: &CreateInstanceRequest, locale: Locale) -> Option<Quote> {
        self.cache.get(&self.key(request, locale))
    }

    /// The region, the language of the reason, and the content of an order.
    fn key(&self, request: &CreateInstanceRequest, locale: Locale) -> String {
        let region = self.region.as_deref().unwrap_or_default();
        format!("{region} {} {}", locale.tag(), sha256::of_content(request))
    }

    /// Asks for a quote.
    pub(crate) async fn fresh(&self, request: &CreateInstanceRequest, locale: Locale) -> Quote {
        let operation = pricing::get_api_price(request, self.region.as_deref(), locale);
        let answer = self.upstream.query(OutgoingRequest::Unsigned(operation), locale).await;
        let priced = match answer {
            Ok(answer) => pricing::parse_api_price(
                answer.status,
                exact_json::read(&answer.body).as_ref(),
                locale,
            ),
            Err(failure) => Err(NoPrice::NotPriced(failure.without_purchase(locale))),
        };
        let quote = quote_of(priced);
        self.metrics.quote(quote.status);
        if let Some(Failure { code, message, .. }) = &quote.reason {
            tracing::info!(code, message, "an order has no price");
        }
        quote
    }
}

fn quote_of(priced: Result<ApiPrice, NoPrice>) -> Quote {
    let none = |status, reason: Failure| Quote {
        status,
        price: None,
        request_id: reason.request_id.clone(),
        reason: Some(reason),
        quoted_at: clock::now(),
    };
    match priced {
        Ok(ApiPrice { price, request_id }) => Quote {
            status: QuoteStatus::Priced,
            price: Some(price),
            reason: None,
            quoted_at: clock::now(),
            request_id,
        },
        Err(NoPrice::Refused(reason)) => none(QuoteStatus::Refused, reason),
        Err(NoPrice::NotPriced(reason)) => none(QuoteStatus::NotPriced, reason),
    }
}
