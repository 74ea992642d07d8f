use super::*;
use crate::base::diagnostic::Level;
use crate::base::files::{Later, Sink};
use crate::base::path::OutPath;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

mod addresses;
mod channel;

/// A page as the site writes it.
fn page(title: &str, style: &str) -> String {
    format!(
        "<!doctype html><html lang=\"sv\"><head><title>{title}</title><link rel=\"stylesheet\" href=\"/{style}\"></head><body>{title}</body></html>"
    )
}

fn snapshot(files: &[(&str, &str)]) -> Arc<Snapshot> {
    let files = files.iter().map(|(path, text)| (OutPath::new(path), Blob::new(*text))).collect();
    Arc::new(Snapshot { files, ..Snapshot::default() })
}

fn site(title: &str) -> Arc<Snapshot> {
    snapshot(&[
        ("index.html", &page("home", "a.css")),
        ("404.html", &page("nothing here", "a.css")),
        ("sv/404.html", &page("inget här", "a.css")),
        ("sv/strategi/mål/index.html", &page(title, "a.css")),
        ("sv/strategi/mål/bild 1.png", "0123456789"),
        ("a.css", "body{}"),
        ("feed.atom", "<feed/>"),
    ])
}

fn serve(options: &Options) -> Server {
    let dashboard = |path: &str| (path == "index.html").then(|| Blob::new("<html><head></head>dashboard</html>"));
    Server::start(options, site("mål"), Box::new(dashboard)).unwrap()
}

fn local() -> Server {
    serve(&Options::default())
}

/// What came back.
#[derive(Debug)]
struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Reply {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.addresses()[0]).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream
}

/// Sends these bytes and reads until the other end closes.
fn raw(server: &Server, bytes: &[u8]) -> Reply {
    let mut stream = connect(server);
    stream.write_all(bytes).unwrap();
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply); // A refused connection may end in a reset.
    let reply = String::from_utf8_lossy(&reply).into_owned();
    let (head, body) = reply.split_once("\r\n\r\n").unwrap_or((&reply, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Reply { status, head: head.replace('\r', ""), body: body.to_owned() }
}

/// A plain request with further header lines.
fn ask(server: &Server, method: &str, target: &str, headers: &[&str]) -> Reply {
    let headers: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    raw(server, format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n").as_bytes())
}

fn get(server: &Server, target: &str) -> Reply {
    ask(server, "GET", target, &[])
}

#[test]
fn serves_files_with_their_types_and_pages_with_the_client() {
    let server = local();
    let home = get(&server, "/");
    assert_eq!((home.status, home.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(home.body.contains(" defer></script></head>") && home.body.contains("<script src=\"/_rahnama/live.js\" data-token=\""), "{}", home.body);
    assert_eq!(home.header("content-length"), Some(home.body.len().to_string().as_str()));
    let style = get(&server, "/a.css");
    assert_eq!((style.body.as_str(), style.header("content-type")), ("body{}", Some("text/css; charset=utf-8")));
    assert_eq!(get(&server, "/sv/strategi/m%C3%A5l/").status, 200);
    assert_eq!(get(&server, "/sv/strategi/mål/index.html").status, 200, "browsers encode, people do not");
    assert_eq!(get(&server, "/sv/strategi/m%c3%a5l/bild%201.png").body, "0123456789");
    assert_eq!(get(&server, "/feed.atom").header("content-type"), Some("application/atom+xml; charset=utf-8"));
    let script = get(&server, "/_rahnama/live.js");
    assert_eq!((script.status, script.header("content-type")), (200, Some("text/javascript; charset=utf-8")));
    let dashboard = get(&server, "/_rahnama/");
    assert!(dashboard.status == 200 && dashboard.body.contains("dashboard") && dashboard.body.contains("live.js"));
    assert_eq!(get(&server, "/_rahnama/nothing").status, 404);
    for reply in [home, style, script, dashboard, get(&server, "/x"), get(&server, "/../x")] {
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{}", reply.head);
        assert_eq!(reply.header("cross-origin-resource-policy"), Some("same-origin"));
        assert_eq!(reply.header("access-control-allow-origin"), None);
    }
}

#[test]
fn folders_redirect_and_missing_pages_answer_as_a_host_does() {
    let server = local();
    let folder = get(&server, "/sv/strategi/m%C3%A5l?a=b");
    assert_eq!((folder.status, folder.header("location")), (302, Some("/sv/strategi/m%C3%A5l/?a=b")));
    assert_eq!(get(&server, "/_rahnama").header("location"), Some("/_rahnama/"));
    let missing = get(&server, "/sv/strategi/nej/");
    assert!(missing.status == 404 && missing.body.contains("inget här") && missing.body.contains("live.js"));
    assert!(get(&server, "/sv/x").body.contains("inget här"));
    assert!(get(&server, "/fa/x").body.contains("nothing here"));
    assert!(get(&server, "/svx").body.contains("nothing here"));
    let bare = Server::start(&Options::default(), snapshot(&[]), Box::new(|_: &str| None)).unwrap();
    assert_eq!(get(&bare, "/").status, 404);
}

#[test]
fn unchanged_files_are_not_sent_again() {
    let server = local();
    for target in ["/a.css", "/"] {
        let tag = get(&server, target).header("etag").unwrap().to_owned();
        for given in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
            let reply = ask(&server, "GET", target, &[&format!("If-None-Match: {given}")]);
            assert_eq!((reply.status, reply.body.as_str(), reply.header("etag")), (304, "", Some(tag.as_str())), "{given}");
        }
        assert_eq!(ask(&server, "GET", target, &["If-None-Match: \"x\""]).status, 200);
    }
}

/// Counts how often it is made.
struct Counted(AtomicUsize);

impl Later for Counted {
    fn folder(&self) -> &'static str {
        "search/"
    }

    fn put(&self, sink: &dyn Sink) {
        let times = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        sink.put(OutPath::new("search/sv/index.js"), Blob::new(format!("made {times}")));
    }
}

#[test]
fn files_that_can_wait_are_made_once_at_the_first_request() {
    let counted = Arc::new(Counted(AtomicUsize::new(0)));
    let with_late = || Arc::new(Snapshot { late: Some(Late::new(counted.clone())), ..(*site("mål")).clone() });
    let server = Server::start(&Options::default(), with_late(), Box::new(|_: &str| None)).unwrap();
    assert_eq!(get(&server, "/a.css").status, 200);
    assert_eq!(ask(&server, "POST", "/search/sv/index.js", &[]).status, 405);
    assert_eq!(counted.0.load(Ordering::Relaxed), 0, "nobody has asked for them");
    let script = get(&server, "/search/sv/index.js");
    assert_eq!((script.status, script.body.as_str(), script.header("content-type")), (200, "made 1", Some("text/javascript; charset=utf-8")));
    assert_eq!(get(&server, "/%73earch/sv/index.js").body, "made 1");
    assert_eq!(get(&server, "/search/sv/other.js").status, 404);
    assert_eq!(server.publish(with_late()), 0, "no page has changed");
    assert_eq!(get(&server, "/search/sv/index.js").body, "made 2", "but what is found may have");
}

#[test]
fn ranges_are_served() {
    let server = local();
    let target = "/sv/strategi/m%C3%A5l/bild%201.png";
    let tag = get(&server, target).header("etag").unwrap().to_owned();
    let cases = [
        ("bytes=0-3", 206, "0123", "bytes 0-3/10"),
        ("bytes=4-", 206, "456789", "bytes 4-9/10"),
        ("bytes=-2", 206, "89", "bytes 8-9/10"),
        ("bytes=-99", 206, "0123456789", "bytes 0-9/10"),
        ("bytes=8-99", 206, "89", "bytes 8-9/10"),
        ("bytes=10-", 416, "416 Range Not Satisfiable\n", "bytes */10"),
        ("bytes=-0", 416, "416 Range Not Satisfiable\n", "bytes */10"),
    ];
    for (range, status, body, place) in cases {
        let reply = ask(&server, "GET", target, &[&format!("Range: {range}")]);
        assert_eq!((reply.status, reply.body.as_str(), reply.header("content-range")), (status, body, Some(place)), "{range}");
    }
    for range in ["bytes=a-b", "bytes=0-1,3-4", "lines=1-2", "bytes=", "bytes=--1", "bytes=99999999999999999999999-"] {
        assert_eq!(ask(&server, "GET", target, &[&format!("Range: {range}")]).status, 200, "{range}");
    }
    assert_eq!(ask(&server, "GET", target, &["Range: bytes=0-1", &format!("If-Range: {tag}")]).status, 206);
    assert_eq!(ask(&server, "GET", target, &["Range: bytes=0-1", "If-Range: \"other\""]).status, 200);
}

#[test]
fn a6_only_reading_is_possible() {
    let server = local();
    let head = ask(&server, "HEAD", "/a.css", &[]);
    assert_eq!((head.status, head.body.as_str(), head.header("content-length")), (200, "", Some("6")));
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "GET2", "get"] {
        let reply = ask(&server, method, "/a.css", &[]);
        assert_eq!((reply.status, reply.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    let reply = raw(&server, b"CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert!(reply.status >= 400, "{}", reply.head);
}

#[test]
fn a5_only_names_of_this_server_are_answered() {
    let server = serve(&Options { allow_hosts: vec!["Preview.Example".to_owned()], ..Options::default() });
    let targets = ["/", "/a.css", "/nothing", "/_rahnama/events", "/_rahnama/state", "/_rahnama/", "/../x"];
    let ask =
        |host: &str, target: &str, version: &str| raw(&server, format!("GET {target} HTTP/{version}\r\n{host}Connection: close\r\n\r\n").as_bytes());
    let good = ["localhost", "LOCALHOST:80", "a.localhost:1111", "127.0.0.1", "127.0.0.1:1111", "[::1]", "[::1]:1111", "preview.example"];
    for host in good {
        assert_eq!(ask(&format!("Host: {host}\r\n"), "/", "1.1").status, 200, "{host}");
    }
    let bad = [
        "evil.example",
        "localhost.evil.example",
        "localhost.",
        "127.0.0.1.evil.example",
        "127.0.0.2",
        "0.0.0.0",
        "[::]",
        "192.168.1.7",
        "[::1",
        "::1",
        "",
        ".localhost",
        "evil.example:1111",
        "localhost:x",
        "localhost:1:2",
        "localhost@evil.example",
        "evil.example#localhost",
        "xn--localhost",
        "preview.example.evil",
    ];
    for host in bad {
        for target in targets {
            let status = ask(&format!("Host: {host}\r\n"), target, "1.1").status;
            assert!(status == 403 || status == 400, "{host} {target}: {status}");
        }
    }
    for target in targets {
        assert_eq!(ask("", target, "1.0").status, 403, "no host at all");
        assert_eq!(ask("Host: localhost\r\nHost: evil.example\r\n", target, "1.1").status, 403, "two hosts");
    }
    let everywhere = Hosts::new(Some("0.0.0.0"), &[]);
    assert!(everywhere.allow("192.168.1.7:1111") && everywhere.allow("[fe80::1]") && !everywhere.allow("evil.example"));
    assert!(Hosts::new(Some("192.168.1.7"), &[]).allow("192.168.1.7") && Hosts::new(Some("::1"), &[]).allow("[::1]:80"));
}

#[test]
fn a6_pages_elsewhere_cannot_use_the_site() {
    let server = local();
    let status = |headers: &[&str]| ask(&server, "GET", "/a.css", headers).status;
    for site in ["same-origin", "same-site", "none"] {
        assert_eq!(status(&[&format!("Sec-Fetch-Site: {site}")]), 200, "{site}");
    }
    for (mode, dest, expected) in
        [("navigate", "document", 200), ("navigate", "iframe", 403), ("cors", "empty", 403), ("no-cors", "script", 403), ("no-cors", "image", 403)]
    {
        let headers = ["Sec-Fetch-Site: cross-site".to_owned(), format!("Sec-Fetch-Mode: {mode}"), format!("Sec-Fetch-Dest: {dest}")];
        assert_eq!(status(&headers.each_ref().map(String::as_str)), expected, "{mode} {dest}");
    }
    assert_eq!(status(&["Sec-Fetch-Site: cross-site"]), 403);
}

#[test]
fn a4_b33_listens_on_this_computer_only_and_finds_a_free_port() {
    let server = local();
    assert!(server.addresses().iter().all(|address| address.ip().is_loopback()));
    let port = server.addresses()[0].port();
    assert!(server.addresses().iter().all(|address| address.port() == port));
    assert_eq!(server.url(), format!("http://127.0.0.1:{port}/"));
    assert!(server.notes().is_empty());
    let other = serve(&Options { port, ..Options::default() });
    assert_ne!(other.addresses()[0].port(), port);
    assert!(other.notes()[0].starts_with(&format!("port {port} is in use")), "{:?}", other.notes());
    let open = serve(&Options { host: Some("0.0.0.0".to_owned()), ..Options::default() });
    assert!(open.notes()[0].starts_with("warning: everybody on your network"), "{:?}", open.notes());
    let fault =
        Server::start(&Options { host: Some("203.0.113.9".to_owned()), ..Options::default() }, site(""), Box::new(|_: &str| None)).err().unwrap();
    assert_eq!(fault.to_string(), "cannot listen on `203.0.113.9:0`: this computer does not have that address");
    drop(server);
    assert_eq!(serve(&Options { port, ..Options::default() }).addresses()[0].port(), port, "a stopped server lets go of its port");
}

#[test]
fn one_snapshot_at_a_time() {
    let server = local();
    let writer = std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut seen = 0;
            while seen < 200 {
                let reply = get(&server, "/both");
                assert!(["", "1 1", "2 2"].contains(&reply.body.as_str()) || reply.status == 404, "{}", reply.body);
                seen += 1;
            }
        });
        for i in 0..200 {
            server.publish(snapshot(&[("both", if i % 2 == 0 { "1 1" } else { "2 2" })]));
        }
        reader.join()
    });
    writer.unwrap();
}
