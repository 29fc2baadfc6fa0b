//! The files of deploy/ and the guide to them say what the proxy knows.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

use std::collections::BTreeSet;

use clap::{CommandFactory, Parser, error::ErrorKind};
use havenask_core::{
    Operation,
    model::{CreateInstanceRequest, ListInstancesRequest},
    operation::{PRODUCT, create_instance, get_instance, list_instances},
};
use havenask_proxy::{cli::Cli, config::Limits};
use serde_json::{Value, json};

const UNIT: &str = include_str!("../deploy/havenask-proxy.service");
const ENVIRONMENT: &str = include_str!("../deploy/environment.example");
const CONTAINERFILE: &str = include_str!("../deploy/Containerfile");
const NGINX: &str = include_str!("../deploy/nginx.conf");
const POLICY: &str = include_str!("../deploy/ram-policy.json");
const BILLING_POLICY: &str = include_str!("../deploy/ram-policy-billing.json");
const ASSUME_POLICY: &str = include_str!("../deploy/ram-policy-assume.json");
const ALERTS: &str = include_str!("../deploy/alerts.yml");
const KUBERNETES: &str = include_str!("../deploy/kubernetes.yaml");
const GUIDE: &str = include_str!("../../../docs/operating.md");
const METRICS: &str = include_str!("../../../docs/metrics.md");

/// The values of a setting, one a line: `NAME=VALUE`.
fn values<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    text.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix('=')).collect()
}

/// The arguments behind the name of the program in a line, to the next command; `None` without any.
fn after_the_program(line: &str) -> Option<Vec<&str>> {
    let words: Vec<_> = line.split_whitespace().collect();
    let is_program = |word: &&str| word.rsplit('/').next() == Some("havenask-proxy");
    let program = words.iter().rposition(is_program)?;
    let rest = words[program + 1..].iter().copied();
    let rest: Vec<_> = rest.take_while(|word| !["|", ">", "&&", "#", "&"].contains(word)).collect();
    (!rest.is_empty()).then_some(rest)
}

/// The lines of the blocks of code in a text; those that end with a backslash go on.
fn code(markdown: &str) -> Vec<String> {
    let blocks = markdown.split("```").skip(1).step_by(2);
    let whole: String = blocks.collect::<String>().replace("\\\n", " ");
    whole.lines().map(str::to_owned).collect()
}

#[track_caller]
fn assert_is_a_command_line(words: &[&str]) {
    let read = Cli::try_parse_from([&["havenask-proxy"], words].concat());
    let shown = |kind| matches!(kind, ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    assert!(
        read.as_ref().map_or_else(|error| shown(error.kind()), |_| true),
        "{words:?}: {read:?}"
    );
}

#[test]
fn every_command_line_is_one() {
    let options = values(ENVIRONMENT, "OPTIONS")[0];
    let entry = CONTAINERFILE.lines().find_map(|line| line.strip_prefix("ENTRYPOINT ")).unwrap();
    assert_eq!(serde_json::from_str::<Vec<&str>>(entry).unwrap(), ["/havenask-proxy"]);
    let guide = code(GUIDE);
    let unit = ["ExecStartPre", "ExecStart"].map(|name| values(UNIT, name)[0].to_owned());
    let lines: Vec<_> =
        guide.into_iter().chain(unit).map(|line| line.replace("$OPTIONS", options)).collect();
    let commands: Vec<_> = lines.iter().filter_map(|line| after_the_program(line)).collect();
    assert!(commands.len() > 7, "{commands:?}");
    for words in commands {
        assert_is_a_command_line(&words);
    }
}

#[test]
fn every_option_in_the_text_is_known() {
    let mut command = Cli::command();
    command.build();
    let mut all = vec![&command];
    let mut known = BTreeSet::new();
    while let Some(command) = all.pop() {
        known.extend(command.get_arguments().filter_map(|argument| argument.get_long()));
        all.extend(command.get_subcommands());
    }
    let prose = GUIDE.split("```").step_by(2).collect::<String>();
    let spans = prose.split('`').skip(1).step_by(2);
    let comments = [NGINX, ENVIRONMENT, UNIT, CONTAINERFILE, ALERTS].map(str::lines);
    let comments = comments.into_iter().flatten().filter_map(|line| line.trim().strip_prefix('#'));
    let named = spans
        .filter(|span| span.starts_with("--"))
        .chain(comments.filter(|it| !it.contains("podman")));
    let named: BTreeSet<_> = named
        .flat_map(|text| {
            text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
        })
        .filter_map(|word| word.strip_prefix("--"))
        .filter(|name| !name.is_empty())
        .collect();
    assert!(named.len() > 5, "{named:?}");
    assert_eq!(named.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn every_option_has_its_variable() {
    let mut command = Cli::command();
    command.build();
    let check = command.find_subcommand("check").unwrap();
    for command in [&command, check] {
        let options = command.get_arguments().filter_map(|it| Some((it.get_long()?, it.get_env())));
        let options: Vec<_> =
            options.filter(|(name, _)| !["help", "version"].contains(name)).collect();
        assert!(options.len() > 30, "{options:?}");
        for (name, variable) in options {
            let expected = format!("HAVENASK_PROXY_{}", name.replace('-', "_").to_uppercase());
            assert_eq!(variable.and_then(|it| it.to_str()), Some(&*expected), "--{name}");
        }
    }
}

/// The objects of a YAML file that Kubernetes reads.
fn objects() -> Vec<Value> {
    serde_saphyr::from_multiple(KUBERNETES).unwrap()
}

fn object<'a>(all: &'a [Value], kind: &str) -> &'a Value {
    all.iter().find(|it| it["kind"] == kind).unwrap()
}

#[test]
fn kubernetes_runs_what_there_is() {
    let all = objects();
    let pod = &object(&all, "Deployment")["spec"]["template"]["spec"];
    let container = &pod["containers"][0];
    let settings = object(&all, "ConfigMap")["data"].as_object().unwrap();
    let settings = settings.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap()));
    let secret = container["env"].as_array().unwrap().iter();
    let secret = secret.map(|it| (it["name"].as_str().unwrap(), "postgres://db.example/havenask"));
    let settings: Vec<_> = settings.chain(secret).collect();
    // As options, which every variable stands for.
    let words = settings.iter().map(|(name, value)| {
        let option = name.strip_prefix("HAVENASK_PROXY_").unwrap().to_lowercase().replace('_', "-");
        format!("--{option}={value}")
    });
    let words: Vec<_> = words.collect();
    assert_is_a_command_line(&words.iter().map(String::as_str).collect::<Vec<_>>());

    let value = |name: &str| settings.iter().find(|it| it.0 == name).unwrap().1;
    let port = |name: &str| {
        let ports = container["ports"].as_array().unwrap();
        ports.iter().find(|it| it["name"] == name).unwrap()["containerPort"].as_u64().unwrap()
    };
    for (name, variable) in
        [("http", "HAVENASK_PROXY_LISTEN"), ("operator", "HAVENASK_PROXY_OPERATOR_LISTEN")]
    {
        assert!(value(variable).ends_with(&format!(":{}", port(name))), "{variable}");
    }
    for (probe, path) in [("livenessProbe", "/healthz"), ("readinessProbe", "/readyz")] {
        assert_eq!(container[probe]["httpGet"], json!({ "path": path, "port": "operator" }));
    }
    let grace = pod["terminationGracePeriodSeconds"].as_u64().unwrap();
    let pause = container["lifecycle"]["preStop"]["sleep"]["seconds"].as_u64().unwrap();
    assert!(grace > pause + Limits::default().shutdown_timeout.as_secs() + 5);
    // Every file that an option names is in a folder that is mounted, or in the image.
    let mounts: Vec<_> = container["volumeMounts"].as_array().unwrap().iter().collect();
    for file in settings.iter().map(|it| it.1).filter(|value| value.starts_with('/')) {
        let there = mounts.iter().any(|it| file.starts_with(it["mountPath"].as_str().unwrap()));
        assert!(there || CONTAINERFILE.contains(&format!("/image{file}")), "{file}");
    }
    for mount in mounts {
        let volumes = pod["volumes"].as_array().unwrap();
        assert!(volumes.iter().any(|it| it["name"] == mount["name"]), "{mount}");
    }
    let user = CONTAINERFILE.lines().find_map(|line| line.strip_prefix("USER ")).unwrap();
    assert_eq!(user.split(':').next(), Some(&*pod["securityContext"]["runAsUser"].to_string()));
}

#[test]
fn every_metric_is_documented() {
    let documented: BTreeSet<_> = METRICS
        .lines()
        .filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0))
        .collect();
    for (text, least) in [(ALERTS, 4), (GUIDE, 1)] {
        let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
        let named: BTreeSet<_> = words.filter(|word| word.starts_with("havenask_proxy_")).collect();
        assert!(named.len() >= least, "{named:?}");
        for name in named {
            let timed = name.strip_suffix("_count").unwrap_or(name);
            assert!(documented.contains(name) || documented.contains(timed), "{name}");
        }
    }
}

#[test]
fn the_policy_permits_what_is_asked_and_no_more() {
    let policy: Value = serde_json::from_str(POLICY).unwrap();
    let statements = policy["Statement"].as_array().unwrap();
    assert_eq!(statements.len(), 1);
    let asked: [Operation; 3] = [
        create_instance(&CreateInstanceRequest::default(), None),
        get_instance(""),
        list_instances(&ListInstancesRequest::default()),
    ];
    let asked = asked.map(|operation| format!("{PRODUCT}:{}", operation.action));
    assert_eq!(statements[0]["Action"], json!(asked));
}

#[test]
fn timeouts_in_front_of_the_proxy_are_longer_than_its_own() {
    let limits = Limits::default();
    let seconds = |text: &str, name: &str| -> u64 {
        let found = text.split(name).nth(1).unwrap().trim_start();
        found.split(|letter: char| !letter.is_ascii_digit()).next().unwrap().parse().unwrap()
    };
    assert!(seconds(UNIT, "TimeoutStopSec=") > limits.shutdown_timeout.as_secs() + 5);
    assert!(seconds(NGINX, "proxy_read_timeout") > limits.shutdown_timeout.as_secs());
    assert!(seconds(NGINX, "keepalive_timeout") < limits.header_timeout.as_secs());
}

#[test]
fn the_billing_policy_grants_what_the_guide_explains() {
    let policy: serde_json::Value = serde_json::from_str(BILLING_POLICY).unwrap();
    let actions = policy["Statement"][0]["Action"].as_array().unwrap();
    assert_eq!(actions.len(), 3);
    for action in actions {
        let row = format!("| `{}`", action.as_str().unwrap());
        assert!(GUIDE.contains(&row), "{row}");
    }
}

#[test]
fn the_policy_of_roles_permits_to_assume_them_and_nothing_else() {
    let policy: Value = serde_json::from_str(ASSUME_POLICY).unwrap();
    let statements = policy["Statement"].as_array().unwrap();
    assert_eq!(statements.len(), 1);
    let assume = havenask_core::identity::assume_role("", "").action;
    assert_eq!(statements[0]["Action"], json!(format!("sts:{assume}")));
}
