//! Who may ask, and how. Looked at before anything else.

use hyper::header::{HOST, HeaderMap, HeaderName, ORIGIN};
use hyper::{Method, Request, StatusCode};
use std::net::IpAddr;

/// The names this server answers to.
#[derive(Clone, Debug, Default)]
pub struct Hosts {
    names: Vec<String>,
    /// Whether it listens on every address of the computer, so that any of them may be asked for. A number cannot be rebound as a name can.
    is_everywhere: bool,
}

impl Hosts {
    /// The loopback names, that of `--host` and those of `--allow-host`.
    pub fn new(host: Option<&str>, allowed: &[String]) -> Hosts {
        let is_everywhere = host.and_then(|host| host.parse::<IpAddr>().ok()).is_some_and(|address| address.is_unspecified());
        let names = ["localhost", "127.0.0.1", "::1"].into_iter().chain(host).chain(allowed.iter().map(String::as_str));
        Hosts { names: names.map(|name| name.trim_matches(['[', ']']).to_ascii_lowercase()).collect(), is_everywhere }
    }

    /// Whether a `Host` header, or the authority of a request, names this server.
    pub fn allow(&self, authority: &str) -> bool {
        let Some(name) = name_of(authority) else {
            return false;
        };
        let name = name.to_ascii_lowercase();
        self.names.contains(&name)
            || name.strip_suffix(".localhost").is_some_and(|name| !name.is_empty())
            || self.is_everywhere && name.parse::<IpAddr>().is_ok()
    }
}

/// The name without the port and without the brackets of IPv6.
fn name_of(authority: &str) -> Option<&str> {
    let (name, rest) = match authority.strip_prefix('[') {
        Some(inner) => inner.split_once(']')?,
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    let is_port = rest.is_empty() || rest.strip_prefix(':').is_some_and(|port| port.len() <= 5 && port.bytes().all(|b| b.is_ascii_digit()));
    (is_port && !name.is_empty()).then_some(name)
}

/// The status of a request that is refused, if it is.
pub fn refuse<B>(request: &Request<B>, hosts: &Hosts) -> Option<StatusCode> {
    let headers = request.headers();
    let mut given = headers.get_all(HOST).iter();
    let host = given.next().and_then(|host| host.to_str().ok()).filter(|_| given.next().is_none());
    if !host.is_some_and(|host| hosts.allow(host)) {
        return Some(StatusCode::FORBIDDEN);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Some(StatusCode::METHOD_NOT_ALLOWED);
    }
    if request.uri().authority().is_some_and(|authority| !hosts.allow(authority.as_str())) {
        return Some(StatusCode::BAD_REQUEST);
    }
    (text(headers, "sec-fetch-site") == Some("cross-site") && !is_navigation(headers)).then_some(StatusCode::FORBIDDEN)
}

/// A link somebody followed; not a frame in somebody's page.
fn is_navigation(headers: &HeaderMap) -> bool {
    text(headers, "sec-fetch-mode") == Some("navigate") && matches!(text(headers, "sec-fetch-dest"), None | Some("document"))
}

/// Whether a request for the reload channel comes from a page of this server: by its token, and by what the browser says about its origin.
pub fn is_own<B>(request: &Request<B>, token: &str) -> bool {
    let headers = request.headers();
    let is_same_site = headers.get("sec-fetch-site").is_none_or(|site| site == "same-origin");
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("");
    let is_same_origin = headers.get_all(ORIGIN).iter().all(|origin| origin.to_str().is_ok_and(|origin| origin == format!("http://{host}")));
    let given = request.uri().query().and_then(|query| parameter(query, "token")).unwrap_or("");
    is_same_site && is_same_origin && is_equal(given, token)
}

/// A parameter of a query, as it stands.
pub fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// Compares in a time that does not tell where they differ.
fn is_equal(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

fn text<'a>(headers: &'a HeaderMap, name: &'static str) -> Option<&'a str> {
    headers.get(HeaderName::from_static(name)).and_then(|value| value.to_str().ok())
}
