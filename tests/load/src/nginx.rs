//! The server that is compared with, set up as a careful person would.

use std::{
    fs,
    net::{SocketAddr, TcpListener, TcpStream},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::Result;

/// Time within which it listens.
const START: Duration = Duration::from_secs(10);

/// An nginx. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Nginx {
    program: PathBuf,
    folder: PathBuf,
    child: Child,
}

impl Nginx {
    /// Starts it in a folder of its own with these servers, of which one listens here.
    pub(crate) fn start(
        program: &Path,
        folder: &Path,
        address: SocketAddr,
        servers: &str,
    ) -> Result<Self> {
        fs::create_dir_all(folder)?;
        fs::write(folder.join("nginx.conf"), configuration(servers))?;
        let log = fs::File::create(folder.join("nginx.log"))?;
        let mut command = nginx(program, folder);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let child = command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
        let mut nginx = Self { program: program.to_owned(), folder: folder.to_owned(), child };
        nginx.await_start(address)?;
        Ok(nginx)
    }

    /// The number of the process whose children answer.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
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

/// Addresses on which nobody listens.
pub(crate) fn free_addresses<const N: usize>() -> Result<[SocketAddr; N]> {
    // All at once: the second would otherwise find the first one free again.
    let listeners: Vec<_> =
        (0..N).map(|_| TcpListener::bind("127.0.0.1:0")).collect::<std::io::Result<_>>()?;
    let addresses: Vec<_> =
        listeners.iter().map(TcpListener::local_addr).collect::<std::io::Result<_>>()?;
    addresses.try_into().map_err(|_| "there are not enough addresses".into())
}

/// Puts what is answered at this path below a folder.
pub(crate) fn write_file(folder: &Path, path: &str, body: &str) -> Result<()> {
    let file = folder.join(path.trim_start_matches('/'));
    fs::create_dir_all(file.parent().unwrap_or(folder))?;
    Ok(fs::write(file, body)?)
}

fn nginx(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg("-p").arg(folder).args(["-c", "nginx.conf"]);
    command
}

fn configuration(servers: &str) -> String {
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
    keepalive_requests 1000000000;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    default_type \"application/json;charset=utf-8\";
    {servers}
}}
"
    )
}
