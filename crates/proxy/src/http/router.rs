//! The routes.

use std::sync::Arc;

use axum::{
    Router,
    extract::Request,
    http::{StatusCode, header},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use havenask_core::{
    ErrorCode, Locale, operation::INSTANCES, pricing::QUOTES, purchase::PURCHASES,
};

use super::{
    admission::{Admission, admit},
    instances,
    locale::RequestLocale,
    openapi::Document,
    operator, page_config, paths, purchases, quotes, relay,
    site::Site,
};
use crate::{response::JsonResponse, state::AppState};

/// Routes of the public listener; with those of the operator where they have no listener of their own.
pub(crate) fn router(state: Arc<AppState>) -> Router {
    let api = Router::new()
        .route(INSTANCES, get(instances::list).post(purchases::create))
        .route(QUOTES, post(quotes::create))
        .route(&paths::instance(), get(instances::get))
        .route(PURCHASES, get(purchases::list))
        .route(&paths::purchase(), get(purchases::get))
        .merge(if state.config.relay { relay::router() } else { Router::new() });
    let page = Router::new()
        .route(paths::CONFIG, get(page_config::config))
        .route(paths::CATALOG, get(page_config::catalog));
    let files = match &state.config.site {
        Some(folder) => {
            let site = Arc::new(Site::new(folder));
            let file =
                move |RequestLocale(locale): RequestLocale, request| file(site, locale, request);
            Router::new().fallback(file)
        }
        None => Router::new().fallback(not_found),
    };
    let operator = match state.config.operator {
        None => operator_routes(&state),
        Some(_) => Router::new(),
    };
    admitted(api, &state, Admission::Api)
        .merge(admitted(page, &state, Admission::Page))
        .merge(operator)
        .merge(health(&state))
        .merge(admitted(files, &state, Admission::Operator))
        .with_state(state)
}

/// Routes of the operator's own listener.
pub(crate) fn operator_router(state: Arc<AppState>) -> Router {
    let nothing = admitted(Router::new().fallback(not_found), &state, Admission::Operator);
    operator_routes(&state).merge(health(&state)).merge(nothing).with_state(state)
}

fn operator_routes(state: &Arc<AppState>) -> Router<Arc<AppState>> {
    let document = Document::new(&state.config);
    let routes = Router::new()
        .route(paths::DOCUMENT, get(|| async move { document }))
        .route(paths::METRICS, get(operator::metrics));
    let ready = Router::new().route(paths::READY, get(operator::ready));
    admitted(routes, state, Admission::Operator).merge(admitted(ready, state, Admission::Public))
}

fn health(state: &Arc<AppState>) -> Router<Arc<AppState>> {
    let health = Router::new().route(paths::HEALTH, get(|| async { "ok" }));
    admitted(health, state, Admission::Public)
}

/// Puts the admission before routes.
fn admitted(
    routes: Router<Arc<AppState>>,
    state: &Arc<AppState>,
    admission: Admission,
) -> Router<Arc<AppState>> {
    routes
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state((Arc::clone(state), admission), admit))
}

/// A file of the page.
async fn file(site: Arc<Site>, locale: Locale, request: Request) -> Response {
    let failure = |code| JsonResponse::failure(code, locale).into_response();
    match site.answer(request).await {
        None => failure(ErrorCode::NotFound),
        Some(found) if found.status() == StatusCode::METHOD_NOT_ALLOWED => {
            let mut refusal = failure(ErrorCode::MethodNotAllowed);
            let allow = found.headers().get(header::ALLOW).cloned();
            refusal.headers_mut().extend(allow.map(|allow| (header::ALLOW, allow)));
            refusal
        }
        Some(found) => found,
    }
}

async fn not_found(RequestLocale(locale): RequestLocale) -> JsonResponse {
    JsonResponse::failure(ErrorCode::NotFound, locale)
}

async fn method_not_allowed(RequestLocale(locale): RequestLocale) -> JsonResponse {
    JsonResponse::failure(ErrorCode::MethodNotAllowed, locale)
}
