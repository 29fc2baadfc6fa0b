//! `GetApiPrice`. It quotes a call and never executes it.

use havenask_core::{
    Locale, Value,
    catalog::{Catalog, SAMPLE},
    model::CreateInstanceRequest,
    operation::DRY_RUN,
    pricing::{API_PRICE, GET_API_PRICE},
    rules::{self, Options},
};
use serde::Deserialize;
use serde_json::Map;

use super::{
    price::{CallPrice, PriceResponse},
    price_list,
    supported_apis::{ApiTriplet, PRICED, SUPPORTED_APIS},
};
use crate::{
    error::{ApiError, codes},
    ids,
    operation::{ApiOperation, HandlerResult, RequestContext},
    product::CLOUD_CONTROL,
    service::{create_instance, json, state::Service},
};

pub(crate) const OPERATION: ApiOperation =
    CLOUD_CONTROL.operation(GET_API_PRICE, &["POST"], API_PRICE, |service, context| {
        Box::pin(async move { get_api_price(service, &context) })
    });

/// Parameters of a call that stand elsewhere than in the body of `CreateInstance`: in its address and its query, or in none.
const NOT_OF_THE_ORDER: [&str; 4] = ["RegionId", "PricingContext", "clientToken", DRY_RUN];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PriceRequest {
    pop_code: Option<String>,
    pop_version: Option<String>,
    api_name: Option<String>,
    parameters: Option<Map<String, serde_json::Value>>,
    language: Option<String>,
}

fn get_api_price(service: &Service, context: &RequestContext<'_>) -> HandlerResult {
    let body: PriceRequest = json::parse(&context.request.body)?;
    let required = |name, value: Option<String>| {
        value.filter(|text| !text.is_empty()).ok_or_else(|| ApiError::missing(name))
    };
    let code = required("popCode", body.pop_code)?;
    let version = required("popVersion", body.pop_version)?;
    let name = required("apiName", body.api_name)?;
    let is = |(known_code, known_version, known_name): &ApiTriplet| {
        code.eq_ignore_ascii_case(known_code) && version == *known_version && name == *known_name
    };
    if !is(&PRICED) && SUPPORTED_APIS.iter().any(is) {
        return Err(codes::PRICING_PLAN.into());
    }
    if !is(&PRICED) || !service.pricing {
        return Err(codes::PRICING_NOT_SUPPORTED.into());
    }
    // Chinese when it is left out.
    let locale = if body.language.as_deref() == Some("en") { Locale::En } else { Locale::Zh };
    let request = order(body.parameters.unwrap_or_default(), locale)?;
    json::body(&PriceResponse {
        request_id: context.request_id,
        success: true,
        code: "Success",
        message: locale.localized("Success", "询价成功"),
        price: CallPrice::new(
            &price_list::price(&request, context.price_percent),
            ids::request_id(),
        ),
    })
}

/// Reads the parameters as an order that `CreateInstance` would take, of components that have a price.
fn order(
    mut parameters: Map<String, serde_json::Value>,
    locale: Locale,
) -> Result<CreateInstanceRequest, ApiError> {
    parameters.retain(|name, _| !NOT_OF_THE_ORDER.contains(&name.as_str()));
    let text = serde_json::Value::Object(parameters).to_string();
    let value: Value<'_> = json::parse(text.as_bytes())?;
    let accepted = rules::accept(&value, &Options { locale, ..Options::default() });
    let (request, _) = accepted.map_err(|problems| {
        let message = create_instance::first_error(&problems).message;
        ApiError::with_message(codes::ORDER, message)
    })?;
    let catalog: Catalog = json::parse(SAMPLE.as_bytes())?;
    let is_offered = |code: &str, value: &str| {
        let entry = catalog.components.iter().find(|entry| entry.code == code);
        entry.is_some_and(|entry| entry.values.accepts(value, locale).is_ok())
    };
    let mut components = request.components.iter().flatten();
    if components.all(|it| is_offered(&it.code, it.value.as_deref().unwrap_or_default())) {
        Ok(request)
    } else {
        Err(codes::COMPONENT.into())
    }
}
