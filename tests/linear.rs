//! Work grows with the text, not with its square, whatever an author or a program writes, and on a small stack.
//!
//! Each family of texts is built at a size and at four times that size, in one thread, by the time that thread was on the processor.

#![allow(clippy::disallowed_methods, reason = "tests touch the machine")]

use rahnama::base::files::Files;
use rahnama::base::world::MemoryWorld;
use rahnama::language::data::Calendar;
use rahnama::language::date::Date;
use rahnama::pipeline::{Goal, Options, build, memos::Memos};
use rahnama::site::Drafts;
use std::time::Duration;

/// The page of a family, of a size.
type Family = (&'static str, fn(usize) -> String);

#[rustfmt::skip]
const FAMILIES: &[Family] = &[
    ("quotes in quotes", |n| "> ".repeat(n)),
    ("lists in lists", |n| "- ".repeat(n)),
    ("numbered lists in lists", |n| "1. ".repeat(n)),
    ("items that are indented ever more", |n| (0..n.isqrt()).map(|i| format!("{}- a\n", " ".repeat(2 * i))).collect()),
    ("open brackets", |n| "[".repeat(n)),
    ("open and closed brackets", |n| "[".repeat(n) + &"]".repeat(n)),
    ("links in links", |n| "[a](".repeat(n)),
    ("pictures in pictures", |n| "![a](".repeat(n)),
    ("wiki links in wiki links", |n| "[[".repeat(n)),
    ("links, pictures and headings deeper than blocks may nest", |n| format!("{}## [](a.md)![](p.png)\n", "> ".repeat(100)).repeat(n / 100 + 1)),
    ("emphasis that never ends", |n| "*a **b _c ".repeat(n)),
    ("strikethrough that never ends", |n| "~~a ~b ".repeat(n)),
    ("backticks of many lengths", |n| (1..n.isqrt()).map(|i| format!("{} a ", "`".repeat(i))).collect()),
    ("open tags", |n| "<b <".repeat(n)),
    ("marks in marks", |n| "<mark>".repeat(n)),
    ("comments that never end", |n| "<!-- ".repeat(n)),
    ("comments on lines of their own", |n| "<!-- a -->\n".repeat(n)),
    ("a comment of many lines", |n| format!("<!--\n{}-->\n", "a b\n".repeat(n))),
    ("lines of raw HTML", |n| "<div>\n".repeat(n)),
    ("entities", |n| "&amp;&#0;&x ".repeat(n)),
    ("braces", |n| "[a]{".repeat(n)),
    ("spans", |n| "[a]{lang=sv} ".repeat(n)),
    ("footnotes", |n| (0..n).map(|i| format!("a[^{i}]\n\n[^{i}]: b\n\n")).collect()),
    ("one footnote everywhere", |n| format!("{}\n\n[^x]: b\n", "a[^x] ".repeat(n))),
    ("texts of one footnote", |n| format!("a[^x]\n\n{}", "[^x]: b[^x]\n\n".repeat(n))),
    ("footnotes in footnotes that nobody refers to", |n| (0..n).map(|i| format!("[^{i}]: b[^{}]\n\n", i + 1)).collect()),
    ("links whose address has a space", |n| "[a](b c) *d*](e f) [[|".repeat(n)),
    ("boxes without a space", |n| format!("- [ ] a\n{}{}", "-[ ] a\n".repeat(n), "- [] a <!-- #x -->\n".repeat(n))),
    ("footnotes without a text", |n| "[^a] ".repeat(n)),
    ("footnotes that are never closed", |n| "[^".repeat(n)),
    ("references", |n| (0..n).map(|i| format!("[a{i}]\n\n[a{i}]: https://a.b\n\n")).collect()),
    ("headings of one name", |n| "## a\n".repeat(n)),
    ("headings of one name with a link each", |n| "## a\n\n[x](#a)\n".repeat(n)),
    ("headings with ids", |n| (0..n).map(|i| format!("## a {{#i{i}}}\n\n[x](#i{i})\n\n")).collect()),
    ("rows", |n| format!("|a|b|\n|-|-|\n{}", "|c|d|\n".repeat(n))),
    ("columns", |n| format!("{}|\n{}|\n{}|\n", "|a".repeat(n), "|-".repeat(n), "|b".repeat(n))),
    ("tasks", |n| "- [ ] a\n".repeat(n)),
    ("lists of tasks", |n| "- [ ] a\n\n## b\n\n".repeat(n)),
    ("tasks with ids", |n| (0..n).map(|i| format!("- [ ] a <!-- #i{i} answer -->\n")).collect()),
    ("comments behind plain items", |n| format!("{}\na\n\n{}", "- [ ] a\n".repeat(n), "- a <!-- #x -->\n".repeat(n))),
    ("definitions", |n| "a\n: b\n\n".repeat(n)),
    ("blocks in blocks", |n| ":::aside\n".repeat(n)),
    ("blocks", |n| ":::aside\na\n:::\n".repeat(n)),
    ("diagrams", |n| "```flow\ntitle: a\ndescription: b\n\n- c\n```\n\n".repeat(n)),
    ("terms", |n| "[[#kpi]] ".repeat(n)),
    ("terms nobody has defined", |n| (0..n).map(|i| format!("[[#t{i}]] ")).collect()),
    ("quotation marks", |n| "\"a 'b ".repeat(n)),
    ("dashes and dots", |n| "a--b... ".repeat(n)),
    ("parentheses before an address", |n| format!("{}www.a.b", "(".repeat(n))),
    ("parentheses behind an address", |n| format!("www.a.b{}", ")".repeat(n))),
    ("addresses in parentheses", |n| "(https://".repeat(n)),
    ("half an address of mail", |n| format!("{}@b", "a_".repeat(n))),
    ("addresses of mail", |n| "a@b.cd ".repeat(n)),
    ("runs of two directions", |n| "سلام C++ ".repeat(n)),
    ("runs across emphasis", |n| "سلام *a* **b c** ".repeat(n)),
    ("runs across links", |n| "سلام [a +](https://a.b) b [ب](https://a.b) ".repeat(n)),
    ("brackets of two directions", |n| format!("{}a{}", "(س ".repeat(n), " a)".repeat(n))),
    ("hidden controls", |n| "س \u{2066}a\u{2069} (b ".repeat(n)),
    ("overrides", |n| "a\u{202E} `b` ".repeat(n)),
    ("one long word", |n| "försäljning".repeat(n)),
    ("one long Persian word", |n| "می\u{200C}".repeat(n)),
    ("many paragraphs", |n| "Ett ord till.\n\n".repeat(n)),
    ("links that lead nowhere", |n| "[a](b.md) ".repeat(n)),
    ("tags", |n| format!("+++\ntitle = \"A\"\ntags = [{}]\n+++\n", "\"x\", ".repeat(n.min(8000)))),
    ("brackets in YAML", |n| format!("---\ntitle: {}\n---\n", "[".repeat(n.min(30_000)))),
    ("brackets in TOML", |n| format!("+++\ntitle = {}\n+++\n", "[".repeat(n.min(30_000)))),
];

/// Less than this is noise.
const MEASURABLE: Duration = Duration::from_millis(20);

const TAGS: [&str; 2] = ["sv", "fa"];

/// A site that remembers all but one page.
struct Bench {
    world: MemoryWorld,
    memos: Memos,
    options: Options,
    /// What a page without a text takes.
    least: Duration,
}

impl Bench {
    fn new() -> Bench {
        let mut world = MemoryWorld::default();
        world.put("site.toml", "id = \"a\"\nlanguages = [\"sv\", \"fa\"]\n[title]\nsv = \"A\"\nfa = \"الف\"\n");
        for tag in TAGS {
            world.put(&format!("content/{tag}/index.md"), "# A\n");
        }
        world.put("content/sv/glossary.toml", "[kpi]\nterm = \"KPI\"\ndefinition = \"Ett tal.\"\n");
        world.put("content/sv/tags.toml", "[x]\nname = \"X\"\n");
        let today = Date::parse("2026-11-21", Calendar::Gregory).expect("a date");
        let options = Options { drafts: Drafts::Exclude, today, portable: true, base_url: None };
        let mut bench = Bench { world, memos: Memos::default(), options, least: Duration::ZERO };
        build(&bench.world, &bench.options, &bench.memos, Goal::Write(&Files::default()));
        bench.least = (0..5).map(|_| bench.time("sv", "a")).min().unwrap_or_default();
        bench
    }

    /// The time on the processor that a page's text takes when the site is built with one more page.
    fn time(&mut self, tag: &str, text: &str) -> Duration {
        let path = format!("content/{tag}/page.md");
        self.world.put(&path, if text.starts_with(['+', '-']) && text.contains("title") { text.to_owned() } else { format!("# A\n\n{text}") });
        let files = Files::default();
        let before = on_processor();
        let built = build(&self.world, &self.options, &self.memos, Goal::Write(&files));
        let took = on_processor().saturating_sub(before);
        assert!(built.known.is_some());
        self.world.remove(&path);
        build(&self.world, &self.options, &self.memos, Goal::Write(&Files::default()));
        took.saturating_sub(self.least)
    }
}

/// How long this thread has been on the processor.
fn on_processor() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0))
}

/// A size that takes long enough to be measured, and how long it took.
fn measurable(bench: &mut Bench, tag: &str, family: fn(usize) -> String) -> (usize, Duration) {
    let mut size = 250;
    loop {
        let took = bench.time(tag, &family(size));
        if took > MEASURABLE || size >= 16_000 {
            return (size, took);
        }
        size *= 2;
    }
}

/// What a family of texts did wrong, if anything.
fn judge(bench: &mut Bench, tag: &str, (name, family): Family) -> Option<String> {
    let (size, small) = measurable(bench, tag, family);
    let large = bench.time(tag, &family(4 * size));
    // Twice the text may take 2.6 times as long, so four times the text 6.8 times; what takes no time at all is never too slow.
    let limit = |small: Duration| small.max(MEASURABLE).mul_f64(2.6 * 2.6);
    if std::env::var_os("LINEAR_SHOW").is_some() {
        println!("{name} ({tag}): {size} {small:?}, {} {large:?}", 4 * size);
    }
    if large <= limit(small) {
        return None;
    }
    // The clock of a thread ticks in milliseconds and the machine does other things: squares are too slow every time, lines only now and then.
    let again: Vec<(Duration, Duration)> = (0..5).map(|_| (bench.time(tag, &family(size)), bench.time(tag, &family(4 * size)))).collect();
    let is_slow = again.iter().all(|(small, large)| *large > limit(*small));
    is_slow.then(|| format!("{name} in {tag}: {size} took {small:?}, {} took {large:?}; again {again:?}", 4 * size))
}

#[test]
fn a14_work_grows_with_the_text() {
    if !std::path::Path::new("/proc/thread-self/schedstat").exists() {
        assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "CI measures");
        return println!("SKIPPED: this system does not say how long a thread was on the processor");
    }
    // Without optimisation the frames of a stack are several times larger.
    let stack = if cfg!(debug_assertions) { 1024 * 1024 } else { 256 * 1024 };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(stack).build().expect("a thread");
    let slow: Vec<String> = pool.install(|| {
        let mut bench = Bench::new();
        let wanted = std::env::var("LINEAR").unwrap_or_default();
        let families = FAMILIES.iter().filter(|(name, _)| name.contains(&wanted));
        families.flat_map(|family| TAGS.map(|tag| (tag, family))).filter_map(|(tag, family)| judge(&mut bench, tag, *family)).collect()
    });
    assert!(slow.is_empty(), "more than linear:\n{}", slow.join("\n"));
}
