use crate::{check, check_page, codes, world};
use rahnama::base::diagnostic::Level;
use rahnama::base::world::MemoryWorld;
use std::path::Path;

/// Code and corrected word of each finding.
fn said(tag: &str, body: &str) -> Vec<(&'static str, String)> {
    check_page(tag, body).into_iter().map(|problem| (problem.code.name, problem.help.unwrap_or_default())).collect()
}

#[test]
fn c2_missing_joiners_and_arabic_letters() {
    assert_eq!(
        said("fa", "شبکههای عصبی و كتاب علي"),
        [("FA022", "write `شبکه‌های`".into()), ("FA002", "write `کتاب`".into()), ("FA001", "write `علی`".to_owned())]
    );
}

#[test]
fn c2_spaces_instead_of_joiners() {
    assert_eq!(said("fa", "شبکه های عصبی می شود"), [("FA020", "write `شبکه‌های`".to_owned()), ("FA021", "write `می‌شود`".into())]);
}

#[test]
fn c2_a_correct_sentence_has_no_finding() {
    assert_eq!(codes("fa", "شبکه‌های عصبی می‌شود. تنها آنها صدها"), Vec::<&str>::new());
}

#[test]
fn c2_signs_of_other_keyboards() {
    let mut found = codes("fa", "سال 2026, چرا? \"نقل\" ۴۵% سـلام ، ١٢");
    found.sort_unstable();
    assert_eq!(found, ["FA004", "FA004", "FA005", "FA006", "FA007", "FA009", "FA010", "FA010", "FA011", "FA013"]);
}

#[test]
fn c2_house_style_and_joined_prefixes() {
    assert_eq!(codes("fa", "خانۀ ما میکند نمیشود"), ["FA024", "FA023", "FA023"]);
    assert_eq!(said("fa", "خانۀ ما"), [("FA024", "write `خانهٔ`".to_owned())]);
}

#[test]
fn c2_a_joiner_that_does_nothing() {
    assert_eq!(codes("fa", "کتاب‌ و"), ["FA012"]);
}

#[test]
fn c2_words_that_only_look_like_it() {
    assert_eq!(
        codes("fa", "میز و میدان، تنها در انتها بیشتر از منتها؛ پژوهش میدانی، بیشترین بها، گرانبها، مشارالیها، نهایی و نهایت"),
        Vec::<&str>::new()
    );
}

#[test]
fn c2_places_count_in_the_file() {
    let found = check_page("fa", "یک **كتاب** خوب");
    let span = found[0].span.clone().unwrap();
    let text = "+++\ntitle = \"x\"\n+++\n\nیک **كتاب** خوب\n";
    assert_eq!(&text[span.start as usize..span.end as usize], "ك");
}

#[test]
fn c2_code_addresses_and_comments_are_not_read() {
    assert_eq!(
        codes(
            "fa",
            "کد `كتاب, 45%` و\n\n```\nكتاب؟ \"x\" ،\n```\n\n<!-- كتاب علي -->\n\n[پیوند](https://example.org/كتاب?a=1,2)\n\nhttps://example.org/a?b=c,d است"
        ),
        Vec::<&str>::new()
    );
}

#[test]
fn c2_titles_terms_tags_and_strings_are_read() {
    let mut world = world();
    world.put("content/fa/index.md", "+++\ntitle = \"كتاب\"\ndescription = \"چرا?\"\n+++\n");
    world.put("content/fa/glossary.toml", "[a]\nterm = \"شبكه\"\nalso = [\"شبکه ها\"]\ndefinition = \"متن **خوب** ، است\"\n");
    world.put("content/fa/tags.toml", "[b]\nname = \"هدف ها\"\n");
    world.put("locales/fa/own.ftl", "nav-home = خانۀ { $x } علي\n");
    world.put("site.toml", "id = \"test\"\nlanguages = [\"sv\", \"fa\", \"en\"]\n[title]\nsv = \"“Guider”\"\nfa = \"راهنما ها\"\nen = \"Guides\"\n");
    let found: Vec<(String, &str)> = check(&world)
        .iter()
        .map(|problem| (problem.span.as_ref().unwrap().path.to_string(), problem.code.name))
        .filter(|(_, code)| code.starts_with("FA") || code.starts_with("SV"))
        .collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(path, code)| (path.as_str(), *code)).collect();
    assert_eq!(
        found,
        [
            ("content/fa/glossary.toml", "FA002"),
            ("content/fa/glossary.toml", "FA020"),
            ("content/fa/glossary.toml", "FA013"),
            ("content/fa/index.md", "FA002"),
            ("content/fa/index.md", "FA009"),
            ("content/fa/tags.toml", "FA020"),
            ("locales/fa/own.ftl", "FA024"),
            ("locales/fa/own.ftl", "FA001"),
            ("site.toml", "SV001"),
            ("site.toml", "FA020"),
        ]
    );
}

#[test]
fn c2_ignore_for_a_page_and_for_a_site() {
    let mut world = world();
    world.put("content/fa/page.md", "+++\ntitle = \"x\"\nlint.ignore = [\"FA024\"]\n+++\n\nخانۀ علي\n");
    assert_eq!(check(&world).iter().map(|problem| problem.code.name).collect::<Vec<_>>(), ["FA001"]);
    world.put("site.toml", "id = \"test\"\nlanguages = [\"sv\", \"fa\", \"en\"]\n[lint]\nignore = [\"FA001\"]\n");
    assert_eq!(check(&world).len(), 0);
}

#[test]
fn c2_a_site_adds_to_the_lists() {
    let mut world = world();
    world.put("content/fa/page.md", "+++\ntitle = \"x\"\n+++\n\nسپیدارها و کتابها و ایمیل\n");
    world.put("locales/fa/lint.toml", "[[words]]\nreplace = { \"ایمیل\" = \"رایانامه\" }\n[affixes]\nok = [\"کتابها\"]\n");
    let found = check(&world);
    assert_eq!(
        found.iter().map(|problem| (problem.code.name, problem.help.as_deref().unwrap())).collect::<Vec<_>>(),
        [("TYP001", "write `رایانامه`")]
    );
    world.put("locales/fa/lint.toml", "[affixes]\nnonsense = 1\n");
    assert!(check(&world).iter().any(|problem| problem.code.name == "CFG002"));
}

#[test]
fn c2_another_language_brings_its_own_rules() {
    let mut world = world();
    world.put("site.toml", "id = \"test\"\nlanguages = [\"fi\"]\n");
    world.put("content/fi/index.md", "+++\ntitle = \"Koti\"\n+++\n\nSanottiin “hei”.\n");
    world.put("locales/fi/lint.toml", "[quotes]\ncode = \"FI001\"\nopen = \"”\"\nclose = \"”\"\nforeign = [\"“\"]\n");
    assert!(check(&world).iter().any(|problem| problem.code.name == "TYP001"));
}

#[test]
fn c1_hidden_characters() {
    let found = check_page("fa", "متن \u{202E}abc\u{202C}");
    assert_eq!(found.iter().filter(|problem| problem.code.name == "BID001").count(), 2);
    let found = check_page("sv", "x\u{2066}y\u{2069}");
    assert!(found.iter().all(|problem| problem.code.name == "BID002" && problem.level == Level::Warning) && found.len() == 2);
    assert!(codes("en", "```\na\u{202E}b\n```").contains(&"BID001"));
    assert_eq!(codes("fa", "متن \u{200F}خوب"), ["BID005"]);
}

#[test]
fn c_normal_form_and_presentation_forms() {
    assert_eq!(said("sv", "Ett a\u{308}pple"), [("I18N001", "write `äpple`, which looks the same".to_owned())]);
    assert_eq!(codes("fa", "ﺳلام و ۱۰۰ ﷼ و ﷲ"), ["I18N013"]);
}

#[test]
fn g_swedish_and_english() {
    assert_eq!(said("sv", "Han sa “hej” och „hej”."), [("SV001", "write `”hej”`".to_owned()), ("SV001", "write `”hej”.`".to_owned())]);
    assert_eq!(codes("sv", "Det är 45% av 10 % och 500kr, men 4K och B2B."), ["SV002", "SV002"]);
    assert_eq!(codes("en", "She said \"hi\" and it's fine."), Vec::<&str>::new());
    let mut world = world();
    world.put("content/en/index.md", "+++\ntitle = 'The \"best\" guide'\ndescription = \"It's here\"\n+++\n");
    world.put("content/sv/index.md", "+++\ntitle = \"Hem\"\ndescription = \"Minst 10 % mer\"\n+++\n");
    let found = check(&world);
    assert_eq!(found.iter().map(|problem| problem.code.name).collect::<Vec<_>>(), ["EN001", "EN001", "EN001", "SV002"]);
}

#[test]
fn b7_digits_that_make_no_list() {
    let found = check_page("fa", "۱. یک\n۲. دو");
    assert_eq!(
        found.iter().map(|problem| (problem.code.name, problem.fixes[0].replacement.as_str())).collect::<Vec<_>>(),
        [("MD001", "1"), ("MD001", "2")]
    );
    assert_eq!(codes("fa", "سال ۱۴۰۵. پایان"), Vec::<&str>::new());
}

#[test]
fn c2_marks_that_readers_would_see() {
    assert_eq!(codes("fa", "**«کتاب»**‌ها خوب‌اند"), ["MD002", "MD002"]);
    assert_eq!(codes("fa", "**کتاب**‌ها خوب‌اند"), Vec::<&str>::new());
    assert_eq!(codes("sv", "**”ord”**et och \\*\\*text\\*\\*, ____ och `**`"), ["MD002", "MD002"]);
}

#[test]
fn d4_anchors_that_a_translation_lacks() {
    let mut world = world();
    world.put("content/en/neural.md", "+++\ntitle = \"N\"\n+++\n\n## A {#layers}\n");
    world.put("content/sv/neural.md", "+++\ntitle = \"N\"\n+++\n\n## A {#layers}\n");
    world.put("content/fa/neural.md", "+++\ntitle = \"ن\"\n+++\n\n## الف\n");
    let found: Vec<String> = check(&world).into_iter().filter(|problem| problem.code.name == "I18N030").map(|problem| problem.message).collect();
    assert_eq!(found, ["the anchor `layers` is missing in `content/fa/neural.md`"]);
}

#[test]
fn j_texts_that_do_not_say_their_language() {
    assert_eq!(said("sv", "Ordet شبکه betyder nät."), [("I18N020", "write `[شبکه]{lang=fa}`".to_owned())]);
    assert_eq!(codes("sv", "Ordet [شبکه]{lang=fa} betyder nät."), Vec::<&str>::new());
    assert_eq!(codes("fa", "او نوشت: the quick brown fox jumps و رفت."), ["I18N020"]);
    assert_eq!(codes("fa", "ابزار Google Search Console و KPI خوب است."), Vec::<&str>::new());
}

fn add(world: &mut MemoryWorld, folder: &Path, name: &str) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let name = format!("{name}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            add(world, &entry.path(), &format!("{name}/"));
        } else {
            world.put(&name, std::fs::read(entry.path()).unwrap());
        }
    }
}

#[test]
fn f7_this_site_has_no_findings() {
    let mut world = MemoryWorld::default();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["content", "locales"] {
        add(&mut world, &root.join(folder), &format!("{folder}/"));
    }
    world.put("site.toml", std::fs::read(root.join("site.toml")).unwrap());
    let lint = |name: &str| {
        ["FA", "SV", "EN", "I18N", "MD", "BID", "TYP"]
            .iter()
            .any(|family| name.strip_prefix(family).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())))
    };
    let found: Vec<_> = check(&world).into_iter().filter(|problem| lint(problem.code.name) && problem.code.name != "ENC001").collect();
    assert!(found.is_empty(), "{found:#?}");
}
