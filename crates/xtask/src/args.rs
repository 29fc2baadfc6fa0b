//! Arguments of the command line.

use clap::{Parser, Subcommand, ValueEnum, value_parser};

use crate::fault_campaign;
use crate::fuzz;

/// Developer commands.
///
/// Missing tools (the wasm32 target, wasm-bindgen, wasm-opt, a browser) are installed into $HAVENASK_TOOLS, or else the
/// user's cache folder, on first use.
#[derive(Debug, Parser)]
#[allow(clippy::doc_markdown, reason = "these comments are the help")]
#[command(bin_name = "cargo xtask", arg_required_else_help = true)]
pub(crate) struct XtaskArguments {
    #[command(subcommand)]
    pub(crate) command: XtaskCommand,
}

#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
#[allow(clippy::doc_markdown, reason = "these comments are the help")]
pub(crate) enum XtaskCommand {
    /// Build everything, and start emulator, proxy and page; prints `ready: http://127.0.0.1:8080/` when the page answers
    Serve {
        /// Port of the page; the emulator listens on the next one
        #[arg(long, default_value_t = 8080, value_parser = value_parser!(u16).range(1..u16::MAX.into()))]
        port: u16,
        /// Rebuild and restart when a source changes
        #[arg(long)]
        watch: bool,
    },
    /// Build target/npm/ (the package, with the form) and target/site/ (the page)
    Build,
    /// Renew every file that is made from the code: types.d.ts, docs/rules.md, docs/errors.md, docs/package/, docs/sdk-matrix.md
    Bless,
    /// Measure every budget beside its peer; without a part, all of them, into docs/benchmarks.md
    Bench {
        #[arg(value_enum)]
        part: Option<BenchPart>,
    },
    /// Buy through proxies that are killed, from an emulator with faults, on both databases
    Faults {
        #[arg(long, default_value_t = fault_campaign::SHORT.purchases)]
        purchases: u32,
        #[arg(long, default_value_t = fault_campaign::SHORT.seed)]
        seed: u32,
    },
    /// Renew the pictures of docs/screenshots/
    Screenshots,
    /// Fuzz every parser of the core, or one
    Fuzz {
        target: Option<String>,
        /// Inputs for each target
        #[arg(long, default_value_t = fuzz::RUNS, value_parser = value_parser!(u32).range(1..))]
        runs: u32,
    },
    /// Run every test step, or the named ones
    Test {
        steps: Vec<String>,
        /// List the steps
        #[arg(long, conflicts_with = "steps")]
        list: bool,
        /// Run only the tests whose file or name contains this text; for one step
        #[arg(last = true, requires = "steps")]
        filter: Option<String>,
    },
}

/// Part of the benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BenchPart {
    /// Sizes of the npm package, and its speed of signing, beside its peers
    Package,
    /// Size and speed of the page, and Lighthouse
    Page,
    /// Requests per second of the emulator and the proxy, beside nginx
    Load,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<XtaskCommand, String> {
        let words = ["xtask"].into_iter().chain(line.split_whitespace());
        let parsed = XtaskArguments::try_parse_from(words);
        parsed.map(|parsed| parsed.command).map_err(|error| error.to_string())
    }

    #[test]
    fn every_command_has_its_defaults() {
        let target = || Some("query".to_owned());
        for (line, command) in [
            ("serve", XtaskCommand::Serve { port: 8080, watch: false }),
            ("serve --port=9000 --watch", XtaskCommand::Serve { port: 9000, watch: true }),
            ("bench", XtaskCommand::Bench { part: None }),
            ("bench load", XtaskCommand::Bench { part: Some(BenchPart::Load) }),
            (
                "faults --seed 7",
                XtaskCommand::Faults { purchases: fault_campaign::SHORT.purchases, seed: 7 },
            ),
            ("fuzz query", XtaskCommand::Fuzz { target: target(), runs: fuzz::RUNS }),
            ("fuzz query --runs 9", XtaskCommand::Fuzz { target: target(), runs: 9 }),
        ] {
            assert_eq!(parse(line).as_ref(), Ok(&command), "{line}");
        }
    }

    #[test]
    fn a_filter_follows_two_dashes() {
        let test = |steps: &[&str], list, filter: Option<&str>| XtaskCommand::Test {
            steps: steps.iter().map(ToString::to_string).collect(),
            list,
            filter: filter.map(str::to_owned),
        };
        assert_eq!(parse("test"), Ok(test(&[], false, None)));
        assert_eq!(parse("test --list"), Ok(test(&[], true, None)));
        assert_eq!(parse("test lint deny"), Ok(test(&["lint", "deny"], false, None)));
        assert_eq!(parse("test browser -- buys"), Ok(test(&["browser"], false, Some("buys"))));
        for line in ["test -- buys", "test browser -- buys once", "test browser --list"] {
            parse(line).expect_err(line);
        }
    }

    #[test]
    fn mistakes_are_named() {
        for (line, expected) in [
            ("sreve", "sreve"),
            ("serve --prot 1", "--prot"),
            ("serve --port 0", "0 is not in 1..65535"),
            ("serve --port 65535", "65535 is not in 1..65535"),
            ("build all", "all"),
            ("bench sizes", "package, page, load"),
            ("faults --purchases many", "many"),
            ("fuzz --runs 0", "0 is not in 1.."),
            ("test --lst", "--lst"),
        ] {
            let error = parse(line).expect_err(line);
            assert!(error.contains(expected), "{line}: {error}");
        }
    }
}
