//! `html = "sanitize"`: whatever authors write, the page parses to what was meant and holds nothing that could run.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests read their own files, and a failure is an answer")]

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment, serialize};
use markup5ever_rcdom::{Handle, NodeData, RcDom, SerializableHandle};
use rahnama::base::diagnostic::Code;
use rahnama::base::files::Files;
use rahnama::base::world::MemoryWorld;
use rahnama::language::data::Calendar;
use rahnama::language::date::Date;
use rahnama::pipeline::{Goal, Options, build, memos::Memos};
use rahnama::site::Drafts;

/// Where a payload may stand in a text; `{}` is the payload.
const PLACES: &[&str] = &[
    "{}",
    "Text {} text",
    "- [ ] Item {} <!-- #x answer -->\n- [ ] More",
    "> Quote\n> {}\n> more",
    "| A | B |\n|---|---|\n| {} | b |",
    "<div>\n\n{}\n\n</div>\n\nAfter.",
    "<table>\n\n{}\n\nText",
    "<details>\n<summary>{}</summary>\n\n*More*\n\n</details>",
    ":::aside title=\"T\"\n{}\n\n<b>open\n:::\n\nAfter {}",
    "## Heading {}\n\nNote.[^1]\n\n[^1]: {}",
    "```flow\ntitle: T\ndescription: D\n\n- **a** {}\n- b\n```",
];

fn payloads() -> Vec<String> {
    std::fs::read_to_string("tests/data/hostile-html.txt").unwrap().lines().map(str::to_owned).collect()
}

/// The bodies that pages become, one for each text.
fn bodies(mode: &str, texts: &[String]) -> (Vec<String>, Vec<&'static str>) {
    let mut world = MemoryWorld::default();
    world.put("site.toml", format!("id = \"s\"\ntheme = \"t\"\nlanguages = [\"en\"]\n[markdown]\nhtml = \"{mode}\"\n[title]\nen = \"S\"\n"));
    world.put("themes/t/templates/page.html", "{{ page.body | safe }}");
    world.put("content/en/index.md", "# Home\n");
    for (number, text) in texts.iter().enumerate() {
        world.put(&format!("content/en/p{number}.md"), format!("+++\ntitle = \"T\"\n+++\n{text}\n"));
    }
    let options = Options { drafts: Drafts::Exclude, today: Date::parse("2026-11-21", Calendar::Gregory).unwrap(), portable: false, base_url: None };
    let files = Files::default();
    let built = build(&world, &options, &Memos::off(), Goal::Write(&files));
    let files = files.into_map();
    let body = |number: usize| {
        let (_, blob) = files.iter().find(|(path, _)| ***path == *format!("p{number}/index.html")).expect("the page is there");
        String::from_utf8(blob.bytes.clone()).unwrap()
    };
    ((0..texts.len()).map(body).collect(), built.diagnostics.iter().map(|problem| problem.code.name).collect())
}

fn parse(html: &str) -> RcDom {
    let context = QualName::new(None, ns!(html), local_name!("main"));
    // As browsers parse where scripts run: `<noscript>` holds text.
    parse_fragment(RcDom::default(), ParseOpts::default(), context, vec![], true).one(html)
}

fn written(dom: &RcDom) -> String {
    let root = dom.document.children.borrow()[0].clone();
    let mut out = Vec::new();
    serialize(&mut out, &SerializableHandle::from(root), Default::default()).unwrap();
    String::from_utf8(out).unwrap()
}

/// What is in a page that could run or reach outside.
fn dangers(node: &Handle, found: &mut Vec<String>) {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let element = &*name.local;
        let banned = ["base", "embed", "form", "frame", "iframe", "link", "math", "meta", "noscript", "object", "script", "style", "svg", "template"];
        if banned.contains(&element) || name.ns != ns!(html) {
            found.push(format!("<{element}>"));
        }
        for attribute in attrs.borrow().iter() {
            let (key, value) = (&*attribute.name.local, &*attribute.value);
            let plain: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>().to_lowercase();
            let address = matches!(key, "href" | "src" | "cite" | "action" | "formaction" | "data" | "poster" | "background" | "xlink:href");
            let foreign = address && (plain.starts_with("//") || plain.starts_with("\\\\"));
            let scheme = ["javascript:", "data:", "vbscript:", "blob:", "view-source:"].iter().any(|scheme| address && plain.starts_with(scheme));
            if key.starts_with("on") || key == "style" || foreign || scheme || matches!(key, "srcdoc" | "formaction" | "ping" | "nonce" | "popover") {
                found.push(format!("{key}={value} of <{element}>"));
            }
        }
    }
    node.children.borrow().iter().for_each(|child| dangers(child, found));
}

#[test]
fn hostile_html_parses_to_what_was_written_and_holds_nothing_that_runs() {
    let texts: Vec<String> = payloads().iter().flat_map(|payload| PLACES.iter().map(move |place| place.replace("{}", payload))).collect();
    let (bodies, problems) = bodies("sanitize", &texts);
    for (text, body) in texts.iter().zip(&bodies) {
        let dom = parse(body);
        let once = written(&dom);
        assert_eq!(once, written(&parse(&once)), "parsing again gives something else:\n{text}\n---\n{body}");
        let mut found = Vec::new();
        dangers(&dom.document, &mut found);
        assert!(found.is_empty(), "{found:?} in\n{text}\n---\n{body}");
    }
    assert!(problems.contains(&Code::MRK008.name));
}

#[test]
fn the_search_for_dangers_finds_them_where_all_html_is_trusted() {
    let texts = payloads();
    let (bodies, _) = bodies("trusted", &texts);
    let dangerous = bodies.iter().filter(|body| {
        let mut found = Vec::new();
        dangers(&parse(body).document, &mut found);
        !found.is_empty()
    });
    assert!(dangerous.count() > 100);
}

#[test]
fn what_authors_may_write_and_what_templates_add_stays() {
    let text = "<details open>\n<summary>More <em>here</em></summary>\n\nIt is **bold**.\n\n- [x] Done <!-- #done answer -->\n\n</details>\n\n\
                :::aside title=\"T\"\nInside <u>this</u>.\n:::\n\nH<sub>2</sub>O <span class=\"x\" lang=\"fa\">متن</span>";
    let (bodies, problems) = bodies("sanitize", &[text.to_owned()]);
    let body = &bodies[0];
    for wanted in [
        "<details open=\"\">",
        "<summary>More <em>here</em></summary>",
        "<strong>bold</strong>",
        "<input type=\"checkbox\" id=\"cb-done\"",
        "<textarea id=\"an-done\"",
        "<aside class=\"block-aside\" aria-label=\"T\">",
        "Inside <u>this</u>.",
        "<span class=\"x\" lang=\"fa\">متن</span>",
    ] {
        assert!(body.contains(wanted), "no {wanted} in\n{body}");
    }
    assert!(!problems.contains(&Code::MRK008.name), "{problems:?}");
}
