//! The account behind the credentials: the page names it, and a ledger belongs to one.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::path::Path;

use havenask_proxy::{
    Running, StartError,
    access::{Authentication, BearerTokens},
    credentials::CredentialSource,
    start,
};
use serde_json::json;
use support::{CREATED, GOOD, Part, cloud, config, in_time, new_ledger, request, shop};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

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
    shop::execute_all(ledger, "DELETE FROM havenask_endpoints").await;
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

/// A cloud of two accounts, in which everything is sold: the id of the key is that of the account.
async fn two_accounts() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer_once(stream));
        }
    });
    url
}

async fn answer_once(mut stream: TcpStream) {
    let mut bytes = Vec::new();
    while !bytes.windows(4).any(|it| it == b"\r\n\r\n") {
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return;
        }
    }
    let head = String::from_utf8(bytes).unwrap();
    let (_, id) = head.split_once("Credential=").unwrap();
    let (id, _) = id.split_once(',').unwrap();
    let body = if head.contains("GetCallerIdentity") {
        json!({ "RequestId": "R", "AccountId": id, "Arn": format!("acs:ram::{id}:root") })
    } else {
        json!({ "requestId": "R", "result": { "instanceId": "ha-1" } })
    };
    let body = body.to_string();
    let length = body.len();
    let answer =
        format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}");
    stream.write_all(answer.as_bytes()).await.unwrap();
}

#[tokio::test]
async fn new_credentials_of_another_account_buy_nothing_for_the_ledger_of_the_first() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("account-credentials");
    let write = |id: &str| {
        let text = format!(
            "ALIBABA_CLOUD_ACCESS_KEY_ID={id}\nALIBABA_CLOUD_ACCESS_KEY_SECRET=secret-{id}\n"
        );
        std::fs::write(&file, text).unwrap();
    };
    write("1001");
    let mut config = config(&two_accounts().await).await;
    config.credentials = CredentialSource::File(file.clone());
    let proxy = start(config).await.unwrap();
    assert_eq!(shop::buy(proxy.url(), "key-number-0", GOOD).await.status, 200);
    write("2002");
    let refused = in_time(async {
        for number in 1.. {
            let bought = shop::buy(proxy.url(), &format!("key-number-{number}"), GOOD).await;
            if bought.status != 200 {
                return bought;
            }
        }
        unreachable!()
    })
    .await;
    shop::assert_unavailable(&refused);
    assert_eq!(request(proxy.url(), "GET", "/readyz", "", "").await.status, 503);
    write("1001");
    in_time(async {
        while shop::buy(proxy.url(), "another-key", GOOD).await.status != 200 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    proxy.stop().await;
}

#[tokio::test]
async fn the_paying_account_is_shown_to_those_who_may_buy() {
    let (upstream, _) = cloud(ONE).await;
    let mut config = config(&upstream).await;
    // The SHA-256 of "abc".
    let tokens = "alice ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    config.authentication = Authentication::BearerTokens(BearerTokens::parse(tokens).unwrap());
    let proxy = start(config).await.unwrap();
    for (headers, told) in [
        ("", false),
        ("Authorization: Bearer wrong\r\n", false),
        ("Authorization: Bearer abc\r\n", true),
    ] {
        let settings = request(proxy.url(), "GET", "/config.json", headers, "").await.json();
        assert_eq!(settings.get("account").is_some(), told, "{headers} {settings}");
    }
    proxy.stop().await;
}
