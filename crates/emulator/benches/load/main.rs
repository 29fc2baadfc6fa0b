//! What the emulator bears: `GetInstance` beside nginx with the same answer, and `CreateInstance` to a file
//! on a disk. `cargo bench -p havenask-emulator --bench load --profile release` runs it for the emulator that users build;
//! it needs nginx and wrk.
//!
//! Every request has a signature and a nonce of its own, and both servers get the same ones from the same script, so that
//! the client costs both the same. One answer that is no success, and there are no figures.

mod server;
mod sign;
mod table;
mod wrk;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    thread,
};

use havenask_core::{
    model::CreateInstanceRequest,
    operation::{self, Operation},
};

use self::{
    server::{Emulator, Nginx},
    sign::{Requests, Signer},
    table::Table,
};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Rounds for reading; nginx and the emulator take turns in each.
const ROUNDS: usize = 3;
/// How long a measurement takes.
const SECONDS: u32 = 8;
/// How many connections read.
const READERS: u32 = 64;
/// How many connections buy.
const BUYERS: [u32; 3] = [1, 8, 64];
/// What a second takes at most, on any machine so far; the first second is measured to know better.
const PER_SECOND: u64 = 200_000;

const PURCHASE: &str = r#"{
    "chargeType": "PREPAY",
    "components": [{"code": "searcherdocsize", "value": "200"}],
    "order": {"autoRenew": true, "duration": 1, "pricingCycle": "Month"},
    "resourceGroupId": "rg-1",
    "tags": [{"key": "team", "value": "search"}, {"key": "env", "value": "prod"}]
}"#;

fn main() -> ExitCode {
    // `cargo test --all-targets` runs this too, without the word.
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("only `cargo bench` measures the load");
        return ExitCode::SUCCESS;
    }
    match Bench::new().and_then(|bench| bench.run()) {
        Ok(table) => {
            let cores = thread::available_parallelism().map_or(1, usize::from);
            println!("{cores} cores; median of {ROUNDS} rounds of {SECONDS} s for reading\n");
            println!("{table}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("the load could not be measured: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What the measurements need. The folder is removed at the end.
struct Bench {
    nginx: PathBuf,
    wrk: PathBuf,
    folder: PathBuf,
}

/// An emulator under load.
struct Target {
    emulator: Emulator,
    signer: Signer,
    call: Operation,
    /// Answers a second; the first one is that of the first second, while everything was cold.
    rates: Vec<f64>,
}

impl Bench {
    fn new() -> Result<Self> {
        let nginx = wrk::find("nginx", "HAVENASK_NGINX")?;
        let wrk = wrk::find("wrk", "HAVENASK_WRK")?;
        // On the disk of the build: the one for temporary files may be memory, which is no measure for writing.
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("load");
        // One that was killed leaves it behind.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder)?;
        Ok(Self { nginx, wrk, folder })
    }

    fn run(&self) -> Result<Table> {
        let mut table = Table::default();
        self.read(&mut table)?;
        for connections in BUYERS {
            eprintln!("load: buying, {connections} connections …");
            let per_second = self.buy(connections)?;
            let plural = if connections == 1 { "" } else { "s" };
            let what = format!("CreateInstance, SQLite file, {connections} connection{plural}");
            table.rate(what, per_second);
        }
        Ok(table)
    }

    fn read(&self, table: &mut Table) -> Result<()> {
        let mut usual = Target::reading(None)?;
        let mut silent = Target::reading(Some("warn"))?;
        let body = usual.emulator.ask(&usual.signer.once(&usual.call)?)?;
        let nginx = Nginx::start(&self.nginx, &self.folder, &usual.call.path, &body)?;
        let (mut files, mut texts) = (Vec::new(), Vec::new());
        for target in [&mut usual, &mut silent] {
            self.load(target, READERS, 1)?;
        }
        for round in 1..=ROUNDS {
            eprintln!("load: reading, round {round} of {ROUNDS} …");
            let requests = self.load(&mut usual, READERS, SECONDS)?;
            for (url, rates) in [(&nginx.file_url, &mut files), (&nginx.text_url, &mut texts)] {
                rates.push(wrk::send(&self.wrk, url, &requests, READERS, SECONDS)?);
            }
            self.load(&mut silent, READERS, SECONDS)?;
        }
        let (usual, silent) = (median(&usual.rates[1..]), median(&silent.rates[1..]));
        let (file, text) = (median(&files), median(&texts));
        table.rate(format!("nginx, static file of {} bytes", body.len()), file);
        table.rate("nginx, the same as `return 200`", text);
        table.rate(format!("GetInstance, {READERS} connections"), usual);
        table.ratio("… against nginx, file", usual / file, Some(0.5));
        table.ratio("… against nginx, `return`", usual / text, Some(0.5));
        table.rate("GetInstance, RUST_LOG=warn", silent);
        table.ratio("… against nginx, file", silent / file, None);
        table.ratio("… against nginx, `return`", silent / text, None);
        Ok(())
    }

    fn buy(&self, connections: u32) -> Result<f64> {
        let store = self.folder.join(format!("store-{connections}.db"));
        let mut target = Target::new(&store, None, purchase()?)?;
        self.load(&mut target, connections, 1)?;
        self.load(&mut target, connections, SECONDS)?;
        Ok(target.rates[1])
    }

    /// Measures an emulator once, with requests that are signed for this.
    fn load(&self, target: &mut Target, connections: u32, seconds: u32) -> Result<Requests> {
        let fastest = target.rates.iter().copied().fold(0.0, f64::max);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate fits")]
        let expected = if fastest > 0.0 { (fastest * 1.5) as u64 + 2000 } else { PER_SECOND };
        let file = self.folder.join("requests");
        let count = expected * u64::from(seconds);
        let requests = target.signer.write(&file, &target.call, count)?;
        let url = &target.emulator.url;
        target.rates.push(wrk::send(&self.wrk, url, &requests, connections, seconds)?);
        Ok(requests)
    }
}

impl Target {
    fn new(store: &Path, level: Option<&str>, call: Operation) -> Result<Self> {
        let emulator = Emulator::start(store, level)?;
        let signer = Signer::new(&emulator.url)?;
        Ok(Self { emulator, signer, call, rates: Vec::new() })
    }

    /// One that has an instance to read.
    fn reading(level: Option<&str>) -> Result<Self> {
        let mut target = Self::new(Path::new(":memory:"), level, purchase()?)?;
        let answer = target.emulator.ask(&target.signer.once(&target.call)?)?;
        let answer: serde_json::Value = serde_json::from_str(&answer)?;
        let id = answer["result"]["instanceId"].as_str().ok_or("a purchase has no id")?;
        target.call = operation::get_instance(id);
        Ok(target)
    }
}

fn purchase() -> Result<Operation> {
    let request: CreateInstanceRequest = serde_json::from_str(PURCHASE)?;
    Ok(operation::create_instance(&request, None))
}

fn median(rates: &[f64]) -> f64 {
    let mut sorted = rates.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

impl Drop for Bench {
    fn drop(&mut self) {
        // What is left is removed the next time.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
