//! wrk, which sends the requests, and what it says about the answers.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{Result, sign::Requests};

/// More than these have no core to themselves, beside a server that wants some too.
const THREADS: u32 = 2;
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/load/send.lua");

/// A program: the one that the variable names, or else the one on PATH.
pub(crate) fn find(name: &str, variable: &str) -> Result<PathBuf> {
    if let Some(named) = env::var_os(variable).map(PathBuf::from) {
        let missing = || format!("{variable} names {}, which is no file", named.display()).into();
        return if named.is_file() { Ok(named) } else { Err(missing()) };
    }
    let path = env::var_os("PATH").unwrap_or_default();
    // Where Debian has servers; the PATH of a user does not have it.
    let folders = env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    let found = folders.map(|folder| folder.join(name)).find(|file| file.is_file());
    found.ok_or_else(|| {
        format!(
            "{name} is missing: install it (on Debian: apt-get install {name}), or set {variable} to its path"
        )
        .into()
    })
}

/// Sends requests for some seconds, and returns how many were answered in each. Every one must be answered well.
pub(crate) fn send(
    wrk: &Path,
    url: &str,
    requests: &Requests,
    connections: u32,
    seconds: u32,
) -> Result<f64> {
    let threads = THREADS.min(connections);
    let Requests { path, length, count } = requests;
    let mut command = Command::new(wrk);
    command.args([format!("-t{threads}"), format!("-c{connections}"), format!("-d{seconds}s")]);
    command.args(["-s", SCRIPT, url, "--"]).arg(path);
    command.args([length.to_string(), count.to_string(), threads.to_string()]);
    let output = command.stdin(Stdio::null()).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let failed = |why: &str| {
        let errors = String::from_utf8_lossy(&output.stderr);
        format!("wrk against {url}, {connections} connections: {why}\n{text}{errors}")
    };
    if !output.status.success() {
        return Err(failed("it failed").into());
    }
    let Some([answers, microseconds, refused, broken]) = outcome(&text) else {
        return Err(failed("it told no outcome").into());
    };
    if refused > 0.0 || broken > 0.0 || answers < 1.0 {
        let why = format!(
            "{refused} of {answers} answers are no success, {broken} connections broke; {count} requests were signed"
        );
        return Err(failed(&why).into());
    }
    let rate = answers / microseconds * 1e6;
    eprintln!("load: {rate:.0} /s from {url} over {connections} connections");
    Ok(rate)
}

/// What the script says at the end: answers, microseconds, refusals, broken connections.
fn outcome(text: &str) -> Option<[f64; 4]> {
    let line = text.lines().find_map(|line| line.strip_prefix("outcome "))?;
    let numbers: Option<Vec<f64>> = line.split(' ').map(|number| number.parse().ok()).collect();
    numbers?.try_into().ok()
}
