//! The files around the guides: settings, home, sections, tags, glossary, paths; for Hugo its layouts.

use crate::flavour::Flavour;
use crate::guide::glossary;
use crate::language::{Language, slug};
use crate::skeleton::{SECTION_SIZE, TAGS, identity, section};
use std::fmt::Write;

/// A path in the project and the text of the file.
pub type File = (String, String);

/// What the project is about.
pub struct Project<'a> {
    /// For which generator.
    pub flavour: Flavour,
    /// How many guides.
    pub guides: usize,
    /// Where the site will live; empty for a portable site.
    pub base_url: &'a str,
    /// The languages, source first.
    pub languages: &'a [Language],
}

impl Project<'_> {
    /// Every file that is not a guide.
    pub fn files(&self) -> Vec<File> {
        let mut files = match self.flavour {
            Flavour::Rahnama => RAHNAMA
                .iter()
                .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
                .chain([("site.toml".to_owned(), self.site_toml())])
                .collect(),
            Flavour::Hugo => self.hugo(),
        };
        for language in self.languages {
            let sections = (0..self.guides.div_ceil(SECTION_SIZE)).map(|number| self.section(language, number));
            let pages = match self.flavour {
                Flavour::Rahnama => self.rahnama_pages(language),
                Flavour::Hugo => self.hugo_pages(language),
            };
            files.extend(sections.chain(pages).map(|(path, text)| (format!("content/{}/{path}", language.tag), text)));
        }
        files
    }

    fn section(&self, language: &Language, number: usize) -> File {
        let title = language.section_title(number);
        let intro = language.sentence(&mut language.random(24, number), 14);
        let head = front(&[
            ("title", &quoted(&title)),
            ("slug", &quoted(&if language.tag == "en" { String::new() } else { slug(&title, number) })),
            ("weight", &((number + 1) * 10).to_string()),
        ]);
        (format!("{}/{}", section(number), self.flavour.section_file()), format!("{head}\n{intro}\n"))
    }

    fn site_toml(&self) -> String {
        let mut text =
            format!("id = \"bench\"\nbase_url = \"{}\"\nlanguages = [\"sv\", \"fa\", \"en\"]\nsource = \"en\"\n\n[title]\n", self.base_url);
        for language in self.languages {
            let _ = writeln!(text, "{} = \"{}\"", language.tag, language.phrases.site);
        }
        text.push_str("\n[description]\n");
        for language in self.languages {
            let _ = writeln!(text, "{} = \"{}\"", language.tag, language.sentence(&mut language.random(25, 0), 12));
        }
        text
    }

    fn rahnama_pages(&self, language: &Language) -> Vec<File> {
        let special = |path: &str, template: &str, (title, slug): (&str, &str), weight: &str| {
            let slug = if language.tag == "en" { String::new() } else { quoted(slug) };
            let head = front(&[("title", &quoted(title)), ("slug", &slug), ("weight", weight), ("template", &quoted(template))]);
            (path.to_owned(), format!("{head}\n{}\n", language.sentence(&mut language.random(26, weight.len()), 12)))
        };
        let phrases = language.phrases;
        vec![
            special("index.md", "home", (phrases.site, ""), "0"),
            special("tags.md", "tags", phrases.tags, "90010"),
            special("glossary.md", "glossary", phrases.glossary, "90020"),
            special("plan.md", "plan", phrases.plan, "90030"),
            special("paths/index.md", "paths", phrases.paths, "90040"),
            ("paths/first-steps.md".to_owned(), self.path(language)),
            ("glossary.toml".to_owned(), glossary(language, self.flavour)),
            ("tags.toml".to_owned(), tags(language)),
        ]
    }

    /// A learning path of ten guides.
    fn path(&self, language: &Language) -> String {
        let title = language.name(&mut language.random(27, 0), 3);
        let steps: Vec<String> =
            (0..10.min(self.guides)).map(|step| format!("  {{ guide = \"{}\", minutes = {} }},\n", identity(step), 10 + step)).collect();
        let slug = if language.tag == "en" { String::new() } else { quoted(&slug(&title, 0)) };
        front(&[
            ("title", &quoted(&title)),
            ("slug", &slug),
            ("template", "\"path\""),
            ("steps", &format!("[\n{}]", steps.concat())),
            ("result", &quoted(&language.sentence(&mut language.random(27, 1), 9))),
        ])
    }

    fn hugo_pages(&self, language: &Language) -> Vec<File> {
        let phrases = language.phrases;
        let intro = language.sentence(&mut language.random(26, 1), 12);
        let mut files = vec![
            ("_index.md".to_owned(), format!("{}\n{intro}\n", front(&[("title", &quoted(phrases.site))]))),
            ("glossary.md".to_owned(), front(&[("title", &quoted(phrases.glossary.0))]) + &glossary(language, self.flavour)),
            ("tags/_index.md".to_owned(), front(&[("title", &quoted(phrases.tags.0))])),
        ];
        files.extend(
            TAGS.iter().enumerate().map(|(number, id)| (format!("tags/{id}/_index.md"), front(&[("title", &quoted(&tag(language, number)))]))),
        );
        files
    }

    fn hugo(&self) -> Vec<File> {
        let mut settings = include_str!("hugo/hugo.toml").replace("@base_url@", if self.base_url.is_empty() { "/" } else { self.base_url });
        for (number, language) in self.languages.iter().enumerate() {
            let (tag, name, direction) = (language.tag, language.name, language.direction);
            let _ = write!(
                settings,
                "\n[languages.{tag}]\nlabel = \"{name}\"\nlocale = \"{tag}\"\ndirection = \"{direction}\"\nweight = {}\n\
                 contentDir = \"content/{tag}\"\ntitle = \"{}\"\n",
                number + 1,
                language.phrases.site
            );
        }
        let layouts = HUGO.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        layouts.chain([("hugo.toml".to_owned(), settings)]).collect()
    }
}

/// What a site of its own has: a template in place of the theme's, and a string.
const RAHNAMA: &[(&str, &str)] = &[
    ("themes/default/templates/parts/head-extra.html", "<meta name=\"note\" content=\"Machine-made text for a benchmark.\">\n"),
    ("locales/en/site.ftl", "back-to-top = Machine-made text, back to top\n"),
    ("locales/sv/site.ftl", "back-to-top = Maskingjord text, till toppen\n"),
    ("locales/fa/site.ftl", "back-to-top = متن ماشینی، بازگشت به بالا\n"),
];

/// Layouts and strings of the project for Hugo.
const HUGO: &[(&str, &str)] = &[
    ("layouts/baseof.html", include_str!("hugo/baseof.html")),
    ("layouts/home.html", include_str!("hugo/home.html")),
    ("layouts/section.html", include_str!("hugo/section.html")),
    ("layouts/page.html", include_str!("hugo/page.html")),
    ("layouts/taxonomy.html", include_str!("hugo/taxonomy.html")),
    ("layouts/term.html", include_str!("hugo/term.html")),
    ("layouts/_partials/footer.html", include_str!("hugo/footer.html")),
    ("i18n/en.toml", include_str!("hugo/en.toml")),
    ("i18n/sv.toml", include_str!("hugo/sv.toml")),
    ("i18n/fa.toml", include_str!("hugo/fa.toml")),
    ("static/style.css", include_str!("hugo/style.css")),
];

fn tags(language: &Language) -> String {
    let mut text = String::new();
    for (number, id) in TAGS.iter().enumerate() {
        let name = tag(language, number);
        let _ = writeln!(text, "[{id}]\nname = \"{name}\"\nslug = \"{}\"\n", slug(&name, number));
    }
    text
}

fn tag(language: &Language, number: usize) -> String {
    language.name(&mut language.random(28, number), 1)
}

/// TOML front matter of the keys that have a value.
fn front(entries: &[(&str, &str)]) -> String {
    let lines: String = entries.iter().filter(|(_, value)| !matches!(*value, "" | "\"\"")).map(|(key, value)| format!("{key} = {value}\n")).collect();
    format!("+++\n{lines}+++\n")
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}
