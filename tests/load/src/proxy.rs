//! Load that the proxy bears: `GetInstance` beside nginx, which hands the same questions on and signs nothing; purchases beside
//! the commits of its kind of ledger alone; and the memory that it holds. The cloud is an nginx with one answer.

use std::{fmt, net::SocketAddr, path::Path, process::Command};

use havenask_core::{
    operation::INSTANCES,
    pricing::{API_PRICE, MAX_PRICE, QUOTES},
    purchase::IDEMPOTENCY_KEY,
};

use crate::{
    Bench, CONNECTIONS, Measurement, ROUNDS, Result, SECONDS, commits, median,
    nginx::{self, Nginx},
    process, purchase,
    server::Server,
    sign::{KEY, SECRET},
    table::{Must, Table, rate},
    wrk::Script,
};

/// The one answer of the cloud.
const ANSWER: &str = concat!(
    r#"{"requestId":"4F9A1B0C-2D3E-5F60-8A7B-9C0D1E2F3A4B","result":{"instanceId":"ha-cn-load00000001","#,
    r#""status":"READY","chargeType":"PREPAY","createTime":"2026-11-24T08:00:00Z","#,
    r#""updateTime":"2026-11-24T08:10:00Z","expiredTime":"2026-12-24T16:00:00Z","#,
    r#""description":"a search cluster","commodityCode":"havenask_pre","resourceGroupId":"rg-1","#,
    r#""edition":"standard","inDebt":false,"lockMode":"Unlock","network":{"#,
    r#""vpcId":"vpc-load0000000000000000001","vSwitchId":"vsw-load0000000000000000001","#,
    r#""endpoint":"ha-cn-load00000001.ha.aliyuncs.com"},"#,
    r#""tags":[{"key":"team","value":"search"},{"key":"env","value":"prod"}]}}"#
);
/// The price that the cloud tells of any order.
const PRICE: &str = concat!(
    r#"{"requestId":"R","price":{"success":true,"currency":"CNY","totalAmount":1200,"originalAmount":1500,"#,
    r#""discountAmount":300,"billingUnit":"1 Month","chargeComposition":"recurring_only","priceSummary":{"currency":"CNY","#,
    r#""modules":[{"moduleCode":"searchernum","originalCost":1500,"invoiceDiscount":300,"costAfterDiscount":1200}]}}}"#
);
const ID: &str = "ha-cn-load00000001";
/// The proxy that people write by hand.
const IN_NODE: &str =
    "one process of Node: `http`, a keep-alive agent, `@alicloud/openapi-util`, no log";
/// Rate limits are not tested here.
const MANY: &str = "1000000000";

/// A server between wrk and the cloud, and its figures.
struct Between {
    name: String,
    url: String,
    process: u32,
    rounds: Vec<Round>,
}

/// Figures of a round of queries.
struct Round {
    /// Answers a second.
    rate: f64,
    /// Milliseconds within which 99 of 100 answers came.
    slow: f64,
    /// Microseconds of processor time for each answer.
    cost: f64,
}

/// The proxies that are measured: one program, one cloud.
struct ProxyBench<'a> {
    bench: &'a Bench,
    program: &'a Path,
    cloud: SocketAddr,
}

/// Measures the proxy of this program.
pub(crate) fn measure(bench: &Bench, program: &Path) -> Result<Table> {
    let [cloud] = nginx::free_addresses()?;
    let server = format!(
        "access_log off; server {{ listen {cloud}; location / {{ return 200 '{ANSWER}'; }} \
         location = {API_PRICE} {{ return 200 '{PRICE}'; }} }}"
    );
    let _cloud = Nginx::start(&bench.nginx, &bench.folder.join("cloud"), cloud, &server)?;
    let proxies = ProxyBench { bench, program, cloud };
    let mut table = Table::default();
    if bench.wants(Measurement::Reads) {
        proxies.ask(&mut table)?;
    }
    if bench.wants(Measurement::Quotes) {
        proxies.quote(&mut table)?;
    }
    if bench.wants(Measurement::Purchases) {
        proxies.buy(&mut table)?;
    }
    if bench.wants(Measurement::Memory) {
        proxies.remember(&mut table)?;
    }
    Ok(table)
}

impl ProxyBench<'_> {
    /// Starts one with a ledger of its own, and with this log level unless it is to be the default one.
    fn start(&self, ledger: &str, level: Option<&str>) -> Result<Server> {
        let ledger = format!("sqlite:{}", self.bench.folder.join(ledger).display());
        let upstream = format!("http://{}", self.cloud);
        let mut command = Command::new(self.program);
        command.args(["--listen", "127.0.0.1:0", "--upstream", &upstream, "--ledger", &ledger]);
        command.args(["--requests-per-minute", MANY, "--all-requests-per-minute", MANY]);
        command.args(["--max-concurrent-requests", MANY, "--allow-auto-renew"]);
        command.env("ALIBABA_CLOUD_ACCESS_KEY_ID", KEY);
        command.env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", SECRET);
        command.env_remove("ALIBABA_CLOUD_SECURITY_TOKEN");
        Server::start("the proxy", &mut command, level)
    }

    fn ask(&self, table: &mut Table) -> Result<()> {
        let usual = self.start("usual.db", None)?;
        let silent = self.start("silent.db", Some("warn"))?;
        let [logged, unlogged] = nginx::free_addresses()?;
        let folder = self.bench.folder.join("between");
        let servers = handing_on(self.cloud, logged, unlogged);
        let nginx = Nginx::start(&self.bench.nginx, &folder, logged, &servers)?;
        let nginx = |name, address: SocketAddr| Between::new(name, &address, nginx.process());
        let proxy = |name, it: &Server| Between::new(name, &it.address(), it.process());
        let usual_name = format!("GetInstance, {CONNECTIONS} connections");
        let mut pairs = [
            [nginx("nginx `proxy_pass`, access_log", logged), proxy(&usual_name, &usual)],
            [
                nginx("nginx `proxy_pass`, no log", unlogged),
                proxy("GetInstance, RUST_LOG=warn", &silent),
            ],
        ];
        let node = self.bench.node_proxy.as_ref().map(|script| self.start_node(script));
        let node = node.transpose()?;
        let mut node = node.as_ref().map(|node| proxy(IN_NODE, node));
        for between in pairs.iter_mut().flatten().chain(&mut node) {
            between.load(self.bench, 1)?;
            // While everything was cold.
            between.rounds.clear();
        }
        for round in 1..=ROUNDS {
            eprintln!("load: asking through the proxy, round {round} of {ROUNDS} …");
            for between in pairs.iter_mut().flatten().chain(&mut node) {
                between.load(self.bench, SECONDS)?;
            }
        }
        for [nginx, proxy] in &pairs {
            compare(nginx, proxy, table);
        }
        let [[_, usual], _] = &pairs;
        if let Some(node) = &node {
            compare_with_node(node, usual, table);
        }
        Ok(())
    }

    /// Starts what is written with Node in the place of the proxy.
    fn start_node(&self, script: &Path) -> Result<Server> {
        let mut command = Command::new("node");
        command.arg(script).arg(self.cloud.to_string());
        command.env("ALIBABA_CLOUD_ACCESS_KEY_ID", KEY);
        command.env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", SECRET);
        Server::start("the proxy in Node", &mut command, None)
    }

    /// Quotes of a moment ago beside what costs a question to the cloud.
    fn quote(&self, table: &mut Table) -> Result<()> {
        let proxy = self.start("quotes.db", None)?;
        let body = purchase()?.body.unwrap_or_default();
        let head = format!(
            "POST {QUOTES} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nx-number: ",
            proxy.address(),
            body.len()
        );
        let quote = Script::numbered(&head, &format!("\r\n\r\n{body}"));
        let get = format!("{}{INSTANCES}/{ID}", proxy.url);
        let wrk = &self.bench.wrk;
        wrk.send(&proxy.url, &quote, CONNECTIONS, 1)?;
        let (mut quotes, mut gets) = (Vec::new(), Vec::new());
        for round in 1..=ROUNDS {
            eprintln!("load: quotes, round {round} of {ROUNDS} …");
            quotes.push(wrk.send(&proxy.url, &quote, CONNECTIONS, SECONDS)?.rate());
            gets.push(wrk.send(&get, &Script::same(), CONNECTIONS, SECONDS)?.rate());
        }
        let (quotes, gets) = (median(quotes), median(gets));
        table.figure(format!("quotes of a moment ago, {CONNECTIONS} connections"), rate(quotes));
        let beside = format!("GetInstance through the same proxy: {}", rate(gets));
        table.ratio("… against GetInstance", quotes / gets, Some(Must::AtLeast(0.9)), beside);
        Ok(())
    }

    fn buy(&self, table: &mut Table) -> Result<()> {
        let Bench { wrk, folder, .. } = self.bench;
        // A proxy makes the tables; it has ended when they are written to.
        drop(self.start("alone.db", None)?);
        let alone = || commits::alone(&folder.join("alone.db"), SECONDS / 2);
        let proxy = self.start("ledger.db", None)?;
        let body = purchase()?.body.unwrap_or_default();
        let order = |more: &str, round: usize| {
            let head = format!(
                "POST {INSTANCES} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\n\
                 content-length: {}\r\n{more}{IDEMPOTENCY_KEY}: load{}-{round}-",
                proxy.address(),
                body.len(),
                more.len()
            );
            Script::numbered(&head, &format!("\r\n\r\n{body}"))
        };
        let bound = format!("{MAX_PRICE}: CNY 5000\r\n");
        wrk.send(&proxy.url, &order("", 0), CONNECTIONS, 1)?;
        let (mut commits, mut purchases, mut bounded) = (vec![alone()?], Vec::new(), Vec::new());
        for round in 1..=ROUNDS {
            eprintln!("load: buying through the proxy, round {round} of {ROUNDS} …");
            purchases.push(wrk.send(&proxy.url, &order("", round), CONNECTIONS, SECONDS)?.rate());
            bounded.push(wrk.send(&proxy.url, &order(&bound, round), CONNECTIONS, SECONDS)?.rate());
            commits.push(alone()?);
        }
        let (commits, purchases, bounded) = (median(commits), median(purchases), median(bounded));
        let what = format!("durable purchases, SQLite file, {CONNECTIONS} connections");
        table.figure(what, rate(purchases));
        let beside = format!("the same file, a row a commit, from one writer: {}", rate(commits));
        table.ratio(
            "… against commits alone",
            purchases / commits,
            Some(Must::AtLeast(1.3)),
            beside,
        );
        table.figure("durable purchases with a bound of their price", rate(bounded));
        let beside = format!("without a bound: {}", rate(purchases));
        table.ratio("… against none", bounded / purchases, Some(Must::AtLeast(0.9)), beside);
        Ok(())
    }

    fn remember(&self, table: &mut Table) -> Result<()> {
        let proxy = self.start("memory.db", None)?;
        let url = format!("{}{INSTANCES}/{ID}", proxy.url);
        let held_after = |answers: f64| {
            eprintln!("load: {answers} answers, for the memory of the proxy …");
            let mut answered = 0.0;
            while answered < answers {
                let wrk = &self.bench.wrk;
                answered += wrk.send(&url, &Script::same(), CONNECTIONS, SECONDS)?.answers;
            }
            process::memory(proxy.process())
        };
        let (before, after) = (held_after(1e6)?, held_after(9e6)?);
        table.figure("memory after 10,000,000 answers", format!("{:.1} MB", after / 1e6));
        let beside = format!("after the first 1,000,000: {:.1} MB", before / 1e6);
        table.ratio("… against before", after / before, Some(Must::AtMost(1.02)), beside);
        Ok(())
    }
}

/// Configuration of nginx that forwards everything to a cloud: on one address with a log, on the other without.
fn handing_on(cloud: SocketAddr, logged: SocketAddr, unlogged: SocketAddr) -> String {
    let location = "location / {
            proxy_pass http://cloud;
            proxy_http_version 1.1;
            proxy_set_header Connection \"\";
        }";
    format!(
        "upstream cloud {{
        server {cloud};
        keepalive {CONNECTIONS};
        keepalive_requests 1000000000;
    }}
    server {{
        listen {logged};
        access_log /dev/null;
        {location}
    }}
    server {{
        listen {unlogged};
        access_log off;
        {location}
    }}"
    )
}

fn compare(nginx: &Between, proxy: &Between, table: &mut Table) {
    let both = |figure: fn(&Round) -> f64| (nginx.median(figure), proxy.median(figure));
    let beside = |figure: String| format!("{}: {figure}", nginx.name);
    let (theirs, ours) = both(|round| round.rate);
    table.figure(&proxy.name, rate(ours));
    table.ratio("… against nginx", ours / theirs, Some(Must::AtLeast(0.65)), beside(rate(theirs)));
    let (theirs, ours) = both(|round| round.slow);
    table.figure("… 99 of 100 answers within", format!("{ours:.2} ms"));
    let slow = beside(format!("{theirs:.2} ms"));
    table.ratio("… against nginx", ours / theirs, Some(Must::AtMost(1.5)), slow);
    let (theirs, ours) = both(|round| round.cost);
    table.figure("… processor time of an answer", format!("{ours:.1} µs"));
    let cost = beside(format!("{theirs:.1} µs"));
    table.ratio("… against nginx", ours / theirs, Some(Must::AtMost(2.0)), cost);
}

fn compare_with_node(node: &Between, proxy: &Between, table: &mut Table) {
    let both = |figure: fn(&Round) -> f64| (node.median(figure), proxy.median(figure));
    let (theirs, ours) = both(|round| round.rate);
    let beside = format!("{}: {}", node.name, rate(theirs));
    table.ratio(
        "GetInstance, against a proxy in Node",
        ours / theirs,
        Some(Must::AtLeast(5.0)),
        beside,
    );
    let (theirs, ours) = both(|round| round.cost);
    let beside = format!("{}: {theirs:.1} µs", node.name);
    table.ratio("… processor time of an answer", ours / theirs, None, beside);
}

impl Between {
    fn new(name: &str, address: &impl fmt::Display, process: u32) -> Self {
        let url = format!("http://{address}{INSTANCES}/{ID}");
        Self { name: name.to_owned(), url, process, rounds: Vec::new() }
    }

    fn load(&mut self, bench: &Bench, seconds: u32) -> Result<()> {
        let before = process::time(self.process)?;
        let answered = bench.wrk.send(&self.url, &Script::same(), CONNECTIONS, seconds)?;
        let time = process::time(self.process)? - before;
        self.rounds.push(Round {
            rate: answered.rate(),
            slow: answered.slow * 1e3,
            cost: time * 1e6 / answered.answers,
        });
        Ok(())
    }

    fn median(&self, figure: fn(&Round) -> f64) -> f64 {
        median(self.rounds.iter().map(figure))
    }
}
