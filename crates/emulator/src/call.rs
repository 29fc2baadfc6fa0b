//! Which operation a path and a method mean (`api-facts` section 2).

use havenask_core::{operation::INSTANCES, sign::canonical};

use crate::refusal::Refusal;

/// An operation, with what its path says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    CreateInstance,
    GetInstance { instance_id: String },
    ListInstances,
}

impl Call {
    /// The operation that a request asks for.
    pub(crate) fn of(method: &str, path: &str) -> Result<Self, Refusal> {
        let unknown = || {
            Refusal::gateway(
                404,
                "InvalidApi.NotFound",
                "Specified api is not found, please check your url and method.",
            )
        };
        let below = path.strip_prefix(INSTANCES).ok_or_else(unknown)?;
        match (method, below.strip_prefix('/')) {
            ("POST", None) if below.is_empty() => Ok(Self::CreateInstance),
            ("GET", None) if below.is_empty() => Ok(Self::ListInstances),
            ("GET", Some(id)) if !id.is_empty() && !id.contains('/') => {
                Ok(Self::GetInstance { instance_id: segment(id)? })
            }
            _ => Err(unknown()),
        }
    }

    /// Its name: the header `x-acs-action`.
    pub(crate) const fn action(&self) -> &'static str {
        match self {
            Self::CreateInstance => "CreateInstance",
            Self::GetInstance { .. } => "GetInstance",
            Self::ListInstances => "ListInstances",
        }
    }
}

fn segment(text: &str) -> Result<String, Refusal> {
    canonical::decode_segment(text).ok_or_else(|| {
        Refusal::gateway(
            400,
            "InvalidParameter",
            "The path is not percent-encoded UTF-8. Encode every byte of the id that is no letter, digit or one of -_.~",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_methods() {
        let get = |id: &str| Some(Call::GetInstance { instance_id: id.into() });
        for (method, path, call) in [
            ("POST", "/openapi/ha3/instances", Some(Call::CreateInstance)),
            ("GET", "/openapi/ha3/instances", Some(Call::ListInstances)),
            ("GET", "/openapi/ha3/instances/ha-cn-1", get("ha-cn-1")),
            ("GET", "/openapi/ha3/instances/a%2Fb+c&d=e", get("a/b+c&d=e")),
            ("GET", "/openapi/ha3/instances/%zz", None),
            ("GET", "/openapi/ha3/instances/%ff", None),
            ("GET", "/openapi/ha3/instances/", None),
            ("GET", "/openapi/ha3/instances/a/specs", None),
            ("GET", "/openapi/ha3/instancesx", None),
            ("post", "/openapi/ha3/instances", None),
            ("PUT", "/openapi/ha3/instances", None),
            ("POST", "/api/instances", None),
            ("GET", "", None),
        ] {
            assert_eq!(Call::of(method, path).ok(), call, "{method} {path}");
        }
    }
}
