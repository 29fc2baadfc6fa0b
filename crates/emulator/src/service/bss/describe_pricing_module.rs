//! `DescribePricingModule`.

use havenask_core::{
    Locale,
    catalog::{Catalog, CatalogEntry, CatalogOption, SAMPLE, Values},
    pricing::bss::DESCRIBE_PRICING_MODULE,
};
use serde_json::{Value, json};

use super::{
    products::{BillingProduct, HAVENASK, PRODUCTS},
    response,
};
use crate::{
    error::{ApiError, codes},
    http,
    operation::{ApiOperation, HandlerResult, RPC_PATH, RequestContext},
    product::BSS,
    service::json,
};

pub(crate) const OPERATION: ApiOperation =
    BSS.operation(DESCRIBE_PRICING_MODULE, &["GET", "POST"], RPC_PATH, |_, context| {
        Box::pin(async move { describe_pricing_module(&context) })
    });

/// Describes the components of the sample catalogue that cost money; other products have no modules here.
fn describe_pricing_module(context: &RequestContext<'_>) -> HandlerResult {
    let parameters = http::parameters(context.request)?;
    let parameter = |name| json::parameter(&parameters, name);
    let code = parameter("ProductCode").ok_or_else(|| ApiError::missing("ProductCode"))?;
    let subscription =
        parameter("SubscriptionType").ok_or_else(|| ApiError::missing("SubscriptionType"))?;
    if !["Subscription", "PayAsYouGo"].contains(&subscription) {
        return Err(ApiError::parameter("SubscriptionType: Write Subscription or PayAsYouGo."));
    }
    let product_type = parameter("ProductType").unwrap_or_default();
    let is_asked_for = |it: &BillingProduct| it.is(code, product_type, subscription);
    if !PRODUCTS.iter().any(is_asked_for) {
        return Err(codes::PRODUCT_NOT_FOUND.into());
    }
    let mut components = Vec::new();
    if is_asked_for(&HAVENASK) {
        let catalog: Catalog = json::parse(SAMPLE.as_bytes())?;
        components = catalog.components;
    }
    components.retain(|entry| !matches!(entry.values, Values::Text));
    let modules: Vec<_> = components.iter().map(module).collect();
    let attributes: Vec<_> = components.iter().map(attribute).collect();
    let data = json!({
        "ModuleList": { "Module": modules },
        "AttributeList": { "Attribute": attributes },
    });
    response::success(context.request_id, "Success", &data)
}

fn module(entry: &CatalogEntry) -> Value {
    json!({
        "ModuleCode": entry.code,
        "ModuleName": entry.label.get(Locale::Zh),
        "PriceType": "Month",
        "Currency": "CNY",
        "ConfigList": { "ConfigList": [entry.code] },
    })
}

/// Attribute of a component; like most of the cloud's, one without a unit says nothing of it.
fn attribute(entry: &CatalogEntry) -> Value {
    let value =
        |name: &str, value: &str, kind| json!({ "Name": name, "Value": value, "Type": kind });
    let values = match &entry.values {
        Values::Number { min, max, step } => {
            let range = format!("{min}-{max}:{step}");
            vec![value(&range, &range, "range_float")]
        }
        Values::Select { options } => {
            let option =
                |it: &CatalogOption| value(it.label(Locale::Zh), it.value(), "single_string");
            options.iter().map(option).collect()
        }
        Values::Text => Vec::new(),
    };
    let mut attribute = json!({
        "Code": entry.code,
        "Name": entry.label.get(Locale::Zh),
        "Values": { "AttributeValue": values },
    });
    if let Some(unit) = &entry.unit {
        attribute["Unit"] = json!(unit.get(Locale::Zh));
    }
    attribute
}
