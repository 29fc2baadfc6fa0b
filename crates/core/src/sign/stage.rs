//! The stages of a signature, as texts that can be shown: nothing of a token is seen in `Display` and `Debug`.

use alloc::string::String;
use core::fmt;

use serde::Serialize;

use crate::http_request::SECURITY_TOKEN;

/// The request written so that both sides write it the same.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct CanonicalRequest(pub(crate) String);

/// The text that the signature is made of.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct StringToSign(pub(crate) String);

/// The signature: hexadecimal in V3, Base64 in ROA.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Signature(pub(crate) String);

/// Stages that both algorithms hand back.
pub(super) struct Stages {
    pub(super) canonical_request: Option<CanonicalRequest>,
    pub(super) string_to_sign: StringToSign,
    pub(super) signature: Signature,
    pub(super) authorization: String,
}

macro_rules! stage {
    ($($stage:ident),*) => {$(
        impl $stage {
            /// The stage as it enters the next one. It may hold an STS token: `Display` hides that.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $stage {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                redacted(&self.0, formatter)
            }
        }

        impl fmt::Debug for $stage {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                redacted(&self.0, formatter)
            }
        }
    )*};
}

stage!(CanonicalRequest, StringToSign, Signature);

/// A text for people and logs: the line of the STS token is hidden.
fn redacted(text: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            formatter.write_str("\n")?;
        }
        // A request under verification may write the name in capitals.
        match line.split_once(':') {
            Some((name, _)) if name.eq_ignore_ascii_case(SECURITY_TOKEN) => {
                write!(formatter, "{name}:***")?;
            }
            _ => formatter.write_str(line)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http_request::HttpRequest;

    #[test]
    fn a_stage_shows_no_token_in_any_spelling() {
        for name in [SECURITY_TOKEN, "X-Acs-Security-Token"] {
            let request = HttpRequest {
                headers: vec![
                    (name.into(), "t0ken".into()),
                    ("Authorization".into(), "s1gned".into()),
                ],
                ..HttpRequest::default()
            };
            let stage = CanonicalRequest(alloc::format!("GET\n/\n\nhost:h\n{name}:t0ken\n"));
            let shown = alloc::format!("{request:?} {stage} {stage:?}");
            assert!(shown.contains("host:h") && shown.matches("***").count() == 4, "{shown}");
            assert!(!shown.contains("t0ken") && !shown.contains("s1gned"), "{shown}");
        }
    }
}
