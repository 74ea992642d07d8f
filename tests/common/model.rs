//! A site that changes: where sequences of edits begin, and what an author, a translator or git may do to it.

use std::collections::BTreeMap;

/// A small generator of numbers (xorshift64*), so that a seed is a sequence for ever.
pub struct Random(u64);

impl Random {
    /// The numbers of a seed.
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number from 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }

    /// One of some.
    pub fn choose<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// The files of a project.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Site(pub BTreeMap<String, Vec<u8>>);

impl Site {
    /// Writes a file.
    pub fn put(&mut self, path: &str, text: impl Into<Vec<u8>>) {
        self.0.insert(path.to_owned(), text.into());
    }

    /// Removes a file.
    pub fn remove(&mut self, path: &str) {
        self.0.remove(path);
    }

    fn text(&self, path: &str) -> String {
        self.0.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
    }

    fn pages(&self) -> Vec<String> {
        self.0.keys().filter(|path| path.starts_with("content/") && path.ends_with(".md")).cloned().collect()
    }
}

const LANGUAGES: [&str; 3] = ["sv", "fa", "en"];

/// The site that sequences begin with: every kind of page, in three languages.
pub fn start() -> Site {
    let mut world = Site::default();
    world.put(
        "site.toml",
        "id = \"model\"\nbase_url = \"https://example.org/m/\"\nlanguages = [\"sv\", \"fa\", \"en\"]\nsource = \"en\"\n[title]\nen = \"Model\"\n",
    );
    for lang in LANGUAGES {
        let page = |title: &str, more: &str, body: &str| format!("+++\ntitle = \"{title} {lang}\"\n{more}+++\n{body}");
        world.put(&format!("content/{lang}/index.md"), page("Home", "", "Welcome to [[a/one]].\n"));
        world.put(&format!("content/{lang}/a/index.md"), page("A", "weight = 1\n", "Section.\n"));
        world.put(
            &format!("content/{lang}/a/one.md"),
            page("One", "weight = 1\ntags = [\"x\"]\ndate = 2026-01-02\n", "## First {#first}\n\nSee [two](two.md#list) and [[#kpi]].\n"),
        );
        world.put(
            &format!("content/{lang}/a/two.md"),
            page("Two", "weight = 2\ntags = [\"x\", \"y\"]\n", "## List {#list}\n\n- [ ] Do it <!-- #do-it -->\n- [ ] Then this\n"),
        );
        world.put(&format!("content/{lang}/b/index.md"), page("B", "", "Other.\n"));
        world.put(&format!("content/{lang}/b/three.md"), page("Three", "related = [\"a/one\"]\n", "Text with a ![circle](pic.svg).\n"));
        world.put(&format!("content/{lang}/glossary.md"), page("Glossary", "template = \"glossary\"\n", "Terms.\n"));
        world.put(&format!("content/{lang}/tags.md"), page("Tags", "template = \"tags\"\n", "Tags.\n"));
        world.put(&format!("content/{lang}/plan.md"), page("Plan", "template = \"plan\"\n", "Plan.\n"));
        world.put(&format!("content/{lang}/paths/index.md"), page("Paths", "template = \"paths\"\n", "Paths.\n"));
        world.put(
            &format!("content/{lang}/paths/p.md"),
            page("Path", "template = \"path\"\nsteps = [{ guide = \"a/one\", minutes = 5 }, { guide = \"a/two\" }]\n", "A path.\n"),
        );
        world.put(&format!("content/{lang}/glossary.toml"), format!("[kpi]\nterm = \"KPI {lang}\"\ndefinition = \"A number.\"\n"));
        world.put(&format!("content/{lang}/tags.toml"), format!("[x]\nname = \"X {lang}\"\n[y]\nname = \"Y {lang}\"\n"));
        world.put(
            &format!("locales/{lang}/site.ftl"),
            format!("skip-to-content = {lang}: {{ NUMBER(0.5, style: \"percent\") }} until {{ DATETIME(\"2026-01-02\") }}\n"),
        );
    }
    world.put("content/en/b/pic.svg", "<svg xmlns='http://www.w3.org/2000/svg' width=\"8\" height=\"8\"></svg>");
    world.put("static/robots.txt", "User-agent: *\n");
    world
}

const SENTENCES: &[&str] = &[
    "More words here.",
    "شبکه‌های C++ اینجا",
    "Ett \"citat\" -- och mer.",
    "A [link](one.md).",
    "A [broken link](nowhere.md).",
    "See [[a/two#list]] and [[b/three]].",
    "- [ ] New item <!-- #new-item -->",
    "[[#kpi]] again",
    "<b>raw</b>",
    "A note[^1].\n\n[^1]: The note.",
];
const KEYS: &[&str] = &[
    "weight = 3",
    "slug = \"other\"",
    "draft = true",
    "date = 2025-05-06",
    "updated = 2026-06-07",
    "tags = [\"y\"]",
    "tags = [\"z\"]",
    "related = [\"a/two\"]",
    "id = \"moved\"",
    "aliases = [\"/en/old/\"]",
    "titel = \"x\"",
    "fallback = \"hide\"",
    "search = false",
    "description = \"About it.\"",
];
const SETTINGS: &[(&str, &str)] = &[
    ("source = \"en\"", "source = \"sv\""),
    ("[title]", "tags = false\n[title]"),
    ("[title]", "fallback = \"link\"\n[title]"),
    ("languages = [\"sv\", \"fa\", \"en\"]", "languages = [\"en\", \"sv\"]"),
    ("[title]", "theme = \"nowhere\"\n[title]"),
    ("id = \"model\"", "id = \"other\""),
    ("[title]", "edit_url = \"https://example.org/{path}\"\n[title]"),
];
const TEMPLATES: &[(&str, &str)] = &[
    ("page.html", "<title>{{ page.title_text }}</title><main>{{ page.body }}</main>"),
    ("page.html", "{% extends \"base.html\" %}{% block main %}<p>changed</p>{{ page.body }}{% endblock main %}"),
    ("page.html", "{{ page.nothing.here }}"),
    ("page.html", "{% if %}"),
    ("parts/footer.html", "<footer>{{ site.title }} {{ percent(n=0.5) }}</footer>"),
    (
        "shared/menu.html",
        "{% for link in site.sections %}<a href=\"{{ page.root }}{{ link.href }}\">{{ link.title }}{{ link.href == page.href }}</a>{% endfor %}",
    ),
    ("shared/quick.html", "{{ page.title }}"),
    ("blocks/aside.html", "<aside>{{ body }}</aside>"),
];

const LOCKS: &[&str] = &["# nothing yet\n", "<<<<<<< HEAD\n", ""];
const LANGUAGE: &[&str] = &[
    "words_per_minute = 100\n",
    "percent = \"{n} of 100\"\n",
    "calendar = \"persian\"\n",
    "calendar = \"gregory\"\nmonth_year = \"{year}: {month}\"\n",
    "digits = \"latn\"\n",
    "digits = \"roman\"\n",
    "digit = 1\n",
    "",
];
const LINTS: &[&str] = &[
    "[[words]]\nreplace = { \"New\" = \"Fresh\", \"Other\" = \"Another\", \"Changed\" = \"Made new\" }\n",
    "[[words]]\nreplace = { \"Model\" = \"Sample\", \"Text\" = \"Words\" }\n",
    "[affixes]\nnonsense = 1\n",
    "",
];
const THEMES: &[&str] = &["[settings]\npalette = \"lake\"\n", "[settings]\npalette = 1\n", "[settings\n", ""];

/// One random edit; gives its name.
pub fn edit(world: &mut Site, random: &mut Random) -> String {
    let pages = world.pages();
    let page = if pages.is_empty() { "content/en/index.md".to_owned() } else { random.choose(&pages).clone() };
    let old = world.text(&page);
    let lang = *random.choose(&LANGUAGES);
    match random.below(27) {
        which @ (0..=9 | 17..=20) => edit_page(world, random, which, lang, &page, old),
        which => edit_site(world, random, which, lang),
    }
    page
}

/// What an author does to pages.
fn edit_page(world: &mut Site, random: &mut Random, which: usize, lang: &str, page: &str, old: String) {
    match which {
        0..=3 => world.put(page, format!("{old}\n{}\n", random.choose(SENTENCES))),
        4 => world.put(page, old.replacen("title = \"", "title = \"New ", 1)),
        5 | 6 => world.put(page, old.replacen("+++\n", &format!("+++\n{}\n", random.choose(KEYS)), 1)),
        7 => world.remove(page),
        8 => world.put(
            &format!("content/{lang}/{}/new.md", random.choose(&["a", "b", "c"])),
            format!("+++\ntitle = \"New {lang}\"\n+++\nSee [[a/one]].\n"),
        ),
        9 => {
            world.remove(page);
            world.put(&page.replace(".md", "-renamed.md"), old);
        }
        17 => {
            let other = random.choose(&world.pages()).clone();
            let theirs = world.text(&other);
            world.put(page, theirs);
            world.put(&other, old);
        }
        18 => world.put(page, old.replace("{#first}", "{#second}").replace("#do-it", "#done-it")),
        // The same size, as an editor does that changes one letter.
        19 => world.put(page, old.replace("one", "two")),
        _ => {
            let (folder, name) = page.rsplit_once('/').unwrap_or(("", page));
            let other =
                if name.starts_with(|c: char| c.is_ascii_uppercase()) { name.to_lowercase() } else { name.to_uppercase().replace(".MD", ".md") };
            let moved = format!("{folder}/{other}");
            world.remove(page);
            world.put(&moved, old);
        }
    }
}

/// What is done to everything else.
fn edit_site(world: &mut Site, random: &mut Random, which: usize, lang: &str) {
    match which {
        10 => {
            let (from, to) = *random.choose(SETTINGS);
            let settings = world.text("site.toml");
            world.put("site.toml", settings.replacen(from, to, 1));
        }
        11 => {
            let (name, template) = *random.choose(TEMPLATES);
            world.put(&format!("themes/default/templates/{name}"), template);
        }
        12 => TEMPLATES.iter().for_each(|(name, _)| world.remove(&format!("themes/default/templates/{name}"))),
        13 => world.put(
            &format!("locales/{lang}/site.ftl"),
            random.choose(&["skip-to-content = Other\n", "broken = { $x\n", "toc-title = Here\n", ""]).to_string(),
        ),
        14 => world.put(
            &format!("content/{lang}/glossary.toml"),
            random
                .choose(&[
                    "[kpi]\nterm = \"New term\"\ndefinition = \"Other.\"\n",
                    "[cpa]\nterm = \"CPA\"\ndefinition = \"See [[a/one]].\"\n",
                    "[kpi\n",
                ])
                .to_string(),
        ),
        15 => world.put(
            &format!("content/{lang}/tags.toml"),
            random.choose(&["[x]\nname = \"Changed\"\nslug = \"c\"\n", "[y]\nname = \"Y\"\n"]).to_string(),
        ),
        16 => world
            .put("content/en/b/pic.svg", format!("<svg xmlns='http://www.w3.org/2000/svg' width=\"{}\" height=\"8\"></svg>", 1 + random.below(9))),
        21 => world.put(&format!("locales/{lang}/language.toml"), *random.choose(LANGUAGE)),
        22 => world.put("content/translations.lock", *random.choose(LOCKS)),
        23 => world.put("themes/default/static/css/extra.css", format!("main {{ order: {} }}\n", random.below(9))),
        24 => world.put(&format!("locales/{lang}/lint.toml"), *random.choose(LINTS)),
        25 => world.put("themes/default/theme.toml", *random.choose(THEMES)),
        _ => world.put("static/robots.txt", format!("User-agent: {}\n", random.below(9))),
    }
}
