//! `TagResources`.

use havenask_core::model::Tag;
use serde::Deserialize;
use serde_json::json;

use super::{Service, json};
use crate::{
    error::ApiError,
    operation::{ApiOperation, HandlerResult, RequestContext},
    product::HAVENASK,
};

pub(super) const OPERATION: ApiOperation = HAVENASK.operation(
    "TagResources",
    &["POST"],
    "/openapi/ha3/resource-tags",
    |service, context| Box::pin(tag_resources(service, context)),
);

/// Maximum numbers of instances and tags in one request.
const MAX_RESOURCES: usize = 50;
const MAX_TAGS: usize = 20;

/// Body of the request: every field is required.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TagResourcesRequest {
    resource_type: Option<String>,
    #[serde(default)]
    resource_id: Vec<String>,
    #[serde(default)]
    tag: Vec<Tag>,
}

/// Tags instances: all of them or, when one does not exist, none.
async fn tag_resources(service: &Service, context: RequestContext<'_>) -> HandlerResult {
    let TagResourcesRequest { resource_type, resource_id, tag } =
        json::parse(&context.request.body)?;
    match resource_type.as_deref() {
        None | Some("") => return Err(ApiError::missing("resourceType")),
        Some("instance") => {}
        Some(_) => return Err(ApiError::parameter("/resourceType: Write instance.")),
    }
    check_length("resourceId", resource_id.len(), MAX_RESOURCES)?;
    check_length("tag", tag.len(), MAX_TAGS)?;
    if let Some(index) = tag.iter().position(|it| it.key.is_empty()) {
        return Err(ApiError::parameter(format!("/tag/{index}/key: Name the tag.")));
    }
    service.edit(context.caller, resource_id, move |record| record.update_tags(&tag)).await?;
    // The response has no `result`.
    json::body(&json!({ "requestId": context.request_id }))
}

fn check_length(name: &str, length: usize, max: usize) -> Result<(), ApiError> {
    match length {
        0 => Err(ApiError::missing(name)),
        length if length <= max => Ok(()),
        _ => Err(ApiError::parameter(format!("/{name}: Send at most {max} at a time."))),
    }
}
