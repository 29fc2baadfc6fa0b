//! Files of signed requests, as bytes ready to be sent. Each has a nonce of its own: the emulator takes none twice.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use havenask_core::{
    Algorithm, Credentials, Endpoint, SignedRequest, SigningContext, Timestamp,
    operation::Operation, sign,
};

use crate::Result;

pub(crate) const KEY: &str = "testid";
pub(crate) const SECRET: &str = "testsecret";

/// Signs for one host.
#[derive(Debug)]
pub(crate) struct Signer {
    endpoint: Endpoint,
    credentials: Credentials,
    signed: u128,
}

/// A file of requests, each as long as the others.
#[derive(Debug)]
pub(crate) struct Requests {
    pub(crate) path: PathBuf,
    pub(crate) length: usize,
    pub(crate) count: u64,
}

impl Signer {
    pub(crate) fn new(url: &str) -> Result<Self> {
        let endpoint = Endpoint::parse(url).ok_or_else(|| format!("{url} is no address"))?;
        Ok(Self { endpoint, credentials: Credentials::new(KEY, SECRET), signed: 0 })
    }

    /// Signs a call so many times, now.
    pub(crate) fn write(&mut self, path: &Path, call: &Operation, count: u64) -> Result<Requests> {
        let date = now()?;
        let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
        let mut length = 0;
        for number in 0..count {
            let bytes = self.sign(call, date);
            if number > 0 && bytes.len() != length {
                return Err("the signed requests differ in length".into());
            }
            length = bytes.len();
            file.write_all(&bytes)?;
        }
        file.flush()?;
        Ok(Requests { path: path.to_owned(), length, count })
    }

    /// Signs a call now.
    pub(crate) fn once(&mut self, call: &Operation) -> Result<Vec<u8>> {
        let date = now()?;
        Ok(self.sign(call, date))
    }

    fn sign(&mut self, call: &Operation, date: Timestamp) -> Vec<u8> {
        self.signed += 1;
        let stamp = SigningContext { date, nonce: format!("{:032x}", self.signed) };
        let algorithm = Algorithm::default();
        let signed =
            sign::operation(call.clone(), &self.endpoint, &self.credentials, algorithm, &stamp);
        wire(&signed, &call.path)
    }
}

fn now() -> Result<Timestamp> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH)?;
    Ok(Timestamp::from_unix(i64::try_from(since.as_secs())?))
}

fn wire(request: &SignedRequest, path: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(2048);
    let mut put = |texts: &[&str]| texts.iter().for_each(|text| bytes.extend(text.as_bytes()));
    put(&[&request.method, " ", path, " HTTP/1.1\r\n"]);
    for (name, value) in &request.headers {
        put(&[name, ": ", value, "\r\n"]);
    }
    if !request.body.is_empty() {
        put(&["content-length: ", &request.body.len().to_string(), "\r\n"]);
    }
    put(&["\r\n"]);
    bytes.extend_from_slice(&request.body);
    bytes
}
