//! Load that the emulator bears: `GetInstance` beside nginx with the same answer, and `CreateInstance` to a file on a disk.
//! Every request has a signature and a nonce of its own.

use std::{path::Path, process::Command};

use havenask_core::operation::{self, Operation};

use crate::{
    Bench, CONNECTIONS, Measurement, ROUNDS, Result, SECONDS, median,
    nginx::{self, Nginx},
    purchase,
    server::Server,
    sign::{KEY, Requests, SECRET, Signer},
    table::{Must, Table, rate},
    wrk::Script,
};

/// Connections that buy.
const BUYERS: [u32; 3] = [1, 8, 64];
/// Purchases in a second at most, on any machine so far; the first second is measured to know better.
const PER_SECOND: u64 = 200_000;

/// An emulator under load.
struct Target {
    server: Server,
    signer: Signer,
    call: Operation,
    /// Answers a second; the first one is that of the first second, while everything was cold.
    rates: Vec<f64>,
}

/// Measures the emulator of this program.
pub(crate) fn measure(bench: &Bench, program: &Path) -> Result<Table> {
    let mut table = Table::default();
    if bench.wants(Measurement::Reads) {
        read(bench, program, &mut table)?;
    }
    for connections in BUYERS.into_iter().filter(|_| bench.wants(Measurement::Purchases)) {
        eprintln!("load: buying from the emulator, {connections} connections …");
        let per_second = buy(bench, program, connections)?;
        let plural = if connections == 1 { "" } else { "s" };
        let what = format!("CreateInstance, SQLite file, {connections} connection{plural}");
        table.figure(what, rate(per_second));
    }
    Ok(table)
}

fn read(bench: &Bench, program: &Path, table: &mut Table) -> Result<()> {
    let mut usual = Target::reading(program, None)?;
    let mut silent = Target::reading(program, Some("warn"))?;
    let body = usual.server.ask(&usual.signer.once(&usual.call)?)?;
    let [of_file, of_text] = nginx::free_addresses()?;
    let servers = format!(
        "access_log off;
    sendfile on;
    tcp_nopush on;
    open_file_cache max=16 inactive=1h;
    open_file_cache_valid 1h;
    server {{
        listen {of_file};
        root files;
    }}
    server {{
        listen {of_text};
        return 200 '{body}';
    }}"
    );
    let folder = bench.folder.join("nginx");
    nginx::write_file(&folder.join("files"), &usual.call.path, &body)?;
    let _nginx = Nginx::start(&bench.nginx, &folder, of_text, &servers)?;
    let (mut files, mut texts) = (Vec::new(), Vec::new());
    for target in [&mut usual, &mut silent] {
        target.load(bench, CONNECTIONS, 1)?;
    }
    for round in 1..=ROUNDS {
        eprintln!("load: reading from the emulator, round {round} of {ROUNDS} …");
        let requests = usual.load(bench, CONNECTIONS, SECONDS)?;
        for (address, rates) in [(of_file, &mut files), (of_text, &mut texts)] {
            let (url, script) = (format!("http://{address}"), Script::signed(&requests));
            rates.push(bench.wrk.send(&url, &script, CONNECTIONS, SECONDS)?.rate());
        }
        silent.load(bench, CONNECTIONS, SECONDS)?;
    }
    let (usual, silent) = (usual.rate(), silent.rate());
    let (file, text) = (median(files), median(texts));
    let half = Some(Must::AtLeast(0.5));
    let of_file = format!("nginx, a file of these {} bytes: {}", body.len(), rate(file));
    let of_text = format!("nginx, the same as `return 200`: {}", rate(text));
    table.figure(format!("GetInstance, {CONNECTIONS} connections"), rate(usual));
    table.ratio("… against a file", usual / file, half, of_file);
    table.ratio("… against a text", usual / text, half, of_text);
    table.figure("GetInstance, RUST_LOG=warn", rate(silent));
    table.ratio("… against a file", silent / file, None, String::new());
    Ok(())
}

fn buy(bench: &Bench, program: &Path, connections: u32) -> Result<f64> {
    let store = bench.folder.join(format!("store-{connections}.db"));
    let mut target = Target::new(program, &store, None, purchase()?)?;
    target.load(bench, connections, 1)?;
    target.load(bench, connections, SECONDS)?;
    Ok(target.rate())
}

impl Target {
    /// An emulator with this store, and with this log level unless it is to be the default one.
    fn new(program: &Path, store: &Path, level: Option<&str>, call: Operation) -> Result<Self> {
        let mut command = Command::new(program);
        command.args(["--listen", "127.0.0.1:0", "--ready-after", "0", "--store"]).arg(store);
        command.env("HAVENASK_EMULATOR_ACCESS_KEY_ID", KEY);
        command.env("HAVENASK_EMULATOR_ACCESS_KEY_SECRET", SECRET);
        let server = Server::start("the emulator", &mut command, level)?;
        let signer = Signer::new(&server.url)?;
        Ok(Self { server, signer, call, rates: Vec::new() })
    }

    /// One that has an instance to read.
    fn reading(program: &Path, level: Option<&str>) -> Result<Self> {
        let mut target = Self::new(program, Path::new(":memory:"), level, purchase()?)?;
        let answer = target.server.ask(&target.signer.once(&target.call)?)?;
        let answer: serde_json::Value = serde_json::from_str(&answer)?;
        let id = answer["result"]["instanceId"].as_str().ok_or("a purchase has no id")?;
        target.call = operation::get_instance(id);
        Ok(target)
    }

    /// Measures it once, with requests that are signed for this.
    fn load(&mut self, bench: &Bench, connections: u32, seconds: u32) -> Result<Requests> {
        let fastest = self.rates.iter().copied().fold(0.0, f64::max);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate fits")]
        let expected = if fastest > 0.0 { (fastest * 1.5) as u64 + 2000 } else { PER_SECOND };
        let file = bench.folder.join("requests");
        let requests = self.signer.write(&file, &self.call, expected * u64::from(seconds))?;
        let script = Script::signed(&requests);
        self.rates.push(bench.wrk.send(&self.server.url, &script, connections, seconds)?.rate());
        Ok(requests)
    }

    /// Its rate when it was warm.
    fn rate(&self) -> f64 {
        median(self.rates.iter().copied().skip(1))
    }
}
