//! `check --external --offline`: what earlier checks were told of other sites, without asking anybody.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests run the program, and a failure is an answer")]

use std::path::Path;
use std::process::{Command, Output};

const ANSWERS: &str = r#"{
"https://fine.se/": { "day": "2020-01-01" },
"https://gone.se/report": { "day": "2026-11-20", "gone": "404 Not Found" },
"https://moved.se/": { "day": "2026-11-20", "moved": "https://moved.se/here" },
"https://busy.se/": { "day": "2026-11-20", "unknown": "503 Service Unavailable" }
}
"#;

fn check(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rahnama"));
    command.args(["check", "--format", "short", "--today", "2026-11-21", "-C"]).arg(folder).args(arguments).output().unwrap()
}

fn project(text: &str) -> tempfile::TempDir {
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::create_dir_all(folder.path().join("content/en")).unwrap();
    std::fs::create_dir_all(folder.path().join(".rahnama")).unwrap();
    std::fs::write(folder.path().join("site.toml"), "languages = [\"en\"]\n[title]\nen = \"T\"\n").unwrap();
    std::fs::write(folder.path().join("content/en/index.md"), text).unwrap();
    std::fs::write(folder.path().join(".rahnama/answers.json"), ANSWERS).unwrap();
    folder
}

#[test]
fn answers_become_messages_at_their_links() {
    let folder = project(
        "# T\n\n[a](https://fine.se/#x) [b](https://gone.se/report) [c](https://moved.se/) [d](https://busy.se/)\n\n[e](https://gone.se/report) [f](http://localhost/x) [g](https://new.se/)\n",
    );
    let output = check(folder.path(), &["--external", "--offline", "-v"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    for wanted in [
        "content/en/index.md:3:25: warning[EXT001]: `https://gone.se/report` leads nowhere: 404 Not Found",
        "content/en/index.md:5:1: warning[EXT001]",
        "info[EXT002]: `https://moved.se/` has moved",
        "info[EXT003]: `https://busy.se/` could not be checked: 503 Service Unavailable",
        "5 addresses on other sites, 0 asked now; 1 without an answer in",
    ] {
        assert!(said.contains(wanted), "no {wanted} in\n{said}");
    }
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(check(folder.path(), &["--external", "--offline", "--strict"]).status.code(), Some(1));
    assert!(!String::from_utf8_lossy(&check(folder.path(), &[]).stderr).contains("EXT"), "nobody asked for it");
}

#[test]
fn a_file_that_holds_no_answers_and_options_alone_are_wrong_invocations() {
    let folder = project("# T\n");
    assert_eq!(check(folder.path(), &["--offline"]).status.code(), Some(2));
    std::fs::write(folder.path().join("broken.json"), "{").unwrap();
    let broken = folder.path().join("broken.json");
    assert_eq!(check(folder.path(), &["--external", "--offline", "--answers", broken.to_str().unwrap()]).status.code(), Some(2));
}

/// Asking is part of the program only with its feature; without, the message says how to get it.
#[test]
#[cfg(not(feature = "external"))]
fn a_program_that_cannot_ask_says_so() {
    let folder = project("# T\n\n[g](https://new.se/)\n");
    let output = check(folder.path(), &["--external"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("--features external"), "{said}");
}

/// Hosts as they are found on the web, played by nginx. Their names lead to this machine, in a network of its own where nothing else is.
#[cfg(feature = "external")]
mod hosts {
    use super::*;

    /// Names, and what stands in each one's `server`.
    const HOSTS: &[(&str, &str)] = &[
        ("there.se", "location / { return 200 ok; }"),
        (
            "moved.se",
            "location = /good { return 301 http://there.se/a; } location = /kept { return 308 /good; } location = /now { return 302 http://there.se/; } \
             location = /both { return 301 /now; } location = /gone { return 301 http://gone.se/a; } location = /home { return 302 http://127.0.0.1/; }",
        ),
        ("gone.se", "location = /a { return 404; } location = /b { return 410; }"),
        ("people.se", "return 403;"),
        ("ill.se", "return 500;"),
        ("round.se", "return 301 /;"),
        ("no-head.se", "if ($request_method = HEAD) { return 405; } return 200 ok;"),
        // The second question waits for three seconds; the one below is refused, and answered after three.
        ("slow.se", "location / { limit_req zone=slow burst=9; root /proc/self; try_files /status =500; }"),
        (
            "busy.se",
            "error_page 429 @busy; location @busy { add_header Retry-After 3 always; return 429; } location / { limit_req zone=busy; root /proc/self; try_files /status =500; }",
        ),
        ("closed.se", "add_header Retry-After 3600 always; return 429;"),
    ];

    /// What an author writes, and what is said of it; nothing is said of what is there.
    const LINKS: &[(&str, Option<&str>)] = &[
        ("http://there.se/", None),
        ("http://there.se/فا/#بخش", None),
        ("http://moved.se/good", Some("info[EXT002]: `http://moved.se/good` has moved|link to `http://there.se/a`")),
        ("http://moved.se/kept", Some("info[EXT002]: `http://moved.se/kept` has moved|link to `http://there.se/a`")),
        ("http://moved.se/now", None),
        ("http://moved.se/both", Some("info[EXT002]: `http://moved.se/both` has moved|link to `http://moved.se/now`")),
        ("http://moved.se/gone", Some("warning[EXT001]: `http://moved.se/gone` leads nowhere: 404 Not Found")),
        (
            "http://moved.se/home",
            Some("info[EXT003]: `http://moved.se/home` could not be checked: it leads to http://127.0.0.1/, which is not on the internet"),
        ),
        ("http://gone.se/a", Some("warning[EXT001]: `http://gone.se/a` leads nowhere: 404 Not Found")),
        (
            "http://gone.se/b",
            Some("warning[EXT001]: `http://gone.se/b` leads nowhere: 410 Gone|link to the page that took its place, or to a copy in a web archive"),
        ),
        ("http://people.se/", Some("info[EXT003]: `http://people.se/` could not be checked: 403 Forbidden|some sites answer people only")),
        ("http://ill.se/", Some("info[EXT003]: `http://ill.se/` could not be checked: 500 Internal Server Error")),
        ("http://round.se/", Some("info[EXT003]: `http://round.se/` could not be checked: it leads on more than 5 times")),
        ("http://no-head.se/", None),
        ("http://slow.se/a", None),
        ("http://slow.se/b", None),
        ("http://busy.se/a", None),
        ("http://busy.se/b", None),
        ("http://closed.se/a", Some("info[EXT003]: `http://closed.se/a` could not be checked: 429 Too Many Requests")),
        ("http://closed.se/b", Some("info[EXT003]: `http://closed.se/b` could not be checked: 429 Too Many Requests")),
        ("http://nobody.se/", Some("warning[EXT001]: `http://nobody.se/` leads nowhere: there is no such host")),
        ("http://there.se:81/", Some("info[EXT003]: `http://there.se:81/` could not be checked: the host takes no connections")),
        ("https://there.se:80/", Some("info[EXT003]: `https://there.se:80/` could not be checked: no safe connection")),
    ];

    /// Starts nginx in a network of its own, where the names above are known and no others, and then the program.
    const SCRIPT: &str =
        "mount --bind \"$1/hosts\" /etc/hosts && mount --bind \"$1/nsswitch.conf\" /etc/nsswitch.conf && ip link set lo up || exit 99
        nginx -p \"$1\" -c \"$1/nginx.conf\" & server=$!
        tries=0; until [ -s \"$1/pid\" ] || [ $tries = 100 ]; do sleep 0.1; tries=$((tries + 1)); done
        \"$2\" check --external --today 2026-11-21 -C \"$1\" --format \"$3\" -v; code=$?
        kill $server; exit $code";

    fn nginx(folder: &Path) -> String {
        let home = folder.display();
        let temporary: String =
            ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].iter().map(|kind| format!("{kind}_temp_path {home}/{kind};\n")).collect();
        let servers: String =
            HOSTS.iter().map(|(name, inside)| format!("server {{ listen 127.0.0.1:80; server_name {name}; {inside} }}\n")).collect();
        format!(
            "user root;\ndaemon off;\nmaster_process off;\npid {home}/pid;\nerror_log {home}/log;\nevents {{}}\nhttp {{\n{temporary}\
             log_format asked '$msec $host $request_method $request_uri $http_user_agent';\naccess_log {home}/asked asked;\n\
             limit_req_zone $host zone=slow:1m rate=20r/m;\nlimit_req_zone $host zone=busy:1m rate=20r/m;\nlimit_req_status 429;\n\
             server {{ listen 127.0.0.1:80 default_server; server_name nobody; return 444; }}\n{servers}}}\n"
        )
    }

    fn skip(why: &str) {
        println!("SKIPPED: {why}");
        assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "CI skips nothing: {why}");
    }

    #[test]
    fn real_hosts_are_asked_politely_and_their_answers_become_messages() {
        for (needed, arguments) in [("nginx", vec!["-v"]), ("ip", vec!["-V"]), ("unshare", vec!["-rmn", "true"])] {
            if !Command::new(needed).args(&arguments).output().is_ok_and(|output| output.status.success()) {
                return skip(&format!("`{needed} {}` does not work here", arguments.join(" ")));
            }
        }
        let text: String = LINKS.iter().map(|(address, _)| format!("[a]({address})\n\n")).collect();
        let folder = project(&format!("# T\n\n{text}"));
        let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        std::fs::remove_file(folder.path().join(".rahnama/answers.json")).unwrap();
        put("hosts", &HOSTS.iter().map(|(name, _)| format!("127.0.0.1 {name}\n")).collect::<String>());
        put("nsswitch.conf", "hosts: files\n");
        put("nginx.conf", &nginx(folder.path()));
        let run = |format: &str| {
            let arguments = [folder.path().to_str().unwrap(), env!("CARGO_BIN_EXE_rahnama"), format];
            Command::new("unshare").args(["-rmn", "sh", "-c", SCRIPT, "sh"]).args(arguments).output().unwrap()
        };
        let output = run("short");
        let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{said}");
        for (number, (address, wanted)) in LINKS.iter().enumerate() {
            let place = format!("content/en/index.md:{}:1: ", 3 + 2 * number);
            let line = said.lines().find(|line| line.starts_with(&place));
            match wanted {
                None => assert_eq!(line, None, "nothing is wrong with {address}\n{said}"),
                Some(wanted) => {
                    let (message, help) = wanted.split_once('|').unwrap_or((wanted, ""));
                    let right = line.is_some_and(|line| line.starts_with(&format!("{place}{message}")) && line.contains(help));
                    assert!(right, "{wanted}\n{said}");
                }
            }
        }
        let asked = std::fs::read_to_string(folder.path().join("asked")).unwrap();
        let known = asked.lines().filter(|line| HOSTS.iter().any(|(name, _)| line.split(' ').nth(1) == Some(*name)));
        assert!(known.clone().count() > 20 && known.clone().all(|line| line.contains(" rahnama/")), "the program says who it is: {asked}");
        let questions = |host: &str| asked.lines().filter(|line| line.split(' ').nth(1) == Some(host)).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(questions("closed.se").len(), 1, "a host that wants to be left alone is asked nothing more\n{asked}");
        assert!(questions("there.se").iter().all(|line| line.contains(" HEAD ")), "no page is fetched that a host tells of without: {asked}");
        let moments: Vec<f64> = questions("slow.se").iter().map(|line| line.split(' ').next().unwrap().parse().unwrap()).collect();
        assert!(moments.windows(2).all(|pair| pair[1] - pair[0] >= 0.9), "a pause between questions to one host: {moments:?}");
    }
}
