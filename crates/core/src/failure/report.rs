//! Failures, in one form from the proxy through the client to the page: what happened, and what to do about it.

use alloc::{borrow::ToOwned, boxed::Box, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    FromValue, Locale, ObjectReader, Problem, Property, Schema, Value,
    failure::{
        PurchaseOutcome, Retry,
        cloud_code::remedy,
        code::ErrorCode,
        texts::{TRY_AGAIN, Texts},
    },
    json::ObjectWriter,
    json_object,
    pricing::{Price, QuoteStatus},
    purchase::EarlierPurchase,
    strings::{i64_to_string, push_u64},
};

json_object! {
    /// A refusal or a failure: the cloud's own, or one of the [`ErrorCode`]s that are found on the way to it.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(rename_all = "camelCase")]
    pub struct Failure: OpenObject {
        /// The error code of the cloud, or that of a [`ErrorCode`].
        pub code: String,
        /// Description.
        pub message: String,
        /// The HTTP status; 0 when no answer came.
        pub status: u16,
        /// The id that the support of the cloud asks for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub request_id: Option<String>,
        /// Remedy; empty when none is known.
        pub remedy: String,
        /// State of knowledge: it may have bought all the same.
        pub outcome: PurchaseOutcome,
        /// Permission to send the request again, and with which idempotency key.
        #[serde(default)]
        // A ledger may hold responses from before there was this field.
        pub retry: Retry = default,
        /// A link to the cloud's diagnosis of this very request.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub recommend: Option<String>,
        /// Seconds after which to ask again: the header `Retry-After`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub retry_after: Option<u32>,
        /// Problems of the request.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub problems: Vec<Problem> = default,
        /// The earlier purchase, when the order repeats one: `OrderRepeated`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub purchase: Option<EarlierPurchase>,
        /// The price of now, when it is not what the buyer saw: `PriceChanged`, `PriceUnknown`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub quote: Option<Box<Quote>> as Quote::INSIDE_A_FAILURE,
    }
}

impl Failure {
    /// One of our own.
    #[must_use]
    #[expect(
        clippy::inline_always,
        reason = "a program carries the texts of those alone that it names"
    )]
    #[inline(always)]
    pub fn new(fault: ErrorCode, locale: Locale) -> Self {
        Self::told(fault.texts(), locale)
    }

    #[inline(never)]
    fn told(texts: &Texts, locale: Locale) -> Self {
        Self {
            code: texts.code.to_owned(),
            message: locale.localized(texts.message[0], texts.message[1]).to_owned(),
            status: texts.status,
            request_id: None,
            remedy: locale.localized(texts.remedy[0], texts.remedy[1]).to_owned(),
            outcome: texts.outcome,
            retry: texts.retry,
            recommend: None,
            retry_after: None,
            problems: Vec::new(),
            purchase: None,
            quote: None,
        }
    }

    /// The request breaks these rules.
    #[must_use]
    pub fn invalid_request(problems: Vec<Problem>, locale: Locale) -> Self {
        Self { problems, ..Self::new(ErrorCode::InvalidRequest, locale) }
    }

    /// The order repeats an earlier purchase.
    #[must_use]
    pub fn order_repeated(purchase: EarlierPurchase, locale: Locale) -> Self {
        Self { purchase: Some(purchase), ..Self::new(ErrorCode::OrderRepeated, locale) }
    }

    /// The same failure of a question, which buys nothing: it says no more that an instance may have been bought.
    #[must_use]
    pub fn without_purchase(self, locale: Locale) -> Self {
        let known = remedy(&self.code, locale);
        match self.outcome {
            PurchaseOutcome::Unknown if !known.is_empty() => {
                Self { outcome: PurchaseOutcome::NotCreated, remedy: known.to_owned(), ..self }
            }
            _ => self.try_again(locale),
        }
    }

    /// The same failure of a request that was not sent.
    #[must_use]
    pub(crate) fn try_again(self, locale: Locale) -> Self {
        match self.outcome {
            PurchaseOutcome::NotCreated => self,
            PurchaseOutcome::Unknown => Self {
                outcome: PurchaseOutcome::NotCreated,
                remedy: locale.localized(TRY_AGAIN[0], TRY_AGAIN[1]).to_owned(),
                ..self
            },
        }
    }

    /// Tests for a cloud that was too busy to look at the request: the same may be sent again.
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        self.code.starts_with("Throttling")
    }

    /// The failure as JSON, byte for byte what serde makes of it.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(512);
        let mut failure = ObjectWriter::open(&mut out);
        failure.text("code", &self.code);
        failure.text("message", &self.message);
        push_u64(failure.name("status"), self.status.into(), 1);
        failure.optional("requestId", self.request_id.as_deref());
        failure.text("remedy", &self.remedy);
        failure.text("outcome", self.outcome.as_str());
        failure.text("retry", self.retry.as_str());
        failure.optional("recommend", self.recommend.as_deref());
        if let Some(seconds) = self.retry_after {
            push_u64(failure.name("retryAfter"), seconds.into(), 1);
        }
        if !self.problems.is_empty() {
            Problem::list(failure.name("problems"), &self.problems);
        }
        if let Some(purchase) = &self.purchase {
            purchase.write(failure.name("purchase"));
        }
        if let Some(quote) = &self.quote {
            quote.write(failure.name("quote"));
        }
        failure.close();
        out
    }
}

json_object! {
    /// The price of an order, asked for at some time; it binds nobody at the cloud.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(rename_all = "camelCase")]
    pub struct Quote: OpenObject {
        /// The kind of the answer.
        pub status: QuoteStatus,
        /// The price, when the order is priced.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub price: Option<Price>,
        /// The reason, when the order is refused or not priced.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reason: Option<Failure>,
        /// The time of the answer, in Unix milliseconds.
        pub quoted_at: i64,
        /// The id that the support of the cloud asks for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub request_id: Option<String>,
    }
}

impl Quote {
    /// The schema of a quote inside a failure. Its own reason is a failure again, and is read as far as it is one.
    const INSIDE_A_FAILURE: Schema = Schema::OpenObject(&[
        Property::required("status", QuoteStatus::SCHEMA),
        Property::optional("price", Price::SCHEMA),
        Property::required("quotedAt", &Schema::Integer),
        Property::optional("requestId", &Schema::Text),
    ]);

    /// Tests a value of this schema for what its status promises: a price, or the reason that there is none.
    #[must_use]
    pub fn is_whole(value: &Value<'_>) -> bool {
        let fields = ObjectReader::new(value);
        let is_priced = fields.read::<QuoteStatus>("status") == QuoteStatus::Priced;
        *fields.value(if is_priced { "price" } else { "reason" }) != Value::Null
    }

    /// The quote as JSON, byte for byte what serde makes of it.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(512);
        self.write(&mut out);
        out
    }

    pub(crate) fn write(&self, out: &mut String) {
        let mut quote = ObjectWriter::open(out);
        quote.text("status", self.status.as_str());
        if let Some(price) = &self.price {
            price.write(quote.name("price"));
        }
        if let Some(reason) = &self.reason {
            quote.name("reason").push_str(&reason.to_json());
        }
        quote.name("quotedAt").push_str(&i64_to_string(self.quoted_at));
        quote.optional("requestId", self.request_id.as_deref());
        quote.close();
    }
}
