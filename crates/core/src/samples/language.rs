//! Languages of samples.

use serde::{Deserialize, Serialize};

use crate::json_enum;

json_enum! {
    /// A language in which a request can be written.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SampleLanguage"))]
    pub enum SampleLanguage {
        /// A shell script with curl, which signs with openssl.
        Curl = "curl",
        /// The official SDK for Python.
        Python = "python",
        /// The official OpenAPI client for Node: the product has no package of its own in the npm registry.
        Node = "node",
        /// The official SDK for Java.
        Java = "java",
        /// The official SDK for Go.
        Go = "go",
        /// The official command line, `aliyun`.
        Cli = "cli",
        /// The npm package of this project.
        JavaScript = "javascript",
    }
}
