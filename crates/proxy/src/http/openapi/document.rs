//! The OpenAPI 3.1 document of the API. It is made from the code: schemas from the types, failures from
//! the core's table, addresses and limits from the constants that the routes go by.

use axum::{
    body::Bytes,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use havenask_core::operation::CONTENT_TYPE;
use serde_json::{Value, json};

use super::{operations, parameters, schemas::Schemas};
use crate::{access::Authentication, config::Config};

/// The name of the security scheme.
const BEARER: &str = "bearer";

/// The document, as it is served.
#[derive(Clone, Debug)]
pub(crate) struct Document(Bytes);

impl Document {
    /// Makes the document for this configuration.
    pub(crate) fn new(config: &Config) -> Self {
        Self(document(config).to_string().into())
    }
}

impl IntoResponse for Document {
    fn into_response(self) -> Response {
        let json = HeaderValue::from_static(CONTENT_TYPE);
        ([(header::CONTENT_TYPE, json)], self.0).into_response()
    }
}

fn document(config: &Config) -> Value {
    let mut schemas = Schemas::default();
    let mut paths = json!({});
    let regions: Vec<_> = config.endpoints.regions().collect();
    for (path, method, mut operation) in operations::api(&mut schemas, &regions) {
        if matches!(config.authentication, Authentication::BearerTokens(_)) {
            operation["security"] = json!([{ (BEARER): [] }]);
        }
        paths[path][method] = operation;
    }
    let relayed = config.relay.then(|| operations::relayed(&mut schemas));
    for (path, method, operation) in relayed.into_iter().flatten() {
        paths[path][method] = operation;
    }
    for (path, operation) in operations::open(&mut schemas) {
        paths[path]["get"] = operation;
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "description": env!("CARGO_PKG_DESCRIPTION"),
            "license": { "name": env!("CARGO_PKG_LICENSE"), "identifier": env!("CARGO_PKG_LICENSE") },
        },
        "paths": paths,
        "components": {
            "schemas": schemas.definitions(),
            "parameters": parameters::shared(),
            "securitySchemes": { (BEARER): { "type": "http", "scheme": "bearer" } },
        },
    })
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, sync::Arc};

    use clap::Parser;

    use super::*;
    use crate::{
        audit::Audit, cli::Cli, credentials::CredentialProvider, http::router, ledger::Ledger,
        state::AppState,
    };

    /// A router shows its routes to a debugger, and to nobody else.
    #[tokio::test]
    async fn every_route_is_documented_and_nothing_else() {
        let words = ["havenask-proxy", "--relay", "--upstream", "http://127.0.0.1:1"];
        let arguments = Cli::try_parse_from(words).unwrap();
        let config = Config::new(&arguments.settings, |_| Some("x".to_owned())).unwrap();
        let document = document(&config);
        let documented: BTreeSet<_> =
            document["paths"].as_object().unwrap().keys().map(String::as_str).collect();

        let credentials = CredentialProvider::load(config.credentials.clone()).await.unwrap();
        let file = std::env::temp_dir().join(format!("havenask-routes-{}", std::process::id()));
        let address = format!("sqlite:{}", file.display());
        let (ledger, _) = Ledger::open(&address.into()).await.unwrap();
        let state = Arc::new(AppState::new(config, credentials, ledger, Audit::default()));
        let shown = format!("{:?}", router(state));
        let (routes, _) = shown.split_once("fallback_router").unwrap();
        let paths: BTreeSet<_> = routes.split('"').filter(|it| it.starts_with('/')).collect();
        assert_eq!(documented, paths);
        std::fs::remove_file(file).unwrap();
    }
}
