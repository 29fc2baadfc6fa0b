//! Options: each has an effect on the configuration, and its place in the guide.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

use std::{collections::BTreeSet, fs, path::PathBuf};

use clap::{CommandFactory, Parser};
use havenask_core::catalog::SAMPLE;
use havenask_proxy::{Config, cli::Cli};

const GUIDE: &str = include_str!("../../../docs/operating.md");
const KEYS: &str = "ALIBABA_CLOUD_ACCESS_KEY_ID=i\nALIBABA_CLOUD_ACCESS_KEY_SECRET=s\n";

/// The options of a run.
fn options() -> BTreeSet<String> {
    let mut command = Cli::command();
    command.build();
    let names = command.get_arguments().filter_map(|it| it.get_long()).map(str::to_owned);
    names.filter(|name| !["help", "version"].contains(&name.as_str())).collect()
}

/// The configuration of a command line, as it is shown.
fn config(arguments: &[&str]) -> String {
    let arguments = [&["havenask-proxy"], arguments].concat();
    let settings = Cli::try_parse_from(&arguments).unwrap().settings;
    let environment = |name: &str| name.starts_with("ALIBABA_CLOUD_ACCESS").then(|| "k".to_owned());
    format!("{:?}", Config::new(&settings, environment).unwrap())
}

/// A folder with a file of each option that reads one.
fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("options-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let accounts = r#"{"accounts": [], "default": "own"}"#;
    let tokens = format!("name {}\n", "0".repeat(64));
    let files = [("keys", KEYS), ("accounts", accounts), ("tokens", &tokens)];
    for (name, text) in files.into_iter().chain([("catalog", SAMPLE), ("index.html", "")]) {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

#[test]
fn each_option_changes_the_configuration() {
    let folder = folder();
    let file = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let [keys, accounts, tokens, catalog] = ["keys", "accounts", "tokens", "catalog"].map(file);
    let [region, role] = [["--region", "cn-hangzhou"], ["--ram-role", "buyer"]];
    let header = ["--user-header", "x-user", "--trusted-proxy", "10.0.0.7"];
    // The options beside it, and its value.
    let rows: &[(&str, &[&str], &[&str])] = &[
        ("listen", &[], &["127.0.0.1:1"]),
        ("operator-listen", &[], &["127.0.0.1:1"]),
        ("own-name", &[], &["shop.example"]),
        ("account-site", &[], &["international"]),
        ("ledger", &[], &["sqlite:other"]),
        ("upstream-timeout", &[], &["29"]),
        ("reconcile-seconds", &[], &["3599"]),
        ("reconcile-rate", &[], &["19"]),
        ("site", &[], &[folder.to_str().unwrap()]),
        ("keys", &[], &[&keys]),
        ("ram-role", &[], &["buyer"]),
        ("metadata", &role, &["http://127.0.0.1:1"]),
        ("accounts", &[], &[&accounts]),
        ("tokens", &[], &[&tokens]),
        ("user-header", &["--trusted-proxy", "10.0.0.7"], &["x-user"]),
        ("trusted-proxy", &header, &["10.0.0.8"]),
        ("allow-origin", &[], &["https://console.example.com"]),
        ("requests-per-minute", &[], &["119"]),
        ("address-requests-per-minute", &[], &["5999"]),
        ("address-connections", &[], &["255"]),
        ("all-requests-per-minute", &[], &["1199"]),
        ("max-concurrent-requests", &[], &["255"]),
        ("purchases-per-hour", &[], &["1"]),
        ("max-price", &[], &["CNY 1"]),
        ("budget", &[], &["CNY 1/month"]),
        ("allow-unpriced", &[], &[]),
        ("allow-auto-renew", &[], &[]),
        ("max-term-months", &[], &["1"]),
        ("allow-component", &[], &["size"]),
        ("catalog", &[], &[&catalog]),
        ("audit", &[], &["audit.jsonl"]),
        ("allow-postpay", &[], &[]),
        ("relay", &[], &[]),
        ("terms-url", &[], &["https://shop.example/terms"]),
    ];
    let default = config(&region);
    for (name, beside, value) in rows {
        let option = format!("--{name}");
        let all = [region.as_slice(), beside, &[&option], value].concat();
        // A name in front of others needs them.
        let before = if *name == "user-header" {
            default.clone()
        } else {
            config(&[region.as_slice(), beside].concat())
        };
        assert_ne!(config(&all), before, "{option}");
    }
    assert_ne!(config(&["--region", "cn-beijing"]), default);
    assert_ne!(config(&["--upstream", "http://127.0.0.1:1"]), default);
    fs::remove_dir_all(&folder).unwrap();
    // The log is no part of the configuration.
    let known = rows.iter().map(|row| row.0).chain(["region", "upstream", "log-format"]);
    assert_eq!(known.map(str::to_owned).collect::<BTreeSet<_>>(), options());
}

#[test]
fn each_option_stands_in_the_guide() {
    let missing = options().into_iter().filter(|name| !GUIDE.contains(&format!("--{name}")));
    assert_eq!(missing.collect::<Vec<_>>(), [""; 0]);
}
