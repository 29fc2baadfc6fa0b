//! Price of a call, as the newest SDK has it.

use serde::{Serialize, Serializer, ser::Error};
use serde_json::value::RawValue;

use havenask_core::pricing::Amount;

use super::price_list::{CURRENCY, ModulePrice, OrderPrice, UsagePrice};

/// Response to `GetApiPrice`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PriceResponse<'a> {
    pub(super) request_id: &'a str,
    pub(super) success: bool,
    pub(super) code: &'static str,
    pub(super) message: &'static str,
    pub(super) price: CallPrice,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CallPrice {
    pricing_mode: &'static str,
    success: bool,
    currency: &'static str,
    calculated_amount: Hundredths,
    original_amount: Hundredths,
    discount_amount: Hundredths,
    total_amount: Hundredths,
    billing_unit: String,
    charge_composition: &'static str,
    price_summary: PriceSummary,
    usage_charges: Vec<UsageCharge>,
    upstream_request_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PriceSummary {
    currency: &'static str,
    trade_price: Hundredths,
    original_price: Hundredths,
    module_sum: Hundredths,
    effective_module_sum: Hundredths,
    quantity: u32,
    pricing_unit: String,
    modules: Vec<Module>,
    usage_charges: Vec<UsageCharge>,
}

/// Part of a price. Its `unitPrice` is 0 in every sample of the cloud.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Module {
    #[serde(rename = "moduleCode")]
    code: &'static str,
    original_cost: Hundredths,
    invoice_discount: Hundredths,
    cost_after_discount: Hundredths,
    unit_price: Hundredths,
    billing_mode: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage_unit: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity_used_for_quote: Option<u64>,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct UsageCharge {
    module_code: &'static str,
    unit: &'static str,
    price_per_unit: Hundredths,
    original_price_per_unit: Hundredths,
    assumed_quantity: u64,
    assumed_quantity_cost: Hundredths,
}

/// An amount in hundredths, written as a JSON number of its digits.
#[derive(Clone, Copy)]
struct Hundredths(u64);

impl Serialize for Hundredths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits = Amount::from_hundredths(self.0).to_string();
        RawValue::from_string(digits).map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl CallPrice {
    pub(super) fn new(order: &OrderPrice, upstream_request_id: String) -> Self {
        let sum = |part: fn(&ModulePrice) -> u64| order.modules.iter().map(part).sum::<u64>();
        let (original, discount) = (sum(|it| it.original), sum(|it| it.discount));
        let total = Hundredths(original - discount);
        let unit = format!("{} Month", order.months);
        let usage_charges: Vec<_> = order.usage.iter().map(UsageCharge::new).collect();
        let modules = order.modules.iter().map(Module::fixed);
        Self {
            pricing_mode: "single",
            success: true,
            currency: CURRENCY,
            calculated_amount: total,
            original_amount: Hundredths(original),
            discount_amount: Hundredths(discount),
            total_amount: total,
            billing_unit: unit.clone(),
            charge_composition: if order.usage.is_some() { "mixed" } else { "recurring_only" },
            price_summary: PriceSummary {
                currency: CURRENCY,
                trade_price: total,
                original_price: Hundredths(original),
                module_sum: total,
                effective_module_sum: total,
                quantity: 1,
                pricing_unit: unit,
                modules: modules.chain(order.usage.iter().map(Module::by_usage)).collect(),
                usage_charges: usage_charges.clone(),
            },
            usage_charges,
            upstream_request_id,
        }
    }
}

impl Module {
    fn fixed(price: &ModulePrice) -> Self {
        Self {
            code: price.code,
            original_cost: Hundredths(price.original),
            invoice_discount: Hundredths(price.discount),
            cost_after_discount: Hundredths(price.original - price.discount),
            unit_price: Hundredths(0),
            billing_mode: "recurring",
            usage_unit: None,
            quantity_used_for_quote: None,
        }
    }

    fn by_usage(price: &UsagePrice) -> Self {
        let cost = Hundredths(price.price * price.assumed_quantity);
        Self {
            code: price.code,
            original_cost: cost,
            invoice_discount: Hundredths(0),
            cost_after_discount: cost,
            unit_price: Hundredths(price.price),
            billing_mode: "usage",
            usage_unit: Some(price.unit),
            quantity_used_for_quote: Some(price.assumed_quantity),
        }
    }
}

impl UsageCharge {
    fn new(price: &UsagePrice) -> Self {
        Self {
            module_code: price.code,
            unit: price.unit,
            price_per_unit: Hundredths(price.price),
            original_price_per_unit: Hundredths(price.price),
            assumed_quantity: price.assumed_quantity,
            assumed_quantity_cost: Hundredths(price.price * price.assumed_quantity),
        }
    }
}
