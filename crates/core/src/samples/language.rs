//! Languages of samples.

use serde::{Deserialize, Serialize};

use crate::json::{FromValue, Schema, Value, enum_index};

/// A language in which a request can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SampleLanguage"))]
#[serde(rename_all = "lowercase")]
pub enum SampleLanguage {
    /// A shell script with curl, which signs with openssl.
    Curl,
    /// The official SDK for Python.
    Python,
    /// The official OpenAPI client for Node: the product has no package of its own in the npm registry.
    Node,
    /// The official SDK for Java.
    Java,
    /// The official SDK for Go.
    Go,
    /// The official command line, `aliyun`.
    Cli,
    /// The npm package of this project.
    JavaScript,
}

impl SampleLanguage {
    /// Every language.
    pub const ALL: [Self; 7] =
        [Self::Curl, Self::Python, Self::Node, Self::Java, Self::Go, Self::Cli, Self::JavaScript];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Python => "python",
            Self::Node => "node",
            Self::Java => "java",
            Self::Go => "go",
            Self::Cli => "cli",
            Self::JavaScript => "javascript",
        }
    }
}

const WORDS: [&str; 7] = {
    let mut words = [""; 7];
    let mut index = 0;
    while index < words.len() {
        words[index] = SampleLanguage::ALL[index].as_str();
        index += 1;
    }
    words
};

impl FromValue for SampleLanguage {
    const SCHEMA: &'static Schema = &Schema::Enum(&WORDS);

    fn from_checked(value: &Value<'_>) -> Self {
        Self::ALL.get(enum_index(value, &WORDS)).copied().unwrap_or(Self::Curl)
    }
}
