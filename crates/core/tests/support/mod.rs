//! Reads `tests/vectors/`.

use havenask_core::{
    Algorithm, Credentials, Locale, Value, model::CreateInstanceRequest, rules, sign::HttpRequest,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Vector {
    pub(crate) name: String,
    pub(crate) algorithm: Algorithm,
    pub(crate) access_key_id: String,
    access_key_secret: String,
    method: String,
    pub(crate) host: String,
    path: String,
    query: Query,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
    #[serde(default = "documented")]
    pub(crate) rule_variant: String,
    pub(crate) string_to_sign: String,
    pub(crate) signature: String,
    pub(crate) authorization: String,
    pub(crate) canonical_request: Option<String>,
    signed_headers: Option<String>,
    action: Option<String>,
    request_input: Option<serde_json::Value>,
}

fn documented() -> String {
    "documented".to_owned()
}

#[derive(Deserialize)]
struct Query {
    pairs: Vec<(String, String)>,
}

/// The vectors that this build can compute, of the product and of prices: those of SM3 need the feature of that name.
pub(crate) fn vectors() -> Vec<Vector> {
    let (product, prices) = (read("official-sdk.json"), read("pricing.json"));
    let without_sm3 = if cfg!(feature = "sm3") { 104 } else { 101 };
    assert_eq!((product.len(), prices.len()), (without_sm3, 10));
    product.into_iter().chain(prices).collect()
}

fn read(name: &str) -> Vec<Vector> {
    #[derive(Deserialize)]
    struct File {
        vectors: Vec<serde_json::Value>,
    }
    let path = format!("{}/../../tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    let file: File = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let supported = |vector: &serde_json::Value| {
        cfg!(feature = "sm3") || vector["algorithm"] != "ACS3-HMAC-SM3"
    };
    let vectors = file.vectors.into_iter().filter(supported);
    vectors.map(|vector| serde_json::from_value(vector).unwrap()).collect()
}

impl Vector {
    pub(crate) fn credentials(&self) -> Credentials {
        Credentials::new(&self.access_key_id, &self.access_key_secret)
    }

    pub(crate) fn request(&self) -> HttpRequest {
        HttpRequest {
            method: self.method.clone(),
            path: self.path.clone(),
            query: self.query.pairs.clone(),
            headers: self.headers.clone(),
            body: self.body.clone().into_bytes(),
        }
    }

    /// The input of a `CreateInstance`.
    pub(crate) fn order(&self) -> Option<Value<'static>> {
        let input = self.request_input.clone()?;
        let is_order = self.action.as_deref() == Some("CreateInstance");
        is_order.then(|| serde_json::from_value(input).unwrap())
    }

    /// The request that the model reads out of it.
    pub(crate) fn create_instance(&self) -> Option<CreateInstanceRequest> {
        rules::parse(&self.order()?, Locale::En).ok()
    }

    pub(crate) fn is_v3(&self) -> bool {
        self.algorithm != Algorithm::RoaHmacSha1
    }

    pub(crate) fn signed_headers(&self) -> Option<Vec<String>> {
        self.signed_headers.as_ref().map(|list| list.split(';').map(str::to_owned).collect())
    }

    pub(crate) fn is_signed(&self, header: &str) -> bool {
        let name = header.to_lowercase();
        name == "authorization"
            || match self.signed_headers() {
                Some(list) => list.contains(&name),
                None => {
                    name.starts_with("x-acs-")
                        || ["accept", "content-md5", "content-type", "date"]
                            .contains(&name.as_str())
                }
            }
    }

    /// V3 signs every body; ROA the one whose MD5 it states.
    pub(crate) fn body_is_signed(&self) -> bool {
        let md5 = havenask_core::sign::roa::content_md5(self.body.as_bytes());
        self.is_v3()
            || self
                .headers
                .iter()
                .any(|(name, value)| name.eq_ignore_ascii_case("content-md5") && *value == md5)
    }
}
