//! Known answers of the official documents, written out here so that nothing of ours stands between them and the code.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

use havenask_core::{
    Algorithm, Credentials, Endpoint, SigningContext, Timestamp,
    sign::{HttpRequest, request, roa::content_md5},
};

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// "Request syntax and signature method V3", section "Fixed parameter values".
#[test]
fn run_instances_of_the_page_on_signature_v3() {
    let image = "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd";
    let unsigned = HttpRequest {
        method: "POST".into(),
        path: "/".into(),
        query: pairs(&[("RegionId", "cn-shanghai"), ("ImageId", image)]),
        headers: pairs(&[("x-acs-action", "RunInstances"), ("x-acs-version", "2014-05-26")]),
        body: Vec::new(),
    };
    let stamp = SigningContext {
        date: Timestamp::parse("2023-10-26T10:22:32Z").unwrap(),
        nonce: "3156853299f313e23d1673dc12e1703d".into(),
    };
    let signed = request(
        unsigned,
        &Endpoint::parse("ecs.cn-shanghai.aliyuncs.com").unwrap(),
        &Credentials::new("YourAccessKeyId", "YourAccessKeySecret"),
        Algorithm::Acs3HmacSha256,
        None,
        &stamp,
    );
    assert_eq!(
        signed.string_to_sign.as_str(),
        "ACS3-HMAC-SHA256\n7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259"
    );
    assert_eq!(
        signed.signature.as_str(),
        "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    );
}

/// "RPC and ROA styles", `POST /clusters/test_cluster_id/triggers`. It comes out only with the malformed date of the page, with
/// a content type and a signature version that the page leaves out, and without `x-acs-action`.
#[test]
fn create_trigger_of_the_page_on_roa() {
    let unsigned = HttpRequest {
        method: "POST".into(),
        path: "/clusters/test_cluster_id/triggers".into(),
        query: Vec::new(),
        headers: pairs(&[
            ("accept", "application/json"),
            ("content-md5", "Gtl/0jNYHf8t9Lq8Xlpaqw=="),
            ("content-type", "application/json"),
            ("date", "Tue 9 Apr 2022 07:35:29 GMT"),
            ("x-acs-signature-method", "HMAC-SHA1"),
            ("x-acs-signature-nonce", "15215528852396"),
            ("x-acs-signature-version", "1.0"),
            ("x-acs-version", "2015-12-15"),
        ]),
        body: Vec::new(),
    };
    let signed = request(
        unsigned,
        &Endpoint::parse("cs.aliyuncs.com").unwrap(),
        &Credentials::new("testid", "testsecret"),
        Algorithm::RoaHmacSha1,
        None,
        &SigningContext { date: Timestamp::from_unix(0), nonce: String::new() },
    );
    assert_eq!(signed.authorization, "acs testid:D9uFJAJgLL+dryjBfQK+YeqGtoY=");
}

/// The header that pop-core sends for a request without a body.
#[test]
fn the_md5_of_nothing() {
    assert_eq!(content_md5(b""), "1B2M2Y8AsgTpgAmY7PhCfg==");
}
