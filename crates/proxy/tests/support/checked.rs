//! A run of `havenask-proxy check`, and the lines that it writes.

use clap::Parser;
use havenask_proxy::{
    cli::{Cli, Command, check},
    config::ProxySettings,
};

use super::SECRET;

pub(crate) const TOKEN: &str = "sentinel-token-of-the-proxy";

/// The keys of the environment; no line may show a secret.
pub(crate) type Environment<'a> = [(&'a str, &'a str)];

pub(crate) const KEYS: [(&str, &str); 2] =
    [("ALIBABA_CLOUD_ACCESS_KEY_ID", "testid"), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", SECRET)];

/// The lines of a check, and whether nothing failed.
pub(crate) struct Checked {
    pub(crate) text: String,
    pub(crate) well: bool,
}

impl Checked {
    /// There is a line of this verdict about this, and it says that.
    pub(crate) fn says(&self, verdict: &str, what: &str, says: &str) {
        let begin = format!("{verdict:4}  {what:14}  ");
        let line = self.text.lines().find(|line| line.starts_with(&begin));
        assert!(line.is_some_and(|line| line.contains(says)), "{begin}{says} in\n{}", self.text);
    }
}

/// Reads the settings that are to be checked from the command line.
pub(crate) fn settings(arguments: &[&str]) -> ProxySettings {
    let words = [&["havenask-proxy", "check"], arguments].concat();
    let settings = match Cli::try_parse_from(words).unwrap().command {
        Some(Command::Check(settings)) => Some(*settings),
        _ => None,
    };
    settings.unwrap()
}

pub(crate) async fn check(arguments: &[&str], environment: &Environment<'_>) -> Checked {
    let settings = settings(&[&["--listen", "127.0.0.1:0"], arguments].concat());
    let value = |name: &str| {
        let found = environment.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    let mut out = Vec::new();
    let well = check::run(&settings, value, &mut out).await.unwrap();
    let text = String::from_utf8(out).unwrap();
    for secret in [SECRET, TOKEN] {
        assert!(!text.contains(secret), "{text}");
    }
    // A line for each, whatever fails.
    let of_accounts = text
        .lines()
        .filter(|line| line[6..].starts_with("accounts ") || line[6..].starts_with("roles "))
        .count();
    assert_eq!(text.lines().count() - of_accounts, 15, "{text}");
    Checked { text, well }
}
