//! What a build writes besides pages: feeds, JSON-LD, manifests, Markdown twins, files for servers.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests read their own files, and a failure is an answer")]

use rahnama::base::files::Files;
use rahnama::base::world::MemoryWorld;
use rahnama::language::data::Calendar;
use rahnama::language::date::Date;
use rahnama::pipeline::{Goal, Options, build, memos::Memos};
use rahnama::site::Drafts;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

type Built = BTreeMap<String, String>;

fn built(settings: &str, change: impl FnOnce(&mut MemoryWorld)) -> Built {
    written(settings, change).into_iter().collect()
}

/// The files as they were written.
fn written(settings: &str, change: impl FnOnce(&mut MemoryWorld)) -> Vec<(String, String)> {
    let mut world = MemoryWorld::default();
    world.put("site.toml", format!("id = \"o\"\nlanguages = [\"sv\", \"fa\", \"en\"]\nsource = \"en\"\n{settings}\n[title]\nsv = \"Guider\"\nfa = \"KPI راهنما\"\nen = \"Guides & more\"\n"));
    for lang in ["sv", "fa", "en"] {
        let title = if lang == "fa" { "KPI چیست؟" } else { "KPI </script>" };
        world.put(&format!("content/{lang}/index.md"), "# Home\n\nWelcome.\n");
        world.put(&format!("content/{lang}/guides/index.md"), "# Guides\n");
        world.put(
            &format!("content/{lang}/guides/kpi.md"),
            format!(
                "+++\ntitle = \"{title}\"\ndescription = \"A < B & C\"\ndate = 2026-01-02\nupdated = 2026-03-04\nauthors = [\"Åsa\"]\naliases = [\"/{lang}/gammal väg/\"]\n+++\nSee [home](../index.md) and [[guides|that]].\n\n- [ ] Do it <!-- #do-it -->\n"
            ),
        );
    }
    world.put("content/en/guides/only-english.md", "+++\ntitle = \"Only English\"\ndate = 2026-02-02\n+++\nText.\n");
    change(&mut world);
    let options = Options { drafts: Drafts::Exclude, today: Date::parse("2026-11-21", Calendar::Gregory).unwrap(), portable: false, base_url: None };
    let files = Files::default();
    let outcome = build(&world, &options, &Memos::off(), Goal::Write(&files));
    let errors: Vec<_> = outcome.diagnostics.iter().filter(|problem| problem.level.name() == "error").collect();
    assert!(errors.is_empty(), "{errors:#?}");
    files.into_list().into_iter().map(|(path, blob)| (path.to_string(), String::from_utf8_lossy(&blob.bytes).into_owned())).collect()
}

#[test]
fn a_menu_of_hundreds_of_sections_is_a_link_to_all_of_them() {
    let menu = |sections: usize| {
        let site = built("", |world| {
            for section in 1..sections {
                world.put(&format!("content/en/section-{section}/index.md"), format!("# Section {section}\n"));
            }
            world.put("content/en/section-1/page.md", "# A page\n");
        });
        let page = &site["en/section-1/page/index.html"];
        let (_, menu) = page.split_once("<nav class=\"menu-panel\"").unwrap();
        let (menu, _) = menu.split_once("</nav>").unwrap();
        let all = site["en/index.html"].matches("<li class=\"way\">").count();
        (menu.matches("/section-").count(), menu.contains("#home-sections\">All guides</a>"), all)
    };
    assert_eq!(menu(60), (59, false, 60));
    assert_eq!(menu(61), (1, true, 61), "its own section, and the way to all");
}

#[test]
fn parts_of_a_plan_stand_where_their_sections_do() {
    let site = built("", |world| {
        world.put("content/en/plan.md", "+++\ntitle = \"Plan\"\ntemplate = \"plan\"\n+++\n");
        for section in ["a", "b"] {
            world.put(&format!("content/en/{section}/index.md"), format!("# {section}\n"));
            world.put(&format!("content/en/{section}/basics/index.md"), format!("# Basics of {section}\n"));
            let items: String = (0..300).map(|item| format!("- [ ] Item {item} of {section} <!-- #item-{item} -->\n")).collect();
            world.put(&format!("content/en/{section}/basics/guide.md"), format!("# Guide\n\n{items}"));
        }
    });
    for (section, other) in [("a", "b"), ("b", "a")] {
        let part = &site[&format!("en/plan/{section}/basics/index.html")];
        assert!(part.contains(&format!("Item 7 of {section}")) && !part.contains(&format!("Item 7 of {other}")));
        assert!(site["en/plan/index.html"].contains(&format!("/plan/{section}/basics/index.html\"")));
    }
    assert!(!site.contains_key("en/plan/basics/index.html"));
}

#[test]
fn a_file_of_the_author_stands_in_the_place_of_the_one_that_would_be_made() {
    let settings = "base_url = \"https://example.org/\"\n[output]\nfeeds = true\nllms = true\nheaders = [\"netlify\"]\n";
    let made = built(settings, |_| {});
    let both = ["feed.atom", "feed.json", "llms.txt", "manifest.webmanifest", "404.html"].map(|name| format!("en/{name}"));
    let root = ["404.html", "index.html", "llms.txt", "robots.txt", "sitemap.xml", "_headers"].map(str::to_owned);
    for path in both.iter().chain(&root) {
        assert!(made.contains_key(path), "{path}: {:?}", made.keys());
    }
    for (path, beside) in both.iter().map(|path| (path, true)).chain(both.iter().chain(&root).map(|path| (path, false))) {
        let own = if beside { format!("content/{path}") } else { format!("static/{path}") };
        // Each path once: the writer refuses a second file.
        let mut files = written(settings, |world| world.put(&own, "mine"));
        files.retain(|(written, _)| written == path);
        assert_eq!(files, [(path.clone(), "mine".to_owned())], "{own}");
    }
}

fn hosted(more: &str) -> Built {
    built(&format!("base_url = \"https://example.org/g/\"\n{more}"), |_| {})
}

/// Reads XML as far as our own files use it; every element must be closed in order. Gives the names in order.
fn elements(xml: &str) -> Vec<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut names = Vec::new();
    for piece in xml.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a tag ends");
        assert!(
            !text.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "").replace("&quot;", "").replace("&#39;", "").contains('&'),
            "{text}"
        );
        match tag.chars().next() {
            Some('?') => {}
            Some('/') => assert_eq!(open.pop(), Some(&tag[1..])),
            _ => {
                let name = tag.split_whitespace().next().unwrap();
                names.push(name.trim_end_matches('/').to_owned());
                if !tag.ends_with('/') {
                    open.push(name);
                }
            }
        }
    }
    assert!(open.is_empty(), "{open:?}");
    names
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let rest = &tag[tag.find(&format!(" {name}=\""))? + name.len() + 3..];
    Some(&rest[..rest.find('"')?])
}

#[test]
fn feeds_are_xml_and_json_and_hold_own_dated_pages_newest_first() {
    let files = hosted("");
    let atom = &files["en/feed.atom"];
    assert_eq!(elements(atom).iter().filter(|name| *name == "entry").count(), 2);
    assert!(atom.contains("xml:lang=\"en\"") && atom.contains("<updated>2026-03-04T00:00:00Z</updated>\n<author>"), "{atom}");
    assert!(atom.contains("<title>KPI &lt;/script&gt;</title>"));
    let json: Value = serde_json::from_str(&files["en/feed.json"]).unwrap();
    let ids: Vec<&str> = json["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["https://example.org/g/en/guides/kpi/", "https://example.org/g/en/guides/only-english/"]);
    assert_eq!(json["items"][0]["date_published"], "2026-01-02T00:00:00Z");
    let persian: Value = serde_json::from_str(&files["fa/feed.json"]).unwrap();
    assert_eq!(persian["items"][0]["title"], "\u{200F}KPI چیست؟");
    assert_eq!(persian["title"], "\u{200F}KPI راهنما");
    assert_eq!(persian["items"].as_array().unwrap().len(), 1, "a fallback is in no feed");
    assert!(files["en/guides/kpi/index.html"].contains("type=\"application/atom+xml\""));
    assert!(!built("", |_| {}).keys().any(|path| path.contains("feed")), "a portable site has no addresses to give");
    assert!(!hosted("[output]\nfeeds = false").keys().any(|path| path.contains("feed")));
}

/// The texts of an element's direct children of a name, in XML as our own files write it: one element a line.
fn children(xml: &str, name: &str) -> Vec<String> {
    let open = format!("<{name}>");
    xml.lines().filter_map(|line| Some(line.strip_prefix(&open)?.strip_suffix(&format!("</{name}>"))?.to_owned())).collect()
}

fn is_moment(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00T00:00:00Z"
}

/// RFC 4287, sections 4.1.1 and 4.1.2: what a feed and an entry must have, and may have once only.
fn assert_atom(xml: &str) {
    elements(xml);
    let (head, entries) = xml.split_once("<entry>").map_or((xml, ""), |(head, rest)| (head, rest));
    let mut ids = BTreeSet::new();
    for (part, is_feed) in std::iter::once((head, true)).chain(entries.split("<entry>").filter(|entry| !entry.is_empty()).map(|entry| (entry, false)))
    {
        let part = part.split("</entry>").next().unwrap();
        for once in ["id", "title", "updated"] {
            assert_eq!(children(part, once).len(), 1, "one {once} in\n{part}");
        }
        for at_most_once in ["published", "summary", "subtitle"] {
            assert!(children(part, at_most_once).len() <= 1, "{part}");
        }
        assert!(children(part, "updated").iter().chain(&children(part, "published")).all(|moment| is_moment(moment)), "{part}");
        let id = children(part, "id").remove(0);
        assert!(id.starts_with("https://") && ids.insert(id), "ids are addresses, and different: {part}");
        let alternates = part.lines().filter(|line| line.starts_with("<link rel=\"alternate\"")).count();
        assert_eq!(alternates, 1, "{part}");
        assert_eq!(part.matches("<link rel=\"self\"").count(), usize::from(is_feed));
        assert!(!is_feed || part.contains("<author><name>"), "a feed names an author for entries that name none");
        assert!(is_feed || children(part, "summary").len() == 1, "an entry without content has a summary");
    }
}

/// JSON Feed 1.1.
fn assert_json_feed(feed: &Value, language: &str) {
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert!(
        feed["title"].is_string()
            && feed["feed_url"].as_str().unwrap().starts_with("https://")
            && feed["home_page_url"].as_str().unwrap().starts_with("https://")
    );
    assert_eq!(feed["language"], language);
    let mut ids = BTreeSet::new();
    for item in feed["items"].as_array().unwrap() {
        assert!(ids.insert(item["id"].as_str().unwrap()));
        assert!(item["content_text"].is_string() || item["content_html"].is_string());
        assert!(item["url"].as_str().unwrap().starts_with("https://"));
        for moment in ["date_published", "date_modified"] {
            assert!(item.get(moment).is_none_or(|value| is_moment(value.as_str().unwrap())), "{item}");
        }
        assert!(item.get("authors").is_none_or(|authors| authors.as_array().unwrap().iter().all(|author| author["name"].is_string())));
        assert!(item.get("tags").is_none_or(|tags| tags.as_array().unwrap().iter().all(Value::is_string)));
    }
}

#[test]
fn every_feed_is_what_its_standard_says() {
    for files in [
        hosted(""),
        built("base_url = \"https://example.org/\"", |world| {
            world.put("content/fa/guides/x.md", "+++\ntitle = \"آ & <ب>\"\ndate = 2026-05-05\nauthors = [\"A & B\"]\ntags = [\"t\"]\n+++\nx\n");
        }),
    ] {
        for tag in ["sv", "fa", "en"] {
            assert_atom(&files[&format!("{tag}/feed.atom")]);
            assert_json_feed(&serde_json::from_str(&files[&format!("{tag}/feed.json")]).unwrap(), tag);
        }
    }
}

#[test]
fn json_ld_of_every_page_can_be_read_and_leads_to_pages() {
    let files = hosted("");
    let mut read = 0;
    for (path, page) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        for script in page.split("<script type=\"application/ld+json\">").skip(1) {
            let json: Value = serde_json::from_str(script.split("</script>").next().unwrap()).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert_eq!(json["@context"], "https://schema.org");
            for address in addresses(&json) {
                let file = address.strip_prefix("https://example.org/g/").unwrap_or_else(|| panic!("{path}: {address}"));
                assert!(files.contains_key(&format!("{file}index.html")), "{path} leads to {address}");
            }
            read += 1;
        }
    }
    assert!(read > 8);
}

/// Every `url` and `item` of JSON-LD.
fn addresses(json: &Value) -> Vec<&str> {
    match json {
        Value::Object(map) => {
            let own = map.iter().filter(|(key, _)| matches!(key.as_str(), "url" | "item")).filter_map(|(_, value)| value.as_str());
            own.chain(map.values().flat_map(addresses)).collect()
        }
        Value::Array(values) => values.iter().flat_map(addresses).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn json_ld_parses_and_cannot_end_its_element() {
    let files = hosted("");
    for (path, kinds) in [
        ("en/guides/kpi/index.html", vec!["Article", "BreadcrumbList"]),
        ("fa/index.html", vec!["WebSite"]),
        ("sv/guides/index.html", vec!["CollectionPage", "BreadcrumbList"]),
    ] {
        let page = &files[path];
        let begin = page.find("<script type=\"application/ld+json\">").expect(path) + 35;
        let json: Value = serde_json::from_str(&page[begin..begin + page[begin..].find("</script>").unwrap()]).unwrap();
        let found: Vec<&str> = json["@graph"].as_array().unwrap().iter().map(|thing| thing["@type"].as_str().unwrap()).collect();
        assert_eq!(found, kinds);
        assert_eq!(json["@graph"][0]["inLanguage"], path[..2]);
    }
    assert!(files["en/guides/kpi/index.html"].contains("KPI \\u003c/script>"));
    assert!(!files["fa/guides/only-english/index.html"].contains("ld+json"), "a fallback is not to be found");
}

/// Of two pages each names the other or neither does, in the sitemap as in their heads, and all of them exist.
fn assert_alternates(files: &Built) {
    let sitemap = &files["sitemap.xml"];
    elements(sitemap);
    let mut alternates: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for entry in sitemap.split("<url>").skip(1) {
        let own = entry.split("<loc>").nth(1).unwrap().split('<').next().unwrap();
        let links: Vec<_> =
            entry.split("<xhtml:link").skip(1).map(|link| (attribute(link, "hreflang").unwrap(), attribute(link, "href").unwrap())).collect();
        let (default, others): (Vec<_>, Vec<_>) = links.into_iter().partition(|(tag, _)| *tag == "x-default");
        assert!(others.is_empty() && default.is_empty() || default.len() == 1, "{own}: {default:?}");
        for (tag, href) in &others {
            assert!(href.starts_with(&format!("https://example.org/g/{tag}/")), "{own} says that {href} is in {tag}");
        }
        let others: BTreeSet<&str> = others.iter().map(|(_, href)| *href).collect();
        assert!(default.iter().all(|(_, href)| others.contains(href) || *href == "https://example.org/g/"), "{own}: {default:?}");
        assert!(others.is_empty() || own == "https://example.org/g/" || others.contains(own), "{own} names itself");
        alternates.insert(own, others);
    }
    for (own, others) in alternates.iter().filter(|(own, _)| **own != "https://example.org/g/") {
        let path = rahnama::language::slug::decode_path(own.strip_prefix("https://example.org/g/").unwrap()).unwrap();
        let page = files.get(&format!("{path}index.html")).unwrap_or_else(|| panic!("no file for {own}"));
        for other in others {
            assert!(alternates[other].contains(own), "{other} does not know {own}");
            assert!(page.contains(&format!("href=\"{other}\"")), "{own} does not name {other}");
        }
        let named = page.split("<link rel=\"alternate\" hreflang=").skip(1).count();
        assert!(named == 0 && others.is_empty() || named == others.len() + 1, "{own} names itself, its translations and x-default");
    }
    for (path, page) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let href = rahnama::language::slug::encode_path(path.trim_end_matches("index.html"));
        let listed = alternates.contains_key(format!("https://example.org/g/{href}").as_str());
        let named = page.contains("<link rel=\"alternate\" hreflang=");
        assert!(!named || listed, "{path} has alternates and is not in the sitemap");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 24, failure_persistence: None, ..proptest::test_runner::Config::default() })]
    #[test]
    fn alternates_are_mutual_on_any_site(pages in proptest::collection::vec((0..8_u8, proptest::bool::ANY, proptest::option::of("[a-zåäö]{1,6}"), 0..3_u8), 1..10), fallback in 0..3_usize) {
        let fallback = ["notice", "link", "hide"][fallback];
        let files = built(&format!("base_url = \"https://example.org/g/\"\nfallback = \"{fallback}\""), |world| {
            for (number, (languages, draft, slug, depth)) in pages.iter().enumerate() {
                for (bit, lang) in ["sv", "fa", "en"].iter().enumerate().filter(|(bit, _)| languages & (1 << bit) != 0) {
                    let folder = if *depth == 0 { "" } else { "guides/" };
                    let slug = slug.as_ref().map(|slug| format!("slug = \"{slug}-{number}-{bit}\"\n")).unwrap_or_default();
                    let draft = *draft && bit == 1;
                    world.put(&format!("content/{lang}/{folder}p{number}.md"), format!("+++\ntitle = \"P\"\ndraft = {draft}\n{slug}tags = [\"t{depth}\"]\n+++\nx\n"));
                }
            }
            for lang in ["sv", "fa"] {
                world.put(&format!("content/{lang}/tags.md"), "+++\ntitle = \"T\"\ntemplate = \"tags\"\n+++\n");
            }
        });
        assert_alternates(&files);
    }
}

#[test]
fn alternates_are_mutual_in_the_sitemap_and_lead_to_files() {
    let files = hosted("");
    assert_alternates(&files);
    assert!(files["robots.txt"].ends_with("Sitemap: https://example.org/g/sitemap.xml\n"));
    let own = built("base_url = \"https://example.org/\"", |world| world.put("static/robots.txt", "mine"));
    assert_eq!(own["robots.txt"], "mine");
}

#[test]
fn twins_and_llms_txt_lead_to_each_other() {
    let files = hosted("");
    assert_eq!(
        files["en/guides/kpi/index.md"],
        "# KPI </script>\n\nSee [home](https://example.org/g/en/) and [that](https://example.org/g/en/guides/).\n\n- [ ] Do it\n"
    );
    for tag in ["sv", "fa", "en"] {
        let list = &files[&format!("{tag}/llms.txt")];
        assert!(list.starts_with("# "));
        let links: Vec<&str> = list.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()).collect();
        assert!(links.len() >= 3, "{list}");
        for link in links {
            assert!(files.contains_key(link.strip_prefix("https://example.org/g/").unwrap()), "{link}");
        }
    }
    assert!(!hosted("[output]\nllms = false").keys().any(|path| path.ends_with(".md") || path.ends_with("llms.txt")));
}

#[test]
fn web_manifests_name_icons_that_exist() {
    let files = hosted("");
    let manifest: Value = serde_json::from_str(&files["fa/manifest.webmanifest"]).unwrap();
    assert_eq!((&manifest["lang"], &manifest["dir"]), (&"fa".into(), &"rtl".into()));
    let icon = manifest["icons"][0]["src"].as_str().unwrap().strip_prefix("../").unwrap();
    assert!(files.contains_key(icon));
    assert!(files["fa/index.html"].contains("rel=\"manifest\""));
}

#[test]
fn servers_get_the_policy_the_cache_rules_and_the_redirects() {
    let files = hosted(
        "[output]\nheaders = [\"netlify\", \"nginx\", \"caddy\", \"apache\"]\n[security.csp_extra]\nconnect-src = [\"https://stats.example\"]",
    );
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' https://stats.example; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'; upgrade-insecure-requests";
    for name in ["_headers", "_server/nginx.conf", "_server/Caddyfile", ".htaccess"] {
        let text = &files[name];
        for wanted in [policy, "nosniff", "Integrity-Policy", "max-age=31536000, immutable", "manifest+json"] {
            assert!(text.contains(wanted), "{name} has no {wanted}:\n{text}");
        }
    }
    let rules = files["_headers"].lines().filter(|line| !line.starts_with(' ')).count();
    assert!(rules <= 100 && files["_headers"].lines().all(|line| line.len() < 2000));
    assert!(files["_redirects"].contains("/g/sv/gammal%20v%C3%A4g/ /g/sv/guides/kpi/ 301\n"), "{}", files["_redirects"]);
    let nginx = &files["_server/nginx.conf"];
    assert!(nginx.contains("location = \"/g/sv/gammal väg/\" { return 301 \"/g/sv/guides/kpi/\"; }"));
    assert_eq!(nginx.matches("try_files").count(), nginx.matches("Content-Security-Policy").count(), "no location inherits headers");
    assert!(files["_server/Caddyfile"].contains("redir \"/g/sv/gammal väg/\" \"/g/sv/guides/kpi/\" permanent"));
    assert!(files[".htaccess"].contains("RedirectMatch 301 \"^/g/sv/gammal väg/$\" \"/g/sv/guides/kpi/\""));
    assert!(!files["en/index.html"].contains("http-equiv"), "the servers send it");
}

#[test]
fn pages_carry_the_policy_where_no_server_sends_it_and_hashes_where_one_serves_them() {
    let files = hosted("");
    let page = &files["en/index.html"];
    assert!(page.find("Content-Security-Policy").unwrap() < page.find("<title>").unwrap());
    assert!(page.contains("trusted-types") && !page.contains("frame-ancestors") && !page.contains("upgrade-insecure"));
    for tag in page.split('<').filter(|tag| (tag.starts_with("script") && tag.contains(" src=")) || tag.contains("rel=\"stylesheet\"")) {
        assert!(attribute(tag, "integrity").is_some_and(|hash| hash.starts_with("sha384-")) && tag.contains("crossorigin"), "{tag}");
    }
    let portable = built("", |_| {});
    assert!(portable["en/index.html"].contains("http-equiv=\"Content-Security-Policy\""));
    assert!(!portable["en/index.html"].contains("integrity=") && !portable["en/index.html"].contains("trusted-types"));
}
