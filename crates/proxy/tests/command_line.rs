//! Options and variables as people and container files write them.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

use std::{
    path::PathBuf,
    process::{Command, Output},
};

/// The exit code of a command line that is not understood.
const USAGE: i32 = 2;

fn run(words: &str, variables: &[(&str, &str)]) -> Output {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("command-line");
    std::fs::create_dir_all(&folder).unwrap();
    Command::new(env!("CARGO_BIN_EXE_havenask-proxy"))
        .args(words.split_whitespace())
        .current_dir(folder)
        .env("ALIBABA_CLOUD_ACCESS_KEY_ID", "testid")
        .env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "testsecret")
        .envs(variables.iter().copied())
        .output()
        .unwrap()
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
        (check, &[("HAVENASK_PROXY_REGION", ""), ("HAVENASK_PROXY_LISTEN", "")]),
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
