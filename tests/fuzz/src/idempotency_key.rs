//! The key that tells one purchase from another.

use havenask_core::{
    Locale, Severity, Value,
    model::{CreateInstanceRequest, Tag},
    operation, percent,
    proxy_api::{ProxyApi, PurchaseHeaders},
    purchase::{IDEMPOTENCY_KEY, IdempotencyKey, PURCHASE_TAG},
    rules,
};

/// A key that passes is short, and a header, a step of an address and a tag take it unchanged; any other text is something
/// else than 8 to 64 letters, digits, hyphens and underscores.
pub fn laws(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let plain = |c| matches!(c, 'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_');
    let expected = (8..=64).contains(&text.chars().count()) && text.chars().all(plain);
    assert_eq!(IdempotencyKey::is_valid(&text), expected, "{text}");
    if !expected {
        return;
    }
    assert!(text.bytes().all(|byte| byte.is_ascii_graphic()), "{text}");

    let mut step = String::new();
    percent::encode(&mut step, &text);
    assert_eq!(step, text);

    let tags = Some(vec![Tag::new(PURCHASE_TAG, &*text)]);
    let request = CreateInstanceRequest { tags, ..CreateInstanceRequest::default() };
    let problems = rules::check(&request, &rules::Options::default());
    assert!(problems.iter().all(|it| it.severity == Severity::Warning), "{problems:?}");
    let json = request.to_json();
    assert_eq!(json, format!(r#"{{"tags":[{{"key":"{PURCHASE_TAG}","value":"{text}"}}]}}"#));
    let input: Value<'_> = serde_json::from_str(&json).unwrap();
    assert_eq!(rules::parse(&input, Locale::En).as_ref(), Ok(&request));

    let purchase = operation::create_instance(&request, None);
    let ask = ProxyApi::new("/", Locale::En).request(
        purchase,
        Some(PurchaseHeaders { idempotency_key: &text, ..PurchaseHeaders::default() }),
    );
    let carried = ask.headers.iter().find(|(name, _)| *name == IDEMPOTENCY_KEY);
    assert_eq!(carried.map(|(_, value)| value.as_str()), Some(&*text));
}
