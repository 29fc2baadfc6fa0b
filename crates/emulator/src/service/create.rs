//! `CreateInstance`.

use havenask_core::{
    Problem, Severity, Value,
    model::CreateInstanceRequest,
    operation::DRY_RUN,
    rules::{self, Options},
    sign::HttpRequest,
};
use serde::Serialize;

use super::{Circumstances, Service, read, resource_group};
use crate::{
    ids,
    refusal::{Refusal, codes},
    store::Record,
};

/// The `result` of `CreateInstance`; of a dry run it is empty.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Created {
    #[serde(skip_serializing_if = "Option::is_none")]
    instance_id: Option<String>,
}

impl Service {
    pub(super) async fn create_instance(
        &self,
        request: &HttpRequest,
        circumstances: Circumstances<'_>,
    ) -> Result<Created, Refusal> {
        let dry_run = is_dry_run(&request.query)?;
        let request = understood(&request.body)?;
        affordable(&request)?;
        if dry_run {
            return Ok(Created { instance_id: None });
        }
        let id = ids::instance_id();
        let record = Record {
            id: id.clone(),
            created_at: circumstances.now,
            request,
            listed_from: circumstances.now.saturating_add(circumstances.hidden_for),
            ..Record::default()
        };
        self.store.change(move |desk| desk.put(record)).await?;
        Ok(Created { instance_id: Some(id) })
    }
}

/// Python sends `True`, Node `true`. What is neither true nor false might have been meant as true, and must not buy; nor
/// must a name in other capitals.
fn is_dry_run(query: &[(String, String)]) -> Result<bool, Refusal> {
    let mut dry_run = false;
    for (_, value) in query.iter().filter(|(name, _)| name.eq_ignore_ascii_case(DRY_RUN)) {
        match value.to_ascii_lowercase().as_str() {
            "true" => dry_run = true,
            "false" => {}
            _ => return Err(Refusal::parameter("dryRun: Write true or false.")),
        }
    }
    Ok(dry_run)
}

fn understood(body: &[u8]) -> Result<CreateInstanceRequest, Refusal> {
    let input: Value<'_> = read(body)?;
    let accepted = rules::accept(&input, &Options::default());
    accepted.map(|(request, _)| request).map_err(|problems| refused(&problems))
}

fn refused(problems: &[Problem]) -> Refusal {
    let first = problems.iter().find(|problem| problem.severity == Severity::Error);
    Refusal::parameter(first.map_or_else(String::new, |problem| match problem.path.as_str() {
        "" => problem.message.clone(),
        path => format!("{path}: {}", problem.message),
    }))
}

fn affordable(request: &CreateInstanceRequest) -> Result<(), Refusal> {
    match request.resource_group_id.as_deref() {
        Some(resource_group::NO_MONEY) => Err(codes::PAY_METHOD.into()),
        Some(resource_group::FORBIDDEN) => Err(codes::FORBIDDEN.into()),
        Some(resource_group::BROKEN) => Err(codes::SERVICE_BROKEN.into()),
        _ => Ok(()),
    }
}
