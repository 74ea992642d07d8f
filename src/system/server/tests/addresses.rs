//! Addresses that never lead to a file, sent as they are through a socket.

use super::*;

/// Every way around a folder that servers have fallen for.
const HOSTILE: &str = r"
/../etc/passwd
/..
/.
/./
/./a.css
/a.css/.
/a.css/..
/sv/../a.css
/sv/./a.css
/sv/..
/sv/strategi/../../a.css
//
//a.css
//etc/passwd
///
/sv//strategi/
/sv//
//evil.example/a.css
//evil.example/%2e%2e
/%2e%2e/a.css
/%2e%2e%2fa.css
/%2E%2E/%2E%2E/etc/passwd
/.%2e/a.css
/%2e./a.css
/%2e/a.css
/%2e
/sv/%2e%2e/a.css
/sv/%2e%2e%2fa.css
/sv%2f..%2fa.css
/sv%2f%2e%2e%2fa.css
/..%2fa.css
/..%2f..%2f..%2fetc%2fpasswd
/..%5ca.css
/..%5c..%5cwindows%5cwin.ini
/..\a.css
/sv\..\a.css
/\a.css
/\\evil.example\share
/%5c%5cevil.example%5cshare
/%5ca.css
/a.css%5c
/sv%5cstrategi
/c:/windows/win.ini
/C:%5cwindows
/c%3a/windows
/a.css::$DATA
/a.css%3a%3a$DATA
/file:///etc/passwd
/http://evil.example/
/a.css%00
/a.css%00.html
/%00
/sv/%00/a.css
/%01
/%0a
/%0d%0aSet-Cookie:%20a=b
/%0d%0a%0d%0aevil
/%1b%5b2J
/%7f
/a%09b
/%c2%85
/%80
/%ff
/%fe%ff
/%c0%ae%c0%ae/a.css
/%c0%af
/%c0%2e%c0%2e/
/%e0%80%ae
/%e0%80%af
/%f0%80%80%af
/%ed%a0%80
/%c3
/%c3%28
/m%C3
/%
/%2
/%g0
/%0g
/%zz
/a.css%
/a.css%2
/%%32%65%%32%65/a.css
/%u002e%u002e/
/%u2215
/%2/
/%-1
/%+1
/% 20
/sv/%2e%2e/%2e%2e/%2e%2e/etc/shadow
/_rahnama/../a.css
/_rahnama/..
/_rahnama/%2e%2e/a.css
/_rahnama//events
/_rahnama/%00
/_rahnama/..%2fa.css
/_rahnama/%5c..
/@fs/../etc/passwd
/@fs//etc/passwd
/.//a.css
/a.css//
/a.css/./
/..;/a.css/..
/%20/../a.css
/ /../a.css
/sv/strategi/m%C3%A5l/../../../a.css
/%2e%2e%5c
/%2e%2e%00/
/....//a.css/..
/sv/strategi//m%C3%A5l/
";

/// These are plain names that no file has.
const MISSING: &str = r"
/etc/passwd
/...
/..a
/a..
/....
/....//a.css?
/%252e%252e/a.css
/%252e%252e%252fa.css
/%25
/%2500
/..;/a.css
/a.css;
/a.css/
/a.css/index.html
/A.CSS
/a.css%20
/%20a.css
/a.css.
/a.css~
/index.html/
/index.html/x
/~root
/.git/config
/.env
/@fs/etc/passwd
/@id/__x00__a
/proc/self/environ
/etc/passwd?raw??
/etc/passwd?import&inline
/etc/passwd?.svg
/?../../etc/passwd&x=/.svg/../
/manifest.json%3f
/a.css%3fraw
/a.css%23
/*
/%2a
/-
/con
/nul
/sv/strategi/ma%CC%8Al/
/%E2%80%AE
/%F0%9F%99%82
/%e2%80%a5/a.css
/%ef%bc%8e%ef%bc%8e/a.css
/%ef%bc%8fa.css
";

/// Sent instead of a path.
const TARGETS: &[(&str, &[u16])] = &[
    ("http://evil.example/", &[400]),
    ("http://evil.example/a.css", &[400]),
    ("https://evil.example:443/", &[400]),
    ("http://localhost@evil.example/", &[400]),
    ("http://user@localhost/", &[400]),
    ("http://[::2]/", &[400]),
    ("http://localhost/../a.css", &[400]),
    ("http://localhost/a.css", &[200]),
    ("http://127.0.0.1:1/a.css", &[200]),
    ("a.css", &[400]),
    ("../a.css", &[400]),
    ("index.html", &[400]),
    ("*", &[400]),
    ("?x", &[400, 200]),
    ("localhost", &[400]),
    ("\\a.css", &[400]),
    ("/a.css#fragment", &[400, 200]),
    ("/a b", &[400]),
    ("", &[400]),
];

#[test]
fn a8_no_address_leads_out_of_the_site() {
    let server = local();
    let hostile: Vec<&str> = HOSTILE.lines().filter(|line| !line.is_empty()).collect();
    let missing: Vec<&str> = MISSING.lines().filter(|line| !line.is_empty()).collect();
    assert!(hostile.len() >= 100, "{}", hostile.len());
    for target in &hostile {
        assert_eq!(get(&server, target).status, 400, "{target}");
    }
    for target in &missing {
        let status = get(&server, target).status;
        let is_home = target.starts_with("/?");
        assert!(status == 404 || is_home && status == 200 || target.contains("//") && status == 400, "{target}: {status}");
    }
    for (target, statuses) in TARGETS {
        let status = get(&server, target).status;
        assert!(statuses.contains(&status), "{target}: {status}");
    }
    for bytes in [
        &b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"[..],
        b"GET /a\0b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"\x16\x03\x01\x02\0\x01\0",
        b"\r\n\r\n\r\nGET",
    ] {
        let status = raw(&server, bytes).status;
        assert!([0, 400].contains(&status), "{bytes:?}: {status}");
    }
    let long = format!("/{}", "a".repeat(100_000));
    assert!((400..500).contains(&get(&server, &long).status));
    assert_eq!(get(&server, "/a.css").status, 200, "still there");
}

#[test]
fn what_decodes_is_a_plain_relative_path() {
    for line in HOSTILE.lines().filter(|line| !line.is_empty()) {
        assert_eq!(resolve::decode(line), None, "{line}");
    }
    for (path, decoded) in
        [("/", ""), ("/a/", "a/"), ("/a%2fb", "a/b"), ("/%2520", "%20"), ("/m%C3%A5l", "mål"), ("/a+b", "a+b"), ("/..a/b..", "..a/b..")]
    {
        assert_eq!(resolve::decode(path).as_deref(), Some(decoded), "{path}");
    }
    assert_eq!(resolve::decode("x"), None);
    for path in ["", "a b/å", "%", "?#&=+", "سلام/", "\"<>"] {
        let encoded = resolve::encode(path);
        assert!(encoded.is_ascii() && resolve::decode(&encoded).as_deref() == Some(path), "{encoded}");
    }
}

proptest::proptest! {
    #[test]
    fn a8_whatever_is_asked_for_is_a_file_of_the_snapshot_or_nothing(path in "/?[a-z./%\\\\:0-9å\u{0}-\u{20}]{0,40}") {
        let files = site("x").files.clone();
        if let Some(path) = resolve::decode(&path) {
            proptest::prop_assert!(path.split('/').all(|part| part != ".." && part != "."));
            if let Found::File(found, _) = resolve::find(&files, &path) {
                proptest::prop_assert!(files.get(found).is_some());
            }
        }
    }
}
