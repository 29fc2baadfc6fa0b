//! The calls of the API as HTTP requests, before they are signed.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use crate::{
    model::{CreateInstanceRequest, ListInstancesRequest, write_tags},
    percent,
    strings::{concat, i64_to_string},
};

/// The version of the API that every request names.
pub const API_VERSION: &str = "2021-10-25";
/// The product code of the API, as RAM and the diagnosis pages call it.
pub const PRODUCT: &str = "searchengine";
/// The collection of instances: `POST` creates one, `GET` lists them. An older text of the documents says
/// `/api/instances`; every SDK and the metadata say this.
pub const INSTANCES: &str = "/openapi/ha3/instances";
/// The type of every body, as the official SDKs write it.
pub const CONTENT_TYPE: &str = "application/json; charset=utf-8";
/// The one query parameter that `CreateInstance` was ever documented to take.
pub const DRY_RUN: &str = "dryRun";

/// The operation that buys an instance.
pub const CREATE_INSTANCE: &str = "CreateInstance";
/// The operation that shows an instance.
pub const GET_INSTANCE: &str = "GetInstance";
/// The operation that lists instances.
pub const LIST_INSTANCES: &str = "ListInstances";

/// One call, ready to be put to an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its name: the header `x-acs-action`.
    pub action: &'static str,
    /// The version of its API: the header `x-acs-version`.
    pub version: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path, percent-encoded.
    pub path: String,
    /// The query, decoded.
    pub query: Vec<(String, String)>,
    /// The JSON body.
    pub body: Option<String>,
}

/// Buys an instance. `dry_run` adds the query parameter of that name, which one older text of the documents shows and no
/// SDK sends; nobody knows whether the service honours it.
#[must_use]
pub fn create_instance(request: &CreateInstanceRequest, dry_run: Option<bool>) -> Operation {
    let mut query = Vec::new();
    if let Some(dry_run) = dry_run {
        query.push((DRY_RUN.to_owned(), if dry_run { "true" } else { "false" }.to_owned()));
    }
    Operation {
        action: CREATE_INSTANCE,
        version: API_VERSION,
        method: "POST",
        path: INSTANCES.to_owned(),
        query,
        body: Some(request.to_json()),
    }
}

/// Tests for a text that can be the id of an instance: 1 to 64 letters, digits, hyphens, underscores and dots, and not dots alone, which
/// are no name in a path.
#[must_use]
pub fn is_instance_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=64).contains(&text.len()) && text.bytes().all(plain) && text.bytes().any(|it| it != b'.')
}

/// Asks for one instance.
#[must_use]
pub fn get_instance(instance_id: &str) -> Operation {
    let mut path = concat(&[INSTANCES, "/"]);
    percent::encode(&mut path, instance_id);
    Operation {
        action: GET_INSTANCE,
        version: API_VERSION,
        method: "GET",
        path,
        query: Vec::new(),
        body: None,
    }
}

/// Asks for a page of the instances.
#[must_use]
pub fn list_instances(request: &ListInstancesRequest) -> Operation {
    let tags = request.tags.as_ref().map(|tags| {
        let mut text = String::new();
        write_tags(&mut text, tags);
        text
    });
    let query = [
        ("pageNumber", request.page_number.map(|it| i64_to_string(it.into()))),
        ("pageSize", request.page_size.map(|it| i64_to_string(it.into()))),
        ("instanceId", request.instance_id.clone()),
        ("description", request.description.clone()),
        ("resourceGroupId", request.resource_group_id.clone()),
        ("edition", request.edition.clone()),
        ("tags", tags),
    ];
    Operation {
        action: LIST_INSTANCES,
        version: API_VERSION,
        method: "GET",
        path: INSTANCES.to_owned(),
        query: query
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)))
            .collect(),
        body: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Tag;

    #[test]
    fn an_instance_id_cannot_leave_its_place_in_the_path() {
        let operation = get_instance("../a b?x=1#é");
        assert_eq!(operation.path, "/openapi/ha3/instances/..%2Fa%20b%3Fx%3D1%23%C3%A9");
    }

    #[test]
    fn the_list_takes_its_tags_as_a_json_text() {
        let request = ListInstancesRequest {
            page_number: Some(2),
            tags: Some(vec![Tag::new("env", "prod")]),
            ..ListInstancesRequest::default()
        };
        let query = [("pageNumber", "2"), ("tags", r#"[{"key":"env","value":"prod"}]"#)];
        assert_eq!(list_instances(&request).query, query.map(|(n, v)| (n.into(), v.into())));
    }

    #[test]
    fn a_dry_run_is_a_query_parameter() {
        let request = CreateInstanceRequest::default();
        assert!(create_instance(&request, None).query.is_empty());
        assert_eq!(create_instance(&request, Some(true)).query, [("dryRun".into(), "true".into())]);
    }
}
