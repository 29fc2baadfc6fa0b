//! Options and variables as people and container files write them.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

/// The exit code of a command line that is not understood.
const USAGE: i32 = 2;

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("command-line").join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn run(words: &str, variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_havenask-proxy"))
        .args(words.split_whitespace())
        .current_dir(folder("run"))
        .env_clear()
        .env("ALIBABA_CLOUD_ACCESS_KEY_ID", "testid")
        .env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "testsecret")
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

#[test]
fn a_ledger_is_where_its_path_says() {
    let inner = folder("place/inner/my folder");
    let outer = inner.ancestors().nth(2).unwrap();
    for file in ["up.db", "inner/my folder/a b:c[d]|e\\f%2F?#\tg.db", "inner/plain.db"] {
        let _ = fs::remove_file(outer.join(file));
        let absolute = outer.join(file).display().to_string();
        let relative = match file.strip_prefix("inner/") {
            Some(below) => below.to_owned(),
            None => format!("../{file}"),
        };
        for path in [relative, absolute] {
            let made = Command::new(env!("CARGO_BIN_EXE_havenask-proxy"))
                .args(["ledger", "--ledger", &format!("sqlite:{path}"), "import"])
                .current_dir(outer.join("inner"))
                .stdin(Stdio::null())
                .output()
                .unwrap();
            assert!(made.status.success(), "{path}: {made:?}");
            assert!(outer.join(file).is_file(), "{path}");
            fs::remove_file(outer.join(file)).unwrap();
        }
    }
}

#[test]
fn a_command_line_is_understood() {
    // Nobody listens there: a check that begins finds that out.
    let check = "check --upstream http://127.0.0.1:1";
    for (words, variables) in [
        (check, &[][..]),
        ("--upstream http://127.0.0.1:1 check", &[]),
        ("--upstream http://127.0.0.1:1 check --allow-postpay", &[]),
        ("--ledger sqlite:missing/none.db ledger list", &[]),
        (check, &[("HAVENASK_PROXY_SITE", ""), ("HAVENASK_PROXY_RELAY", "")]),
        (check, &[("HAVENASK_PROXY_REGION", ""), ("HAVENASK_PROXY_ALLOW_POSTPAY", "")]),
        (check, &[("HAVENASK_PROXY_ALLOW_POSTPAY", "1"), ("HAVENASK_PROXY_RELAY", "FALSE")]),
    ] {
        let output = run(words, variables);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{words} {variables:?}: {said}");
    }
}

#[test]
fn a_command_line_that_is_not_understood_says_why() {
    for (words, variables, code, why) in [
        ("--upstream http://127.0.0.1:1 --site x ledger list", &[][..], USAGE, "--upstream"),
        ("check", &[], USAGE, "--region"),
        ("check --upstream http://127.0.0.1:1 --relay --tokens x", &[], 1, "with --tokens"),
        ("check --upstream http://127.0.0.1:1 --relay --accounts x", &[], 1, "with --accounts"),
        (
            "check --upstream x",
            &[("HAVENASK_PROXY_ALLOW_COMPONENT", "")],
            USAGE,
            "--allow-component",
        ),
        ("--region cn-beijing --ram-role check", &[], USAGE, "command first"),
        ("check --upstream x", &[("HAVENASK_PROXY_MAX_PRICE", "")], USAGE, "--max-price"),
        ("check --upstream x", &[("HAVENASK_PROXY_BUDGET", "")], USAGE, "--budget"),
        ("check --upstream x", &[("HAVENASK_PROXY_TOKENS", "")], USAGE, "--tokens"),
        ("check --upstream x", &[("HAVENASK_PROXY_RELAY", "perhaps")], USAGE, "--relay"),
        (
            "check --upstream http://127.0.0.1:1",
            &[("HAVENASK_PROXY_REGION", "cn-hangzhou")],
            1,
            "HAVENASK_PROXY_REGION",
        ),
    ] {
        let output = run(words, variables);
        let said = [output.stdout, output.stderr].map(|it| String::from_utf8(it).unwrap()).concat();
        assert_eq!(output.status.code(), Some(code), "{words}: {said}");
        assert!(said.contains(why), "{words}: {said}");
    }
}
