//! Operations: rows of one table. Paths, methods and versions are those of the official SDKs' models
//! (`searchengine-20211025/main.tea`).

use std::pin::Pin;

use havenask_core::{
    percent,
    sign::{ACTION, HttpRequest, VERSION},
};
use hyper::HeaderMap;

use crate::{
    caller::Caller,
    error::{ApiError, codes},
    product::ApiProduct,
    service::Service,
};

/// The placeholder of a path, behind its brace.
const PLACEHOLDER: &str = "instanceId}";
/// Path of all operations in RPC style.
pub(crate) const RPC_PATH: &str = "/";
const METHODS: [&str; 4] = ["GET", "POST", "PUT", "DELETE"];

/// An operation: the requests that ask for it, and the function that answers them. Operations of an RPC product share the path
/// `/`; the header `x-acs-action` tells them apart.
#[derive(Debug)]
pub(crate) struct ApiOperation {
    pub(crate) product: &'static ApiProduct,
    pub(crate) action: &'static str,
    pub(crate) methods: &'static [&'static str],
    pub(crate) path: &'static str,
    pub(crate) handle: Handler,
}

impl ApiProduct {
    /// Declares an operation.
    pub(crate) const fn operation(
        &'static self,
        action: &'static str,
        methods: &'static [&'static str],
        path: &'static str,
        handle: Handler,
    ) -> ApiOperation {
        ApiOperation { product: self, action, methods, path, handle }
    }
}

/// Body of a response of status 200, or an error.
pub(crate) type HandlerResult = Result<Vec<u8>, ApiError>;
type HandlerFuture<'a> = Pin<Box<dyn Future<Output = HandlerResult> + Send + 'a>>;
type Handler = for<'a> fn(&'a Service, RequestContext<'a>) -> HandlerFuture<'a>;

/// A request that has passed the gateway.
#[derive(Debug)]
pub(crate) struct RequestContext<'a> {
    pub(crate) request: &'a HttpRequest,
    /// Instance that the path names; empty for an operation whose path names none.
    pub(crate) instance_id: String,
    pub(crate) caller: Caller,
    /// Unix seconds.
    pub(crate) now: i64,
    pub(crate) request_id: &'a str,
    /// Seconds for which lists do not show an instance that this request creates.
    pub(crate) hidden_for: i64,
    /// Prices in percent of those in the list.
    pub(crate) price_percent: u32,
}

/// Finds the operation of a request, and the instance that its path names.
pub(crate) fn find<'a>(
    operations: &'a [ApiOperation],
    method: &str,
    path: &str,
    headers: &HeaderMap,
) -> Result<(&'a ApiOperation, String), ApiError> {
    if !METHODS.contains(&method) {
        return Err(codes::METHOD_NOT_SUPPORTED.into());
    }
    let states = |name, value: &str| headers.get(name).is_some_and(|stated| stated == value);
    let found = operations
        .iter()
        .filter(|operation| operation.methods.contains(&method))
        .filter_map(|operation| Some((operation, instance_in(operation.path, path)?)))
        .max_by_key(|(it, _)| (states(ACTION, it.action), states(VERSION, it.product.version)));
    let (operation, instance_id) = found.ok_or(codes::API_NOT_FOUND)?;
    let instance_id = percent::decode_segment(instance_id).ok_or_else(|| {
        ApiError::with_message(
            codes::ENCODING,
            "The path is not percent-encoded UTF-8. Encode every byte of the id that is no letter, digit or one of -_.~",
        )
    })?;
    Ok((operation, instance_id))
}

/// Value of the placeholder in a path, or an empty text for a template without one; `None` when the path does not match.
fn instance_in<'p>(template: &str, path: &'p str) -> Option<&'p str> {
    // A single letter is found at once; to look for the whole placeholder takes longer than all the rest of this.
    let Some((before, rest)) = template.split_once('{') else {
        return (template == path).then_some("");
    };
    let after = rest.strip_prefix(PLACEHOLDER)?;
    let value = path.strip_prefix(before)?.strip_suffix(after)?;
    (!value.is_empty() && !value.contains('/')).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{product::STS, service::OPERATIONS};

    fn found(operations: &[ApiOperation], method: &str, path: &str, action: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(ACTION, action.parse().unwrap());
        match find(operations, method, path, &headers) {
            Ok((operation, id)) => format!("{} {id}", operation.action).trim_end().to_owned(),
            Err(error) => error.row.code.to_owned(),
        }
    }

    #[test]
    fn paths_and_methods() {
        const NOT_FOUND: &str = "InvalidApi.NotFound";
        for (method, path, expected) in [
            ("POST", "/openapi/ha3/instances", "CreateInstance"),
            ("GET", "/openapi/ha3/instances", "ListInstances"),
            ("GET", "/openapi/ha3/instances/ha-cn-1", "GetInstance ha-cn-1"),
            ("GET", "/openapi/ha3/instances/a%2Fb+c&d=e", "GetInstance a/b+c&d=e"),
            ("PUT", "/openapi/ha3/instances/ha-cn-1", "UpdateInstance ha-cn-1"),
            ("DELETE", "/openapi/ha3/instances/ha-cn-1", "DeleteInstance ha-cn-1"),
            ("GET", "/openapi/ha3/instances/ha-cn-1/specs", "ListInstanceSpecs ha-cn-1"),
            ("GET", "/openapi/ha3/regions", "DescribeRegions"),
            ("POST", "/openapi/ha3/resource-tags", "TagResources"),
            ("GET", "/openapi/ha3/instances/%zz", "InvalidParameter"),
            ("GET", "/openapi/ha3/instances/%ff", "InvalidParameter"),
            ("GET", "/openapi/ha3/instances/", NOT_FOUND),
            ("GET", "/openapi/ha3/instances//", NOT_FOUND),
            ("GET", "/openapi/ha3/instances//specs", NOT_FOUND),
            ("GET", "/openapi/ha3/instances/a/", NOT_FOUND),
            ("GET", "/openapi/ha3/instances/a/b", NOT_FOUND),
            ("GET", "/openapi/ha3/instances/a/specs/", NOT_FOUND),
            ("POST", "/openapi/ha3/instances/a", NOT_FOUND),
            ("PUT", "/openapi/ha3/instances", NOT_FOUND),
            ("GET", "/openapi/ha3/instancesx", NOT_FOUND),
            ("GET", "/openapi/ha3/resource-tags", NOT_FOUND),
            ("POST", "/api/instances", NOT_FOUND),
            ("GET", "", NOT_FOUND),
            ("post", "/openapi/ha3/instances", "UnsupportedHTTPMethod"),
            ("PATCH", "/openapi/ha3/instances", "UnsupportedHTTPMethod"),
        ] {
            assert_eq!(found(&OPERATIONS, method, path, "Any"), expected, "{method} {path}");
        }
    }

    #[test]
    fn operations_of_one_path_are_told_apart_by_their_action() {
        let operations = ["AssumeRole", "GetCallerIdentity"].map(|action| {
            STS.operation(action, &["GET", "POST"], "/", |_, _| Box::pin(async { Ok(Vec::new()) }))
        });
        for action in ["AssumeRole", "GetCallerIdentity"] {
            assert_eq!(found(&operations, "POST", "/", action), action);
        }
        assert_eq!(found(&operations, "POST", "/other", "AssumeRole"), "InvalidApi.NotFound");
    }
}
