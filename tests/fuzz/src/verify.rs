//! A request and what is signed of it; after a line `===`, another request, which is sent with the signature of the first.

use std::collections::BTreeMap;

use havenask_core::{
    Algorithm, Credentials, Endpoint, SignedRequest, SigningContext, Timestamp, percent,
    sign::{self, HttpRequest, acs3, roa},
    verify::verify,
};

use crate::wire::{self, split_once};

const ALGORITHMS: [Algorithm; 3] =
    [Algorithm::Acs3HmacSha256, Algorithm::Acs3HmacSm3, Algorithm::RoaHmacSha1];
const HOST: &str = "searchengine.cn-hangzhou.aliyuncs.com";
const TOKEN: &str = "token-of-the-laws";

/// A request that we sign verifies, and is sent as it was signed. Nothing else verifies: no text of a stranger, no other
/// request with the signature of one that we signed.
pub fn laws(bytes: &[u8]) {
    let (first, second) = split_once(bytes, b"\n===\n");
    let Some(request) = wire::request(first) else { return };
    let other = second.and_then(wire::request);
    let lasting = Credentials::new("testid", "secret-of-the-laws");
    for credentials in [&lasting, &lasting.clone().with_security_token(TOKEN)] {
        assert!(!verify(&request, credentials).valid, "nobody has signed {request:?}");
        for algorithm in ALGORITHMS {
            let signed = sign(&request, credentials, algorithm);
            sent_as_signed(&request, &signed);
            tells_no_token(bytes, &signed);
            let sealed = HttpRequest { headers: signed.headers, ..request.clone() };
            judge(&sealed, credentials, stands(&sealed, credentials, algorithm));
            let Some(other) = &other else { continue };
            let forged = with_signature_of(&sealed, &request, other);
            if let Some(same) = says_the_same(&sealed, &forged, algorithm) {
                judge(&forged, credentials, same && stands(&forged, credentials, algorithm));
            }
        }
    }
}

fn sign(request: &HttpRequest, credentials: &Credentials, algorithm: Algorithm) -> SignedRequest {
    let stamp = SigningContext { date: Timestamp::from_unix(1_772_352_000), nonce: "nonce".into() };
    let endpoint = Endpoint::parse(HOST).unwrap();
    sign::request(request.clone(), &endpoint, credentials, algorithm, None, &stamp)
}

fn judge(request: &HttpRequest, credentials: &Credentials, expected: bool) {
    let found = verify(request, credentials);
    assert_eq!(found.valid, expected, "{request:?}: {found:?}");
    assert_eq!(found.valid, found.reason.is_none());
    assert_eq!(found.to_json(), serde_json::to_string(&found).unwrap());
}

fn sent_as_signed(request: &HttpRequest, signed: &SignedRequest) {
    let target = signed.url.strip_prefix(&format!("https://{HOST}")).unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    assert_eq!(path, request.path(), "{}", signed.url);
    assert_eq!(percent::decode_query(query).as_ref(), Some(&request.query), "{}", signed.url);
    assert_eq!((&signed.method, &signed.body), (&request.method, &request.body));
}

fn tells_no_token(bytes: &[u8], signed: &SignedRequest) {
    if split_once(bytes, TOKEN.as_bytes()).1.is_none() {
        let shown = format!("{signed:?} {:?}", signed.canonical_request);
        assert!(!shown.contains(TOKEN), "{shown}");
    }
}

/// Tests that nothing but the signature can be wrong with a request: headers of its own are kept when it is signed.
fn stands(request: &HttpRequest, credentials: &Credentials, algorithm: Algorithm) -> bool {
    let header = |name| request.header(name);
    let token = credentials.security_token();
    let token_fits = token.is_none() || header("x-acs-security-token") == token;
    let nothing = roa::content_md5(b"");
    let roa_fits = algorithm != Algorithm::RoaHmacSha1
        || header("x-acs-signature-method").is_none_or(|method| method == "HMAC-SHA1")
            && header(roa::CONTENT_MD5).is_none_or(|stated| {
                stated == roa::content_md5(&request.body)
                    || stated == nothing && header("content-type").is_some()
            });
    token_fits && roa_fits
}

/// Another request, with the headers that signing added to the first.
fn with_signature_of(
    sealed: &HttpRequest,
    unsigned: &HttpRequest,
    other: &HttpRequest,
) -> HttpRequest {
    let mut forged = other.clone();
    forged.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
    for (name, value) in &sealed.headers {
        let added = unsigned.header(name).is_none()
            || [acs3::CONTENT_HASH, "authorization"].contains(&name.as_str());
        if added && forged.header(name).is_none() {
            forged.headers.push((name.clone(), value.clone()));
        }
    }
    forged
}

/// Compares two requests in all that is signed; `None` where the signature itself cannot tell.
fn says_the_same(a: &HttpRequest, b: &HttpRequest, algorithm: Algorithm) -> Option<bool> {
    let pairs = |request: &HttpRequest| {
        let mut pairs = request.query.clone();
        pairs.sort();
        pairs
    };
    let same = a.method == b.method && pairs(a) == pairs(b);
    if algorithm != Algorithm::RoaHmacSha1 {
        // Node signs the path so.
        let node = b.path().replace('+', "%20").replace('*', "%2A").replace("%7E", "~");
        let path = a.path() == b.path() || a.path() == node;
        let listed =
            |name: &str| name == "host" || name == "content-type" || name.starts_with("x-acs-");
        let joined = |request| {
            let values = values(request, listed).into_iter();
            values.map(|(name, values)| (name, values.join(","))).collect::<Vec<_>>()
        };
        return Some(same && path && a.body == b.body && joined(a) == joined(b));
    }
    // ROA signs names and values of the query as they are, the marks between them too.
    let marked = |text: &String| text.contains(['&', '=']);
    if [a, b].iter().any(|it| it.query.iter().any(|(name, value)| marked(name) || marked(value))) {
        return None;
    }
    let once = |request: &HttpRequest| {
        let names = ["accept", roa::CONTENT_MD5, "content-type", roa::DATE];
        names.map(|name| request.header(name).unwrap_or_default().to_owned())
    };
    let spaced = |request| {
        let values = values(request, |name| name.starts_with("x-acs-")).into_iter();
        let spaced = |values: Vec<String>| values.iter().map(|it| it.replace('\t', " ")).collect();
        values.map(|(name, values)| (name, spaced(values))).collect::<Vec<(_, Vec<_>)>>()
    };
    Some(same && a.path() == b.path() && once(a) == once(b) && spaced(a) == spaced(b))
}

/// The values of the headers that are signed, sorted, by name.
fn values(request: &HttpRequest, signed: fn(&str) -> bool) -> BTreeMap<String, Vec<String>> {
    let mut values = BTreeMap::<_, Vec<_>>::new();
    for (name, value) in &request.headers {
        let name = name.to_ascii_lowercase();
        if signed(&name) {
            values.entry(name).or_default().push(value.trim_ascii().to_owned());
        }
    }
    for values in values.values_mut() {
        values.sort();
    }
    values
}
