//! Names by which a proxy is reached.

use std::net::Ipv6Addr;

/// A name as `--own-name` takes it: no scheme, no port.
pub(super) fn parse(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let literal = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let literal = literal.is_some_and(|it| it.parse::<Ipv6Addr>().is_ok());
    if literal || (!text.is_empty() && text.bytes().all(plain)) {
        Ok(text.to_ascii_lowercase())
    } else {
        Err("write a host without scheme and port, as shop.example.com")
    }
}
