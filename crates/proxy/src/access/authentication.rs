//! Authentication of callers.

use std::{fmt, net::IpAddr};

use axum::http::{HeaderMap, HeaderName, header};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::IpNetwork;

/// Bytes of a principal, at most: it stands in the ledger and in every line of the log.
const MAX_NAME: usize = 256;

/// The sender of a request, as the ledger and the log name it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Principal(pub(crate) String);

/// Ways to authenticate a caller.
#[derive(Clone, Debug, Default)]
pub enum Authentication {
    /// None: every process that reaches the proxy may buy. Only on this machine.
    #[default]
    Anonymous,
    /// A bearer token.
    BearerTokens(BearerTokens),
    /// A header that a proxy in front of this one sets, after it has signed the user in.
    UserHeader {
        /// The header.
        name: HeaderName,
        /// The addresses and networks of such proxies; from anywhere else the header says nothing.
        trusted: Vec<IpNetwork>,
    },
}

/// Names, and the SHA-256 of the token of each.
#[derive(Clone, Default)]
pub struct BearerTokens(Vec<(String, [u8; 32])>);

/// A line of the file of tokens that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidTokenLine {
    /// Its number, from 1.
    pub line: usize,
}

impl Authentication {
    /// Returns the principal of a request with these headers from this address; `None` when there is none.
    pub(crate) fn authenticate(&self, headers: &HeaderMap, peer: IpAddr) -> Option<Principal> {
        match self {
            Self::Anonymous => Some(Principal("anyone".to_owned())),
            Self::BearerTokens(tokens) => {
                let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
                let (scheme, token) = value.split_once(' ')?;
                let bearer = scheme.eq_ignore_ascii_case("bearer");
                tokens.principal_of(token.trim()).filter(|_| bearer).map(Principal)
            }
            Self::UserHeader { name, trusted } => {
                let mut values = headers.get_all(name).iter();
                let value = values.next()?.to_str().ok()?.trim();
                // Two of them would be one of the caller and one of the proxy.
                let alone = values.next().is_none();
                let sure = alone && (1..=MAX_NAME).contains(&value.len()) && trusts(trusted, peer);
                sure.then(|| Principal(value.to_owned()))
            }
        }
    }

    /// Tests for the address of a proxy that speaks for others.
    pub(crate) fn trusts(&self, peer: IpAddr) -> bool {
        matches!(self, Self::UserHeader { trusted, .. } if trusts(trusted, peer))
    }
}

fn trusts(trusted: &[IpNetwork], peer: IpAddr) -> bool {
    trusted.iter().any(|network| network.contains(peer))
}

impl BearerTokens {
    /// Reads lines of a name and the SHA-256 of a token in hexadecimal; those that begin with `#` say nothing.
    pub fn parse(text: &str) -> Result<Self, InvalidTokenLine> {
        // Some editors write a byte order mark.
        let text = text.trim_start_matches('\u{feff}');
        let lines = (1..).zip(text.lines().map(str::trim));
        let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let entry = |(line, text): (usize, &str)| {
            let (name, hash) =
                text.split_once(char::is_whitespace).ok_or(InvalidTokenLine { line })?;
            let hash = unhex(hash.trim()).ok_or(InvalidTokenLine { line })?;
            Ok((name.to_owned(), hash))
        };
        lines.map(entry).collect::<Result<_, _>>().map(Self)
    }

    /// The number of tokens.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The principal of a token. Every hash is compared to its end, so that time tells nothing.
    fn principal_of(&self, token: &str) -> Option<String> {
        let hash = Sha256::digest(token.as_bytes());
        let mut principal = None;
        for (name, own) in &self.0 {
            if bool::from(own.as_slice().ct_eq(hash.as_slice())) {
                principal = Some(name.clone());
            }
        }
        principal
    }
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    // A number may have a sign, and a hash has none.
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (byte, place) in bytes.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(text.get(place..place + 2)?, 16).ok()?;
    }
    Some(bytes)
}

impl fmt::Debug for BearerTokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The SHA-256 of `abc`.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn tokens_are_read_and_known_by_their_hash() {
        let text = format!("\u{feff}# who may buy\n\nalice {ABC}\nbob  {}\n", "00".repeat(32));
        let tokens = BearerTokens::parse(&text).unwrap();
        assert_eq!(tokens.principal_of("abc"), Some("alice".into()));
        assert_eq!(tokens.principal_of("abd"), None);
        assert!(!format!("{tokens:?}").contains("ba78"));
        let [other, signed] = ["0g", "+0"].map(|byte| format!("alice {}", byte.repeat(32)));
        for (text, line) in [("alice", 1), ("\nalice abc", 2), (&*other, 1), (&*signed, 1)] {
            assert_eq!(BearerTokens::parse(text).unwrap_err(), InvalidTokenLine { line }, "{text}");
        }
    }

    #[test]
    fn a_header_counts_from_trusted_proxies_alone() {
        let name = HeaderName::from_static("x-user");
        let peer: IpAddr = "10.0.0.1".parse().unwrap();
        let trusted = vec!["10.0.0.0/31".parse().unwrap()];
        let authentication = Authentication::UserHeader { name: name.clone(), trusted };
        let mut headers = HeaderMap::new();
        assert_eq!(authentication.authenticate(&headers, peer), None);
        headers.insert(name.clone(), "alice".parse().unwrap());
        assert_eq!(authentication.authenticate(&headers, peer), Some(Principal("alice".into())));
        assert_eq!(
            authentication.authenticate(&headers, "::ffff:10.0.0.1".parse().unwrap()),
            Some(Principal("alice".into())),
            "as a socket for both families sees it"
        );
        assert_eq!(authentication.authenticate(&headers, "10.0.0.2".parse().unwrap()), None);
        headers.append(name, "mallory".parse().unwrap());
        assert_eq!(authentication.authenticate(&headers, peer), None);
    }
}
