//! Operations of the billing API, `BssOpenApi` 2017-12-14, RPC style: all parameters stand in the query. Shapes: the SDK
//! `alibabacloud-bssopenapi20171214` 5.1.2 and the metadata of 2024-06-24.

use alloc::{borrow::ToOwned, string::String, vec::Vec};
use core::fmt;

use super::{Amount, money::is_currency, price_reader::succeeded};
use crate::{ObjectReader, Value, operation::Operation, strings::i64_to_string};

/// The version of the billing API.
pub const BSS_VERSION: &str = "2017-12-14";

/// The operation that tells the balance of an account.
pub const QUERY_ACCOUNT_BALANCE: &str = "QueryAccountBalance";
/// The operation that lists products.
pub const QUERY_PRODUCT_LIST: &str = "QueryProductList";
/// The operation that lists the modules of a product.
pub const DESCRIBE_PRICING_MODULE: &str = "DescribePricingModule";

/// Products that a page of `QueryProductList` has here.
pub const PRODUCTS_PER_PAGE: i64 = 100;

/// Asks for the balance of the account.
#[must_use]
pub fn query_account_balance() -> Operation {
    operation(QUERY_ACCOUNT_BALANCE, Vec::new())
}

/// Asks for a page of the products that the account can buy, from 1.
#[must_use]
pub fn query_product_list(page: i64) -> Operation {
    let query = [("PageNum", i64_to_string(page)), ("PageSize", i64_to_string(PRODUCTS_PER_PAGE))];
    operation(QUERY_PRODUCT_LIST, query.into())
}

/// Asks for the modules of a product that cost money, with the values of each.
#[must_use]
pub fn describe_pricing_module(product_code: &str, product_type: &str) -> Operation {
    let query = [
        ("ProductCode", product_code.to_owned()),
        ("ProductType", product_type.to_owned()),
        ("SubscriptionType", "Subscription".to_owned()),
    ];
    operation(DESCRIBE_PRICING_MODULE, query.into())
}

fn operation(action: &'static str, query: Vec<(&str, String)>) -> Operation {
    Operation {
        action,
        version: BSS_VERSION,
        method: "POST",
        path: "/".to_owned(),
        query: query.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        body: None,
    }
}

/// The balance that an account can pay with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// The currency, by ISO 4217.
    pub currency: String,
    /// The amount, below zero for one that owes.
    pub available: Amount,
}

impl Balance {
    /// Reads what [`Self`] is written as: `CNY -11.19`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (currency, available) = text.split_once(' ')?;
        let available = Amount::parse(available)?;
        is_currency(currency).then(|| Self { currency: currency.to_owned(), available })
    }
}

impl fmt::Display for Balance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.currency, self.available)
    }
}

/// A product of the billing API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its type, which may be empty.
    pub product_type: String,
    /// `Subscription` or `PayAsYouGo`.
    pub subscription_type: String,
}

/// An attribute of a pricing module: what a component might be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The unit of its values.
    pub unit: Option<String>,
    /// Its values.
    pub values: Vec<AttributeValue>,
}

/// A value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeValue {
    /// The value; of a range its text `min-max:step`.
    pub value: String,
    /// Its name.
    pub name: String,
    /// `single_string`, `single_float` or `range_float`.
    pub kind: String,
}

/// Reads the answer to `QueryAccountBalance`. Its code is `200` in place of `Success`, so that only `Success` counts.
#[must_use]
pub fn read_balance(body: &Value<'_>) -> Option<Balance> {
    let data = data(body)?;
    let currency: String = data.read("Currency");
    let available = Amount::parse(&data.read::<String>("AvailableAmount"))?;
    is_currency(&currency).then_some(Balance { currency, available })
}

/// Reads the answer to `QueryProductList`.
#[must_use]
pub fn read_products(body: &Value<'_>) -> Option<Vec<Product>> {
    let products = list(data(body)?.value("ProductList"), "Product")?;
    let product = |it| {
        let fields = ObjectReader::new(it);
        Product {
            code: fields.read("ProductCode"),
            name: fields.read("ProductName"),
            product_type: fields.read("ProductType"),
            subscription_type: fields.read("SubscriptionType"),
        }
    };
    Some(products.iter().map(product).collect())
}

/// Reads the attributes in the answer to `DescribePricingModule`.
#[must_use]
pub fn read_attributes(body: &Value<'_>) -> Option<Vec<Attribute>> {
    let attributes = list(data(body)?.value("AttributeList"), "Attribute")?;
    attributes.iter().map(attribute).collect()
}

fn attribute(input: &Value<'_>) -> Option<Attribute> {
    let fields = ObjectReader::new(input);
    let values = list(fields.value("Values"), "AttributeValue")?.iter().map(|it| {
        let fields = ObjectReader::new(it);
        AttributeValue {
            value: fields.read("Value"),
            name: fields.read("Name"),
            kind: fields.read("Type"),
        }
    });
    Some(Attribute {
        code: fields.read("Code"),
        name: fields.read("Name"),
        unit: fields.read::<Option<String>>("Unit").filter(|it| !it.is_empty()),
        values: values.collect(),
    })
}

/// The data of a success. A failure of the business is a 200 too.
fn data<'a>(body: &'a Value<'a>) -> Option<ObjectReader<'a>> {
    let envelope = ObjectReader::new(body);
    let succeeded = succeeded(envelope.value("Success")) == Some(true);
    let data = envelope.value("Data");
    (succeeded && matches!(data, Value::Object(_))).then(|| ObjectReader::new(data))
}

/// A list in an object of one field, as the operations of 2017 nest it.
fn list<'a>(outer: &'a Value<'a>, name: &str) -> Option<&'a [Value<'a>]> {
    match (outer, ObjectReader::new(outer).value(name)) {
        (Value::Null, _) | (Value::Object(_), Value::Null) => Some(&[]),
        (Value::Object(_), Value::List(items)) => Some(items),
        _ => None,
    }
}
