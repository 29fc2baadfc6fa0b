//! `GET /config.json` and `GET /catalog.json`: the settings and the catalogue of the form.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Extension, State},
    http::header,
    response::{IntoResponse, Response},
};
use havenask_core::{Locale, catalog::SAMPLE, operation::CONTENT_TYPE};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{access::Principal, config::Config, pricing::AccountInfo, state::AppState};

/// A catalogue without entries.
const NOTHING: &str = r#"{"components":[]}"#;

/// Settings of this proxy that a page must know.
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PageConfig {
    /// The regions that it buys in; none when its endpoint is of none.
    regions: Vec<String>,
    /// The region of requests that name none; null when its endpoint is of none.
    region: Option<String>,
    /// True if `POSTPAY` is allowed.
    allow_postpay: bool,
    /// True if an instance may renew itself.
    allow_auto_renew: bool,
    /// True if everything is bought at an emulator on this machine.
    test: bool,
    /// True if the cloud may be asked for prices.
    pricing: bool,
    /// The address of the terms that a buyer must accept: the header `Havenask-Terms` of a purchase.
    #[serde(skip_serializing_if = "Option::is_none")]
    terms_url: Option<String>,
    /// The seconds from purchase to READY that half of the last instances took, for a caller who may ask; none while nobody has waited
    /// for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected_ready_seconds: Option<u32>,
    /// The account that pays, where the cloud tells it, for a caller who may buy.
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<AccountInfo>,
    /// The balance of the account, where its credentials may see it, for a caller who may buy: `CNY 1234.50`.
    #[serde(skip_serializing_if = "Option::is_none")]
    balance: Option<String>,
}

pub(super) async fn config(
    State(state): State<Arc<AppState>>,
    principal: Option<Extension<Principal>>,
) -> Json<PageConfig> {
    let Config { endpoints, allow_postpay, policy, terms_url, .. } = state.config.as_ref();
    let expected_ready_seconds = match principal {
        Some(_) => state.readiness.expected_seconds(&state.ledger).await,
        None => None,
    };
    // With its own credentials the proxy knows nothing of an account that signs in the page; and who may not buy is not told who pays.
    let clients = principal.filter(|_| !state.config.relay).and_then(|Extension(principal)| {
        // The reason that it may not buy is told when it tries.
        state.clients_of(&principal, Locale::En).ok()
    });
    let (account, balance) = match clients {
        Some(clients) => (clients.account.info(), clients.account.balance().await),
        None => (None, None),
    };
    Json(PageConfig {
        regions: endpoints.regions().map(str::to_owned).collect(),
        region: endpoints.default.region.clone(),
        allow_postpay: *allow_postpay,
        allow_auto_renew: policy.allow_auto_renew,
        test: state.config.is_test(),
        pricing: !state.config.relay,
        expected_ready_seconds,
        terms_url: terms_url.as_ref().map(|terms| terms.as_str().to_owned()),
        account,
        balance,
    })
}

/// The catalogue of the form: that of the operator. Without one an emulator has a sample; before a real cloud nothing is offered that
/// somebody made up, and the form takes codes as they are typed.
pub(super) async fn catalog(State(state): State<Arc<AppState>>) -> Response {
    let own = state.reloadable.catalog().as_deref().map(serde_json::to_string);
    let none = || if state.config.is_test() { SAMPLE } else { NOTHING }.to_owned();
    let text = own.and_then(Result::ok).unwrap_or_else(none);
    ([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response()
}
