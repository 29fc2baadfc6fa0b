//! `GetInstance`.

use havenask_core::operation::GET_INSTANCE;

use super::{Service, json};
use crate::{
    operation::{ApiOperation, HandlerResult, RequestContext},
    product::HAVENASK,
};

pub(super) const OPERATION: ApiOperation = HAVENASK.operation(
    GET_INSTANCE,
    &["GET"],
    "/openapi/ha3/instances/{instanceId}",
    |service, context| Box::pin(async move { get_instance(service, &context) }),
);

fn get_instance(service: &Service, context: &RequestContext<'_>) -> HandlerResult {
    let record = service.find(&context.caller, &context.instance_id)?;
    json::result(context.request_id, record.instance(context.now, service.ready_after), None)
}
