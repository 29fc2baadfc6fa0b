//! Arguments of the functions. The TypeScript types are made from these.

#![allow(missing_debug_implementations, reason = "they hold secrets, and nobody prints them")]

use alloc::{string::String, vec::Vec};

use havenask_core::{
    Algorithm, Credentials, Endpoint, Failure, FromValue, HttpRequest, Locale, Schema, Timestamp,
    Value, catalog::Catalog, model::CreateInstanceRequest, rules, samples::SampleLanguage,
};

use wasm_bindgen::JsValue;

use crate::{
    decode::Decoder,
    error::{invalid_argument, throw},
};

json_object! {
    /// Strictness, catalogue and language of a validation.
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schema", serde(rename_all = "camelCase"))]
    pub struct ValidateOptions: Object {
        /// The components that the console sells. Without one, codes and values are not checked.
        pub catalog: Option<Catalog>,
        /// Makes `POSTPAY` a warning.
        pub allow_postpay: Option<bool>,
        /// The language of the messages.
        pub locale: Option<Locale>,
    }
}

json_object! {
    /// Options of a signature.
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schema", serde(rename_all = "camelCase"))]
    pub struct SignOptions: Object {
        /// The keys.
        #[cfg_attr(feature = "schema", schemars(with = "CredentialsInput"))]
        pub credentials: Credentials,
        /// The region to buy in; this or `endpoint` is needed.
        pub region: Option<String>,
        /// The endpoint: `host`, `host:port`, or either behind `http://` or `https://`.
        pub endpoint: Option<String>,
        /// Signature algorithm; `ACS3-HMAC-SHA256` when it is left out.
        pub algorithm: Option<Algorithm>,
        /// The date of the signature: a `Date`, or a text such as `2026-03-01T08:00:00Z`; now when it is left out.
        #[cfg_attr(feature = "schema", schemars(with = "Option<JsDate>"))]
        pub date: Option<Timestamp>,
        /// A number used once; a random one when it is left out.
        pub nonce: Option<String> as Schema::SingleLine,
        /// Adds the query parameter `dryRun`. Nobody knows whether the service honours it.
        pub dry_run: Option<bool>,
    }
}

json_object! {
    /// A request to be signed or verified.
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schema", serde(rename_all = "camelCase"))]
    pub struct RequestInput: Object {
        /// The method, in capitals.
        pub method: String as Schema::SingleLine,
        /// The host, with `http://` in front of it when it has no TLS. Not needed when there is a header `host`.
        pub host: Option<String>,
        /// The path, percent-encoded.
        pub path: String,
        /// Names and values, decoded.
        #[cfg_attr(feature = "schema", serde(default))]
        pub query: Vec<(String, String)> = default,
        /// Names and values.
        #[cfg_attr(feature = "schema", serde(default))]
        pub headers: Vec<(String, String)> = default,
        /// The body.
        #[cfg_attr(feature = "schema", schemars(with = "Option<JsBody>"))]
        pub body: Option<Body>,
    }
}

json_object! {
    /// In which language to write a request, and for where.
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    pub struct SamplesOptions: Object {
        /// The language.
        pub language: SampleLanguage,
        /// The region to buy in; this or `endpoint` is needed.
        pub region: Option<String>,
        /// The endpoint: `host`, `host:port`, or either behind `http://` or `https://`.
        pub endpoint: Option<String>,
    }
}

json_object! {
    /// Options of the signature of any request.
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schema", serde(rename_all = "camelCase"))]
    pub struct SignRequestOptions: Object {
        /// Signature algorithm; `ACS3-HMAC-SHA256` when it is left out.
        pub algorithm: Option<Algorithm>,
        /// The headers that V3 signs; `host`, `content-type` and every `x-acs-*` when it is left out.
        pub signed_headers: Option<Vec<String>>,
    }
}

json_object! {
    /// Options of a purchase.
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schema", serde(rename_all = "camelCase"), schemars(rename = "PurchaseOptions"))]
    pub struct PurchaseArguments: Object {
        /// Tells this purchase from every other: 8 to 64 letters, digits, hyphens and underscores.
        pub idempotency_key: String,
        /// The region to buy in, one that the proxy serves; its first when it is left out.
        pub region: Option<String>,
        /// Only checks and shows the request; nothing is sent to the cloud.
        pub dry_run: Option<bool>,
        /// Seconds, a year at most, within which the same order of the same principal is refused as `OrderRepeated`, whatever
        /// its key: 86400 is a day. 0, and leaving it out, buy.
        pub no_repeat: Option<i64>,
        /// The most that it may cost, as `CNY 1234.50`: the proxy asks for the price just before it sends the order, and refuses
        /// one above it as `PriceChanged`.
        pub max_price: Option<String>,
        /// The `https` address of the terms that the buyer has accepted: it is recorded with the purchase.
        pub terms: Option<String>,
        /// Ends the waiting. A request that was sent may have bought all the same.
        #[cfg_attr(feature = "schema", schemars(with = "Option<AbortSignal>"))]
        pub signal: Elsewhere,
    }
}

json_object! {
    /// Options of a quote.
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    pub struct QuoteOptions: Object {
        /// The region to buy in, one that the proxy serves; its first when it is left out.
        pub region: Option<String>,
        /// Ends the waiting.
        #[cfg_attr(feature = "schema", schemars(with = "Option<AbortSignal>"))]
        pub signal: Elsewhere,
    }
}

json_object! {
    /// Options of a client: the proxy, and how to reach it.
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schema", serde(rename_all = "camelCase"))]
    pub struct ClientOptions: Object {
        /// Its address: `/` for the server of the page.
        pub endpoint: String,
        /// Called with a `Request` in place of the global `fetch`.
        #[cfg_attr(feature = "schema", schemars(with = "Option<Fetch>"))]
        pub fetch: Elsewhere,
        /// The language of the messages.
        pub locale: Option<Locale>,
        /// Bearer token, by which the proxy knows the caller: sent as `Authorization: Bearer`.
        pub token: Option<String>,
    }
}

/// The bytes of a body.
pub struct Body(pub Vec<u8>);

/// A field of which only JavaScript makes use.
type Elsewhere = ();

/// Types that only TypeScript sees: what [`Credentials`] are read from, and names that JSON Schema has no word for.
#[cfg(feature = "schema")]
mod names {
    use alloc::string::String;

    /// An `AccessKey`, or the three parts of an STS credential. A page may only hold the latter.
    #[derive(schemars::JsonSchema)]
    #[schemars(rename = "Credentials")]
    #[serde(rename_all = "camelCase")]
    #[allow(dead_code, reason = "nobody makes one")]
    pub(crate) struct CredentialsInput {
        /// The public half.
        access_key_id: String,
        /// The secret half.
        access_key_secret: String,
        /// The token that STS gave out with it.
        security_token: Option<String>,
    }

    macro_rules! name {
        ($($type:ident = $text:literal),*) => {$(
            pub(crate) struct $type;
            impl schemars::JsonSchema for $type {
                fn inline_schema() -> bool { true }
                fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($type).into() }
                fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                    schemars::json_schema!({ "typescript": $text })
                }
            }
        )*};
    }
    name!(
        JsDate = "Date | string",
        JsBody = "string | Uint8Array",
        AbortSignal = "AbortSignal",
        Fetch = "(request: Request) => Promise<Response>"
    );
}
use havenask_core::json_object;
#[cfg(feature = "schema")]
use names::{AbortSignal, CredentialsInput, Fetch, JsBody, JsDate};

/// The request that the next argument says.
pub(crate) fn request(values: &mut Decoder<'_>) -> Result<CreateInstanceRequest, JsValue> {
    let read = rules::parse(&values.value("request")?, Locale::En);
    read.map_err(|problems| throw(Failure::invalid_request(problems, Locale::En)))
}

/// The endpoint that the options name.
pub(crate) fn endpoint(endpoint: Option<&str>, region: Option<&str>) -> Result<Endpoint, JsValue> {
    match (endpoint, region) {
        (Some(endpoint), _) => Endpoint::parse(endpoint).ok_or_else(|| {
            invalid_argument("options/endpoint", "no host: write host, or https://host")
        }),
        (None, Some(region)) => Endpoint::public(region)
            .map_err(|error| invalid_argument("options/region", &error.message())),
        (None, None) => Err(invalid_argument("options", "a region or an endpoint is needed")),
    }
}

impl RequestInput {
    pub(crate) fn endpoint(&self) -> Result<Endpoint, JsValue> {
        let header = self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("host"));
        let host = self.host.as_ref().or(header.map(|(_, value)| value));
        let host = host.ok_or_else(|| invalid_argument("request", "a host is needed"))?;
        Endpoint::parse(host).ok_or_else(|| invalid_argument("request/host", "no host"))
    }
}

impl From<RequestInput> for HttpRequest {
    fn from(input: RequestInput) -> Self {
        Self {
            method: input.method,
            path: input.path,
            query: input.query,
            headers: input.headers,
            body: input.body.map(|Body(bytes)| bytes).unwrap_or_default(),
        }
    }
}

impl FromValue for Body {
    const SCHEMA: &'static Schema = &Schema::Body;

    fn from_checked(value: &Value<'_>) -> Self {
        match value {
            Value::Text(text) => Self(text.as_bytes().to_vec()),
            Value::Bytes(bytes) => Self(bytes.clone()),
            _ => Self(Vec::new()),
        }
    }
}
