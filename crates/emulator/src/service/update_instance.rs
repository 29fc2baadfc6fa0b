//! `UpdateInstance`.

use havenask_core::model::Component;
use serde::Deserialize;

use super::{Service, json};
use crate::{
    error::{ApiError, codes},
    operation::{ApiOperation, HandlerResult, RequestContext},
    product::HAVENASK,
};

pub(super) const OPERATION: ApiOperation = HAVENASK.operation(
    "UpdateInstance",
    &["PUT"],
    "/openapi/ha3/instances/{instanceId}",
    |service, context| Box::pin(update_instance(service, context)),
);

/// Order types. The documents have UPGRADE in English, and UPGRAGE in Chinese and in every example; which of them the service
/// accepts is unknown.
const ORDER_TYPES: [&str; 3] = ["UPGRADE", "UPGRAGE", "DOWNGRADE"];

/// Body of the request.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UpdateInstanceRequest {
    components: Option<Vec<Component>>,
    description: Option<String>,
    order_type: Option<String>,
}

/// Changes the description or the specification of an instance.
async fn update_instance(service: &Service, context: RequestContext<'_>) -> HandlerResult {
    let RequestContext { request, instance_id, caller, now, request_id, .. } = context;
    let UpdateInstanceRequest { components, description, order_type } = json::parse(&request.body)?;
    // Python's `from_map` sends an empty list for none.
    let components = components.unwrap_or_default();
    if description.is_some() && (!components.is_empty() || order_type.is_some()) {
        return Err(ApiError::parameter(
            "/description: Send it alone, and components with orderType in a request of their own.",
        ));
    }
    if order_type.is_some_and(|it| !ORDER_TYPES.contains(&it.as_str())) {
        return Err(ApiError::parameter("/orderType: Write UPGRADE or DOWNGRADE."));
    }
    if let Some(index) = components.iter().position(|it| it.code.is_empty()) {
        let message = format!("/components/{index}/code: Name the component.");
        return Err(ApiError::parameter(message));
    }
    let edited = service.edit(caller, vec![instance_id], move |record| {
        if let Some(description) = &description {
            record.description = Some((description.clone(), now));
        }
        if !components.is_empty() {
            record.update_components(&components, now);
        }
    });
    let record = edited.await?.pop().ok_or(codes::INSTANCE_NOT_FOUND)?;
    json::result(request_id, record.summary(now, service.ready_after), None)
}
