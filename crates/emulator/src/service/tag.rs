//! `TagResources`.

use havenask_core::model::Tag;
use serde::Deserialize;

use super::{Service, read};
use crate::refusal::Refusal;

/// Instances and tags in one call, at most.
const MAX_RESOURCES: usize = 50;
const MAX_TAGS: usize = 20;

/// The body of `TagResources`: everything in it is required.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Labels {
    resource_type: Option<String>,
    #[serde(default)]
    resource_id: Vec<String>,
    #[serde(default)]
    tag: Vec<Tag>,
}

impl Service {
    /// Labels instances: all of them or, when one does not exist, none.
    pub(super) async fn tag_resources(&self, body: &[u8]) -> Result<(), Refusal> {
        let Labels { resource_type, resource_id, tag } = read(body)?;
        match resource_type.as_deref() {
            None | Some("") => return Err(Refusal::missing("resourceType")),
            Some("instance") => {}
            Some(_) => return Err(Refusal::parameter("/resourceType: Write instance.")),
        }
        limited("resourceId", resource_id.len(), MAX_RESOURCES)?;
        limited("tag", tag.len(), MAX_TAGS)?;
        if let Some(place) = tag.iter().position(|it| it.key.is_empty()) {
            return Err(Refusal::parameter(format!("/tag/{place}/key: Name the tag.")));
        }
        self.change(resource_id, move |record| record.tag(&tag)).await?;
        Ok(())
    }
}

fn limited(name: &str, length: usize, most: usize) -> Result<(), Refusal> {
    match length {
        0 => Err(Refusal::missing(name)),
        length if length <= most => Ok(()),
        _ => Err(Refusal::parameter(format!("/{name}: Send at most {most} at a time."))),
    }
}
