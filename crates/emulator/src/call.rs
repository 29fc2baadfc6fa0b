//! Which operation a path and a method mean: as `searchengine-20211025/main.tea` has them, from which the official SDKs are
//! made.

use havenask_core::percent;

use crate::refusal::{Refusal, codes};

/// Where the API begins.
const ROOT: &str = "/openapi/ha3/";
const METHODS: [&str; 4] = ["GET", "POST", "PUT", "DELETE"];

/// An operation, with what its path says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    CreateInstance,
    GetInstance { instance_id: String },
    ListInstances,
    UpdateInstance { instance_id: String },
    DeleteInstance { instance_id: String },
    ListInstanceSpecs { instance_id: String },
    DescribeRegions,
    TagResources,
}

/// The names of all operations.
pub(crate) const ACTIONS: [&str; 8] = [
    "CreateInstance",
    "GetInstance",
    "ListInstances",
    "UpdateInstance",
    "DeleteInstance",
    "ListInstanceSpecs",
    "DescribeRegions",
    "TagResources",
];

impl Call {
    /// The operation that a request asks for.
    pub(crate) fn of(method: &str, path: &str) -> Result<Self, Refusal> {
        if !METHODS.contains(&method) {
            return Err(codes::METHOD_NOT_SUPPORTED.into());
        }
        let mut steps = path.strip_prefix(ROOT).unwrap_or_default().split('/');
        let (collection, id) = (steps.next().unwrap_or_default(), steps.next());
        match (method, collection, id, steps.next(), steps.next()) {
            ("POST", "instances", None, ..) => Ok(Self::CreateInstance),
            ("GET", "instances", None, ..) => Ok(Self::ListInstances),
            ("GET", "regions", None, ..) => Ok(Self::DescribeRegions),
            ("POST", "resource-tags", None, ..) => Ok(Self::TagResources),
            (_, "instances", Some(id), below, None) if !id.is_empty() => {
                let instance_id = decoded(id)?;
                match (method, below) {
                    ("GET", None) => Ok(Self::GetInstance { instance_id }),
                    ("PUT", None) => Ok(Self::UpdateInstance { instance_id }),
                    ("DELETE", None) => Ok(Self::DeleteInstance { instance_id }),
                    ("GET", Some("specs")) => Ok(Self::ListInstanceSpecs { instance_id }),
                    _ => Err(codes::API_NOT_FOUND.into()),
                }
            }
            _ => Err(codes::API_NOT_FOUND.into()),
        }
    }

    /// Its name: the header `x-acs-action`.
    pub(crate) const fn action(&self) -> &'static str {
        match self {
            Self::CreateInstance => "CreateInstance",
            Self::GetInstance { .. } => "GetInstance",
            Self::ListInstances => "ListInstances",
            Self::UpdateInstance { .. } => "UpdateInstance",
            Self::DeleteInstance { .. } => "DeleteInstance",
            Self::ListInstanceSpecs { .. } => "ListInstanceSpecs",
            Self::DescribeRegions => "DescribeRegions",
            Self::TagResources => "TagResources",
        }
    }
}

fn decoded(id: &str) -> Result<String, Refusal> {
    percent::decode_segment(id).ok_or_else(|| {
        Refusal::saying(
            codes::ENCODING,
            "The path is not percent-encoded UTF-8. Encode every byte of the id that is no letter, digit or one of -_.~",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_methods() {
        let one = |id: &str| Some(Call::GetInstance { instance_id: id.into() });
        let instance_id = || "ha-cn-1".to_owned();
        for (method, path, call) in [
            ("POST", "/openapi/ha3/instances", Some(Call::CreateInstance)),
            ("GET", "/openapi/ha3/instances", Some(Call::ListInstances)),
            ("GET", "/openapi/ha3/instances/ha-cn-1", one("ha-cn-1")),
            ("GET", "/openapi/ha3/instances/a%2Fb+c&d=e", one("a/b+c&d=e")),
            (
                "PUT",
                "/openapi/ha3/instances/ha-cn-1",
                Some(Call::UpdateInstance { instance_id: instance_id() }),
            ),
            (
                "DELETE",
                "/openapi/ha3/instances/ha-cn-1",
                Some(Call::DeleteInstance { instance_id: instance_id() }),
            ),
            (
                "GET",
                "/openapi/ha3/instances/ha-cn-1/specs",
                Some(Call::ListInstanceSpecs { instance_id: instance_id() }),
            ),
            ("GET", "/openapi/ha3/regions", Some(Call::DescribeRegions)),
            ("POST", "/openapi/ha3/resource-tags", Some(Call::TagResources)),
            ("GET", "/openapi/ha3/instances/%zz", None),
            ("GET", "/openapi/ha3/instances/%ff", None),
            ("GET", "/openapi/ha3/instances/", None),
            ("GET", "/openapi/ha3/instances//", None),
            ("GET", "/openapi/ha3/instances//specs", None),
            ("GET", "/openapi/ha3/instances/a/", None),
            ("GET", "/openapi/ha3/instances/a/b", None),
            ("GET", "/openapi/ha3/instances/a/specs/", None),
            ("POST", "/openapi/ha3/instances/a", None),
            ("PUT", "/openapi/ha3/instances", None),
            ("DELETE", "/openapi/ha3/instances", None),
            ("GET", "/openapi/ha3/instancesx", None),
            ("GET", "/openapi/ha3/regions/", None),
            ("GET", "/openapi/ha3/resource-tags", None),
            ("post", "/openapi/ha3/instances", None),
            ("PATCH", "/openapi/ha3/instances", None),
            ("POST", "/api/instances", None),
            ("GET", "", None),
        ] {
            let found = Call::of(method, path).ok();
            assert_eq!(found, call, "{method} {path}");
            assert!(found.is_none_or(|found| ACTIONS.contains(&found.action())));
        }
    }
}
