use super::*;
use crate::base::diagnostic::Code;
use crate::base::path::SourcePath;

const HUMAN: Terminal = Terminal { format: Format::Human, volume: Volume::Normal, is_colored: false, is_terminal: false };
const SHORT: Terminal = Terminal { format: Format::Short, ..HUMAN };
const JSON: Terminal = Terminal { format: Format::Json, ..HUMAN };

fn span(path: &str, text: &str, word: &str) -> Span {
    let start = text.find(word).unwrap();
    Span::new(&SourcePath::new(path), start..start + word.len())
}

fn render(terminal: Terminal, diagnostic: Diagnostic, text: &str) -> String {
    terminal.render(&[diagnostic], &|_| Some(text.into()))
}

#[test]
fn frames_the_source_as_rustc_does() {
    let text = "# Goals\n\nSee [the goals](gaols.md) first.\n";
    let problem = Diagnostic::new(Code::LNK001, "no page `gaols.md`").at(span("content/en/a.md", text, "gaols.md")).help("did you mean `goals.md`?");
    let expected = "\
error[LNK001]: no page `gaols.md`
 --> content/en/a.md:3:17
  |
3 | See [the goals](gaols.md) first.
  |                 ^^^^^^^^
  |
  = help: did you mean `goals.md`?

";
    assert_eq!(render(HUMAN, problem, text), expected);
}

#[test]
fn further_places_are_shown_in_their_own_files() {
    let text = "id = \"a\"\nx\ny\nz\nid = \"b\"\n";
    let problem =
        Diagnostic::new(Code::CFG001, "twice").at(span("a.toml", text, "id = \"b\"")).label(span("a.toml", text, "id = \"a\""), "first here");
    let problem = problem.label(span("b.toml", text, "y"), "and here");
    let expected = "\
error[CFG001]: twice
 --> a.toml:5:1
  |
1 | id = \"a\"
  | -------- first here
...
5 | id = \"b\"
  | ^^^^^^^^
  |
 ::: b.toml:3:1
  |
3 | y
  | - and here

";
    assert_eq!(render(HUMAN, problem, text), expected);
}

#[test]
fn a_file_without_text_and_a_problem_without_a_file() {
    let none: Texts<'_> = &|_| None;
    let file = Diagnostic::unreadable(&SourcePath::new("content/a.md"), "permission denied");
    assert_eq!(HUMAN.render(std::slice::from_ref(&file), none), "error[FIL001]: cannot read this file: permission denied\n--> content/a.md\n\n");
    assert_eq!(SHORT.render(std::slice::from_ref(&file), none), "content/a.md: error[FIL001]: cannot read this file: permission denied\n");
    assert!(JSON.render(&[file], none).contains("\"path\":\"content/a.md\",\"offset\":0"));
    let nowhere = Diagnostic::new(Code::INT999, "oh");
    assert_eq!(HUMAN.render(std::slice::from_ref(&nowhere), none), "error[INT999]: oh\n\n");
    assert_eq!(SHORT.render(std::slice::from_ref(&nowhere), none), "error[INT999]: oh\n");
    assert_eq!(JSON.render(&[nowhere], none), "{\"level\":\"error\",\"code\":\"INT999\",\"message\":\"oh\",\"labels\":[],\"fixes\":[]}\n");
}

/// Persian with a zero-width non-joiner, then an emoji outside the basic plane, then the place.
const PERSIAN: &str = "سطر اول\nمی‌خواهم 🙂 [هدف](x.md)\n";

#[test]
fn columns_count_characters_and_utf_16_units() {
    let problem = Diagnostic::new(Code::LNK001, "no page").at(span("content/fa/a.md", PERSIAN, "x.md")).help("look\nagain");
    assert_eq!(render(SHORT, problem.clone(), PERSIAN), "content/fa/a.md:2:18: error[LNK001]: no page; help: look again\n");
    assert!(render(HUMAN, problem.clone(), PERSIAN).contains(" --> content/fa/a.md:2:18\n"));
    let json: serde_json::Value = serde_json::from_str(&render(JSON, problem.fix(span("a", PERSIAN, "x.md"), "y.md"), PERSIAN)).unwrap();
    let offset = PERSIAN.find("x.md").unwrap();
    let at = |column: usize, offset: usize| serde_json::json!({"line": 2, "column": column, "utf16_column": column + 1, "offset": offset});
    assert_eq!((&json["line"], &json["column"], &json["utf16_column"], &json["offset"]), (&2.into(), &18.into(), &19.into(), &offset.into()));
    assert_eq!(json["end"], at(22, offset + 4));
    assert_eq!((&json["help"], &json["fixes"][0]["replacement"]), (&"look\nagain".into(), &"y.md".into()));
}

/// An escape that clears the screen, a C1 one, an override, tag characters, a bell.
const HOSTILE: &str = "a\u{1b}[2J\u{9b}31m\u{202e}evil\u{2066}\u{e0041}\u{7}\u{feff}b";

#[test]
fn nothing_from_the_site_steers_the_terminal() {
    let text = format!("first\n{HOSTILE} here\n");
    let path = format!("content/{HOSTILE}\n.md");
    let problem = Diagnostic::new(Code::LNK001, HOSTILE).at(span(&path, &text, "here")).label(span(&path, &text, "evil"), HOSTILE).help(HOSTILE);
    for terminal in [HUMAN, SHORT, JSON] {
        let out = render(terminal, problem.clone(), &text);
        let is_harmful = |c: char| c != '\n' && (c.is_control() || "\u{202e}\u{2066}\u{e0041}\u{feff}".contains(c));
        assert!(!out.contains(is_harmful), "{out:?}");
        assert!(terminal == SHORT || !out.contains("\\u{20}"), "{out:?}");
    }
    let json: serde_json::Value = serde_json::from_str(&render(JSON, problem.clone(), &text)).unwrap();
    assert_eq!(json["message"], HOSTILE, "programs get the true text");
    assert_eq!(render(SHORT, problem.clone(), &text).lines().count(), 1);
    let human = render(HUMAN, problem, &text);
    let (line, below) = (human.lines().find(|l| l.starts_with("2 |")).unwrap(), human.lines().find(|l| l.contains("^^^^")).unwrap());
    assert_eq!(line.chars().position(|c| c == 'h'), below.chars().position(|c| c == '^'), "{human}");
}

#[test]
fn right_to_left_text_is_isolated_on_a_terminal_only() {
    let problem = Diagnostic::new(Code::LNK001, "no page «هدف ۲»!").at(span("a.md", PERSIAN, "x.md"));
    let plain = render(HUMAN, problem.clone(), PERSIAN);
    let seen = render(Terminal { is_terminal: true, ..HUMAN }, problem, PERSIAN);
    assert!(!plain.contains('\u{2068}'));
    assert!(seen.contains("no page «\u{2068}هدف ۲\u{2069}»!"), "{seen}");
    assert!(seen.contains("2 | \u{2068}می‌خواهم 🙂 [هدف\u{2069}](x.md)"), "{seen}");
    assert_eq!(seen.replace(['\u{2068}', '\u{2069}'], ""), plain);
}

#[test]
fn wrong_spans_do_not_panic() {
    for (start, end) in [(0, 0), (1, 2), (3, 1), (500, 600), (u32::MAX, u32::MAX), (0, u32::MAX), (13, 14), (14, 14)] {
        let span = Span { path: SourcePath::new("a.md"), start, end };
        for text in ["", "\n", PERSIAN, "å", "no end of line", "\r", "\n\n\n"] {
            let problem = Diagnostic::new(Code::LNK001, "").at(span.clone()).label(span.clone(), "x").fix(span.clone(), "");
            [HUMAN, SHORT, JSON].into_iter().for_each(|terminal| drop(render(terminal, problem.clone(), text)));
        }
    }
}

#[test]
fn after_a_hundred_errors_the_rest_is_counted() {
    let error = |i: usize| Diagnostic::new(Code::LNK001, format!("wrong {i}"));
    let mut all: Vec<Diagnostic> = (0..123).map(error).collect();
    all.push(Diagnostic::new(Code::HDG001, "a warning"));
    all.push(Diagnostic::new(Code::TRA002, "some news"));
    let out = SHORT.render(&all, &|_| None);
    assert_eq!((out.lines().count(), out.lines().last()), (102, Some("… and 23 errors more")));
    assert!(!out.contains("some news") && out.contains("a warning"));
    assert!(Terminal { volume: Volume::Verbose, ..SHORT }.render(&all, &|_| None).contains("some news"));
    assert_eq!(Terminal { volume: Volume::Quiet, ..SHORT }.render(&all, &|_| None), out, "a warning is no news");
    assert_eq!(JSON.render(&all, &|_| None).lines().count(), 125, "programs get everything");
    assert_eq!(Counts::of(&all).to_string(), "123 errors, 1 warning");
    assert_eq!(Counts::default().to_string(), "no problems");
}

#[test]
fn colour_is_only_colour() {
    let text = "one two\n";
    let problem = Diagnostic::new(Code::LNK001, "no page").at(span("a.md", text, "two")).help("three");
    let colored = render(Terminal { is_colored: true, ..HUMAN }, problem.clone(), text);
    let mut plain = String::new();
    let mut rest = colored.as_str();
    while let Some(at) = rest.find('\u{1b}') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..][rest[at..].find('m').unwrap() + 1..];
    }
    assert_ne!(colored, render(HUMAN, problem.clone(), text));
    assert_eq!(plain + rest, render(HUMAN, problem, text));
}
