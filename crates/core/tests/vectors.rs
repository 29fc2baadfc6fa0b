//! The requests that the official SDKs sent, captured on a socket: all verify, no altered one does, and those whose
//! request the model can say are rebuilt byte for byte.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use havenask_core::{
    Endpoint, Locale, SigningContext, Timestamp,
    operation::{INSTANCES, create_instance},
    rules, sign,
    verify::{Reason, verify},
};
use support::{Vector, vectors};

#[test]
fn every_vector_verifies() {
    for vector in vectors() {
        let found = verify(&vector.request(), &vector.credentials());
        assert_eq!(found.reason, None, "{}", vector.name);
        assert!(found.valid, "{}", vector.name);
        assert_eq!(
            found.string_to_sign.unwrap().as_str(),
            vector.string_to_sign,
            "{}",
            vector.name
        );
        assert_eq!(
            found.canonical_request.as_ref().map(sign::CanonicalRequest::as_str),
            vector.canonical_request.as_deref(),
            "{}",
            vector.name
        );
    }
}

#[test]
fn signing_the_same_request_gives_the_same_stages() {
    let (mut other_rule, mut rebuilt, mut other_order) = (Vec::new(), 0, Vec::new());
    for vector in vectors() {
        if vector.rule_variant != "documented" {
            other_rule.push(vector.name);
            continue;
        }
        let stamp = SigningContext { date: Timestamp::from_unix(0), nonce: "unused".into() };
        let endpoint = Endpoint::parse(&vector.host).unwrap();
        let mut request = vector.request();
        let unsigned = ["authorization", "connection", "content-length", "transfer-encoding"];
        request.headers.retain(|(name, _)| !unsigned.contains(&name.to_lowercase().as_str()));
        if let Some(create) = vector.create_instance() {
            let operation = create_instance(&create, None);
            assert_eq!((operation.path.as_str(), operation.method), (INSTANCES, "POST"));
            let body = operation.body.unwrap();
            if body == vector.body {
                rebuilt += 1;
                request.body = body.into_bytes();
            } else {
                other_order.push(vector.name.clone());
            }
        }
        let signed = sign::request(
            request,
            &endpoint,
            &vector.credentials(),
            vector.algorithm,
            vector.signed_headers().as_deref(),
            &stamp,
        );
        assert_eq!(
            signed.canonical_request.as_ref().map(sign::CanonicalRequest::as_str),
            vector.canonical_request.as_deref(),
            "{}",
            vector.name
        );
        assert_eq!(signed.string_to_sign.as_str(), vector.string_to_sign, "{}", vector.name);
        assert_eq!(signed.signature.as_str(), vector.signature, "{}", vector.name);
        assert_eq!(signed.authorization, vector.authorization, "{}", vector.name);
        assert_eq!(signed.body, vector.body.as_bytes(), "{}", vector.name);
    }
    assert_eq!(other_rule, ["roa-query-empty--py"], "the one vector that signs another way");
    // The generic calls of the Node packages send the fields in the order in which the caller wrote them.
    let by_hand = [
        "v3-full-tags-rg--core",
        "roa-sts--core",
        "v3-full-tags-rg--client",
        "roa-sts--client",
        "roa-sts--pop",
    ];
    assert_eq!(other_order, by_hand);
    assert_eq!(rebuilt, if cfg!(feature = "sm3") { 83 } else { 80 });
}

#[test]
fn a_flipped_byte_in_any_signed_part_does_not_verify() {
    for vector in vectors() {
        let (request, credentials) = (vector.request(), vector.credentials());
        let refused = |altered: &sign::HttpRequest, what: &str| {
            assert!(!verify(altered, &credentials).valid, "{}: {what}", vector.name);
        };
        for at in 0..request.method.len() {
            let mut altered = request.clone();
            altered.method = flipped(&request.method, at);
            refused(&altered, "method");
        }
        for at in 0..request.path.len() {
            let mut altered = request.clone();
            altered.path = flipped(&request.path, at);
            refused(&altered, "path");
        }
        for (index, (name, value)) in request.query.iter().enumerate() {
            for at in 0..name.len() {
                let mut altered = request.clone();
                altered.query[index].0 = flipped(name, at);
                refused(&altered, "query name");
            }
            for at in 0..value.len() {
                let mut altered = request.clone();
                altered.query[index].1 = flipped(value, at);
                refused(&altered, "query value");
            }
        }
        for (index, (name, value)) in request.headers.iter().enumerate() {
            if !vector.is_signed(name) {
                continue;
            }
            for at in 0..value.len() {
                let mut altered = request.clone();
                altered.headers[index].1 = flipped(value, at);
                refused(&altered, name);
            }
            let mut altered = request.clone();
            altered.headers.remove(index);
            refused(&altered, name);
        }
        if vector.body_is_signed() {
            for at in 0..request.body.len() {
                let mut altered = request.clone();
                altered.body[at] ^= 1;
                refused(&altered, "body");
            }
            let mut altered = request.clone();
            altered.body.push(b' ');
            refused(&altered, "longer body");
        }
        let other = havenask_core::Credentials::new(&vector.access_key_id, "another secret");
        assert_eq!(verify(&request, &other).reason, Some(Reason::SignatureDiffers));
    }
}

#[test]
fn a_header_that_must_be_signed_may_not_be_smuggled_in() {
    for vector in vectors().into_iter().filter(Vector::is_v3) {
        let mut request = vector.request();
        request.headers.push(("X-Acs-Smuggled".into(), "1".into()));
        let found = verify(&request, &vector.credentials());
        assert_eq!(found.reason, Some(Reason::HeaderNotSigned), "{}", vector.name);
    }
}

#[test]
fn the_signed_requests_of_the_sdks_break_no_rule_of_form() {
    for vector in vectors() {
        if let Some(input) = vector.order() {
            assert!(rules::parse(&input, Locale::En).is_ok(), "{}", vector.name);
        }
    }
}

/// A text with one character changed into another.
fn flipped(text: &str, at: usize) -> String {
    let mut changed = String::new();
    for (index, c) in text.char_indices() {
        let other = if c == 'x' { 'y' } else { 'x' };
        changed.push(if (index..index + c.len_utf8()).contains(&at) { other } else { c });
    }
    changed
}
