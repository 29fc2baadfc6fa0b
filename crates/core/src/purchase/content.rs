//! The content of an order: what is bought, whatever its key.

use alloc::string::String;

use super::PURCHASE_TAG;
use crate::model::{CreateInstanceRequest, Order};

/// Returns the content of an order as JSON. Two orders of one content buy the same.
///
/// The order of components and tags does not count, nor the tag that names the key. A member that is left out is the same as
/// one with the value that it has then: `autoRenew` false, an empty `resourceGroupId`, an empty value of a component or tag, no
/// components, no tags, an `order` without members.
#[must_use]
pub fn order_content(request: &CreateInstanceRequest) -> String {
    let is_empty = |text: &mut String| text.is_empty();
    let mut request = request.clone();
    request.resource_group_id.take_if(is_empty);
    if let Some(order) = &mut request.order {
        order.auto_renew.take_if(|renews| !*renews);
    }
    request.order.take_if(|order| *order == Order::default());
    let components = request.components.get_or_insert_default();
    for component in &mut *components {
        component.value.take_if(is_empty);
    }
    components.sort_by(|one, other| (&one.code, &one.value).cmp(&(&other.code, &other.value)));
    let tags = request.tags.get_or_insert_default();
    tags.retain(|tag| tag.key != PURCHASE_TAG);
    for tag in &mut *tags {
        tag.value.take_if(is_empty);
    }
    tags.sort_by(|one, other| (&one.key, &one.value).cmp(&(&other.key, &other.value)));
    request.to_json()
}
