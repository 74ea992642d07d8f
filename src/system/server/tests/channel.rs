//! The reload channel: who may listen, and what is said.

use super::*;

fn token(server: &Server) -> String {
    let body = get(server, "/").body;
    body.split("data-token=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// The status and what comes within a moment on a channel.
fn listen(server: &Server, token: &str, headers: &[String], wait: Duration) -> (u16, String) {
    let mut stream = connect(server);
    stream.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    let headers: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    write!(stream, "GET /_rahnama/events?token={token} HTTP/1.1\r\nHost: localhost:1111\r\n{headers}\r\n").unwrap();
    let (begun, mut text, mut buffer) = (Instant::now(), String::new(), [0; 4096]);
    let is_whole = |text: &str| text.contains("data: ") || !text.is_empty() && !text.contains(" 200 ");
    while begun.elapsed() < wait || !is_whole(&text) {
        match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => text.push_str(&String::from_utf8_lossy(&buffer[..count])),
            Err(_) => {}
        }
    }
    (text.split(' ').nth(1).unwrap().parse().unwrap(), text)
}

#[test]
fn a7_only_pages_of_this_run_may_listen() {
    let server = local();
    let token = token(&server);
    let wrong: String = token.chars().rev().collect();
    let origins = [
        None,
        Some("null"),
        Some("http://evil.example"),
        Some("https://localhost:1111"),
        Some("http://localhost:2222"),
        Some("http://localhost:1111"),
    ];
    for origin in origins {
        for given in ["", &wrong, &token[1..], &token] {
            for site in [None, Some("same-origin"), Some("same-site"), Some("cross-site"), Some("none")] {
                let headers: Vec<String> =
                    origin.map(|o| format!("Origin: {o}")).into_iter().chain(site.map(|s| format!("Sec-Fetch-Site: {s}"))).collect();
                let (status, text) = listen(&server, given, &headers, Duration::ZERO);
                let is_own = given == token && matches!(origin, None | Some("http://localhost:1111")) && matches!(site, None | Some("same-origin"));
                assert_eq!(status, if is_own { 200 } else { 403 }, "{origin:?} {given} {site:?}");
                assert_eq!(text.contains("data: "), is_own);
            }
        }
    }
    assert_eq!(get(&server, "/_rahnama/state").status, 403);
    assert_ne!(local().shared.token, token, "every run has its own");
}

fn state(server: &Server, page: &str, since: &str) -> serde_json::Value {
    let reply = get(server, &format!("/_rahnama/state?token={}&page={page}{since}", server.shared.token));
    assert_eq!(reply.status, 200);
    serde_json::from_str(&reply.body).unwrap()
}

#[test]
fn b33_every_publication_has_a_number_and_its_changes_can_be_asked_for() {
    let server = local();
    let token = token(&server);
    assert_eq!(server.publish(site("mål")), 0, "the same site is no news");
    let (_, text) = std::thread::scope(|scope| {
        let listener = scope.spawn(|| listen(&server, &token, &[], Duration::from_millis(400)));
        std::thread::sleep(Duration::from_millis(150));
        assert_eq!(server.publish(site("nytt mål")), 1);
        listener.join().unwrap()
    });
    assert!(text.contains("text/event-stream") && text.contains("id: 1\ndata: 1\n\n") && text.contains("id: 2\ndata: 2\n\n"), "{text}");
    let page = "/sv/strategi/m%C3%A5l/";
    let now = state(&server, page, "&since=1");
    assert_eq!(now["number"], 2);
    assert_eq!(now["changed"], serde_json::json!(["/sv/strategi/m%C3%A5l/index.html"]));
    assert_eq!(now["styles"], serde_json::json!(["/a.css"]));
    assert_eq!(state(&server, page, "&since=2")["changed"], serde_json::json!([]));
    for other in ["&since=99", "&since=0"] {
        assert_eq!(state(&server, page, other)["changed"], serde_json::Value::Null, "{other} is from another run");
    }
    assert_eq!(state(&server, page, "&since=x%00")["changed"], serde_json::json!([]));
    for strange in ["", "/..", "/%00", "x", "/nothing/", "/_rahnama/", "/_rahnama/x"] {
        assert_eq!(state(&server, strange, "")["number"], 2, "{strange}");
    }
    assert!((0..100).all(|i| server.publish(site(&i.to_string())) == 1));
    assert_eq!(state(&server, page, "&since=2")["changed"], serde_json::Value::Null, "too long ago");
    assert_eq!(state(&server, page, "&since=100")["number"], 102);
}

#[test]
fn a_page_can_tell_a_new_text_from_a_new_style_sheet() {
    let server = local();
    let shown = |server: &Server| {
        let body = get(server, "/").body;
        ["page", "shape"].map(|name| body.split(&format!("data-{name}=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned())
    };
    let now = |server: &Server| ["page", "shape"].map(|name| state(server, "/", "")[name].as_str().unwrap().to_owned());
    assert_eq!(shown(&server), now(&server));
    let before = shown(&server);
    server.publish(snapshot(&[("index.html", &page("home", "b.css"))]));
    let styled = now(&server);
    assert!(styled[0] != before[0] && styled[1] == before[1], "only the style sheet differs");
    assert_eq!(state(&server, "/", "")["styles"], serde_json::json!(["/b.css"]));
    server.publish(snapshot(&[("index.html", &page("other", "b.css"))]));
    assert_ne!(now(&server)[1], before[1]);
}

#[test]
fn problems_are_told_to_the_pages_they_concern() {
    let server = local();
    let problem =
        |text: &str, level: Level, pages: &[&str]| Problem { level, text: text.to_owned(), pages: pages.iter().map(OutPath::new).collect() };
    let problems = vec![
        problem("settings", Level::Error, &[]),
        problem("page", Level::Error, &["sv/strategi/mål/index.html"]),
        problem("hint", Level::Info, &[]),
        problem("home", Level::Warning, &["index.html"]),
    ];
    let snapshot = Snapshot { problems, ..(*site("mål")).clone() };
    assert_eq!(server.publish(Arc::new(snapshot)), 0);
    let here = |page: &str| {
        let state = state(&server, page, "");
        let problems = state["problems"].as_array().unwrap();
        problems.iter().filter(|p| p["here"] == true).map(|p| p["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(state(&server, "/", "")["number"], 2, "problems alone are news");
    assert_eq!(here("/sv/strategi/m%C3%A5l/"), ["settings", "page"]);
    assert_eq!(here("/"), ["settings", "home"]);
}

#[test]
fn a7_thousands_of_silent_connections_do_not_stop_the_server() {
    let server = local();
    let mut silent: Vec<TcpStream> = Vec::new();
    for i in 0..10_000 {
        match TcpStream::connect(server.addresses()[0]) {
            Ok(mut stream) => {
                let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: loc");
                silent.push(stream);
            }
            Err(error) => panic!("connection {i}: {error}"),
        }
        if silent.len() > 300 {
            silent.drain(..100);
        }
        if i % 500 == 0 {
            assert_eq!(get(&server, "/a.css").status, 200, "after {i}");
        }
    }
    assert_eq!(get(&server, "/a.css").status, 200);
}
