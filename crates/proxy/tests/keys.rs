//! Where the keys come from, and that a new one is used without a restart.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use havenask_core::Timestamp;
use havenask_proxy::{keys::Source, start};
use support::{Part, Stage, config, in_time};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

const LIST: Part = Part::Answer(
    "HTTP/1.1 200 OK\r\nContent-Length: 46\r\n\r\n{\"requestId\":\"R\",\"result\":[],\"totalCount\":0}  \n",
);

async fn with(keys: Source) -> Stage {
    Stage::with_config(LIST, |config| havenask_proxy::Config { keys, ..config }).await
}

/// Asks until a request arrives that says this.
async fn until_signed_with(stage: &Stage, expected: &str) {
    let signed = async {
        loop {
            assert_eq!(stage.get("/openapi/ha3/instances").await.status, 200);
            if stage.requests().await.last().unwrap().contains(expected) {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    in_time(signed).await;
}

fn file(name: &str, text: &str) -> PathBuf {
    let path =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    std::fs::write(&path, text).unwrap();
    path
}

fn keys(id: &str) -> String {
    format!(
        "# keys\nALIBABA_CLOUD_ACCESS_KEY_ID={id}\nALIBABA_CLOUD_ACCESS_KEY_SECRET = \"s3cret\"\n"
    )
}

#[tokio::test]
async fn a_file_is_read_again_when_it_changes() {
    let path = file("rotated", &keys("first-key"));
    let stage = with(Source::File(path.clone())).await;
    until_signed_with(&stage, "Credential=first-key,").await;
    // What is half written is not used.
    std::fs::write(&path, "ALIBABA_CLOUD_ACCESS_KEY_ID=half").unwrap();
    std::fs::write(&path, keys("second-key") + "ALIBABA_CLOUD_SECURITY_TOKEN=t0ken\n").unwrap();
    until_signed_with(&stage, "Credential=second-key,").await;
    until_signed_with(&stage, "x-acs-security-token: t0ken").await;
}

#[tokio::test]
async fn a_file_without_keys_is_named() {
    for (source, said) in [
        (Source::File("/nonexistent/keys".into()), "/nonexistent/keys"),
        (Source::File(file("no-secret", "ALIBABA_CLOUD_ACCESS_KEY_ID=x\n")), "ACCESS_KEY_SECRET"),
        (Source::Role { name: None, metadata: "http://127.0.0.1:1".into() }, "metadata service"),
    ] {
        let config = config("http://127.0.0.1:1").await;
        let error = start(havenask_proxy::Config { keys: source, ..config }).await.unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
    }
}

/// A metadata service; each credential that it gives out has the number of how many there were, and is good for so many
/// seconds.
async fn metadata(seconds: i64) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let given = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&given);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut bytes = Vec::new();
            while !bytes.ends_with(b"\r\n\r\n") {
                assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0);
            }
            let head = String::from_utf8(bytes).unwrap();
            let authorized = head.contains("x-aliyun-ecs-metadata-token: the-token");
            let body = match head.lines().next().unwrap() {
                "PUT /latest/api/token HTTP/1.1" => "the-token".to_owned(),
                "GET /latest/meta-data/ram/security-credentials/ HTTP/1.1" if authorized => {
                    "buyer".into()
                }
                "GET /latest/meta-data/ram/security-credentials/buyer HTTP/1.1" if authorized => {
                    let number = counter.fetch_add(1, Ordering::SeqCst) + 1;
                    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
                    let expires = Timestamp::from_unix(i64::try_from(now).unwrap() + seconds).iso();
                    format!(
                        r#"{{"Code":"Success","AccessKeyId":"STS.{number}","AccessKeySecret":"s","SecurityToken":"token-{number}","Expiration":"{expires}"}}"#
                    )
                }
                _ => "nothing".into(),
            };
            let length = body.len();
            let answer = format!(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
            );
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (url, given)
}

#[tokio::test]
async fn the_keys_of_a_role_are_renewed_ahead_of_time() {
    let (metadata, given) = metadata(600).await;
    for name in [None, Some("buyer".to_owned())] {
        let before = given.load(Ordering::SeqCst);
        let stage = with(Source::Role { name, metadata: metadata.clone() }).await;
        until_signed_with(&stage, &format!("x-acs-security-token: token-{}", before + 1)).await;
        until_signed_with(&stage, &format!("Credential=STS.{},", before + 2)).await;
        stage.stop().await;
    }
}

#[tokio::test]
async fn keys_that_last_are_not_asked_for_again() {
    let (metadata, given) = metadata(6 * 3600).await;
    let stage = with(Source::Role { name: None, metadata: metadata.clone() }).await;
    until_signed_with(&stage, "Credential=STS.1,").await;
    assert_eq!(stage.get("/readyz").await.status, 200);
    assert_eq!(given.load(Ordering::SeqCst), 1);
    let expired = self::metadata(-1).await.0;
    let stage = with(Source::Role { name: None, metadata: expired }).await;
    let ready = stage.get("/readyz").await;
    assert_eq!((ready.status, ready.body.contains("keys")), (503, true));
}
