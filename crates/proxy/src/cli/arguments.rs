//! The command line.

use std::{
    env,
    ffi::{OsStr, OsString},
};

use clap::{
    Command as ClapCommand, CommandFactory, FromArgMatches, Parser, Subcommand,
    builder::Resettable, error::ErrorKind,
};

use super::{catalog::CatalogArguments, ledger::LedgerArguments};
use crate::config::ProxySettings;

/// The command line of `havenask-proxy`.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    about = "Serves the purchase form and signs what it buys",
    long_about = "Serves the purchase form, checks and signs what it buys, and sends it to one endpoint of Alibaba Cloud \
                  OpenSearch.\n\nThe keys come from --keys, --ram-role, or the environment: ALIBABA_CLOUD_ACCESS_KEY_ID, \
                  ALIBABA_CLOUD_ACCESS_KEY_SECRET and, for an STS credential, ALIBABA_CLOUD_SECURITY_TOKEN.\n\nEach option can be \
                  set by a variable of the environment too; of several values, with commas between them. On SIGHUP the files \
                  of --tokens, --catalog and --keys are read again."
)]
pub struct Cli {
    /// A command in place of listening.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Settings of a run.
    #[command(flatten)]
    pub settings: ProxySettings,
}

impl Cli {
    /// Parses the command line and the environment; ends the process, with a message, where they cannot be understood. Options may
    /// stand before the command that takes them.
    #[must_use]
    pub fn read() -> Self {
        let arguments: Vec<OsString> = env::args_os().collect();
        let command = without_empty_variables(Self::command());
        let parse = |arguments: Vec<OsString>| command.clone().try_get_matches_from(arguments);
        let matches = parse(arguments.clone()).or_else(|error| match command_first(&arguments) {
            Some(arguments) if error.kind() == ErrorKind::ArgumentConflict => parse(arguments),
            _ => Err(error),
        });
        let cli = matches.and_then(|matches| Self::from_arg_matches(&matches));
        let cli = cli.unwrap_or_else(|error| error.exit());
        let is_name = |pair: &[OsString]| pair[0] == "--ram-role" && is_command(&pair[1]);
        if cli.command.is_none() && arguments.windows(2).any(is_name) {
            let message =
                "--ram-role takes the word behind it as its name: write the command first";
            Self::command().error(ErrorKind::ArgumentConflict, message).exit();
        }
        cli
    }
}

/// Options of which an empty variable, as files for containers write it, counts as not set. Of the others an empty one is an error:
/// nobody who meant to set a limit or a ledger goes without. `--ram-role` alone has a meaning without a value.
const MAY_BE_EMPTY: [&str; 8] = [
    "region",
    "upstream",
    "site",
    "allow_origin",
    "allow_unpriced",
    "allow_auto_renew",
    "allow_postpay",
    "relay",
];

fn without_empty_variables(command: ClapCommand) -> ClapCommand {
    let command = command.mut_args(|arg| {
        let value = arg.get_env().and_then(env::var_os);
        let is_none = value.is_some_and(|value| value.is_empty())
            && MAY_BE_EMPTY.contains(&arg.get_id().as_str());
        if is_none { arg.env(Resettable::Reset) } else { arg }
    });
    command.mut_subcommands(without_empty_variables)
}

fn is_command(word: &OsStr) -> bool {
    Cli::command().find_subcommand(word).is_some()
}

/// The arguments with the options that stand before the command behind it.
fn command_first(arguments: &[OsString]) -> Option<Vec<OsString>> {
    let at = arguments.iter().skip(1).position(|word| is_command(word))? + 1;
    let (before, command) = arguments.split_at(at);
    let end = command.iter().position(|word| word == "--").unwrap_or(command.len());
    Some([&before[..1], &command[..end], &before[1..], &command[end..]].concat())
}

/// A command in place of listening.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Tests these settings, and buys nothing
    ///
    /// Takes what a run takes, and tests it: the addresses and files, the ledger, the keys, the way to the cloud, the clock,
    /// and whether the cloud takes the keys and lets them read. Nothing is bought, and nothing is made or changed: neither
    /// at the cloud, nor in the ledger, nor a file. The first purchase shows whether the keys may buy.
    ///
    /// A line for each: ok, warn, fail, or skip for what could not be tested because of another failure; what was tested;
    /// what was found; and what to do about it. Exits with 1 when something fails, and with 0 otherwise.
    Check(Box<ProxySettings>),
    /// Lists what the account's billing knows, and drafts a catalogue from it; buys nothing
    Catalog(CatalogArguments),
    /// Looks into the ledger, and settles what only a person can find out
    Ledger(LedgerArguments),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_options_that_may_be_empty_exist() {
        let command = Cli::command();
        for id in MAY_BE_EMPTY {
            let option = command.get_arguments().find(|option| option.get_id() == id);
            assert!(option.is_some_and(|option| option.get_env().is_some()), "{id}");
        }
    }
}
