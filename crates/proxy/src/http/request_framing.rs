//! The framing of requests, checked on the bytes before hyper reads them: it takes lines that end with a line feed alone, and a
//! request that names two lengths, of which servers in front of this one may see other requests.

/// A check of the heads of the requests on one connection.
#[derive(Debug)]
pub(crate) enum RequestFraming {
    /// A head is read; this is the line so far, and the headers before it.
    Head { line: Vec<u8>, head: Head },
    /// Bytes of a body are left.
    Body(u64),
    /// No head follows: after a body in chunks the connection is closed.
    Last,
}

/// The headers of a head that say where its body ends.
#[derive(Debug, Default)]
pub(crate) struct Head {
    has_begun: bool,
    length: Option<u64>,
    is_chunked: bool,
}

impl Default for RequestFraming {
    fn default() -> Self {
        Self::Head { line: Vec::new(), head: Head::default() }
    }
}

impl RequestFraming {
    /// Checks the next bytes of a connection. In place of a line end that is wrong it puts a byte that no head may have: hyper
    /// answers 400 to that, and closes the connection.
    pub(crate) fn check(&mut self, mut bytes: &mut [u8]) {
        while !bytes.is_empty() {
            match self {
                Self::Last => return,
                Self::Body(left) => {
                    let here = usize::try_from(*left).unwrap_or(usize::MAX).min(bytes.len());
                    *left -= here as u64;
                    bytes = &mut bytes[here..];
                    if *left == 0 {
                        *self = Self::default();
                    }
                }
                Self::Head { line, head } => {
                    let end = bytes.iter().position(|byte| *byte == b'\n');
                    let Some(end) = end else {
                        line.extend_from_slice(bytes);
                        return;
                    };
                    // Most lines arrive whole.
                    let is_whole = line.is_empty();
                    if !is_whole {
                        line.extend_from_slice(&bytes[..end]);
                    }
                    let whole = if is_whole { &bytes[..end] } else { &line[..] };
                    let next = match whole.strip_suffix(b"\r") {
                        Some(line) => head.end_line(line),
                        None => Err(Malformed),
                    };
                    line.clear();
                    match next {
                        Ok(None) => {}
                        Ok(Some(next)) => *self = next,
                        Err(Malformed) => {
                            bytes[end] = 0;
                            *self = Self::Last;
                            return;
                        }
                    }
                    bytes = &mut bytes[end + 1..];
                }
            }
        }
    }
}

/// A head that servers read differently.
struct Malformed;

impl Head {
    /// Takes a whole line, and returns the body that follows when it is the last.
    fn end_line(&mut self, line: &[u8]) -> Result<Option<RequestFraming>, Malformed> {
        if line.is_empty() {
            return match (self.length, self.is_chunked) {
                (Some(_), true) => Err(Malformed),
                (_, true) => Ok(Some(RequestFraming::Last)),
                (Some(length @ 1..), _) => Ok(Some(RequestFraming::Body(length))),
                _ => {
                    *self = Self::default();
                    Ok(None)
                }
            };
        }
        let colon = line.iter().position(|byte| *byte == b':').filter(|_| self.has_begun);
        self.has_begun = true;
        let Some((name, value)) = colon.map(|colon| (&line[..colon], &line[colon + 1..])) else {
            return Ok(None);
        };
        if name.eq_ignore_ascii_case(b"transfer-encoding") {
            self.is_chunked = true;
        } else if name.eq_ignore_ascii_case(b"content-length") {
            // hyper refuses what is no number, and several that differ.
            self.length = str::from_utf8(value.trim_ascii()).ok().and_then(|it| it.parse().ok());
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes as hyper sees them when they arrive in parts of this size.
    fn checked(text: &str, size: usize) -> String {
        let mut framing = RequestFraming::default();
        let mut bytes = text.as_bytes().to_vec();
        bytes.chunks_mut(size).for_each(|part| framing.check(part));
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_wrong_line_end_is_found_in_heads_alone_however_the_bytes_arrive() {
        let post = "POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\na\nb\n";
        let chunked = "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n1\r\n\n\r\n0\r\n\r\n";
        let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        for good in [get.to_owned(), [post, get, "\r\n", post, post, chunked].concat()] {
            for size in 1..good.len() {
                assert_eq!(checked(&good, size), good);
            }
        }
        for bad in [
            "GET / HTTP/1.1\n",
            "GET / HTTP/1.1\r\nHost: a\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\n",
            "\n",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nTRANSFER-ENCODING: chunked\r\nContent-Length: 0\r\n\r\n",
        ] {
            for before in ["", get, post] {
                let bad = [before, bad].concat();
                let refused = [&bad[..bad.len() - 1], "\0"].concat();
                for size in 1..=bad.len() {
                    assert_eq!(checked(&bad, size), refused, "{size}");
                }
            }
        }
    }
}
