//! The service behind the gateway: what each operation does. Requests and answers are those of `searchengine-20211025/main.tea`,
//! from which the official SDKs are made.

mod create;
mod life;
mod list;
mod places;
mod specs;
mod tag;
mod update;

/// Resource groups that are refused, so that one can see how a refusal looks without having no money: conventions of the
/// emulator, not of the cloud.
pub mod resource_group {
    /// The account cannot pay: 400 `InvalidPayMethod`. The code is documented; its status is not.
    pub const NO_MONEY: &str = "rg-no-money";
    /// The user may not buy: 403 `Forbidden.RAM`, with `AccessDeniedDetail`.
    pub const FORBIDDEN: &str = "rg-forbidden";
    /// The service breaks: 500 `InternalServerError`. Nothing is bought.
    pub const BROKEN: &str = "rg-broken";
}

use std::time::Duration;

use havenask_core::{response::ApiResponse, sign::HttpRequest};
use serde::{Deserialize, Serialize};

use crate::{
    call::Call,
    refusal::{Refusal, codes},
    store::{NotStored, Record, Store},
};

/// The service.
pub(crate) struct Service {
    store: Store,
    /// Seconds until an instance is ready.
    ready_after: i64,
}

/// In what circumstances a call is carried out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Circumstances<'a> {
    /// When, in Unix seconds.
    pub(crate) now: i64,
    pub(crate) request_id: &'a str,
    /// Seconds for which lists do not show an instance that is created by the call.
    pub(crate) hidden_for: i64,
}

/// The `result` of an operation that has nothing to tell.
#[derive(Serialize)]
struct Nothing {}

/// The answer of an operation that has no `result`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Done<'a> {
    request_id: &'a str,
}

impl Service {
    pub(crate) fn new(store: Store, ready_after: Duration) -> Self {
        Self { store, ready_after: i64::try_from(ready_after.as_secs()).unwrap_or(i64::MAX) }
    }

    /// Whether instances can be created.
    pub(crate) fn is_ready(&self) -> bool {
        self.store.is_open()
    }

    /// Does what a call asks for, and answers it.
    pub(crate) async fn perform(
        &self,
        call: Call,
        request: &HttpRequest,
        circumstances: Circumstances<'_>,
    ) -> Result<Vec<u8>, Refusal> {
        let Circumstances { now, request_id, .. } = circumstances;
        match call {
            Call::CreateInstance => {
                success(request_id, self.create_instance(request, circumstances).await?, None)
            }
            Call::GetInstance { instance_id } => {
                let record = self.store.find(&instance_id).ok_or(codes::INSTANCE_NOT_FOUND)?;
                success(request_id, record.instance(now, self.ready_after), None)
            }
            Call::ListInstances => {
                let (page, total) = self.list_instances(&request.query, now)?;
                success(request_id, page, Some(total))
            }
            Call::UpdateInstance { instance_id } => {
                let record = self.update_instance(instance_id, &request.body, now).await?;
                success(request_id, record.summary(now, self.ready_after), None)
            }
            Call::DeleteInstance { instance_id } => {
                self.delete_instance(instance_id).await?;
                success(request_id, Nothing {}, None)
            }
            Call::ListInstanceSpecs { instance_id } => {
                self.store.find(&instance_id).ok_or(codes::INSTANCE_NOT_FOUND)?;
                success(request_id, specs::of_type(&request.query)?, None)
            }
            Call::DescribeRegions => success(request_id, places::regions(&request.query), None),
            Call::TagResources => {
                self.tag_resources(&request.body).await?;
                json(&Done { request_id })
            }
        }
    }

    /// Edits instances that must all be there, and answers what they are then.
    async fn change(
        &self,
        ids: Vec<String>,
        edit: impl Fn(&mut Record) + Send + 'static,
    ) -> Result<Vec<Record>, Refusal> {
        let edited = self.store.change(move |desk| {
            let found: Option<Vec<_>> = ids.iter().map(|id| desk.find(id)).collect();
            let mut records = Vec::new();
            for record in found.ok_or(codes::INSTANCE_NOT_FOUND)? {
                let mut record = Record::clone(&record);
                edit(&mut record);
                desk.put(record.clone());
                records.push(record);
            }
            Ok(records)
        });
        edited.await?
    }
}

impl From<NotStored> for Refusal {
    fn from(_: NotStored) -> Self {
        codes::SERVICE_BROKEN.into()
    }
}

/// Reads a body.
fn read<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| {
        let what = if error.is_data() { "not what this operation takes" } else { "not JSON" };
        Refusal::parameter(format!("The body is {what}: {error}."))
    })
}

/// The value of a query parameter; an empty one is not set.
fn set<'a>(query: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = query.iter().find(|(known, value)| known == name && !value.is_empty());
    found.map(|(_, value)| value.as_str())
}

fn success<T: Serialize>(
    request_id: &str,
    result: T,
    total_count: Option<u64>,
) -> Result<Vec<u8>, Refusal> {
    json(&ApiResponse { request_id: request_id.to_owned(), result, total_count })
}

fn json<T: Serialize>(answer: &T) -> Result<Vec<u8>, Refusal> {
    // An instance fits in, and nothing is copied while it grows.
    let mut bytes = Vec::with_capacity(1024);
    match serde_json::to_writer(&mut bytes, answer) {
        Ok(()) => Ok(bytes),
        Err(_) => Err(codes::SERVICE_BROKEN.into()),
    }
}
