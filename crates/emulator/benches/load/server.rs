//! The two servers: the emulator, and nginx with one answer.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    Result,
    sign::{KEY, SECRET},
};

/// How long nginx may take until it listens.
const START: Duration = Duration::from_secs(10);

/// The program that users start, built in the profile of this benchmark. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Emulator {
    child: Child,
    pub(crate) url: String,
}

impl Emulator {
    /// Starts it with this store, and with this log level unless it is to be the default one.
    pub(crate) fn start(store: &Path, level: Option<&str>) -> Result<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_havenask-emulator"));
        command.args(["--listen", "127.0.0.1:0", "--ready-after", "0", "--store"]).arg(store);
        command.env("HAVENASK_EMULATOR_ACCESS_KEY_ID", KEY);
        command.env("HAVENASK_EMULATOR_ACCESS_KEY_SECRET", SECRET);
        match level {
            Some(level) => command.env("RUST_LOG", level),
            None => command.env_remove("RUST_LOG"),
        };
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut emulator = Self { child: command.spawn()?, url: String::new() };
        let mut line = String::new();
        if let Some(out) = emulator.child.stdout.take() {
            BufReader::new(out).read_line(&mut line)?;
        }
        let url = line.trim_end().strip_prefix("listening on ");
        url.ok_or("the emulator does not start")?.clone_into(&mut emulator.url);
        Ok(emulator)
    }

    /// Sends one request, and returns the body of the answer, which must be a success.
    pub(crate) fn ask(&self, request: &[u8]) -> Result<String> {
        let address = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address)?;
        // Signed as it is, the request cannot ask for the connection to be closed.
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream.write_all(request)?;
        let mut answer = BufReader::new(stream);
        let (mut status, mut length) = (String::new(), 0);
        answer.read_line(&mut status)?;
        loop {
            let mut line = String::new();
            answer.read_line(&mut line)?;
            match line.trim_end().split_once(": ") {
                Some(("content-length", value)) => length = value.parse()?,
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        answer.read_exact(&mut body)?;
        let body = String::from_utf8(body)?;
        if status.starts_with("HTTP/1.1 200 ") {
            return Ok(body);
        }
        Err(format!("the emulator answers {} {body}", status.trim_end()).into())
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // Whoever has ended already needs no end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An nginx that has one answer to everything. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Nginx {
    program: PathBuf,
    folder: PathBuf,
    child: Child,
    /// Where the answer is a file.
    pub(crate) file_url: String,
    /// Where the answer stands in the configuration, as it stands in the emulator's memory.
    pub(crate) text_url: String,
}

impl Nginx {
    /// Starts it in a folder of its own, with what it answers at this path.
    pub(crate) fn start(program: &Path, folder: &Path, path: &str, body: &str) -> Result<Self> {
        let file = folder.join("files").join(path.trim_start_matches('/'));
        fs::create_dir_all(file.parent().unwrap_or(folder))?;
        fs::write(file, body)?;
        // Both at once: the second would otherwise find the first one free again.
        let free = [TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?];
        let [of_file, of_text] = [free[0].local_addr()?, free[1].local_addr()?];
        drop(free);
        let servers = configuration(&of_file.to_string(), &of_text.to_string(), body);
        fs::write(folder.join("nginx.conf"), servers)?;
        let log = fs::File::create(folder.join("nginx.log"))?;
        let mut command = nginx(program, folder);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let (program, folder) = (program.to_owned(), folder.to_owned());
        let (file_url, text_url) = (format!("http://{of_file}"), format!("http://{of_text}"));
        let mut nginx = Self { program, folder, child: command.spawn()?, file_url, text_url };
        nginx.await_start(of_text)?;
        Ok(nginx)
    }

    fn await_start(&mut self, address: SocketAddr) -> Result<()> {
        let start = Instant::now();
        while TcpStream::connect(address).is_err() {
            if self.child.try_wait()?.is_some() || start.elapsed() > START {
                let log = fs::read_to_string(self.folder.join("nginx.log")).unwrap_or_default();
                return Err(format!("nginx does not start: {log}").into());
            }
            thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // It has workers, which would survive if it were killed.
        let mut stop = nginx(&self.program, &self.folder);
        let told = stop.args(["-s", "stop"]).stderr(Stdio::null()).status();
        if !told.is_ok_and(|status| status.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

fn nginx(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg("-p").arg(folder).args(["-c", "nginx.conf"]);
    command
}

/// What a careful person would set for one small answer that is asked for all the time.
fn configuration(of_file: &str, of_text: &str, body: &str) -> String {
    // Its workers would otherwise be somebody who may not read the folder.
    let root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    let user = if root { "user root;\n" } else { "" };
    format!(
        "{user}daemon off;
worker_processes auto;
pid nginx.pid;
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    open_file_cache max=16 inactive=1h;
    open_file_cache_valid 1h;
    keepalive_requests 1000000000;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    default_type \"application/json;charset=utf-8\";
    server {{
        listen {of_file};
        root files;
    }}
    server {{
        listen {of_text};
        return 200 '{body}';
    }}
}}
"
    )
}
