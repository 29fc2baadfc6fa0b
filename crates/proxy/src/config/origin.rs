//! Origins of pages. They are compared letter for letter, so each is written as a browser writes it.

use std::net::{Ipv4Addr, Ipv6Addr};

/// An origin as a browser writes it; or why no browser sends it, and what to write.
pub(super) fn parse(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.contains('*') {
        return Err("there are no wildcards: give the option once for each page".into());
    }
    if text.eq_ignore_ascii_case("null") {
        return Err("a file or a sandboxed frame has no origin of its own, and any page can be one: serve the page \
                    over https"
            .into());
    }
    if text.contains(|c: char| c == ',' || c == ';' || c.is_whitespace()) {
        return Err("write one origin, and give the option once for each".into());
    }
    let Some((scheme, rest)) = text.split_once("://") else {
        let bare = text.strip_prefix("https:").or(text.strip_prefix("http:")).unwrap_or(text);
        return Err(format!("write the scheme too: https://{}", bare.trim_start_matches('/')));
    };
    let scheme = scheme.to_ascii_lowercase();
    let usual = match scheme.as_str() {
        "https" => 443,
        "http" => 80,
        _ => return Err("pages are of https or http: write https://HOST".into()),
    };
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    if let Some((authority, _)) = authority.split_once(['/', '?', '#', '\\']) {
        return Err(format!("an origin has no path: write {scheme}://{authority}"));
    }
    if let Some((_, host)) = authority.rsplit_once('@') {
        return Err(format!("an origin has no user: write {scheme}://{host}"));
    }
    let (host, port) = split_port(authority);
    let host = if host.starts_with('[') { address(host) } else { name(host) }?;
    Ok(match self::port(port)? {
        Some(port) if port != usual => format!("{scheme}://{host}:{port}"),
        _ => format!("{scheme}://{host}"),
    })
}

fn split_port(authority: &str) -> (&str, &str) {
    match authority.rsplit_once(':') {
        // A colon in brackets is one of the address.
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (authority, ""),
    }
}

fn port(text: &str) -> Result<Option<u16>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let port = text.parse().ok().filter(|port| digits && *port > 0);
    port.map(Some).ok_or_else(|| format!("{text} is no port: write 1 to 65535, or none"))
}

/// A host in brackets.
fn address(host: &str) -> Result<String, String> {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let Some(address) = bare.and_then(|bare| bare.parse::<Ipv6Addr>().ok()) else {
        return Err(format!("{host} is no IPv6 address: write it as [2001:db8::1]"));
    };
    Ok(match (address.to_ipv4_mapped(), address.segments()) {
        // No browser writes decimals there.
        (Some(_), [.., high, low]) => format!("[::ffff:{high:x}:{low:x}]"),
        _ => format!("[{address}]"),
    })
}

fn name(host: &str) -> Result<String, String> {
    if !host.is_ascii() {
        return Err("write the host in Punycode, as a browser does: xn--…".into());
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    if host.is_empty() || host.starts_with('.') || !host.bytes().all(plain) {
        return Err(format!("{host:?} is no host: write https://HOST or https://HOST:PORT"));
    }
    let host = host.to_ascii_lowercase();
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    // A browser takes such a name for an address, and writes that with four numbers.
    let number = last.strip_prefix("0x").unwrap_or(last);
    let numeric = !last.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if numeric && host.parse::<Ipv4Addr>().is_err() {
        return Err(format!("{host} is no IPv4 address: write four numbers, as in 192.0.2.1"));
    }
    Ok(host)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn an_origin_is_what_a_browser_writes() {
        for (text, origin) in [
            ("https://console.example", "https://console.example"),
            ("https://console.example:443", "https://console.example"),
            ("https://console.example:0443/", "https://console.example"),
            ("http://console.example:80", "http://console.example"),
            ("http://console.example:443", "http://console.example:443"),
            ("HTTPS://Console.Example/", "https://console.example"),
            (" https://console.example:8443\n", "https://console.example:8443"),
            ("https://console.example:", "https://console.example"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://192.0.2.1", "http://192.0.2.1"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("https://[2001:DB8:0:0::1]:443", "https://[2001:db8::1]"),
            ("https://[::ffff:192.0.2.1]", "https://[::ffff:c000:201]"),
            ("https://xn--fiqs8s.example", "https://xn--fiqs8s.example"),
            ("https://my_console.example", "https://my_console.example"),
            ("https://4chan.example", "https://4chan.example"),
        ] {
            for text in [text, origin] {
                assert_eq!(parse(text).as_deref(), Ok(origin), "{text}");
            }
        }
    }

    #[test]
    fn malformed_origins_are_refused_with_a_remedy() {
        for (text, said) in [
            ("*", "once for each page"),
            ("https://*.example.com", "once for each page"),
            ("null", "serve the page"),
            ("", "https://"),
            ("console.example", "https://console.example"),
            ("console.example:8443", "https://console.example:8443"),
            ("//console.example", "https://console.example"),
            ("https:console.example", "https://console.example"),
            ("file:///index.html", "https or http"),
            ("wss://console.example", "https or http"),
            ("chrome-extension://abc", "https or http"),
            ("https://console.example/buy", "write https://console.example"),
            ("https://console.example//", "write https://console.example"),
            ("https://console.example?x", "write https://console.example"),
            ("https://console.example#x", "write https://console.example"),
            ("https://user:pw@console.example", "write https://console.example"),
            ("https://a.example,https://b.example", "once for each"),
            ("https://a.example https://b.example", "once for each"),
            ("https://控制台.example", "Punycode"),
            ("https://bücher.example", "Punycode"),
            ("https://console.example:0", "no port"),
            ("https://console.example:65536", "no port"),
            ("https://console.example:http", "no port"),
            ("https://console.example:-1", "no port"),
            ("https://2001:db8::1", "no"),
            ("https://[fe80::1%25eth0]", "no IPv6"),
            ("https://[::1", "no IPv6"),
            ("https://127.1", "no IPv4"),
            ("https://2130706433", "no IPv4"),
            ("https://0x7f.0x1", "no IPv4"),
            ("https://192.0.2.01", "no IPv4"),
            ("https://192.0.2.256", "no IPv4"),
            ("https://", "no host"),
            ("https://:443", "no host"),
            ("https://a%2eb", "no host"),
        ] {
            let refused = parse(text).unwrap_err();
            assert!(refused.contains(said), "{text}: {refused}");
        }
    }
}
