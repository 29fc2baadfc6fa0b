//! Makes docs/rules.md and docs/errors.md from the tables of the core, and compares them with those that are committed.
//! `cargo xtask bless` renews them.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

mod made_from_code;

use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

use havenask_core::{
    ErrorCode, Failure, Locale, Severity,
    failure::CLOUD_CODES,
    model::{MAX_COMPONENTS, MAX_TAG_LENGTH, MAX_TAGS},
    rules::{MAX_PROBLEMS, RULES},
    verify::Reason,
};
use schemars::JsonSchema;

/// Errors of the package's JavaScript itself: the core is not there then.
const OF_THE_PACKAGE: [(&str, &str, &str); 2] = [
    (
        "FormNotLoaded",
        "The form could not be loaded: `onFailed`, `havenask-failed`.",
        "Look whether the `.wasm` of the form is served, and whether the policy of the page has `'wasm-unsafe-eval'`.",
    ),
    (
        "NotInitialized",
        "A function was called before the WebAssembly was there.",
        "Call `await init()` first, or take `havenask-instances/inline`, which starts by itself.",
    ),
];

#[test]
fn the_rules_are_those_of_the_table() {
    let mut text = format!(
        "# Rules\n\n\
         {MADE}\n\n\
         Checks of a `CreateInstance`, by the form, the package (`validate`) and the proxy alike. An error forbids to buy,\n\
         a warning does not. The place is a JSON Pointer, in which `*` is the number of an item; a rule without one holds for every\n\
         field. Words in braces are filled in; the limits are {MAX_COMPONENTS} components, {MAX_TAGS} tags and\n\
         {MAX_TAG_LENGTH} characters, and of very many problems some {MAX_PROBLEMS} are named. With `allowPostpay` (`--allow-postpay` of the proxy), `postpay-not-supported` is a warning.\n\n"
    );
    let head = ["code", "severity", "place", "message", "source"];
    let rows = RULES.iter().map(|rule| {
        let place = rule.code.place();
        [
            code(rule.name),
            if rule.severity == Severity::Error { "error" } else { "warning" }.to_owned(),
            if place.is_empty() { String::new() } else { code(place) },
            both(rule.en, rule.zh),
            rule.code.source().to_owned(),
        ]
    });
    table(&mut text, head, rows);
    made_from_code::compare("docs/rules.md", &text);
}

#[test]
fn the_errors_are_those_of_the_tables() {
    let mut text = format!(
        "# Errors\n\n\
         {MADE}\n\n\
         Everything that fails has one form: a `code`, a `message`, the HTTP `status`, a `remedy`, and two answers. The `outcome` is\n\
         `not-created` when nothing was bought, and `unknown` when it may have been bought all the same. `retry` says whether the\n\
         request may be sent again once the remedy is done: `same-key`, with the same idempotency key, which buys once at most;\n\
         `new-key`, with a new one, since the old one keeps its refusal; `no`, not as it is. The proxy answers with it, the client of\n\
         the page and `HavenaskError` of the package hand it on. The `problems` of a request: [rules.md](rules.md).\n\n\
         A request that is refused before the ledger is asked, for its rate, its token or its form, says `not-created` of itself alone: a key that was\n\
         `unknown` before stays so until `GET /purchases/KEY` tells.\n\n\
         ## Of the proxy and the package\n\n\
         A code without status comes from no answer: the package or the page says it.\n\n"
    );
    let rows = ErrorCode::ALL.iter().map(|&own| {
        let (en, zh) = (Failure::new(own, Locale::En), Failure::new(own, Locale::Zh));
        [
            code(own.as_str()),
            if own.status() == 0 { String::new() } else { own.status().to_string() },
            code(en.outcome.as_str()),
            code(en.retry.as_str()),
            both(&en.message, &zh.message),
            both(&en.remedy, &zh.remedy),
        ]
    });
    table(&mut text, ["code", "status", "outcome", "retry", "message", "remedy"], rows);

    text.push_str(
        "\n## Of the package alone\n\n\
         Errors of its JavaScript when there is no WebAssembly to ask. Nothing was bought.\n\n",
    );
    let rows =
        OF_THE_PACKAGE.map(|(name, happened, remedy)| [code(name), happened.into(), remedy.into()]);
    table(&mut text, ["code", "what happened", "what to do"], rows);

    text.push_str(
        "\n## Of the cloud\n\n\
         Any code of the cloud is handed on as it is, with its status, message and request id. With a status of the 400s, 408\n\
         excepted, a code below that proves that nothing was made is `not-created`. Everything else is `unknown` and is sent again\n\
         with the same key only. Each code stands for itself and for those that begin with it and a dot.\n\
         [sdk-matrix.md](sdk-matrix.md) has all that the emulator answers with.\n\n",
    );
    let rows = CLOUD_CODES.iter().map(|row| {
        [
            row.families.iter().map(|it| code(it)).collect::<Vec<_>>().join(", "),
            if row.proves_nothing_made { "yes" } else { "no" }.into(),
            code(row.retry.as_str()),
            both(row.en, row.zh),
            row.source.into(),
        ]
    });
    table(&mut text, ["code", "proves that nothing was made", "retry", "remedy", "source"], rows);

    text.push_str(
        "\n## Of a signature\n\n\
         The `reason` of `verifyRequest`, and of `verify` in the core: why a request is not signed with the key.\n\n",
    );
    let reasons = words::<Reason>().into_iter();
    let rows = reasons.map(|(name, description)| [code(&name), description]);
    table(&mut text, ["reason", "what it is"], rows);
    made_from_code::compare("docs/errors.md", &text);
}

#[test]
fn the_package_has_no_other_codes_of_its_own() {
    let npm = Path::new(env!("CARGO_MANIFEST_DIR")).join("npm");
    let mut found = BTreeSet::new();
    for folder in [npm.clone(), npm.join("form")] {
        for file in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if file.extension().is_some_and(|end| end == "js") {
                let text = fs::read_to_string(file).unwrap();
                let codes = text.split("code: \"").skip(1);
                found.extend(codes.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
            }
        }
    }
    found.retain(|name| ErrorCode::ALL.iter().all(|code| code.as_str() != name));
    assert_eq!(found, OF_THE_PACKAGE.map(|(name, ..)| name.to_owned()).into());
}

#[test]
fn each_error_code_is_expected_by_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = ["crates/proxy/tests", "tests/package", "tests/browser/specs"];
    let files = folders.iter().flat_map(|folder| fs::read_dir(root.join(folder)).unwrap());
    let files = files.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    // That table has all codes, whatever the proxy answers.
    let files = files.filter(|path| !path.ends_with("openapi.rs"));
    let tests: String = files.map(|path| fs::read_to_string(path).unwrap()).collect();
    let is_expected = |name: &str| {
        tests.contains(&format!("\"{name}\"")) || tests.contains(&format!("ErrorCode::{name}"))
    };
    let missing = ErrorCode::ALL.iter().filter(|code| !is_expected(code.as_str()));
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&ErrorCode>::new());
}

const MADE: &str = "Made by `cargo xtask bless` from the tables of the core.";

/// The words of an enum as they are written, and what its documentation says of each.
fn words<T: JsonSchema>() -> Vec<(String, String)> {
    let schema = schemars::schema_for!(T);
    let words = schema.as_value()["oneOf"].as_array().unwrap().iter().map(|word| {
        let text = |name: &str| word[name].as_str().unwrap().to_owned();
        (text("const"), text("description"))
    });
    words.collect()
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn both(en: &str, zh: &str) -> String {
    format!("{en}<br>{zh}")
}

fn table<const N: usize>(
    text: &mut String,
    head: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) {
    writeln!(text, "| {} |\n|{}", head.join(" | "), "---|".repeat(N)).unwrap();
    for row in rows {
        writeln!(text, "| {} |", row.map(|cell| cell.replace('|', "\\|")).join(" | ")).unwrap();
    }
}
