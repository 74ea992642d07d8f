//! The web itself, over HTTP.

use super::{Answer, Ask, LEAVE_ALONE, is_nobodys};
use std::io::ErrorKind;
use std::time::Duration;
use ureq::http::{Response, StatusCode, header};
use ureq::{Agent, Body, Error};
use url::Url;

/// Further addresses that one may lead to.
const MOVES: usize = 5;

/// Asks over the network.
pub struct Web {
    agent: Agent,
    /// Whether addresses of this machine may be asked, to which a foreign site could send us otherwise.
    local: bool,
}

impl Web {
    /// `local` is for tests, whose server is this machine.
    pub fn new(timeout: Duration, local: bool) -> Web {
        let config = Agent::config_builder()
            .timeout_global(Some(timeout))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(concat!("rahnama/", env!("CARGO_PKG_VERSION"), " (checks links of a site; one question at a time)"));
        Web { agent: config.build().into(), local }
    }

    fn get(&self, address: &str) -> Result<Response<Body>, Error> {
        // Some hosts do not know HEAD, and some answer it wrongly.
        match self.agent.head(address).call() {
            Ok(answer) if answer.status().is_success() || answer.status().is_redirection() || answer.status() == StatusCode::TOO_MANY_REQUESTS => {
                Ok(answer)
            }
            Err(error @ Error::Timeout(_)) => Err(error),
            Err(error) if unresolved(&error).is_some() => Err(error),
            _ => self.agent.get(address).call(),
        }
    }
}

impl Ask for Web {
    fn ask(&self, address: &str) -> Answer {
        let Ok(mut at) = Url::parse(address) else { return Answer::Gone("no address".to_owned()) };
        at.set_fragment(None);
        // Where it has moved to for good: as far as no host says that it leads on for now only.
        let (mut for_good, mut there) = (true, None);
        for _ in 0..=MOVES {
            if !self.local && is_nobodys(at.as_str()) {
                return Answer::Unknown(format!("it leads to {at}, which is not on the internet"), None);
            }
            let answer = match self.get(at.as_str()) {
                Ok(answer) => answer,
                Err(error) => return failed(&error),
            };
            let status = answer.status();
            if !status.is_redirection() || status == StatusCode::NOT_MODIFIED {
                return told(status, &answer, there);
            }
            for_good &= matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
            let next = answer.headers().get(header::LOCATION).and_then(|place| at.join(std::str::from_utf8(place.as_bytes()).ok()?).ok());
            match next.filter(|next| matches!(next.scheme(), "http" | "https")) {
                Some(next) => at = next,
                None => return Answer::Unknown(format!("{status}, but not where to"), None),
            }
            if for_good {
                there = Some(at.to_string());
            }
        }
        Answer::Unknown(format!("it leads on more than {MOVES} times"), None)
    }
}

fn told(status: StatusCode, answer: &Response<Body>, there: Option<String>) -> Answer {
    if status.is_success() {
        return Answer::Found(there);
    }
    if matches!(status, StatusCode::NOT_FOUND | StatusCode::GONE) {
        return Answer::Gone(status.to_string());
    }
    let wait = answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    Answer::Unknown(status.to_string(), wait.map(Duration::from_secs))
}

fn failed(error: &Error) -> Answer {
    match (unresolved(error), error) {
        (Some(answer), _) => answer,
        (_, Error::Timeout(_)) => Answer::Unknown("no answer in time".to_owned(), Some(LEAVE_ALONE)),
        (_, Error::Io(error)) if error.kind() == ErrorKind::ConnectionRefused => Answer::Unknown("the host takes no connections".to_owned(), None),
        (_, Error::Io(error)) if error.kind() == ErrorKind::InvalidData => Answer::Unknown(format!("no safe connection: {error}"), Some(LEAVE_ALONE)),
        (_, Error::Io(error)) => Answer::Unknown(error.to_string(), None),
        (_, other) => Answer::Unknown(other.to_string(), None),
    }
}

/// What it means that the name of a host was not found. The standard library tells it by its words only.
fn unresolved(error: &Error) -> Option<Answer> {
    let why = match error {
        Error::HostNotFound => String::new(),
        Error::Io(error) => error.to_string().strip_prefix("failed to lookup address information: ")?.to_ascii_lowercase(),
        _ => return None,
    };
    // This machine, or the server of names, may be the one that is ill.
    let for_now = ["temporary", "try again", "system error", "memory"].iter().any(|word| why.contains(word));
    let asleep = Answer::Unknown("no name of a host can be looked up; is this machine on the network?".to_owned(), Some(LEAVE_ALONE));
    Some(if for_now { asleep } else { Answer::Gone("there is no such host".to_owned()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;
    use std::sync::mpsc;

    /// A server that answers by path, and tells what it was asked.
    fn server() -> (String, mpsc::Receiver<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (asked, questions) = mpsc::channel();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let Some(Ok(first)) = lines.next() else { continue };
                while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
                let path = first.split(' ').nth(1).unwrap_or_default();
                let head = match (path, first.starts_with("HEAD")) {
                    ("/there" | "/%D9%81%D8%A7/", _) => "200 OK\r\n".to_owned(),
                    ("/no-head", true) => "405 Method Not Allowed\r\n".to_owned(),
                    ("/no-head", false) => "200 OK\r\n".to_owned(),
                    ("/moved", _) => "301 Moved Permanently\r\nLocation: /there\r\n".to_owned(),
                    ("/then-for-now", _) => "308 Permanent Redirect\r\nLocation: /for-now\r\n".to_owned(),
                    ("/for-now", _) => "302 Found\r\nLocation: there\r\n".to_owned(),
                    ("/round", _) => "301 Moved Permanently\r\nLocation: /round\r\n".to_owned(),
                    ("/busy", _) => "429 Too Many Requests\r\nRetry-After: 7\r\n".to_owned(),
                    ("/out", _) => "302 Found\r\nLocation: file:///etc/passwd\r\n".to_owned(),
                    _ => "404 Not Found\r\n".to_owned(),
                };
                let _ = asked.send(first);
                let _ = write!(stream, "HTTP/1.1 {head}Content-Length: 0\r\nConnection: close\r\n\r\n");
            }
        });
        (base, questions)
    }

    #[test]
    fn answers_are_told_apart() {
        let (base, questions) = server();
        let web = Web::new(Duration::from_secs(5), true);
        let ask = |path: &str| web.ask(&format!("{base}{path}"));
        assert_eq!(ask("/there#part"), Answer::Found(None));
        assert_eq!(questions.recv().unwrap(), "HEAD /there HTTP/1.1", "nothing is fetched");
        assert_eq!(ask("/فا/"), Answer::Found(None));
        assert_eq!(ask("/no-head"), Answer::Found(None));
        assert_eq!(ask("/moved"), Answer::Found(Some(format!("{base}/there"))));
        assert_eq!(ask("/for-now"), Answer::Found(None));
        assert_eq!(ask("/then-for-now"), Answer::Found(Some(format!("{base}/for-now"))));
        assert_eq!(ask("/gone"), Answer::Gone("404 Not Found".to_owned()));
        assert_eq!(ask("/busy"), Answer::Unknown("429 Too Many Requests".to_owned(), Some(Duration::from_secs(7))));
        assert!(matches!(ask("/round"), Answer::Unknown(..)));
        assert!(matches!(ask("/out"), Answer::Unknown(..)));
        assert!(matches!(Web::new(Duration::from_secs(5), false).ask(&format!("{base}/there")), Answer::Unknown(..)));
    }

    #[test]
    fn names_that_are_nobodys_are_told_from_names_that_could_not_be_asked_for() {
        let told = |why: &str| unresolved(&Error::Io(std::io::Error::other(format!("failed to lookup address information: {why}"))));
        for none in ["Name or service not known", "nodename nor servname provided, or not known", "No such host is known."] {
            assert_eq!(told(none), Some(Answer::Gone("there is no such host".to_owned())));
        }
        assert!(matches!(told("Temporary failure in name resolution"), Some(Answer::Unknown(_, Some(LEAVE_ALONE)))));
        assert_eq!(unresolved(&Error::Io(ErrorKind::ConnectionRefused.into())), None);
    }

    #[test]
    fn a_host_that_never_answers_is_not_waited_for() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let web = Web::new(Duration::from_millis(200), true);
        let answer = web.ask(&format!("http://{}/", listener.local_addr().unwrap()));
        assert_eq!(answer, Answer::Unknown("no answer in time".to_owned(), Some(LEAVE_ALONE)));
    }
}
