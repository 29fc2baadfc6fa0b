//! The account behind the credentials: the page names it, and a ledger belongs to one.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use havenask_proxy::{Running, StartError, start};
use support::{CREATED, Part, cloud, config, new_ledger, request};

const ONE: Part = Part::Answer(
    "HTTP/1.1 200 OK\r\nContent-Length: 68\r\n\r\n{\"RequestId\":\"R\",\"AccountId\":\"1001\",\"Arn\":\"acs:ram::1001:user/one\"}\n",
);
const OTHER: Part = Part::Answer(
    "HTTP/1.1 200 OK\r\nContent-Length: 70\r\n\r\n{\"RequestId\":\"R\",\"AccountId\":\"2002\",\"Arn\":\"acs:ram::2002:user/other\"}\n",
);

/// Starts a proxy of this ledger in front of a cloud that plays a part, at an endpoint that the ledger does not tell from others.
async fn open(ledger: &str, part: Part) -> Result<Running, StartError> {
    let (upstream, _) = cloud(part).await;
    let mut config = config(&upstream).await;
    config.ledger = ledger.to_owned().into();
    support::shop::execute_all(ledger, "DELETE FROM havenask_endpoints").await;
    start(config).await
}

#[tokio::test]
async fn a_ledger_belongs_to_one_account() {
    let ledger = new_ledger().await;
    support::create_ledger(&ledger).await;
    let first = open(&ledger, ONE).await.unwrap();
    let settings = request(first.url(), "GET", "/config.json", "", "").await.json();
    assert_eq!(settings["account"]["id"], "1001", "{settings}");
    first.stop().await;
    let refused = open(&ledger, OTHER).await.unwrap_err().to_string();
    assert!(refused.contains("1001") && refused.contains("2002"), "{refused}");
    assert!(refused.contains("havenask-proxy ledger bind"), "{refused}");
    open(&ledger, ONE).await.unwrap().stop().await;
    // A cloud that does not tell the account keeps nobody from buying.
    let untold = open(&ledger, CREATED).await.unwrap();
    let settings = request(untold.url(), "GET", "/config.json", "", "").await.json();
    assert!(settings.get("account").is_none(), "{settings}");
    untold.stop().await;
}
