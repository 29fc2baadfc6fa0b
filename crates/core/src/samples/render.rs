//! Rendering: a template with the request and the endpoint in it.

use alloc::string::String;

use super::{
    cli, curl, dialect, go, java, javascript, language::SampleLanguage, node, python, shell,
    template::Template,
};
use crate::{
    Endpoint,
    endpoint::REGION_IDS,
    locale::interpolate_between,
    model::CreateInstanceRequest,
    operation::{API_VERSION, CONTENT_TYPE, INSTANCES},
    strings::split,
};

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
    let Template { dialect, text } = template(language);
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

const fn template(language: SampleLanguage) -> &'static Template {
    match language {
        SampleLanguage::Curl => &curl::TEMPLATE,
        SampleLanguage::Python => &python::TEMPLATE,
        SampleLanguage::Node => &node::TEMPLATE,
        SampleLanguage::Java => &java::TEMPLATE,
        SampleLanguage::Go => &go::TEMPLATE,
        SampleLanguage::Cli => &cli::TEMPLATE,
        SampleLanguage::JavaScript => &javascript::TEMPLATE,
    }
}
