//! Results of purchases as the ledger keeps them.

use havenask_core::{
    ErrorCode, Failure, Locale, Retry,
    response::{ApiResponse, Created, NewInstance},
};

use crate::{
    ledger::{LedgerResult, PurchaseState},
    response::JsonResponse,
};

impl LedgerResult {
    /// The instance is there.
    pub(crate) fn created(created: Created) -> Self {
        let Created { request_id, instance_id } = created;
        let result = NewInstance { instance_id: instance_id.clone() };
        let answer = ApiResponse { request_id: request_id.clone(), result, total_count: None };
        Self {
            state: PurchaseState::Created,
            retryable: false,
            request_id: Some(request_id),
            instance_id: Some(instance_id),
            status: 200,
            answer: serde_json::to_string(&answer).unwrap_or_default(),
            code: None,
        }
    }

    /// No instance was made, for certain. A request that was never sent may be sent with the same key.
    pub(crate) fn failed(failure: Failure) -> Self {
        let retryable = failure.retry == Retry::SameKey;
        Self { retryable, ..Self::without_instance(PurchaseState::Failed, failure) }
    }

    /// It is looked for, and may be sent again with the same key when no instance has its tag.
    pub(crate) fn retryable(failure: Failure) -> Self {
        Self { retryable: true, ..Self::without_instance(PurchaseState::Pending, failure) }
    }

    /// No instance was made, as a person found out.
    pub(crate) fn not_made(locale: Locale) -> Self {
        Self::without_instance(
            PurchaseState::Failed,
            Failure::new(ErrorCode::PurchaseNotCreated, locale),
        )
    }

    /// An end that nobody knows.
    pub(crate) fn unknown(locale: Locale) -> Self {
        Self::without_instance(
            PurchaseState::Unknown,
            Failure::new(ErrorCode::PurchaseUnknown, locale),
        )
    }

    fn without_instance(state: PurchaseState, failure: Failure) -> Self {
        let request_id = failure.request_id.clone();
        let JsonResponse { status, body, code, .. } = failure.into();
        Self { state, retryable: false, request_id, instance_id: None, status, answer: body, code }
    }
}
