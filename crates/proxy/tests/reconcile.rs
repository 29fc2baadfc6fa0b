//! Purchases are found among instances that the documents do not describe.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::time::Duration;

use havenask_proxy::{Config, config::Limits};
use support::{GOOD, Part, Stage, in_time};

const ODD: &str = concat!(
    "HTTP/1.1 200 OK\r\nContent-Length: 229\r\n\r\n",
    r#"{"requestId":"R-2","totalCount":2,"result":[{"instanceId":"ha-cn-others","tags":null,"zones":[1]},"#,
    r#"{"instanceId":"ha-cn-odd","status":7,"inDebt":"no","network":"none","#,
    r#""tags":[{"key":"havenask-purchase","value":"key-of-a-test"}]}]}"#
);

#[tokio::test]
async fn a_field_of_another_form_does_not_hide_what_was_bought() {
    let look = |config: Config| Config {
        limits: Limits { reconcile_interval: Duration::from_millis(10), ..config.limits },
        ..config
    };
    let stage = Stage::with_config(Part::Lose(ODD), look).await;
    assert_eq!(stage.buy(GOOD).await.status, 502);
    let found = async {
        loop {
            let purchase = stage.get("/purchases/key-of-a-test").await.json();
            if purchase["state"] != "pending" {
                return purchase;
            }
            tokio::task::yield_now().await;
        }
    };
    let purchase = in_time(found).await;
    assert_eq!(purchase["instanceId"], "ha-cn-odd", "{purchase}");
}
