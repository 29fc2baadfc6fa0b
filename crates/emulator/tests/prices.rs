//! Prices and the bill: what an order costs before it is bought, and that a quote buys nothing.
#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use havenask_core::{
    Locale, Operation,
    pricing::{self, bss},
};
use havenask_emulator::{Fault, FaultRule};
use serde_json::{Value, json};
use support::{Cloud, FULL, TestResponse, request};

/// An order of these components, for a term.
fn order(components: &[(&str, &str)], duration: u32, cycle: &str) -> Value {
    let components: Vec<_> =
        components.iter().map(|(code, value)| json!({"code": code, "value": value})).collect();
    json!({
        "chargeType": "PREPAY",
        "components": components,
        "order": {"duration": duration, "pricingCycle": cycle},
    })
}

fn one_month() -> Value {
    order(&[("searcherdocsize", "200")], 1, "Month")
}

fn get_api_price() -> Operation {
    pricing::get_api_price(&request(FULL), None, Locale::En)
}

/// Asks for the price of a call.
async fn ask(cloud: &Cloud, call: [&str; 3], parameters: &Value) -> TestResponse {
    let [code, version, name] = call;
    let body = json!({
        "popCode": code, "popVersion": version, "apiName": name, "parameters": parameters, "language": "en",
    });
    cloud.ask(get_api_price(), &body).await
}

const CREATE: [&str; 3] = ["searchengine", "2021-10-25", "CreateInstance"];

async fn quote(cloud: &Cloud, parameters: &Value) -> TestResponse {
    ask(cloud, CREATE, parameters).await
}

/// A failure of the business: the status is 200, and there is no price.
#[track_caller]
fn assert_business_failure(answer: &TestResponse, code: &str) -> String {
    let body = answer.json();
    assert_eq!(
        (answer.status, &body["success"], &body["code"]),
        (200, &json!(false), &json!(code))
    );
    assert!(body.get("price").is_none() && body["requestId"].is_string(), "{body}");
    body["message"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_order_has_a_price_and_is_not_bought() {
    let cloud = Cloud::start().await;
    for (components, duration, cycle, unit, [total, original, discount]) in [
        (&[("searcherdocsize", "200")][..], 1, "Month", "1 Month", ["522.40", "522.40", "0.00"]),
        (&[("searcherdocsize", "200")], 3, "Month", "3 Month", ["1567.20", "1567.20", "0.00"]),
        // A year costs less than twelve months.
        (&[("searcherdocsize", "50")], 1, "Year", "12 Month", ["3454.23", "4063.80", "609.57"]),
        (&[("searcherdocsize", "50")], 2, "Year", "24 Month", ["6908.46", "8127.60", "1219.14"]),
        (
            &[("sample-query-nodes", "3"), ("sample-query-spec", "8c16g"), ("sample-remark", "x")],
            1,
            "Month",
            "1 Month",
            ["2598.80", "2598.80", "0.00"],
        ),
        (&[("sample-query-nodes", "0")], 1, "Month", "1 Month", ["277.40", "277.40", "0.00"]),
    ] {
        let answer = quote(&cloud, &order(components, duration, cycle)).await;
        let text = answer.text();
        assert_eq!(answer.status, 200, "{text}");
        // Digits, as no float has them.
        for (name, digits) in
            [("totalAmount", total), ("originalAmount", original), ("discountAmount", discount)]
        {
            assert!(text.contains(&format!("\"{name}\":{digits},")), "{name} {digits} in {text}");
        }
        let price = &answer.json()["price"];
        assert_eq!((&price["billingUnit"], &price["currency"]), (&json!(unit), &json!("CNY")));
        assert_eq!(price["chargeComposition"], "recurring_only");
        // Its parts add up.
        let cents = |value: &Value| (value.as_f64().unwrap() * 100.0).round();
        let modules = price["priceSummary"]["modules"].as_array().unwrap();
        let sum: f64 = modules.iter().map(|it| cents(&it["costAfterDiscount"])).sum();
        assert_eq!(sum.to_bits(), cents(&price["totalAmount"]).to_bits(), "{price}");
    }
    let listed = cloud.call(support::list(&[])).await.json();
    assert_eq!(listed["totalCount"], 0, "a quote buys nothing");
}

#[tokio::test]
async fn a_fee_by_usage_is_not_in_the_total() {
    let cloud = Cloud::start().await;
    let components = [("sample-data-nodes", "1"), ("sample-data-spec", "16c64g")];
    let answer = quote(&cloud, &order(&components, 1, "Month")).await;
    assert!(answer.text().contains("\"pricePerUnit\":0.35,"), "{}", answer.text());
    let price = &answer.json()["price"];
    assert_eq!(
        (&price["chargeComposition"], &price["totalAmount"]),
        (&json!("mixed"), &json!(2099.4))
    );
    assert_eq!(price["usageCharges"], price["priceSummary"]["usageCharges"]);
    assert_eq!(price["usageCharges"][0]["unit"], "GB·Month");
}

#[tokio::test]
async fn an_order_that_would_be_refused_has_no_price() {
    let cloud = Cloud::start().await;
    for component in [
        ("unknown", "1"),
        ("searcherdocsize", "225"),
        ("searcherdocsize", "many"),
        ("sample-query-spec", "3c5g"),
        ("sample-data-nodes", "0"),
    ] {
        let answer = quote(&cloud, &order(&[component], 1, "Month")).await;
        assert_business_failure(&answer, "COMMODITY.INVALID_COMPONENT");
    }
    let mut postpaid = one_month();
    postpaid["chargeType"] = json!("POSTPAY");
    let mut foreign = one_month();
    foreign["colour"] = json!("red");
    for (parameters, place) in [
        (order(&[("searcherdocsize", "200")], 11, "Month"), "/order/duration"),
        (json!({"chargeType": "PREPAY"}), "/order"),
        (postpaid, "/chargeType"),
        (foreign, "/colour"),
    ] {
        let answer = quote(&cloud, &parameters).await;
        let message = assert_business_failure(&answer, "InvalidParameter");
        assert!(message.starts_with(place), "{message}");
    }
    // Parameters beside the body of the order are no part of it.
    let mut with_region = one_month();
    with_region["RegionId"] = json!("cn-hangzhou");
    with_region["dryRun"] = json!(true);
    assert_eq!(quote(&cloud, &with_region).await.json()["success"], true);
}

#[tokio::test]
async fn other_calls_have_no_price() {
    let cloud = Cloud::start().await;
    let call = |code, name| [code, "2021-10-25", name];
    for unknown in [call("searchengine", "DeleteInstance"), call("nothing", "CreateInstance")] {
        assert_business_failure(&ask(&cloud, unknown, &one_month()).await, "PricingNotSupported");
    }
    let listed = ask(&cloud, ["ecs", "2014-05-26", "RunInstances"], &json!({})).await;
    assert_business_failure(&listed, "InternalError");
    let off = Cloud::start_with(|config| config.pricing = false).await.unwrap();
    assert_business_failure(&quote(&off, &one_month()).await, "PricingNotSupported");
    // The gateway refuses malformed requests.
    for (body, code) in [
        (json!({"popVersion": "2021-10-25", "apiName": "CreateInstance"}), "MissingParameter"),
        (json!([]), "InvalidParameter"),
    ] {
        let answer = cloud.ask(get_api_price(), &body).await;
        assert_eq!((answer.status, &answer.json()["Code"]), (400, &json!(code)));
    }
}

#[tokio::test]
async fn calls_with_prices_are_listed() {
    for pricing in [true, false] {
        let cloud = Cloud::start_with(|config| config.pricing = pricing).await.unwrap();
        let page = async |query: &[(&str, &str)]| {
            let list = support::operation(
                "ListSupportedPricingApis",
                "GET",
                "/api/v1/price/supported-apis",
                query,
            );
            let version = pricing::CLOUD_CONTROL_VERSION;
            cloud.call(Operation { version, ..list }).await
        };
        let (mut token, mut names) = (String::new(), Vec::new());
        loop {
            let answer = page(&[("maxResults", "7"), ("nextToken", &token)]).await.json();
            let apis = answer["supportedApis"].as_array().unwrap().clone();
            assert!((1..=7).contains(&apis.len()), "{answer}");
            names.extend(apis.into_iter().map(|it| {
                ["popCode", "popVersion", "apiName"]
                    .map(|name| it[name].as_str().unwrap().to_owned())
            }));
            token = answer["nextToken"].as_str().unwrap().to_owned();
            if token.is_empty() {
                break;
            }
        }
        assert_eq!(names.contains(&CREATE.map(str::to_owned)), pricing);
        let mut sorted = names.clone();
        sorted.sort_by_key(|names| names.concat().to_lowercase());
        assert_eq!(names, sorted, "in alphabetical order");
        assert_eq!(page(&[("maxResults", "1000")]).await.json()["maxResults"], 100);
        for query in [("maxResults", "0"), ("nextToken", "elsewhere"), ("nextToken", "9999")] {
            let answer = page(&[query]).await;
            assert_eq!((answer.status, &answer.json()["Code"]), (400, &json!("InvalidParameter")));
        }
    }
}

#[tokio::test]
async fn faults_change_a_price_or_hide_it() {
    let cloud = Cloud::start().await;
    let faults = cloud.running.faults();
    faults.add(FaultRule::new(Fault::ChangePrice { percent: 120 }).times(1)).unwrap();
    let on = |fault, operation: &str| faults.add(FaultRule::new(fault).on(operation).times(1));
    assert_eq!(cloud.call(support::list(&[])).await.status, 200, "only quotes change");
    for total in ["626.88", "522.40"] {
        let answer = quote(&cloud, &one_month()).await;
        assert!(answer.text().contains(&format!("\"totalAmount\":{total},")), "{}", answer.text());
    }
    on(Fault::SoftFailure, "GetApiPrice").unwrap();
    let message = assert_business_failure(&quote(&cloud, &one_month()).await, "InternalError");
    assert_eq!(message, "PRICE.PRICING_PLAN_RESULT_NOT_FOUND");
    on(Fault::SoftFailure, "QueryAccountBalance").unwrap();
    let answer = cloud.call(bss::query_account_balance()).await;
    let body = answer.json();
    assert_eq!(
        (answer.status, &body["Success"], &body["Code"]),
        (200, &json!(false), &json!("InternalError"))
    );
    for (code, status) in
        [("NotAuthorized", 400), ("NotApplicable", 400), ("PricingNotSupported", 404)]
    {
        on(Fault::Refuse { code: code.into(), committed: false }, "GetApiPrice").unwrap();
        let answer = quote(&cloud, &one_month()).await;
        assert_eq!((answer.status, &answer.json()["Code"]), (status, &json!(code)));
    }
    for (fault, operation) in [
        (Fault::SoftFailure, Some("CreateInstance")),
        (Fault::SoftFailure, Some("GetCallerIdentity")),
        (Fault::SoftFailure, None),
        (Fault::ChangePrice { percent: 50 }, Some("CreateInstance")),
    ] {
        let rule = FaultRule::new(fault);
        let rule = operation.map_or(rule.clone(), |name| rule.on(name));
        assert!(faults.add(rule).unwrap_err().to_string().starts_with("operation: "));
    }
}

#[tokio::test]
async fn billing_lists_products_and_their_modules() {
    let cloud = Cloud::start().await;
    let balance = cloud.call(bss::query_account_balance()).await.json();
    assert_eq!((&balance["Code"], &balance["Success"]), (&json!("200"), &json!(true)));
    assert!(balance["Data"]["AvailableAmount"].as_str().unwrap().contains(','), "{balance}");
    let all = cloud.call(bss::query_product_list(1)).await.json();
    let products = all["Data"]["ProductList"]["Product"].as_array().unwrap().clone();
    assert!(
        products.iter().any(|it| it["ProductType"] == "")
            && all["Data"].get("TotalCount").is_none()
    );
    let page = async |page: &str| {
        let query = [("PageNum", page), ("PageSize", "5"), ("QueryTotalCount", "True")];
        let list = support::operation("QueryProductList", "GET", "/", &query);
        cloud.call(Operation { version: bss::BSS_VERSION, ..list }).await.json()["Data"].clone()
    };
    let pages = [page("1").await, page("2").await, page("3").await, page("4").await];
    let listed: Vec<_> = pages
        .iter()
        .flat_map(|it| it["ProductList"]["Product"].as_array().unwrap().clone())
        .collect();
    assert_eq!((&listed, &pages[3]["TotalCount"]), (&products, &json!(products.len())));
    for product in products.iter().filter(|it| it["SubscriptionType"] == "Subscription") {
        let [code, product_type] =
            ["ProductCode", "ProductType"].map(|name| product[name].as_str().unwrap());
        let described = cloud.call(bss::describe_pricing_module(code, product_type)).await.json();
        assert_eq!(described["Code"], "Success", "{code}");
        let attributes =
            described["Data"]["AttributeList"]["Attribute"].as_array().unwrap().clone();
        let modules = described["Data"]["ModuleList"]["Module"].as_array().unwrap();
        assert_eq!(attributes.is_empty(), code != "sample-havenask");
        assert_eq!(modules.len(), attributes.len());
        if let [first, ..] = attributes.as_slice() {
            let range = &first["Values"]["AttributeValue"][0];
            assert_eq!(
                (&range["Value"], &range["Type"]),
                (&json!("50-2000:50"), &json!("range_float"))
            );
            assert_eq!(first["Unit"], "GB");
            assert_eq!(attributes[1].get("Unit"), None);
            assert_eq!(modules[0]["ConfigList"]["ConfigList"], json!(["searcherdocsize"]));
        }
    }
    let unknown = cloud.call(bss::describe_pricing_module("nothing", "")).await.json();
    assert_eq!((&unknown["Success"], &unknown["Code"]), (&json!(false), &json!("ProductNotFind")));
}
