//! Nanoseconds of signing and validating in a native program: the best of several rounds, on one core. `cargo xtask bench`
//! sets it beside its peers.

#![allow(clippy::unwrap_used, reason = "a benchmark ends where it is surprised")]

use std::{hint::black_box, time::Instant};

use havenask_core::{
    Algorithm, Credentials, Endpoint, SigningContext, Timestamp, Value, operation, rules, sign,
};

fn main() {
    let input = request("HAVENASK_BENCH_REQUEST");
    let large = request("HAVENASK_BENCH_LARGE");
    let model = rules::parse(&input, rules::Options::default().locale).unwrap();
    let credentials = Credentials::new("testid", "testsecret");
    let endpoint = Endpoint::public("cn-hangzhou").unwrap();
    let stamp = SigningContext {
        date: Timestamp::parse("2026-03-01T08:00:00Z").unwrap(),
        nonce: "3156853299f313e23d1673dc12e1703d".into(),
    };
    best("sign", || {
        let operation = operation::create_instance(black_box(&model), None);
        sign::operation(operation, &endpoint, &credentials, Algorithm::default(), &stamp)
    });
    best("validate", || rules::validate(black_box(&input), &rules::Options::default()));
    best("validate-100", || rules::validate(black_box(&large), &rules::Options::default()));
}

/// The request in an environment variable.
fn request(variable: &str) -> Value<'static> {
    let text = std::env::var(variable).unwrap_or_else(|_| "{}".into());
    let request: serde_json::Value = serde_json::from_str(&text).unwrap();
    serde_json::from_value(request).unwrap()
}

fn best<T>(name: &str, run: impl Fn() -> T) {
    const TIMES: u32 = 20_000;
    let round = || {
        let start = Instant::now();
        for _ in 0..TIMES {
            black_box(run());
        }
        start.elapsed().as_nanos() / u128::from(TIMES)
    };
    let nanoseconds = (0..9).map(|_| round()).min().unwrap_or_default();
    println!("{name} {nanoseconds}");
}
