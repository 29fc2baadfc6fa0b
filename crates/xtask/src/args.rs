//! The command line.

use crate::faults::{self, Campaign};
use crate::fuzz;

/// What `cargo xtask` prints when asked for help.
pub(crate) const USAGE: &str = "\
cargo xtask COMMAND

  serve [--port 8080]   build everything and start emulator, proxy and page;
                        prints `ready: http://127.0.0.1:8080/` when the page answers
  build                 build target/npm/ (the package, with the form) and target/site/ (the page)
  bench                 the three below, one after the other, into docs/benchmarks.md
  bench package         the package beside its peers: sizes, and how fast each one signs
  bench page            the page: its weight, its speed, Lighthouse
  bench load            the emulator and the proxy beside nginx: how many requests they answer
  faults [--purchases 1500] [--seed 1]
                        buy through proxies that are killed, from a cloud that misbehaves
  screenshots           take the pictures of docs/screenshots anew
  fuzz [TARGET] [--runs 1000000]
                        put made-up bytes to every parser of the core, or to one
  test [STEP...]        run every test step, or only the named ones
  test --list           name the steps
  help                  this text

What is missing (the wasm32 target, wasm-bindgen, trunk, wasm-opt, a browser) is installed
into $HAVENASK_TOOLS, or else the user's cache folder, on first use.
";

/// A parsed command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Print the usage.
    Help,
    /// Build the package and the page.
    Build,
    /// Emulator, proxy and page on this port.
    Serve {
        /// Where the proxy listens; the emulator listens on the next one.
        port: u16,
    },
    /// Run these steps; all of them when none is named.
    Test {
        /// Names as the person wrote them.
        steps: Vec<String>,
    },
    /// Buy through proxies that are killed.
    Faults(Campaign),
    /// Put made-up bytes to the parsers of the core.
    Fuzz {
        /// One of them; all when none is named.
        target: Option<String>,
        /// How many inputs each gets.
        runs: u32,
    },
    /// Measure.
    Bench(Bench),
    /// Take the pictures of the documents anew.
    Screenshots,
    /// Name the steps.
    ListSteps,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bench {
    /// Everything.
    All,
    /// The package.
    Package,
    /// The page.
    Page,
    /// The emulator and the proxy.
    Load,
}

/// Reads the arguments after the program's name.
pub(crate) fn parse(arguments: &[String]) -> Result<Command, String> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["help" | "--help" | "-h", ..] => Ok(Command::Help),
        [_, rest @ ..] if rest.iter().any(|word| matches!(*word, "--help" | "-h")) => {
            Ok(Command::Help)
        }
        ["build"] => Ok(Command::Build),
        ["build", extra, ..] => Err(format!("`build` takes no arguments, and got `{extra}`")),
        ["screenshots"] => Ok(Command::Screenshots),
        ["screenshots", extra, ..] => {
            Err(format!("`screenshots` takes no arguments, and got `{extra}`"))
        }
        ["bench"] => Ok(Command::Bench(Bench::All)),
        ["bench", "package"] => Ok(Command::Bench(Bench::Package)),
        ["bench", "page"] => Ok(Command::Bench(Bench::Page)),
        ["bench", "load"] => Ok(Command::Bench(Bench::Load)),
        ["bench", "package" | "page" | "load", extra, ..] | ["bench", extra, ..] => {
            Err(format!("`bench` takes `package`, `page` or `load`, and got `{extra}`"))
        }
        ["serve", rest @ ..] => serve(rest),
        ["faults", rest @ ..] => faults(rest).map(Command::Faults),
        ["fuzz", rest @ ..] => fuzz(rest),
        ["test", "--list"] => Ok(Command::ListSteps),
        ["test", rest @ ..] => match rest.iter().find(|word| word.starts_with('-')) {
            Some(option) => Err(format!("`test` has no option `{option}`; it has `--list`")),
            None => Ok(Command::Test { steps: rest.iter().map(ToString::to_string).collect() }),
        },
        [unknown, ..] => Err(format!("there is no command `{unknown}`")),
    }
}

fn serve(words: &[&str]) -> Result<Command, String> {
    let value = match words {
        [] => return Ok(Command::Serve { port: 8080 }),
        ["--port", value] => *value,
        [word] if word.starts_with("--port=") => &word["--port=".len()..],
        ["--port"] => return Err("`--port` needs a number, as in `--port 8080`".into()),
        [first, ..] => return Err(format!("`serve` has no argument `{first}`; it has `--port`")),
    };
    // The emulator takes the port after it, so the last one is out.
    match value.parse::<u16>() {
        Ok(port) if (1..u16::MAX).contains(&port) => Ok(Command::Serve { port }),
        _ => Err(format!("`--port {value}` is not a port from 1 to 65534")),
    }
}

fn faults(words: &[&str]) -> Result<Campaign, String> {
    let mut campaign = faults::SHORT;
    for pair in words.chunks(2) {
        let (name, number) = match pair {
            ["--purchases", number] => (&mut campaign.purchases, number),
            ["--seed", number] => (&mut campaign.seed, number),
            ["--purchases" | "--seed"] => return Err(format!("`{}` needs a number", pair[0])),
            [other, ..] => return Err(format!("`faults` has no argument `{other}`")),
            [] => continue,
        };
        *name = number.parse().map_err(|_| format!("`{number}` is not a number"))?;
    }
    Ok(campaign)
}

fn fuzz(words: &[&str]) -> Result<Command, String> {
    let (target, rest) = match words {
        [target, rest @ ..] if !target.starts_with('-') => (Some((*target).to_owned()), rest),
        rest => (None, rest),
    };
    let runs = match rest {
        [] => return Ok(Command::Fuzz { target, runs: fuzz::RUNS }),
        ["--runs", number] => number,
        ["--runs"] => return Err("`--runs` needs a number".into()),
        [first, ..] => return Err(format!("`fuzz` has no argument `{first}`; it has `--runs`")),
    };
    match runs.parse() {
        Ok(runs) if runs > 0 => Ok(Command::Fuzz { target, runs }),
        _ => Err(format!("`{runs}` is not a number of runs")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn reads_every_command() {
        assert_eq!(parsed(""), Ok(Command::Help));
        assert_eq!(parsed("help"), Ok(Command::Help));
        assert_eq!(parsed("serve --help"), Ok(Command::Help));
        assert_eq!(parsed("build"), Ok(Command::Build));
        assert_eq!(parsed("screenshots"), Ok(Command::Screenshots));
        assert_eq!(parsed("bench"), Ok(Command::Bench(Bench::All)));
        assert_eq!(parsed("bench page"), Ok(Command::Bench(Bench::Page)));
        assert_eq!(parsed("bench load"), Ok(Command::Bench(Bench::Load)));
        assert_eq!(parsed("bench package"), Ok(Command::Bench(Bench::Package)));
        let campaign = Campaign { purchases: 20_000, seed: 7 };
        assert_eq!(parsed("faults"), Ok(Command::Faults(faults::SHORT)));
        assert_eq!(parsed("faults --seed 7 --purchases 20000"), Ok(Command::Faults(campaign)));
        let (target, runs) = (Some("query".to_owned()), 9);
        assert_eq!(parsed("fuzz"), Ok(Command::Fuzz { target: None, runs: fuzz::RUNS }));
        assert_eq!(parsed("fuzz --runs 9"), Ok(Command::Fuzz { target: None, runs }));
        assert_eq!(parsed("fuzz query --runs 9"), Ok(Command::Fuzz { target, runs }));
        assert_eq!(parsed("serve"), Ok(Command::Serve { port: 8080 }));
        assert_eq!(parsed("serve --port 9000"), Ok(Command::Serve { port: 9000 }));
        assert_eq!(parsed("serve --port=9000"), Ok(Command::Serve { port: 9000 }));
        assert_eq!(parsed("test --list"), Ok(Command::ListSteps));
        assert_eq!(parsed("test"), Ok(Command::Test { steps: vec![] }));
        let steps = vec!["lint".to_owned(), "deny".to_owned()];
        assert_eq!(parsed("test lint deny"), Ok(Command::Test { steps }));
    }

    #[test]
    fn names_what_it_does_not_understand() {
        let problems = [
            ("sreve", "`sreve`"),
            ("serve --prot 1", "`--prot`"),
            ("serve --port", "needs a number"),
            ("serve --port http", "`--port http`"),
            ("serve --port 0", "`--port 0`"),
            ("serve --port 65535", "`--port 65535`"),
            ("serve --port 65536", "`--port 65536`"),
            ("build all", "`all`"),
            ("screenshots dark", "`dark`"),
            ("bench sizes", "`sizes`"),
            ("bench load package", "`package`"),
            ("faults all", "`all`"),
            ("faults --seed", "`--seed`"),
            ("faults --purchases many", "`many`"),
            ("fuzz query verify", "`verify`"),
            ("fuzz --runs", "needs a number"),
            ("fuzz --runs 0", "`0`"),
            ("fuzz --runs many", "`many`"),
            ("test --lst", "`--lst`"),
        ];
        for (line, expected) in problems {
            let error = parsed(line).expect_err(line);
            assert!(error.contains(expected), "{line}: {error}");
        }
    }
}
