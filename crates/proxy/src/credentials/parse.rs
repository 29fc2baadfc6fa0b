//! Parser of credentials, for environment, file and metadata service: drops white space and quotation marks around a value, and
//! refuses a character that no credential holds.

use havenask_core::Credentials;
use zeroize::Zeroizing;

use super::InvalidCredential;

/// An `AccessKey` id, its secret, and perhaps a security token, each with the name that it has where it comes from.
pub(super) fn credentials(
    [id, secret, token]: [(&'static str, Option<String>); 3],
) -> Result<Credentials, InvalidCredential> {
    let required = |(name, text)| clean(name, text)?.ok_or(InvalidCredential::Missing(name));
    let credentials = Credentials::new(required(id)?, required(secret)?);
    Ok(match clean(token.0, token.1)? {
        Some(token) => credentials.with_security_token(token),
        None => credentials,
    })
}

/// A text without white space, a byte order mark and quotation marks around it; `None` when nothing is left.
fn clean(name: &'static str, text: Option<String>) -> Result<Option<String>, InvalidCredential> {
    let Some(text) = text.map(Zeroizing::new) else { return Ok(None) };
    let bare = trimmed(unquoted(trimmed(&text)));
    let foreign = (1..).zip(bare.chars()).find_map(|(place, c)| Some((place, foreign(c)?)));
    match foreign {
        Some((place, kind)) => Err(InvalidCredential::InvalidCharacter { name, kind, place }),
        None => Ok((!bare.is_empty()).then(|| bare.to_owned())),
    }
}

/// A text without white space and byte order marks around it.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

fn unquoted(text: &str) -> &str {
    let within = |mark| text.strip_prefix(mark)?.strip_suffix(mark);
    within('"').or_else(|| within('\'')).unwrap_or(text)
}

/// The kind of a character that is in no key.
fn foreign(c: char) -> Option<&'static str> {
    match c {
        _ if c.is_control() => Some("a control character"),
        ' ' => Some("white space"),
        '"' | '\'' | '`' | '\\' => Some("a quotation mark or a backslash"),
        _ if !c.is_ascii() => Some("a character that is not ASCII"),
        _ => None,
    }
}
