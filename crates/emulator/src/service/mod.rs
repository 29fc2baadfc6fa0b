//! The service behind the gateway: what each operation does. Requests and answers: `api-facts` sections 1 and 2.

mod create;
mod life;
mod list;

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

use havenask_core::{answer::Answer, sign::HttpRequest};
use serde::Serialize;

use crate::{call::Call, refusal::Refusal, store::Store};

/// The service.
pub(crate) struct Service {
    store: Store,
    /// Seconds until an instance is ready.
    ready_after: i64,
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
        call: &Call,
        request: &HttpRequest,
        now: i64,
        request_id: &str,
    ) -> Result<Vec<u8>, Refusal> {
        match call {
            Call::CreateInstance => {
                let created = self.create_instance(request, now).await?;
                success(request_id, created, None)
            }
            Call::GetInstance { instance_id } => {
                let record = self.store.find(instance_id).ok_or_else(unknown_instance)?;
                success(request_id, record.instance(now, self.ready_after), None)
            }
            Call::ListInstances => {
                let (page, total) = self.list_instances(&request.query, now)?;
                success(request_id, page, Some(total))
            }
        }
    }
}

/// The code of the page "Response structure".
fn unknown_instance() -> Refusal {
    let message = "The instance does not exist. Check its id and the region.";
    Refusal::service(404, "instance.NotFound", message)
}

fn success<T: Serialize>(
    request_id: &str,
    result: T,
    total_count: Option<u64>,
) -> Result<Vec<u8>, Refusal> {
    let answer = Answer { request_id: request_id.to_owned(), result, total_count };
    serde_json::to_vec(&answer).map_err(|_| Refusal::internal())
}
