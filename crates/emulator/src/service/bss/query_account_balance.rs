//! `QueryAccountBalance`.

use serde_json::json;

use crate::{
    operation::{ApiOperation, HandlerResult, RequestContext},
    product::BSS,
    service::rpc,
};

pub(crate) const OPERATION: ApiOperation =
    BSS.operation("QueryAccountBalance", &["GET", "POST"], "/", |_, context| {
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
    rpc::billing(context.request_id, "200", &data)
}
