use crate::{check, options, world};
use rahnama::base::patch::{Changed, unified};
use rahnama::base::world::{MemoryWorld, World};
use rahnama::pipeline::mend::mend;

fn mended(world: &MemoryWorld) -> MemoryWorld {
    let (changes, _) = mend(world, &options());
    let mut after = world.clone();
    for (path, bytes) in &changes {
        after.put(path, bytes.clone());
    }
    after
}

fn text(world: &MemoryWorld, path: &str) -> String {
    String::from_utf8(world.read(&rahnama::base::path::SourcePath::new(path)).unwrap().bytes.to_vec()).unwrap()
}

#[test]
fn fixes_change_what_they_name_and_nothing_else() {
    let mut world = world();
    let page = "\u{FEFF}+++\r\ntitle = \"كتاب\"\r\n+++\r\n\r\nشبکه های **عصبی می شود**، میکند ؟\r\n\r\n`كتاب`, \"نقل\" و سال 2026.\r\n";
    world.put("content/fa/page.md", page);
    let after = mended(&world);
    assert_eq!(
        text(&after, "content/fa/page.md"),
        "\u{FEFF}+++\r\ntitle = \"کتاب\"\r\n+++\r\n\r\nشبکه‌های **عصبی می‌شود**، می‌کند؟\r\n\r\n`كتاب`, «نقل» و سال ۲۰۲۶.\r\n"
    );
    assert!(mend(&after, &options()).0.is_empty(), "a second time changes nothing");
    assert_eq!(check(&after).iter().map(|problem| problem.code.name).collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn fixes_that_touch_are_applied_one_after_the_other() {
    let mut world = world();
    world.put("content/fa/page.md", "+++\ntitle = \"x\"\n+++\n\nكتابهاي علي\n\n**«کتاب»**‌ها\n");
    assert_eq!(text(&mended(&world), "content/fa/page.md"), "+++\ntitle = \"x\"\n+++\n\nکتاب‌های علی\n\n«**کتاب**»‌ها\n");
}

#[test]
fn a_patch_shows_every_change() {
    let mut world = world();
    world.put("content/fa/page.md", "+++\ntitle = \"x\"\n+++\n\nكتاب\n\nیک\n\nدو\n\nسه\n\nچهار\n\nعلي");
    let (changes, _) = mend(&world, &options());
    assert_eq!(
        unified(&world, &changes),
        "--- a/content/fa/page.md\n+++ b/content/fa/page.md\n@@ -2,7 +2,7 @@\n title = \"x\"\n +++\n \n-كتاب\n+کتاب\n \n یک\n \n@@ -12,4 +12,4 @@\n \n چهار\n \n-علي\n\\ No newline at end of file\n+علی\n\\ No newline at end of file\n"
    );
    let changed = Changed { world: &world, changes: &changes };
    assert!(changed.exists("site.toml"));
}

fn guide(world: &mut MemoryWorld, tag: &str, items: &str) {
    world.put(&format!("content/{tag}/guide.md"), format!("+++\ntitle = \"x\"\n+++\n\n{items}"));
}

#[test]
fn e4_ids_are_written_into_all_languages_at_once() {
    let mut world = world();
    guide(&mut world, "en", "- [ ] Set a **budget**\n- [ ] Set a budget\n- [x] Old <!-- #kept -->\n  - [ ] ”Å” och ä\n");
    guide(&mut world, "sv", "- [ ] Sätt en **budget**\n- [ ] Sätt en till\n- [x] Gammal <!-- #kept -->\n  - [ ] Ett\n");
    guide(&mut world, "fa", "- [ ] بودجه بگذارید\n- [ ] یکی دیگر\n- [x] قدیمی <!-- #kept -->\n  - [ ] یک\n");
    let after = mended(&world);
    let en = text(&after, "content/en/guide.md");
    let id = en.lines().last().unwrap().rsplit('#').next().unwrap().trim_end_matches(" -->").to_owned();
    assert_eq!(id.len(), 8, "an automatic id where the words are not ASCII");
    let expected = |lines: [&str; 4]| format!("+++\ntitle = \"x\"\n+++\n\n{}\n", lines.join("\n"));
    let last = |line: &str| format!("{line} <!-- #{id} -->");
    assert_eq!(
        en,
        expected([
            "- [ ] Set a **budget** <!-- #set-a-budget -->",
            "- [ ] Set a budget <!-- #set-a-budget-2 -->",
            "- [x] Old <!-- #kept -->",
            &last("  - [ ] ”Å” och ä")
        ])
    );
    assert_eq!(
        text(&after, "content/sv/guide.md"),
        expected([
            "- [ ] Sätt en **budget** <!-- #set-a-budget -->",
            "- [ ] Sätt en till <!-- #set-a-budget-2 -->",
            "- [x] Gammal <!-- #kept -->",
            &last("  - [ ] Ett")
        ])
    );
    assert_eq!(
        text(&after, "content/fa/guide.md"),
        expected([
            "- [ ] بودجه بگذارید <!-- #set-a-budget -->",
            "- [ ] یکی دیگر <!-- #set-a-budget-2 -->",
            "- [x] قدیمی <!-- #kept -->",
            &last("  - [ ] یک")
        ])
    );
    assert!(mend(&after, &options()).0.is_empty());
}

#[test]
fn e4_no_ids_where_the_lists_differ() {
    let mut world = world();
    guide(&mut world, "en", "- [ ] One\n- [ ] Two\n");
    guide(&mut world, "sv", "- [ ] Ett\n");
    assert!(mend(&world, &options()).0.is_empty());
    assert!(check(&world).iter().any(|problem| problem.code.name == "CLS006"));
}

#[test]
fn no_second_id_beside_one_that_cannot_be_read() {
    let mut world = world();
    guide(&mut world, "en", "- [ ] One <!-- #one anser -->\n- [ ] Two\n");
    guide(&mut world, "sv", "- [ ] Ett\n- [ ] Två\n");
    let after = mended(&world);
    assert!(text(&after, "content/en/guide.md").ends_with("- [ ] One <!-- #one anser -->\n- [ ] Two <!-- #two -->\n"));
    assert!(text(&after, "content/sv/guide.md").ends_with("- [ ] Ett\n- [ ] Två <!-- #two -->\n"));
}

#[test]
fn boxes_that_lack_a_space_get_it() {
    let mut world = world();
    guide(&mut world, "en", "- [ ] One <!-- #a -->\n-[x] Two <!-- #b -->\n- [] Three <!-- #c -->\n- [ ]Four <!-- #d -->\n");
    let after = mended(&world);
    let wanted = "- [ ] One <!-- #a -->\n- [x] Two <!-- #b -->\n- [ ] Three <!-- #c -->\n- [ ] Four <!-- #d -->\n";
    assert!(text(&after, "content/en/guide.md").ends_with(wanted));
}

mod any {
    use super::{mended, text};
    use crate::{options, world};
    use proptest::prelude::*;
    use rahnama::language::embedded::language_data;
    use rahnama::language::lint::data::LintData;
    use rahnama::language::lint::{Lint, Place};
    use rahnama::language::locale::Locale;
    use rahnama::pipeline::mend::mend;

    const PIECES: &str = "(شبکه|کتاب|كتاب|علي|ها|های|می|شود|میکند|نمیشود|میز|\u{200C}|ـ|2026|١٢|۴۵|%|,|;|\\?|\"|“|”|«|»|،|؟|\\.| | |\\*\\*|`x`|KPI|C\\+\\+|kr|10|ۀ|ة|\u{200F}|e\u{301}|ﺳ|\n|\\\\|&amp;|'){0,24}";

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1500))]
        #[test]
        fn findings_have_places_in_the_text(text in prop_oneof![PIECES, "\\PC{0,30}"], fa in any::<bool>()) {
            let tag = if fa { "fa" } else { "sv" };
            let locale = Locale::new(tag, &language_data(tag)).unwrap();
            let lint = Lint::new(&locale, LintData::embedded(tag));
            for place in [Place::Markdown, Place::Plain] {
                for finding in lint.findings(&text, place, &locale) {
                    prop_assert!(text.get(finding.range.clone()).is_some(), "{finding:?}");
                    prop_assert!(finding.fix.is_none_or(|(range, _)| text.get(range).is_some()));
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10))]
        #[test]
        fn fixing_twice_changes_nothing(one in PIECES, two in PIECES) {
            let mut world = world();
            world.put("content/fa/page.md", format!("+++\ntitle = \"x\"\n+++\n\nمتن {one}\n\n- متن {two}\n"));
            let after = mended(&world);
            prop_assert!(mend(&after, &options()).0.is_empty(), "{:?} → {:?}", text(&world, "content/fa/page.md"), text(&after, "content/fa/page.md"));
        }
    }
}
