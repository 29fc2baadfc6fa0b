//! Checks an order before it is priced or executed, whoever signs it.

use havenask_core::{
    ErrorCode, Failure, Locale, Value,
    model::CreateInstanceRequest,
    rules::{self, Problem},
};

use crate::state::AppState;

/// An order that can be read.
pub(crate) struct CheckedOrder {
    pub(crate) request: CreateInstanceRequest,
    pub(crate) warnings: Vec<Problem>,
    /// The reason that the operator does not sell it, if any.
    pub(crate) forbidden: Option<Failure>,
}

/// Checks the body of an order: its form, the rules, the catalogue and the policy.
pub(crate) fn check(
    state: &AppState,
    body: &[u8],
    locale: Locale,
) -> Result<CheckedOrder, Failure> {
    let refusal = |code| Failure::new(code, locale);
    let input: Value<'_> = serde_json::from_slice(body).map_err(|error| Failure {
        message: format!("{} {error}", refusal(ErrorCode::BodyNotJson).message),
        ..refusal(ErrorCode::BodyNotJson)
    })?;
    let catalog = state.reloadable.catalog();
    let options = rules::Options {
        catalog: catalog.as_deref(),
        allow_postpay: state.config.allow_postpay,
        locale,
    };
    let invalid = match rules::accept(&input, &options) {
        Ok((request, warnings)) => {
            let forbidden = state.config.policy.violation(&request).map(|why| {
                let refusal = refusal(ErrorCode::PurchaseNotAllowed);
                Failure { message: format!("{} {why}", refusal.message), ..refusal }
            });
            return Ok(CheckedOrder { request, warnings, forbidden });
        }
        Err(problems) => Failure::invalid_request(problems, locale),
    };
    // It may have been bought while the operator sold it.
    let options = rules::Options { catalog: None, allow_postpay: true, locale };
    match rules::accept(&input, &options) {
        Ok((request, warnings)) => Ok(CheckedOrder { request, warnings, forbidden: Some(invalid) }),
        Err(_) => Err(invalid),
    }
}
