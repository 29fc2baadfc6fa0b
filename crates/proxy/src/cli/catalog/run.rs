//! Queries billing, and writes the result.

use std::{io::Write, sync::Arc};

use havenask_core::{
    Locale, Operation, Timestamp,
    json::Value,
    pricing::bss::{
        PRODUCTS_PER_PAGE, Product, describe_pricing_module, query_product_list, read_attributes,
        read_products,
    },
    response,
};
use prometheus_client::metrics::counter::Counter;

use super::{
    arguments::{CatalogAction, CatalogArguments, ProductSelector},
    draft::draft,
};
use crate::{
    cli::visible::visible,
    clock,
    config::{Config, ProxySettings},
    credentials::CredentialProvider,
    metrics::Metrics,
    pricing::{Services, read_exact},
    upstream::{OutgoingRequest, Upstream},
};

/// Pages of products, at most.
const MAX_PAGES: i64 = 100;

type CommandError = Box<dyn std::error::Error>;

/// Runs a command.
pub async fn run(
    arguments: &CatalogArguments,
    environment: impl Fn(&str) -> Option<String>,
    out: &mut impl Write,
) -> Result<(), CommandError> {
    match &arguments.action {
        CatalogAction::Products { settings } => {
            let billing = billing(settings, environment).await?;
            for Product { code, product_type, subscription_type, name } in
                products(&billing).await?
            {
                let line = [code, product_type, subscription_type, name].map(|it| visible(&it));
                writeln!(out, "{}", line.join("\t"))?;
            }
        }
        CatalogAction::Draft {
            product: ProductSelector { product_code, product_type },
            settings,
        } => {
            let billing = billing(settings, environment).await?;
            let operation = describe_pricing_module(product_code, product_type);
            let body = ask(&billing, operation).await?;
            let attributes =
                read_attributes(&body).ok_or("DescribePricingModule has answered no modules.")?;
            let day = Timestamp::from_unix(clock::now() / 1000).iso();
            let day = day.get(..10).unwrap_or_default();
            let source = format!("DescribePricingModule of {product_code} {product_type}, {day}");
            let catalog = draft(&attributes, &source);
            writeln!(out, "{}", serde_json::to_string_pretty(&catalog)?)?;
        }
    }
    Ok(())
}

async fn billing(
    settings: &ProxySettings,
    environment: impl Fn(&str) -> Option<String>,
) -> Result<Upstream, CommandError> {
    let config = Config::new(settings, environment)?;
    let services = Services::of(&config.endpoints.default.endpoint, config.account_site);
    let credentials = Arc::new(CredentialProvider::load(config.credentials).await?);
    let metrics = Arc::new(Metrics::new(Counter::default()));
    Ok(Upstream::new(services.billing, config.limits, credentials, metrics))
}

async fn products(billing: &Upstream) -> Result<Vec<Product>, CommandError> {
    let mut all = Vec::new();
    for page in 1..=MAX_PAGES {
        let body = ask(billing, query_product_list(page)).await?;
        let products = read_products(&body).ok_or("QueryProductList has answered no list.")?;
        let is_last = products.len() < usize::try_from(PRODUCTS_PER_PAGE)?;
        all.extend(products);
        if is_last {
            break;
        }
    }
    Ok(all)
}

async fn ask(billing: &Upstream, operation: Operation) -> Result<Value<'static>, CommandError> {
    let action = operation.action;
    let failed = |code: &str, remedy: &str| format!("{action}: {code}. {remedy}");
    let answer = billing.query(OutgoingRequest::Unsigned(operation), Locale::En).await;
    let answer = answer.map_err(|failure| failed(&failure.code, &failure.remedy))?;
    let body = read_exact(&answer.body);
    match body {
        Some(body) if answer.status == 200 => Ok(body),
        body => {
            let failure = response::parse_failure(answer.status, body.as_ref(), Locale::En);
            let remedy = "It needs the RAM actions of billing: see docs/operating.md, and --account-site for an account of the other site.";
            Err(failed(&visible(&failure.code), remedy).into())
        }
    }
}
