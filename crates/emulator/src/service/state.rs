//! State of the service.

use std::{sync::Arc, time::Duration};

use crate::{
    caller::Caller,
    error::{ApiError, codes},
    store::{InstanceRecord, InstanceStore, WriteError},
    temporary_credentials::TemporaryCredentials,
};

/// Service with its store.
pub(crate) struct Service {
    pub(super) store: InstanceStore,
    /// Seconds until an instance is ready.
    pub(super) ready_after: i64,
    /// Quotes prices.
    pub(super) pricing: bool,
    pub(super) temporary_credentials: Arc<TemporaryCredentials>,
}

impl Service {
    pub(crate) fn new(
        store: InstanceStore,
        ready_after: Duration,
        pricing: bool,
        temporary_credentials: Arc<TemporaryCredentials>,
    ) -> Self {
        let ready_after = i64::try_from(ready_after.as_secs()).unwrap_or(i64::MAX);
        Self { store, ready_after, pricing, temporary_credentials }
    }

    /// Returns true while instances can be created.
    pub(crate) fn is_ready(&self) -> bool {
        self.store.is_writable()
    }

    /// Finds an instance of the caller's account.
    pub(super) fn find(&self, caller: &Caller, id: &str) -> Result<Arc<InstanceRecord>, ApiError> {
        self.store.find(&caller.account, id).ok_or_else(|| codes::INSTANCE_NOT_FOUND.into())
    }

    /// Edits instances of the caller's account, all of them or, when one does not exist, none, and returns them.
    pub(super) async fn edit(
        &self,
        caller: Caller,
        ids: Vec<String>,
        edit: impl Fn(&mut InstanceRecord) + Send + 'static,
    ) -> Result<Vec<InstanceRecord>, ApiError> {
        let edited = self.store.transact(move |transaction| {
            let found: Option<Vec<_>> =
                ids.iter().map(|id| transaction.find(&caller.account, id)).collect();
            let mut records = Vec::new();
            for record in found.ok_or(codes::INSTANCE_NOT_FOUND)? {
                let mut record = InstanceRecord::clone(&record);
                edit(&mut record);
                transaction.put(record.clone());
                records.push(record);
            }
            Ok(records)
        });
        edited.await?
    }
}

impl From<WriteError> for ApiError {
    fn from(_: WriteError) -> Self {
        codes::SERVICE_BROKEN.into()
    }
}
