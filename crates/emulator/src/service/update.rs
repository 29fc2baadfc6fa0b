//! `UpdateInstance` and `DeleteInstance`.

use havenask_core::model::Component;
use serde::Deserialize;

use super::{Service, read};
use crate::{
    refusal::{Refusal, codes},
    store::Record,
};

/// The documents say UPGRADE in English, and UPGRAGE in Chinese and in every example; which of them the service takes is
/// unknown.
const ORDER_TYPES: [&str; 3] = ["UPGRADE", "UPGRAGE", "DOWNGRADE"];

/// The body of `UpdateInstance`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Update {
    components: Option<Vec<Component>>,
    description: Option<String>,
    order_type: Option<String>,
}

impl Service {
    /// Changes the description or the specification of an instance.
    pub(super) async fn update_instance(
        &self,
        instance_id: String,
        body: &[u8],
        now: i64,
    ) -> Result<Record, Refusal> {
        let Update { components, description, order_type } = read(body)?;
        // Python's `from_map` sends an empty list for none.
        let components = components.unwrap_or_default();
        if description.is_some() && (!components.is_empty() || order_type.is_some()) {
            return Err(Refusal::parameter(
                "/description: Send it alone, and components with orderType in a request of their own.",
            ));
        }
        if order_type.is_some_and(|it| !ORDER_TYPES.contains(&it.as_str())) {
            return Err(Refusal::parameter("/orderType: Write UPGRADE or DOWNGRADE."));
        }
        if let Some(place) = components.iter().position(|it| it.code.is_empty()) {
            let message = format!("/components/{place}/code: Name the component.");
            return Err(Refusal::parameter(message));
        }
        let edited = self.change(vec![instance_id], move |record| {
            if let Some(description) = &description {
                record.description = Some((description.clone(), now));
            }
            if !components.is_empty() {
                record.respecify(&components, now);
            }
        });
        edited.await?.pop().ok_or_else(|| codes::INSTANCE_NOT_FOUND.into())
    }

    /// Gives an instance back. It is gone at once.
    pub(super) async fn delete_instance(&self, instance_id: String) -> Result<(), Refusal> {
        let deleted = self.store.change(move |desk| {
            let there = desk.find(&instance_id).is_some();
            if there {
                desk.remove(&instance_id);
            }
            there
        });
        if deleted.await? { Ok(()) } else { Err(codes::INSTANCE_NOT_FOUND.into()) }
    }
}
