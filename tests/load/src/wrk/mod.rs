//! wrk, which sends the requests, and what it says about the answers.

use std::{
    ffi::OsString,
    path::PathBuf,
    process::{Command, Stdio},
};

use crate::{Result, sign::Requests};

/// More than these have no core to themselves, beside a server that wants some too.
const THREADS: u32 = 2;
const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/wrk");

/// The program.
#[derive(Debug)]
pub(crate) struct Wrk {
    program: PathBuf,
}

/// Requests that are sent.
#[derive(Debug)]
pub(crate) struct Script {
    /// For whoever reads that it failed.
    what: String,
    file: &'static str,
    arguments: Vec<OsString>,
}

/// Figures of a run in which every request succeeded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answered {
    pub(crate) answers: f64,
    /// Seconds within which 99 of 100 answers came.
    pub(crate) slow: f64,
    seconds: f64,
}

impl Script {
    /// The same all the time: `GET`, of the address.
    pub(crate) fn same() -> Self {
        Self { what: "one request".into(), file: "common.lua", arguments: Vec::new() }
    }

    /// Ones that differ by a number, which stands between these texts.
    pub(crate) fn numbered(before: &str, behind: &str) -> Self {
        let what = "numbered requests".into();
        Self { what, file: "numbered.lua", arguments: vec![before.into(), behind.into()] }
    }

    /// Those of a file, each once.
    pub(crate) fn signed(requests: &Requests) -> Self {
        let Requests { path, length, count } = requests;
        let arguments = vec![path.into(), length.to_string().into(), count.to_string().into()];
        Self { what: format!("{count} signed requests"), file: "signed.lua", arguments }
    }
}

impl Answered {
    /// Answers a second.
    pub(crate) fn rate(&self) -> f64 {
        self.answers / self.seconds
    }
}

impl Wrk {
    pub(crate) fn new(program: PathBuf) -> Self {
        Self { program }
    }

    /// Sends requests for some seconds. Every one must be answered well.
    pub(crate) fn send(
        &self,
        url: &str,
        script: &Script,
        connections: u32,
        seconds: u32,
    ) -> Result<Answered> {
        let threads = THREADS.min(connections);
        let mut command = Command::new(&self.program);
        command.args([format!("-t{threads}"), format!("-c{connections}"), format!("-d{seconds}s")]);
        command.args(["-s", &format!("{SCRIPTS}/{}", script.file), url, "--"]);
        command.arg(threads.to_string()).args(&script.arguments);
        command.env("LUA_PATH", format!("{SCRIPTS}/?.lua"));
        let output = command.stdin(Stdio::null()).output();
        let output = output.map_err(|error| format!("{}: {error}", self.program.display()))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let failed = |why: &str| {
            let errors = String::from_utf8_lossy(&output.stderr);
            let what = &script.what;
            format!("wrk against {url}, {what}, {connections} connections: {why}\n{text}{errors}")
        };
        if !output.status.success() {
            return Err(failed("it failed").into());
        }
        let Some([answers, duration, refused, broken, slow]) = outcome(&text) else {
            return Err(failed("it told no outcome").into());
        };
        if refused > 0.0 || broken > 0.0 || answers < 1.0 {
            let why = format!(
                "{refused} of {answers} answers are no success, {broken} connections broke"
            );
            return Err(failed(&why).into());
        }
        let answered = Answered { answers, slow: slow / 1e6, seconds: duration / 1e6 };
        eprintln!("load: {:.0} /s from {url} over {connections} connections", answered.rate());
        Ok(answered)
    }
}

/// Last line of the script: answers, their duration, refusals, broken connections, and the time within which 99 of 100
/// answers came; in microseconds.
fn outcome(text: &str) -> Option<[f64; 5]> {
    let line = text.lines().find_map(|line| line.strip_prefix("outcome "))?;
    let numbers: Option<Vec<f64>> = line.split(' ').map(|number| number.parse().ok()).collect();
    numbers?.try_into().ok()
}
