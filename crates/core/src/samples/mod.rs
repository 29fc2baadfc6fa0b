//! The same `CreateInstance` as code that a developer copies. A sample runs as it is once the package that its first line
//! names is installed, takes the keys from the environment, and never tries twice: the API has no idempotency token, so
//! that a second try can buy a second instance.

mod cli;
mod curl;
mod dialect;
mod go;
mod java;
mod javascript;
mod node;
mod python;
mod shell;

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{
    Endpoint, FromValue, Schema, Value,
    endpoint::REGION_IDS,
    json::enum_index,
    locale::interpolate_between,
    model::CreateInstanceRequest,
    operation::{API_VERSION, CONTENT_TYPE, INSTANCES},
    strings::split,
};
use dialect::Dialect;

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

/// A sample before the request is in it.
struct Sample {
    /// How the language writes the request; without one, it is the body, for a shell.
    dialect: Option<&'static Dialect>,
    /// The code, with places such as `«host»`.
    text: &'static str,
}

const WARNING: &str = "Each run buys an instance: the API has no idempotency token. After a time-out, list the instances \
                       before you run it again.";

/// Writes a request in a language, for the endpoint of a region or for an emulator.
///
/// ```
/// use havenask_core::{Endpoint, model::*, samples::{SampleLanguage, render}};
///
/// let request = CreateInstanceRequest {
///     charge_type: Some(ChargeType::Prepay),
///     components: Some(vec![Component::new("searcherdocsize", "200")]),
///     ..CreateInstanceRequest::default()
/// };
/// let code = render(&request, &Endpoint::public("cn-hangzhou")?, SampleLanguage::Python);
/// assert!(code.contains("alibabacloud_searchengine20211025") && code.contains("searcherdocsize"));
/// # Ok::<(), havenask_core::UnknownRegion>(())
/// ```
#[must_use]
pub fn render(
    request: &CreateInstanceRequest,
    endpoint: &Endpoint,
    language: SampleLanguage,
) -> String {
    let Sample { dialect, text } = language.sample();
    let request = match dialect {
        Some(dialect) => dialect::fields(request, dialect),
        None => shell::body(request),
    };
    let (scheme, host) = (endpoint.scheme(), endpoint.host());
    // The command line wants a region even where the endpoint is given, and has to be told not to speak plain HTTP.
    let region = REGION_IDS.iter().find(|id| split(host, ".").any(|part| part == **id));
    let values = [
        ("warning", WARNING),
        ("scheme", scheme),
        ("host", host),
        ("path", INSTANCES),
        ("version", API_VERSION),
        ("type", CONTENT_TYPE),
        ("region", region.unwrap_or(&REGION_IDS[0])),
        ("secure", if scheme == "http" { "insecure" } else { "secure" }),
        ("request", &dialect::visible(&request)),
    ];
    interpolate_between(["«", "»"], text, &values)
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

    const fn sample(self) -> &'static Sample {
        match self {
            Self::Curl => &curl::SAMPLE,
            Self::Python => &python::SAMPLE,
            Self::Node => &node::SAMPLE,
            Self::Java => &java::SAMPLE,
            Self::Go => &go::SAMPLE,
            Self::Cli => &cli::SAMPLE,
            Self::JavaScript => &javascript::SAMPLE,
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
