//! `cargo xtask fuzz`: the laws of `tests/fuzz`, on bytes that libFuzzer makes up.

use std::fs;
use std::path::Path;

use crate::command::Task;
use crate::error::{Context, Result, TaskError};
use crate::process;
use crate::progress::{note, say};
use crate::project::Project;
use crate::setup::{compiler, tools};

/// Inputs for each target when no number is given: ten minutes for all of them.
pub(crate) const RUNS: u32 = 1_000_000;

/// A folder here is a target.
const CORPUS: &str = "tests/fuzz/corpus";
/// The programs that cargo-fuzz compiles.
const PROGRAMS: &str = "tests/fuzz/targets";
/// Longer, in seconds, and an input is a finding.
const SLOW: &str = "10";

/// Statistics of a target.
#[derive(Debug, PartialEq, Eq)]
struct TargetStats {
    target: String,
    executions: u64,
    findings: usize,
}

/// Runs one target, or each of them, until it has had that many inputs or breaks a law.
pub(crate) fn run(project: &Project, target: Option<&str>, runs: u32) -> Result<()> {
    let all = names(&project.root.join(CORPUS))?;
    if let Some(unknown) = target.filter(|target| !all.iter().any(|name| name == target)) {
        return Err(TaskError::new(
            "choosing the target",
            format!("there is no target `{unknown}`"),
        )
        .hint(format!("choose one of {}", all.join(", "))));
    }
    tools::fuzz(project)?;
    compiler::cpp(project)?;
    let build = cargo_fuzz(project, "build").args(target);
    build.hint("see the messages above; CXX names another C++ compiler").run()?;
    let mut rows = Vec::new();
    for name in all.into_iter().filter(|name| target.is_none_or(|target| target == name)) {
        rows.push(one(project, name, runs)?);
    }
    say(table(&rows));
    if rows.iter().all(|row| row.findings == 0) {
        return Ok(());
    }
    Err(TaskError::new("fuzzing", "an input breaks a law, or takes too long").hint(format!(
        "copy it from target/fuzz/findings/ into its folder of {CORPUS}/, \
         and `cargo test -p havenask-fuzz` says which law"
    )))
}

/// cargo-fuzz, with the compiler that runs us. All that it needs a nightly one for are sanitizers: they find what unsafe code
/// does, and the core has none.
fn cargo_fuzz(project: &Project, command: &str) -> Task {
    let task = project.cargo(format!("cargo fuzz {command}"));
    let task = task.args(["fuzz", command, "--sanitizer", "none", "--fuzz-dir", PROGRAMS]);
    task.arg("--target-dir").arg(project.target.join("fuzz/build"))
}

fn one(project: &Project, target: String, runs: u32) -> Result<TargetStats> {
    let folder = |kind: &str| {
        let folder = project.target.join("fuzz").join(kind).join(&target);
        fs::create_dir_all(&folder).context(|| format!("making {}", folder.display()))?;
        Ok(folder)
    };
    let (grown, found) = (folder("corpus")?, folder("findings")?);
    let log = project.target.join("fuzz").join(format!("{target}.log"));
    note(format_args!("fuzz: {target}, {runs} inputs; see {} …", log.display()));
    // What libFuzzer keeps goes into the first folder of the corpus.
    let task = cargo_fuzz(project, "run").arg(&target).arg(grown);
    let task = task.arg(project.root.join(CORPUS).join(&target)).arg("--");
    let task = task.args([format!("-runs={runs}"), format!("-timeout={SLOW}")]);
    let task = task.arg(format!("-artifact_prefix={}/", found.display()));
    let ended = task.arg("-print_final_stats=1").logged(&log);
    let log = fs::read(&log).unwrap_or_default();
    let log = String::from_utf8_lossy(&log);
    let row = TargetStats { executions: executions(&log), findings: findings(&log), target };
    match ended {
        Err(error) if row.findings == 0 || process::stop_requested() => Err(error),
        Err(_) => {
            note(broken(&log));
            Ok(row)
        }
        Ok(()) => Ok(row),
    }
}

/// What the log says of the law that was broken: the place in the source, and the message.
fn broken(log: &str) -> String {
    let lines = log.lines().skip_while(|line| !line.contains(" panicked at "));
    lines
        .take_while(|line| !line.starts_with("stack backtrace"))
        .take(6)
        .collect::<Vec<_>>()
        .join("\n")
}

/// What libFuzzer says at its end.
fn executions(log: &str) -> u64 {
    let count =
        |line: &str| line.strip_prefix("stat::number_of_executed_units:")?.trim().parse().ok();
    log.lines().find_map(count).unwrap_or_default()
}

/// How many inputs libFuzzer has put aside: what broke a law, and what took too long.
fn findings(log: &str) -> usize {
    log.lines().filter(|line| line.contains("Test unit written to ")).count()
}

/// One line a target, and their sum.
fn table(rows: &[TargetStats]) -> String {
    let line = |name: &str, executions: u64, findings: usize| {
        format!("{name:<16}  {executions:>11}  {findings:>8}")
    };
    let (executions, findings) =
        rows.iter().fold((0, 0), |sum, row| (sum.0 + row.executions, sum.1 + row.findings));
    let mut lines = vec![format!("{:<16}  {:>11}  {:>8}", "target", "executions", "findings")];
    lines.extend(rows.iter().map(|row| line(&row.target, row.executions, row.findings)));
    lines.push(line("all", executions, findings));
    lines.join("\n")
}

/// The names in a folder, in order.
fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = folder.read_dir().context(|| format!("reading {}", folder.display()))?;
    let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let mut names: Vec<_> = entries.flatten().map(name).collect();
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_libfuzzer_says() {
        let log = "#7\tDONE   cov: 1\nDone 7 runs in 0 second(s)\n\
            stat::number_of_executed_units: 7\nstat::average_exec_per_sec:     0\n";
        assert_eq!((executions(log), findings(log)), (7, 0));
        let log = "#1\tREDUCE\nthread '<unnamed>' (1) panicked at src/query.rs:1:1:\nno law\n\
            stack backtrace:\n==1== ERROR: libFuzzer: deadly signal\nstat::number_of_executed_units: 5\n\
            artifact_prefix='f/'; Test unit written to f/crash-0a\n";
        assert_eq!((executions(log), findings(log)), (5, 1));
        assert_eq!(broken(log), "thread '<unnamed>' (1) panicked at src/query.rs:1:1:\nno law");
        assert_eq!((executions(""), findings("")), (0, 0));
    }

    #[test]
    fn the_table_ends_with_the_sum() {
        let row = |target: &str, executions, findings| TargetStats {
            target: target.to_owned(),
            executions,
            findings,
        };
        assert_eq!(
            table(&[row("query", 2_500_000, 0), row("verify", 17, 1)]),
            "target             executions  findings\n\
             query                 2500000         0\n\
             verify                     17         1\n\
             all                   2500017         1"
        );
    }
}
