//! `CreateInstance`.

use havenask_core::{
    Problem, Severity, Value,
    model::CreateInstanceRequest,
    operation::{CREATE_INSTANCE, DRY_RUN},
    rules::{self, Options},
};
use serde::Serialize;

use super::{Service, json, resource_group};
use crate::{
    error::{ApiError, codes},
    ids,
    operation::{ApiOperation, HandlerResult, RequestContext},
    product::HAVENASK,
    store::InstanceRecord,
};

pub(super) const OPERATION: ApiOperation =
    HAVENASK.operation(CREATE_INSTANCE, &["POST"], "/openapi/ha3/instances", |service, context| {
        Box::pin(create_instance(service, context))
    });

/// `result` of the response; for a dry run it is empty.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CreateInstanceResult {
    #[serde(skip_serializing_if = "Option::is_none")]
    instance_id: Option<String>,
}

async fn create_instance(service: &Service, context: RequestContext<'_>) -> HandlerResult {
    let dry_run = is_dry_run(&context.request.query)?;
    let request = parse(&context.request.body)?;
    check_resource_group(&request)?;
    let mut instance_id = None;
    if !dry_run {
        let id = ids::instance_id();
        instance_id = Some(id.clone());
        let record = InstanceRecord {
            id,
            account: context.caller.account,
            created_at: context.now,
            request,
            listed_from: context.now.saturating_add(context.hidden_for),
            ..InstanceRecord::default()
        };
        service.store.transact(move |transaction| transaction.put(record)).await?;
    }
    json::result(context.request_id, CreateInstanceResult { instance_id }, None)
}

/// Reads `dryRun`: Python sends `True`, Node `true`. A value that is neither true nor false may have been meant as true and must
/// not buy, nor must a name in other capitals.
fn is_dry_run(query: &[(String, String)]) -> Result<bool, ApiError> {
    let mut dry_run = false;
    for (_, value) in query.iter().filter(|(name, _)| name.eq_ignore_ascii_case(DRY_RUN)) {
        match value.to_ascii_lowercase().as_str() {
            "true" => dry_run = true,
            "false" => {}
            _ => return Err(ApiError::parameter("dryRun: Write true or false.")),
        }
    }
    Ok(dry_run)
}

fn parse(body: &[u8]) -> Result<CreateInstanceRequest, ApiError> {
    let value: Value<'_> = json::parse(body)?;
    let accepted = rules::accept(&value, &Options::default());
    accepted.map(|(request, _)| request).map_err(|problems| first_error(&problems))
}

/// Error of the first violation of a rule.
pub(super) fn first_error(problems: &[Problem]) -> ApiError {
    let first = problems.iter().find(|problem| problem.severity == Severity::Error);
    ApiError::parameter(first.map_or_else(String::new, |problem| match problem.path.as_pointer() {
        "" => problem.message.clone(),
        path => format!("{path}: {}", problem.message),
    }))
}

/// Applies the fixed errors of [`resource_group`].
fn check_resource_group(request: &CreateInstanceRequest) -> Result<(), ApiError> {
    match request.resource_group_id.as_deref() {
        Some(resource_group::NO_MONEY) => Err(codes::PAY_METHOD.into()),
        Some(resource_group::FORBIDDEN) => Err(codes::FORBIDDEN.into()),
        Some(resource_group::BROKEN) => Err(codes::SERVICE_BROKEN.into()),
        _ => Ok(()),
    }
}
