//! Building the proxy and the emulator, and waiting until they are ready.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Result, TaskError};
use crate::process::{self, ChildProcess};
use crate::progress::note;
use crate::project::Project;

/// Interval of polling.
const POLL: Duration = Duration::from_millis(25);
/// Time limit of a start.
const START_LIMIT: Duration = Duration::from_mins(1);

/// The two programs.
#[derive(Clone, Debug)]
pub(crate) struct Binaries {
    /// havenask-emulator.
    pub(crate) emulator: PathBuf,
    /// havenask-proxy.
    pub(crate) proxy: PathBuf,
}

/// Build profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Compiled quickly.
    Dev,
    /// Optimised, for measurements.
    Release,
}

/// Builds both programs.
pub(crate) fn build(project: &Project, profile: Profile) -> Result<Binaries> {
    const PACKAGES: [&str; 2] = ["havenask-emulator", "havenask-proxy"];
    for (package, folder) in PACKAGES.into_iter().zip(["crates/emulator", "crates/proxy"]) {
        if !project.has(&format!("{folder}/Cargo.toml")) {
            return Err(TaskError::new(
                format!("building {package}"),
                format!("there is no {folder}/"),
            ));
        }
    }
    note("servers: building the emulator and the proxy …");
    let cargo = project.cargo("compiling the emulator and the proxy");
    let (name, folder) = match profile {
        Profile::Dev => ("--profile=dev", "debug"),
        Profile::Release => ("--profile=release", "release"),
    };
    cargo
        .args(["build", name])
        .args(PACKAGES.map(|package| format!("--package={package}")))
        .run()?;
    let [emulator, proxy] = PACKAGES.map(|package| project.target.join(folder).join(package));
    Ok(Binaries { emulator, proxy })
}

/// Loopback address with a port.
pub(crate) fn local(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

/// Finds a free port whose next one is free too.
pub(crate) fn free_pair() -> io::Result<u16> {
    loop {
        let port = TcpListener::bind(local(0))?.local_addr()?.port();
        if port < u16::MAX && TcpListener::bind(local(port + 1)).is_ok() {
            return Ok(port);
        }
    }
}

/// Returns an error when another program has the port.
pub(crate) fn check_free(port: u16) -> Result<()> {
    match TcpListener::bind(local(port)) {
        Ok(_) => Ok(()),
        Err(error) => Err(TaskError::new(format!("listening on 127.0.0.1:{port}"), error)),
    }
}

/// Waits until `/readyz` of a server responds with 200.
pub(crate) fn wait_ready(name: &str, server: &mut ChildProcess, address: SocketAddr) -> Result<()> {
    let failed = |why: String| TaskError::new(format!("starting the {name}"), why);
    let start = Instant::now();
    while !is_ready(address) {
        if let Some(status) = server.ended().map_err(|error| failed(error.to_string()))? {
            return Err(failed(format!("it ended with {status}; see its messages above")));
        }
        if process::stop_requested() {
            return Err(failed("stopped by a signal".into()));
        }
        if start.elapsed() > START_LIMIT {
            let seconds = START_LIMIT.as_secs();
            return Err(failed(format!("no answer from http://{address}/readyz in {seconds} s")));
        }
        thread::sleep(POLL);
    }
    Ok(())
}

fn is_ready(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<[u8; STATUS_LENGTH]> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        let question =
            format!("GET /readyz HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
        stream.write_all(question.as_bytes())?;
        let mut answer = [0; STATUS_LENGTH];
        stream.read_exact(&mut answer)?;
        // A server whose answer is cut off would write about it in its log.
        let _ = std::io::copy(&mut stream.take(4096), &mut std::io::sink());
        Ok(answer)
    };
    ask().is_ok_and(|answer| is_200(&answer))
}

/// As long as `HTTP/1.1 200`.
const STATUS_LENGTH: usize = 12;

fn is_200(answer: &[u8; STATUS_LENGTH]) -> bool {
    answer.starts_with(b"HTTP/1.") && answer.ends_with(b" 200")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_200_is_ready() {
        assert!(is_200(b"HTTP/1.1 200"));
        assert!(!is_200(b"HTTP/1.1 503"));
        assert!(!is_200(b"SSH-2.0- 200"));
    }

    #[test]
    fn a_taken_port_is_named() {
        let listener = TcpListener::bind(local(0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let text = check_free(port).unwrap_err().to_string();
        assert!(text.contains(&format!("127.0.0.1:{port}")), "{text}");
        check_free(0).unwrap();
    }

    #[test]
    fn waits_for_the_first_good_answer() {
        let listener = TcpListener::bind(local(0)).unwrap();
        let address = listener.local_addr().unwrap();
        let server = thread::spawn(move || {
            for status in ["503 Not Yet", "200 OK"] {
                let (mut stream, _) = listener.accept().unwrap();
                let _ = stream.read(&mut [0; 1024]).unwrap();
                let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        let mut alive = ChildProcess::start(std::process::Command::new("sleep").arg("60")).unwrap();
        wait_ready("test", &mut alive, address).unwrap();
        server.join().unwrap();
    }

    #[test]
    fn notices_that_a_server_has_died() {
        // Nobody listens there, and no other test will be given it.
        let port = 1;
        let mut dead = ChildProcess::start(&mut std::process::Command::new("false")).unwrap();
        let text = wait_ready("proxy", &mut dead, local(port)).unwrap_err().to_string();
        assert!(text.starts_with("starting the proxy failed: it ended with"), "{text}");
    }
}
