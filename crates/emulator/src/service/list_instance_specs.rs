//! `ListInstanceSpecs`.

use serde::Serialize;

use super::{Service, json};
use crate::{
    error::ApiError,
    operation::{ApiOperation, HandlerResult, RequestContext},
    product::HAVENASK,
};

pub(super) const OPERATION: ApiOperation = HAVENASK.operation(
    "ListInstanceSpecs",
    &["GET"],
    "/openapi/ha3/instances/{instanceId}/specs",
    |service, context| Box::pin(async move { list_instance_specs(service, &context) }),
);

/// Node specification: cores and gigabytes.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NodeSpec {
    cpu: u32,
    mem: u32,
    min_disk: u32,
    max_disk: u32,
}

const fn spec(cpu: u32, mem: u32, min_disk: u32, max_disk: u32) -> NodeSpec {
    NodeSpec { cpu, mem, min_disk, max_disk }
}

/// Samples by type of node: the cloud's lists are unpublished.
const SPECS: [(&str, &[NodeSpec]); 4] = [
    ("qrs", &[spec(4, 8, 50, 50), spec(8, 16, 50, 50)]),
    ("search", &[spec(4, 16, 50, 500), spec(8, 32, 100, 1000), spec(16, 64, 200, 2000)]),
    ("index", &[spec(8, 32, 100, 1000)]),
    ("cluster", &[spec(2, 4, 50, 50)]),
];

fn list_instance_specs(service: &Service, context: &RequestContext<'_>) -> HandlerResult {
    service.find(&context.caller, &context.instance_id)?;
    let node = json::parameter(&context.request.query, "type");
    let node = node.ok_or_else(|| ApiError::missing("type"))?;
    let found = SPECS.iter().find(|(name, _)| *name == node).map(|(_, specs)| *specs);
    let specs =
        found.ok_or_else(|| ApiError::parameter("type: Write qrs, search, index or cluster."))?;
    json::result(context.request_id, specs, None)
}
