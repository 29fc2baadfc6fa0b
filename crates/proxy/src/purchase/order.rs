//! A purchase that is checked, ready to be executed.

use std::sync::Arc;

use havenask_core::{
    Failure, Locale,
    model::CreateInstanceRequest,
    operation::create_instance,
    pricing::Money,
    purchase::{IdempotencyKey, PURCHASE_TAG, TermsUrl},
};

use crate::{
    access::Principal, ledger::NewPurchase, regions::RegionClient, sha256,
    upstream::OutgoingRequest,
};

/// A purchase that is checked and has its tag.
#[derive(Debug)]
pub(crate) struct PurchaseOrder {
    pub(crate) key: IdempotencyKey,
    pub(crate) principal: Principal,
    /// The region that it is bought in.
    pub(crate) region: Arc<RegionClient>,
    pub(crate) request: CreateInstanceRequest,
    pub(crate) outgoing: OutgoingRequest,
    /// Seconds in which the same may not have been bought; 0 when it may.
    pub(crate) no_repeat: u32,
    /// The most that it may cost, as its buyer has seen it.
    pub(crate) max_price: Option<Money>,
    /// The address of the terms that its buyer has accepted.
    pub(crate) terms: Option<TermsUrl>,
    /// The reason that the operator does not sell it, if any.
    pub(crate) forbidden: Option<Failure>,
    pub(crate) locale: Locale,
}

impl PurchaseOrder {
    /// The record for the ledger, without a price.
    pub(super) fn to_new_purchase(&self) -> NewPurchase {
        let request = self.request.to_json();
        NewPurchase {
            key: self.key.as_str().to_owned(),
            principal: self.principal.0.clone(),
            body_hash: sha256::sha256(&[request.as_bytes()]),
            request,
            content: Some(sha256::of_content(&self.request)),
            region: self.region.region.clone(),
            account: self.region.account.clone(),
            charge: None,
            terms: self.terms.as_ref().map(|terms| terms.as_str().to_owned()),
        }
    }

    /// Returns the request to send, with this value of its tag: it differs from the key where another principal had that first.
    pub(super) fn into_tagged(mut self, value: &str) -> OutgoingRequest {
        if value == self.key.as_str() || matches!(self.outgoing, OutgoingRequest::PreSigned(..)) {
            return self.outgoing;
        }
        let tags = self.request.tags.iter_mut().flatten();
        for tag in tags.filter(|tag| tag.key == PURCHASE_TAG) {
            tag.value = Some(value.to_owned());
        }
        OutgoingRequest::Unsigned(create_instance(&self.request, None))
    }
}
