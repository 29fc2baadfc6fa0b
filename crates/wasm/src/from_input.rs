//! What the arguments must look like, and how they are taken. A misspelt option is refused with its place, not overlooked.

use alloc::{string::String, vec::Vec};

use havenask_core::{
    Algorithm, Credentials, FromValue, Locale, ObjectReader, Property, Schema, Timestamp, Value,
    catalog::Catalog, samples::SampleLanguage,
};

use crate::arguments::{
    Body, ClientOptions, PurchaseOptions, RequestInput, SamplesOptions, SignOptions,
    SignRequestOptions, ValidateOptions,
};

impl FromValue for ValidateOptions {
    const SCHEMA: &'static Schema = &Schema::Object(&[
        Property::optional("catalog", Catalog::SCHEMA),
        Property::optional("allowPostpay", &Schema::Bool),
        Property::optional("locale", Locale::SCHEMA),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::of(value);
        Self {
            catalog: fields.optional("catalog"),
            allow_postpay: fields.optional("allowPostpay"),
            locale: fields.optional("locale"),
        }
    }
}

impl FromValue for SignOptions {
    const SCHEMA: &'static Schema = &Schema::Object(&[
        Property::required("credentials", Credentials::SCHEMA),
        Property::optional("region", &Schema::Text),
        Property::optional("endpoint", &Schema::Text),
        Property::optional("algorithm", Algorithm::SCHEMA),
        Property::optional("date", Timestamp::SCHEMA),
        Property::optional("nonce", &Schema::SingleLine),
        Property::optional("dryRun", &Schema::Bool),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::of(value);
        Self {
            credentials: fields.required("credentials"),
            region: fields.optional_text("region"),
            endpoint: fields.optional_text("endpoint"),
            algorithm: fields.optional("algorithm"),
            date: fields.optional("date"),
            nonce: fields.optional_text("nonce"),
            dry_run: fields.optional("dryRun"),
        }
    }
}

impl FromValue for SamplesOptions {
    const SCHEMA: &'static Schema = &Schema::Object(&[
        Property::required("language", SampleLanguage::SCHEMA),
        Property::optional("region", &Schema::Text),
        Property::optional("endpoint", &Schema::Text),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::of(value);
        Self {
            language: fields.required("language"),
            region: fields.optional_text("region"),
            endpoint: fields.optional_text("endpoint"),
        }
    }
}

impl FromValue for RequestInput {
    const SCHEMA: &'static Schema = &Schema::Object(&[
        Property::required("method", &Schema::SingleLine),
        Property::optional("host", &Schema::Text),
        Property::required("path", &Schema::Text),
        Property::optional("query", Vec::<(String, String)>::SCHEMA),
        Property::optional("headers", Vec::<(String, String)>::SCHEMA),
        Property::optional("body", Body::SCHEMA),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::of(value);
        Self {
            method: fields.text("method"),
            host: fields.optional_text("host"),
            path: fields.text("path"),
            query: fields.required("query"),
            headers: fields.required("headers"),
            body: fields.optional("body"),
        }
    }
}

impl FromValue for SignRequestOptions {
    const SCHEMA: &'static Schema = &Schema::Object(&[
        Property::optional("algorithm", Algorithm::SCHEMA),
        Property::optional("signedHeaders", Vec::<String>::SCHEMA),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::of(value);
        Self {
            algorithm: fields.optional("algorithm"),
            signed_headers: fields.optional("signedHeaders"),
        }
    }
}

impl FromValue for PurchaseOptions {
    const SCHEMA: &'static Schema = &Schema::Object(&[
        Property::required("idempotencyKey", &Schema::Text),
        Property::optional("dryRun", &Schema::Bool),
        Property::optional("noRepeat", &Schema::Integer),
        Property::optional("signal", &Schema::Any),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::of(value);
        Self {
            idempotency_key: fields.text("idempotencyKey"),
            dry_run: fields.optional("dryRun"),
            no_repeat: fields.optional("noRepeat"),
            signal: (),
        }
    }
}

impl FromValue for ClientOptions {
    const SCHEMA: &'static Schema = &Schema::Object(&[
        Property::required("endpoint", &Schema::Text),
        Property::optional("fetch", &Schema::Any),
        Property::optional("locale", Locale::SCHEMA),
        Property::optional("token", &Schema::Text),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::of(value);
        Self {
            endpoint: fields.text("endpoint"),
            fetch: (),
            locale: fields.optional("locale"),
            token: fields.optional_text("token"),
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
