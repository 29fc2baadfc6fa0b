//! `GetApiPrice` of `CloudControl` (2022-08-30): what a call of another API would cost this account. It never executes the call.
//! Shapes: the Python SDK `alibabacloud-cloudcontrol20220830` 1.3.1 and aliyun-cli (`openapi/estimate_cost.go`), which differ in their
//! envelopes; both are read.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use super::{
    Price,
    price_reader::{price, succeeded, text},
    refusal::{self, NoPrice},
};
use crate::{
    Locale, ObjectReader, Value,
    json::ObjectWriter,
    model::CreateInstanceRequest,
    operation::{API_VERSION, CREATE_INSTANCE, Operation, PRODUCT},
    response,
};

/// The version of `CloudControl`.
pub const CLOUD_CONTROL_VERSION: &str = "2022-08-30";
/// The operation that quotes a call.
pub const GET_API_PRICE: &str = "GetApiPrice";
/// Its path.
pub const API_PRICE: &str = "/api/v1/price/quote";

/// Builds `GetApiPrice` for an order. The region stands among the parameters, as `aliyun … --estimate-cost` puts it there; the messages
/// are Chinese unless the language is named.
#[must_use]
pub fn get_api_price(
    request: &CreateInstanceRequest,
    region: Option<&str>,
    locale: Locale,
) -> Operation {
    let mut body = String::with_capacity(512);
    let mut quote = ObjectWriter::open(&mut body);
    quote.text("popCode", PRODUCT);
    quote.text("popVersion", API_VERSION);
    quote.text("apiName", CREATE_INSTANCE);
    let mut parameters = ObjectWriter::open(quote.name("parameters"));
    request.write_properties(&mut parameters);
    parameters.optional("RegionId", region);
    parameters.close();
    quote.text("language", locale.localized("en", "zh"));
    quote.close();
    Operation {
        action: GET_API_PRICE,
        version: CLOUD_CONTROL_VERSION,
        method: "POST",
        path: API_PRICE.to_owned(),
        query: Vec::new(),
        body: Some(body),
    }
}

/// A price, with the id that the support of the cloud asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiPrice {
    /// The price.
    pub price: Price,
    /// The id of the request.
    pub request_id: Option<String>,
}

/// Reads the answer to `GetApiPrice`. Numbers are to stand in the body as texts of their digits, since a float loses some of them;
/// `None` as a body stands for one that is not JSON.
pub fn parse_api_price(
    status: u16,
    body: Option<&Value<'_>>,
    locale: Locale,
) -> Result<ApiPrice, NoPrice> {
    let Some(body) = body.filter(|body| status == 200 && matches!(body, Value::Object(_))) else {
        return Err(refusal::of_system(response::parse_failure(status, body, locale), locale));
    };
    let envelope = ObjectReader::new(body);
    let request_id = text(&envelope, "requestId").or_else(|| text(&envelope, "RequestId"));
    let inner = envelope.value("price");
    let fields = match inner {
        Value::Object(_) => ObjectReader::new(inner),
        // The bare object, which the CLI takes too; and an envelope without a price.
        Value::Null => ObjectReader::new(body),
        _ => return Err(refusal::unreadable(request_id, locale)),
    };
    // The inner part says more.
    let parts = [&fields, &envelope];
    let code = parts.into_iter().find_map(failure_code);
    if code.is_some() || parts.iter().any(|it| succeeded(it.value("success")) == Some(false)) {
        let message = ["errorMessage", "message", "Message"];
        let message = parts.iter().find_map(|part| message.iter().find_map(|it| text(part, it)));
        return Err(refusal::of_business(code, message, request_id, locale));
    }
    match price(&fields) {
        Some(price) => Ok(ApiPrice { price, request_id }),
        None => Err(refusal::unreadable(request_id, locale)),
    }
}

/// The code of a failure, whatever `success` says.
fn failure_code(fields: &ObjectReader<'_>) -> Option<String> {
    let codes = ["errorCode", "code", "Code"].into_iter().filter_map(|name| text(fields, name));
    codes.into_iter().find(|code| !["Success", "200", "OK"].contains(&code.as_str()))
}
