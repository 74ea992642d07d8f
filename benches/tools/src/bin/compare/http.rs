//! The smallest client that can ask one address again and again over one connection.

use std::io::{BufRead, BufReader, Error, ErrorKind, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A connection to a server on this machine.
pub struct Client {
    port: u16,
    stream: Option<BufReader<TcpStream>>,
}

impl Client {
    /// A client that has not connected yet.
    pub fn new(port: u16) -> Client {
        Client { port, stream: None }
    }

    /// The body of a page, if the server answers 200.
    pub fn get(&mut self, path: &str) -> Option<Vec<u8>> {
        let answer = self.ask(path);
        if answer.is_err() {
            self.stream = None;
        }
        answer.ok().flatten()
    }

    fn ask(&mut self, path: &str) -> std::io::Result<Option<Vec<u8>>> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => BufReader::new(connect(self.port)?),
        };
        write!(stream.get_mut(), "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAccept: text/html\r\n\r\n", self.port)?;
        let head = head(&mut stream)?;
        let body = body(&mut stream, &head)?;
        if !head.iter().any(|line| line == "connection: close") {
            self.stream = Some(stream);
        }
        Ok(head[0].contains(" 200").then_some(body))
    }
}

fn connect(port: u16) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(120)))?;
    Ok(stream)
}

/// The lines up to the empty one, in lower case.
fn head(stream: &mut impl BufRead) -> std::io::Result<Vec<String>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line)? == 0 {
            return Err(Error::from(ErrorKind::UnexpectedEof));
        }
        match line.trim_end() {
            "" if !lines.is_empty() => return Ok(lines),
            line => lines.push(line.to_ascii_lowercase()),
        }
    }
}

fn body(stream: &mut impl BufRead, head: &[String]) -> std::io::Result<Vec<u8>> {
    let length = head.iter().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    let mut body = Vec::new();
    if let Some(length) = length {
        body.resize(length, 0);
        stream.read_exact(&mut body)?;
    } else if head.iter().any(|line| line == "transfer-encoding: chunked") {
        while chunk(stream, &mut body)? > 0 {}
    }
    Ok(body)
}

/// RFC 9112, section 7.1.
fn chunk(stream: &mut impl BufRead, body: &mut Vec<u8>) -> std::io::Result<usize> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let size = usize::from_str_radix(line.trim(), 16).map_err(|_| Error::from(ErrorKind::InvalidData))?;
    let start = body.len();
    body.resize(start + size + 2, 0);
    stream.read_exact(&mut body[start..])?;
    body.truncate(start + size);
    Ok(size)
}
