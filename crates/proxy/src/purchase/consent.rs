//! The consent of a buyer to the terms of the operator.

use havenask_core::{ErrorCode, Failure};

use super::order::PurchaseOrder;
use crate::state::AppState;

/// The refusal of a purchase without consent to the terms of the operator.
pub(super) fn missing_consent(state: &AppState, order: &PurchaseOrder) -> Option<Failure> {
    let required = state.config.terms_url.as_ref()?;
    if order.terms.as_ref() == Some(required) {
        return None;
    }
    let failure = Failure::new(ErrorCode::TermsNotAccepted, order.locale);
    Some(Failure { message: [&failure.message, " ", required.as_str()].concat(), ..failure })
}
