//! Reads the arguments. A misspelt option is refused with its place, not overlooked.

use havenask_core::{Fields, FromInput, Input, Mismatch};

use crate::arguments::{
    ClientOptions, CredentialsInput, PurchaseOptions, RequestInput, SignOptions,
    SignRequestOptions, ValidateOptions,
};

impl FromInput for ValidateOptions {
    fn from_input(input: Input) -> Result<Self, Mismatch> {
        let mut fields = Fields::of(input)?;
        let options = Self {
            catalog: fields.optional("catalog")?,
            allow_postpay: fields.optional("allowPostpay")?,
            locale: fields.optional("locale")?,
        };
        fields.end().map(|()| options)
    }
}

impl FromInput for CredentialsInput {
    fn from_input(input: Input) -> Result<Self, Mismatch> {
        let mut fields = Fields::of(input)?;
        let credentials = Self {
            access_key_id: fields.required("accessKeyId")?,
            access_key_secret: fields.required("accessKeySecret")?,
            security_token: fields.optional("securityToken")?,
        };
        fields.end().map(|()| credentials)
    }
}

impl FromInput for SignOptions {
    fn from_input(input: Input) -> Result<Self, Mismatch> {
        let mut fields = Fields::of(input)?;
        let options = Self {
            credentials: fields.required("credentials")?,
            region: fields.optional("region")?,
            endpoint: fields.optional("endpoint")?,
            algorithm: fields.optional("algorithm")?,
            date: fields.skip("date"),
            nonce: fields.optional("nonce")?,
            dry_run: fields.optional("dryRun")?,
        };
        fields.end().map(|()| options)
    }
}

impl FromInput for RequestInput {
    fn from_input(input: Input) -> Result<Self, Mismatch> {
        let mut fields = Fields::of(input)?;
        let request = Self {
            method: fields.required("method")?,
            host: fields.optional("host")?,
            path: fields.required("path")?,
            query: fields.optional("query")?.unwrap_or_default(),
            headers: fields.optional("headers")?.unwrap_or_default(),
            body: fields.skip("body"),
        };
        fields.end().map(|()| request)
    }
}

impl FromInput for SignRequestOptions {
    fn from_input(input: Input) -> Result<Self, Mismatch> {
        let mut fields = Fields::of(input)?;
        let options = Self {
            algorithm: fields.optional("algorithm")?,
            signed_headers: fields.optional("signedHeaders")?,
        };
        fields.end().map(|()| options)
    }
}

impl FromInput for PurchaseOptions {
    fn from_input(input: Input) -> Result<Self, Mismatch> {
        let mut fields = Fields::of(input)?;
        let options = Self {
            idempotency_key: fields.required("idempotencyKey")?,
            dry_run: fields.optional("dryRun")?,
            signal: fields.skip("signal"),
        };
        fields.end().map(|()| options)
    }
}

impl FromInput for ClientOptions {
    fn from_input(input: Input) -> Result<Self, Mismatch> {
        let mut fields = Fields::of(input)?;
        let options = Self {
            endpoint: fields.required("endpoint")?,
            fetch: fields.skip("fetch"),
            locale: fields.optional("locale")?,
        };
        fields.end().map(|()| options)
    }
}
