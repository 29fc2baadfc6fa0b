//! `QueryAccountBalance`.

use havenask_core::pricing::bss::QUERY_ACCOUNT_BALANCE;
use serde_json::json;

use super::response;
use crate::{
    operation::{ApiOperation, HandlerResult, RPC_PATH, RequestContext},
    product::BSS,
};

pub(crate) const OPERATION: ApiOperation =
    BSS.operation(QUERY_ACCOUNT_BALANCE, &["GET", "POST"], RPC_PATH, |_, context| {
        Box::pin(async move { query_account_balance(&context) })
    });

/// Tells a balance, which no purchase lowers. Its code is `200` as in the documents, its amounts are texts with commas as in real
/// responses.
fn query_account_balance(context: &RequestContext<'_>) -> HandlerResult {
    let data = json!({
        "AvailableAmount": "128,450.37",
        "AvailableCashAmount": "128,450.37",
        "CreditAmount": "0.00",
        "MybankCreditAmount": "0.00",
        "Currency": "CNY",
    });
    response::success(context.request_id, "200", &data)
}
