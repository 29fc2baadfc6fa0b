//! What the command line says, and the files that it names.

use super::Finding;
use crate::{config::Settings, guard::Identity};

/// Who may ask.
pub(super) fn callers(settings: &Settings) -> Finding {
    match settings.identity() {
        Ok(Identity::Anyone) => Finding::ok("whoever is on this machine"),
        Ok(Identity::Tokens(tokens)) if tokens.len() == 0 => Finding::warn(
            "--tokens names nobody: every request of the API is refused. Add a line for each caller.",
        ),
        Ok(Identity::Tokens(tokens)) => Finding::ok(format!("known by a token, {}", tokens.len())),
        Ok(Identity::Header { name, trusted }) => {
            Finding::ok(format!("named in {name} by a proxy at {trusted:?}"))
        }
        Err(error) => Finding::fail(error),
    }
}

/// The page.
pub(super) fn site(settings: &Settings) -> Finding {
    match settings.site() {
        Ok(Some(folder)) => Finding::ok(format!("{} has a page", folder.display())),
        Ok(None) => Finding::ok("none: the API alone is served"),
        Err(error) => Finding::fail(error),
    }
}

/// What is sold.
pub(super) fn catalogue(settings: &Settings) -> Finding {
    match settings.catalog() {
        Ok(Some(catalog)) => Finding::ok(format!("{} components", catalog.components.len())),
        Ok(None) => Finding::warn(
            "none: the form shows a sample, most of which is made up. Say what you sell with --catalog.",
        ),
        Err(error) => Finding::fail(error),
    }
}

/// How long is waited.
pub(super) fn times(settings: &Settings) -> Finding {
    match settings.limits() {
        Ok(limits) => Finding::ok(format!(
            "an answer is waited for {} s, a lost purchase is looked for {} s",
            limits.answer.as_secs(),
            limits.patience.as_secs()
        )),
        Err(error) => Finding::fail(error),
    }
}
