//! What the arguments must look like, and how they are taken. A misspelt option is refused with its place, not overlooked.

use alloc::{string::String, vec::Vec};

use havenask_core::{
    Algorithm, Credentials, Field, Fields, FromInput, Input, Locale, Shape, Timestamp,
    catalog::Catalog, sample::Language,
};

use crate::arguments::{
    Body, ClientOptions, PurchaseOptions, RequestInput, SamplesOptions, SignOptions,
    SignRequestOptions, ValidateOptions,
};

impl FromInput for ValidateOptions {
    const SHAPE: &'static Shape = &Shape::Object(&[
        Field::optional("catalog", Catalog::SHAPE),
        Field::optional("allowPostpay", &Shape::Bool),
        Field::optional("locale", Locale::SHAPE),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
        Self {
            catalog: fields.optional("catalog"),
            allow_postpay: fields.optional("allowPostpay"),
            locale: fields.optional("locale"),
        }
    }
}

impl FromInput for SignOptions {
    const SHAPE: &'static Shape = &Shape::Object(&[
        Field::required("credentials", Credentials::SHAPE),
        Field::optional("region", &Shape::Text),
        Field::optional("endpoint", &Shape::Text),
        Field::optional("algorithm", Algorithm::SHAPE),
        Field::optional("date", Timestamp::SHAPE),
        Field::optional("nonce", &Shape::Line),
        Field::optional("dryRun", &Shape::Bool),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
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

impl FromInput for SamplesOptions {
    const SHAPE: &'static Shape = &Shape::Object(&[
        Field::required("language", Language::SHAPE),
        Field::optional("region", &Shape::Text),
        Field::optional("endpoint", &Shape::Text),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
        Self {
            language: fields.required("language"),
            region: fields.optional_text("region"),
            endpoint: fields.optional_text("endpoint"),
        }
    }
}

impl FromInput for RequestInput {
    const SHAPE: &'static Shape = &Shape::Object(&[
        Field::required("method", &Shape::Line),
        Field::optional("host", &Shape::Text),
        Field::required("path", &Shape::Text),
        Field::optional("query", Vec::<(String, String)>::SHAPE),
        Field::optional("headers", Vec::<(String, String)>::SHAPE),
        Field::optional("body", Body::SHAPE),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
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

impl FromInput for SignRequestOptions {
    const SHAPE: &'static Shape = &Shape::Object(&[
        Field::optional("algorithm", Algorithm::SHAPE),
        Field::optional("signedHeaders", Vec::<String>::SHAPE),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
        Self {
            algorithm: fields.optional("algorithm"),
            signed_headers: fields.optional("signedHeaders"),
        }
    }
}

impl FromInput for PurchaseOptions {
    const SHAPE: &'static Shape = &Shape::Object(&[
        Field::required("idempotencyKey", &Shape::Text),
        Field::optional("dryRun", &Shape::Bool),
        Field::optional("noRepeat", &Shape::Integer),
        Field::optional("signal", &Shape::Any),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
        Self {
            idempotency_key: fields.text("idempotencyKey"),
            dry_run: fields.optional("dryRun"),
            no_repeat: fields.optional("noRepeat"),
            signal: (),
        }
    }
}

impl FromInput for ClientOptions {
    const SHAPE: &'static Shape = &Shape::Object(&[
        Field::required("endpoint", &Shape::Text),
        Field::optional("fetch", &Shape::Any),
        Field::optional("locale", Locale::SHAPE),
        Field::optional("token", &Shape::Text),
    ]);

    fn take(input: &Input<'_>) -> Self {
        let fields = Fields::of(input);
        Self {
            endpoint: fields.text("endpoint"),
            fetch: (),
            locale: fields.optional("locale"),
            token: fields.optional_text("token"),
        }
    }
}

impl FromInput for Body {
    const SHAPE: &'static Shape = &Shape::Body;

    fn take(input: &Input<'_>) -> Self {
        match input {
            Input::Text(text) => Self(text.as_bytes().to_vec()),
            Input::Bytes(bytes) => Self(bytes.clone()),
            _ => Self(Vec::new()),
        }
    }
}
