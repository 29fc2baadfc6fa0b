//! The emulator and the proxy, as users start them.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::Duration,
};

use crate::Result;

/// A program that says where it listens. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    pub(crate) url: String,
}

impl Server {
    /// Starts it, with this log level unless it is to be the default one. Its log goes nowhere.
    pub(crate) fn start(name: &str, command: &mut Command, level: Option<&str>) -> Result<Self> {
        match level {
            Some(level) => command.env("RUST_LOG", level),
            None => command.env_remove("RUST_LOG"),
        };
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = Self { child: command.spawn()?, url: String::new() };
        let mut line = String::new();
        if let Some(out) = server.child.stdout.take() {
            BufReader::new(out).read_line(&mut line)?;
        }
        let url = line.trim_end().strip_prefix("listening on ");
        url.ok_or_else(|| format!("{name} does not start"))?.clone_into(&mut server.url);
        Ok(server)
    }

    /// Sends one request, and returns the body of the answer, which must be a success.
    pub(crate) fn ask(&self, request: &[u8]) -> Result<String> {
        let mut stream = TcpStream::connect(self.address())?;
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
        Err(format!("{} answers {} {body}", self.url, status.trim_end()).into())
    }

    /// Its number.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// The address on which it listens.
    pub(crate) fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
