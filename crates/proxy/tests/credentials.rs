//! Sources of the keys, and their renewal without a restart.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod support;

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use clap::Parser;
use havenask_core::Timestamp;
use havenask_emulator::{Emulator, EmulatorConfig as Cloud};
use havenask_proxy::{Config, Running, cli::Cli, credentials::CredentialSource, start};
use support::{Part, SECRET, Stage, cloud, config, in_time, request};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

const LIST: Part = Part::Answer(
    "HTTP/1.1 200 OK\r\nContent-Length: 46\r\n\r\n{\"requestId\":\"R\",\"result\":[],\"totalCount\":0}  \n",
);

async fn with(keys: CredentialSource) -> Stage {
    Stage::with_config(LIST, |config| havenask_proxy::Config { credentials: keys, ..config }).await
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
    let stage = with(CredentialSource::File(path.clone())).await;
    until_signed_with(&stage, "Credential=first-key,").await;
    // A half-written file is not used.
    std::fs::write(&path, "ALIBABA_CLOUD_ACCESS_KEY_ID=half").unwrap();
    std::fs::write(&path, keys("second-key") + "ALIBABA_CLOUD_SECURITY_TOKEN=t0ken\n").unwrap();
    until_signed_with(&stage, "Credential=second-key,").await;
    until_signed_with(&stage, "x-acs-security-token: t0ken").await;
}

#[tokio::test]
async fn a_file_without_keys_is_named() {
    for (source, said) in [
        (CredentialSource::File("/nonexistent/keys".into()), "/nonexistent/keys"),
        (
            CredentialSource::File(file("no-secret", "ALIBABA_CLOUD_ACCESS_KEY_ID=x\n")),
            "ACCESS_KEY_SECRET",
        ),
        (
            CredentialSource::File(file(
                "twice",
                &(keys("a") + "\r\nexport ALIBABA_CLOUD_ACCESS_KEY_ID = b"),
            )),
            "line 5 sets ALIBABA_CLOUD_ACCESS_KEY_ID a second time",
        ),
        (
            CredentialSource::Role { name: None, metadata: "http://127.0.0.1:1".into() },
            "metadata service",
        ),
    ] {
        let config = config("http://127.0.0.1:1").await;
        let error =
            start(havenask_proxy::Config { credentials: source, ..config }).await.unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
    }
}

const PARTS: [(&str, &str); 3] = [
    ("AccessKeyId", "STS.testid"),
    ("AccessKeySecret", SECRET),
    ("SecurityToken", "token-of-a-test"),
];

/// Starts a proxy for each place that keys come from; each part of them is made into another text there.
async fn doors(
    upstream: &str,
    change: impl Fn(&str, &str) -> String,
) -> [Result<Running, String>; 3] {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    const NAMES: [&str; 3] = [
        "ALIBABA_CLOUD_ACCESS_KEY_ID",
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        "ALIBABA_CLOUD_SECURITY_TOKEN",
    ];
    let parts = PARTS.map(|(name, value)| change(name, value));
    let named = || NAMES.into_iter().zip(&parts);
    let arguments = Cli::try_parse_from(["havenask-proxy", "--region", "cn-beijing"]);
    let find = |name: &str| named().find(|(known, _)| *known == name).map(|(_, it)| it.clone());
    let environment = Config::new(&arguments.unwrap().settings, find);
    let lines = named().map(|(name, value)| format!("export {name} = {value}\r\n"));
    let number = NEXT.fetch_add(1, Ordering::SeqCst);
    let file = file(
        &format!("cleaned-{number}"),
        &("\u{feff}# keys\n".to_owned() + &lines.collect::<String>()),
    );
    let escaped = |text: &String| {
        let units = text.encode_utf16().map(|unit| format!("\\u{unit:04x}"));
        units.collect::<Vec<_>>().concat()
    };
    let fields = PARTS.iter().zip(&parts);
    let fields = fields.map(|((name, _), value)| format!(r#""{name}":"{}","#, escaped(value)));
    let answer = format!(
        r#"{{{}"Code":"Success","Expiration":"9999-01-01T00:00:00Z"}}"#,
        fields.collect::<String>()
    );
    let length = answer.len();
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{answer}");
    let metadata = cloud(Part::Answer(answer.leak())).await.0;
    let start_with = async |keys| {
        let config = config(upstream).await;
        start(Config { credentials: keys, ..config }).await.map_err(|error| error.to_string())
    };
    let environment = match environment {
        Ok(config) => start_with(config.credentials).await,
        Err(error) => Err(error.to_string()),
    };
    let role = CredentialSource::Role { name: Some("buyer".into()), metadata };
    [environment, start_with(CredentialSource::File(file)).await, start_with(role).await]
}

#[tokio::test]
async fn white_space_and_quotes_around_a_credential_are_dropped() {
    let cloud = Emulator::start(Cloud::new("testid", SECRET)).await.unwrap();
    for (before, after) in [
        ("", ""),
        ("", "\n"),
        ("", "\r\n"),
        ("\u{feff}", ""),
        ("  \t", " "),
        ("\"", "\""),
        ("'", "'"),
        ("\u{feff} \"", " \" \r\n"),
        ("\u{a0}", "\u{3000}"),
    ] {
        for proxy in doors(cloud.url(), |_, value| format!("{before}{value}{after}")).await {
            let proxy = proxy.unwrap();
            let list = request(proxy.url(), "GET", "/openapi/ha3/instances", "", "").await;
            assert_eq!(list.status, 200, "{before:?} {after:?}: {}", list.body);
        }
    }
}

#[tokio::test]
async fn an_invalid_character_of_a_credential_is_named_and_not_shown() {
    for (foreign, said) in [
        ("\0", "a control character"),
        ("\t", "a control character"),
        ("\u{7f}", "a control character"),
        ("\u{85}", "a control character"),
        (" ", "white space"),
        ("\"", "a quotation mark or a backslash"),
        ("\\n", "a quotation mark or a backslash"),
        ("\u{200b}", "a character that is not ASCII"),
        ("\u{201d}", "a character that is not ASCII"),
        ("é", "a character that is not ASCII"),
    ] {
        for (index, part) in PARTS.into_iter().enumerate() {
            let change = |name: &str, value: &str| {
                if name == part.0 { format!("senti{foreign}nel") } else { value.to_owned() }
            };
            let names = ["ACCESS_KEY_ID", "ACCESS_KEY_SECRET", "SECURITY_TOKEN"];
            let places = ["environment", "cleaned", "metadata"];
            let refused = doors("http://127.0.0.1:1", change).await;
            for (refused, place) in refused.into_iter().zip(places) {
                let error = refused.unwrap_err();
                let says_which = error.contains(names[index]) || error.contains(part.0);
                assert!(says_which && error.contains(place), "{error}");
                assert!(error.contains(&format!("{said} as its character 6")), "{error}");
                assert!(!error.contains("senti"), "{error}");
            }
        }
    }
    for name in ["AccessKeyId", "AccessKeySecret"] {
        let change = |known: &str, value: &str| {
            if known == name { " \"\" ".to_owned() } else { value.to_owned() }
        };
        for refused in doors("http://127.0.0.1:1", change).await {
            assert!(refused.is_err(), "{name}");
        }
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
        let stage = with(CredentialSource::Role { name, metadata: metadata.clone() }).await;
        until_signed_with(&stage, &format!("x-acs-security-token: token-{}", before + 1)).await;
        until_signed_with(&stage, &format!("Credential=STS.{},", before + 2)).await;
        stage.stop().await;
    }
}

#[tokio::test]
async fn keys_that_last_are_not_asked_for_again() {
    let (metadata, given) = metadata(6 * 3600).await;
    let stage = with(CredentialSource::Role { name: None, metadata: metadata.clone() }).await;
    until_signed_with(&stage, "Credential=STS.1,").await;
    assert_eq!(stage.get("/readyz").await.status, 200);
    assert_eq!(given.load(Ordering::SeqCst), 1);
    let expired = self::metadata(-1).await.0;
    let stage = with(CredentialSource::Role { name: None, metadata: expired }).await;
    let ready = stage.get("/readyz").await;
    assert_eq!((ready.status, ready.body.contains("keys")), (503, true));
}
