//! Bytes as an HTTP request: a head of lines, an empty line, a body. So a corpus can be read and written by hand.

use havenask_core::{
    percent,
    sign::{
        HttpRequest,
        sendable::{is_path, is_token},
    },
};

/// The parts before and after the first separator.
pub(crate) fn split_once<'a>(bytes: &'a [u8], separator: &[u8]) -> (&'a [u8], Option<&'a [u8]>) {
    let found = bytes.windows(separator.len()).position(|window| window == separator);
    match found {
        Some(place) => (&bytes[..place], Some(&bytes[place + separator.len()..])),
        None => (bytes, None),
    }
}

/// The request that a server would hand on; `None` for what none lets through. A header that is none is left out.
pub(crate) fn request(bytes: &[u8]) -> Option<HttpRequest> {
    let (head, body) = split_once(bytes, b"\n\n");
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let (method, target) = lines.next()?.split_once(' ')?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    if !is_token(method) || !is_path(path) {
        return None;
    }
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name, value.strip_prefix(' ').unwrap_or(value)));
    let headers = headers.filter(|(name, value)| is_token(name) && is_value(value));
    Some(HttpRequest {
        method: method.to_owned(),
        path: path.to_owned(),
        query: percent::decode_query(query)?,
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        body: body.unwrap_or_default().to_vec(),
    })
}

/// RFC 9110, section 5.5.
fn is_value(text: &str) -> bool {
    text.bytes().all(|byte| byte == b'\t' || byte >= b' ' && byte != 0x7f)
}
