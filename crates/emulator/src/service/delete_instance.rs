//! `DeleteInstance`. An instance is gone at once.

use serde_json::json;

use super::{Service, json};
use crate::{
    error::codes,
    operation::{ApiOperation, HandlerResult, RequestContext},
    product::HAVENASK,
};

pub(super) const OPERATION: ApiOperation = HAVENASK.operation(
    "DeleteInstance",
    &["DELETE"],
    "/openapi/ha3/instances/{instanceId}",
    |service, context| Box::pin(delete_instance(service, context)),
);

async fn delete_instance(service: &Service, context: RequestContext<'_>) -> HandlerResult {
    let RequestContext { instance_id, caller, request_id, .. } = context;
    let deleted = service.store.transact(move |transaction| {
        let exists = transaction.find(&caller.account, &instance_id).is_some();
        if exists {
            transaction.remove(&instance_id);
        }
        exists
    });
    if !deleted.await? {
        return Err(codes::INSTANCE_NOT_FOUND.into());
    }
    json::result(request_id, json!({}), None)
}
