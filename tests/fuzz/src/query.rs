//! Percent-encoding: a query, and one step of a path.

use havenask_core::{
    operation,
    percent::{decode_query, decode_segment, encode, push_query},
    sign::sendable::is_path,
};

/// A decoded query is encoded in one way, which decodes to the same. A `+` is a space in a query, and itself in a path, which an
/// instance id never leaves the step of.
pub fn laws(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    assert_eq!(decode_query(&text.replace('+', "%20")), decode_query(&text));
    assert_eq!(decode_segment(&text.replace('+', "%2B")), decode_segment(&text));
    if let Some(pairs) = decode_query(&text) {
        let count = text.split('&').filter(|pair| !pair.is_empty()).count();
        assert_eq!(pairs.len(), count, "{text}");
        let written = query(&pairs);
        assert_eq!(decode_query(&written), Some(pairs), "{written}");
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~%=&".contains(&byte);
        assert!(written.bytes().all(plain), "{written}");
    } else {
        assert!(text.contains('%'), "{text}");
    }
    if let Some(id) = decode_segment(&text) {
        let mut step = String::new();
        encode(&mut step, &id);
        assert_eq!(decode_segment(&step), Some(id.clone()));
        let path = operation::get_instance(&id).path;
        // Of these two an address keeps nothing.
        assert_eq!(is_path(&path), !matches!(id.as_str(), "." | ".."), "{path}");
        let own = path.strip_prefix(operation::INSTANCES).and_then(|it| it.strip_prefix('/'));
        assert_eq!(own, Some(step.as_str()));
        assert!(!step.contains('/'), "{step}");
    } else {
        assert!(text.contains('%'), "{text}");
    }
}

fn query(pairs: &[(String, String)]) -> String {
    let mut address = String::new();
    push_query(&mut address, pairs);
    address.strip_prefix('?').unwrap_or_default().to_owned()
}
