//! The three languages: their vocabulary and the few fixed phrases of a guide.

use crate::random::Random;
use crate::words::{ENGLISH, PERSIAN, Recipe, SWEDISH, Words};

/// A language of the corpus.
pub struct Language {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// What readers call it.
    pub name: &'static str,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// Its vocabulary.
    pub words: Words,
    /// Its phrases.
    pub phrases: &'static Phrases,
    /// A number that sets its texts apart.
    seed: u64,
}

/// Fixed words of a language.
pub struct Phrases {
    /// The site.
    pub site: &'static str,
    /// Titles of the pages that every site has, and the addresses they have.
    pub tags: (&'static str, &'static str),
    /// The glossary.
    pub glossary: (&'static str, &'static str),
    /// All checklists.
    pub plan: (&'static str, &'static str),
    /// Learning paths.
    pub paths: (&'static str, &'static str),
    /// Heads of the table.
    pub table: [&'static str; 4],
    /// A table cell of days.
    pub days: &'static str,
    /// A table cell of a price.
    pub price: &'static str,
    /// Before and after a link to a guide.
    pub see: (&'static str, &'static str),
    /// Quotation marks as authors type them.
    pub quotes: (&'static str, &'static str),
    /// A comma.
    pub comma: &'static str,
}

/// Latin words as Persian prose about the web has them.
const LATIN: &[&str] = &["KPI", "CTR", "SEO", "Google Ads", "C++", "(CPA)", "B2B", "A/B", "v2.0", "https://example.com/a/", "CRM", "SOSTAC"];

const EN: Phrases = Phrases {
    site: "Everyday guides",
    tags: ("Tags", "tags"),
    glossary: ("Glossary", "glossary"),
    plan: ("My plan", "plan"),
    paths: ("Learning paths", "paths"),
    table: ["Step", "What", "Time", "Cost"],
    days: "{} days",
    price: "{} €",
    see: ("See also ", " and read more there."),
    quotes: ("\"", "\""),
    comma: ",",
};

const SV: Phrases = Phrases {
    site: "Vardagsguider",
    tags: ("Taggar", "taggar"),
    glossary: ("Ordlista", "ordlista"),
    plan: ("Min plan", "min-plan"),
    paths: ("Lärvägar", "lärvägar"),
    table: ["Steg", "Vad", "Tid", "Kostnad"],
    days: "{}\u{a0}dagar",
    price: "{}\u{a0}kr",
    see: ("Se även ", " och läs mer där."),
    quotes: ("”", "”"),
    comma: ",",
};

const FA: Phrases = Phrases {
    site: "راهنماهای روزمره",
    tags: ("برچسب‌ها", "برچسب-ها"),
    glossary: ("واژه‌نامه", "واژه-نامه"),
    plan: ("برنامهٔ من", "برنامه-من"),
    paths: ("مسیرهای یادگیری", "مسیرهای-یادگیری"),
    table: ["گام", "موضوع", "زمان", "هزینه"],
    days: "{} روز",
    price: "{} یورو",
    see: ("راهنمای ", " را هم ببینید و بیشتر بخوانید."),
    quotes: ("«", "»"),
    comma: "،",
};

/// The languages of the corpus; the first is the source.
pub fn languages() -> Vec<Language> {
    let language =
        |seed, tag, name, direction, recipe: &Recipe, phrases| Language { tag, name, direction, words: Words::new(recipe, seed), phrases, seed };
    vec![
        language(1, "en", "English", "ltr", &ENGLISH, &EN),
        language(2, "sv", "Svenska", "ltr", &SWEDISH, &SV),
        language(3, "fa", "فارسی", "rtl", &PERSIAN, &FA),
    ]
}

impl Language {
    /// A stream of numbers for one text in this language.
    pub fn random(&self, what: u64, number: usize) -> Random {
        Random::new(&[self.seed, what, number as u64])
    }

    /// Whether its words mix with Latin ones in another direction.
    pub fn is_persian(&self) -> bool {
        self.tag == "fa"
    }

    /// Some words that name something, with a capital where the language has one.
    pub fn name(&self, random: &mut Random, count: usize) -> String {
        let words: Vec<&str> = (0..count).map(|_| self.words.telling(random)).collect();
        capital(&words.join(" "))
    }

    /// The title of a guide.
    pub fn guide_title(&self, guide: usize) -> String {
        let mut random = self.random(20, guide);
        let count = random.between(3, 5);
        self.name(&mut random, count)
    }

    /// The title of a section.
    pub fn section_title(&self, section: usize) -> String {
        self.name(&mut self.random(21, section), 2)
    }

    /// A term of the glossary.
    pub fn term(&self, term: usize) -> String {
        self.words.at(2_000 + 37 * term).to_owned()
    }

    /// One sentence of running text.
    pub fn sentence(&self, random: &mut Random, count: usize) -> String {
        self.words_of_sentence(random, count).join(" ")
    }

    /// The words of a sentence, with capital, comma and full stop.
    pub fn words_of_sentence(&self, random: &mut Random, count: usize) -> Vec<String> {
        let mut words: Vec<String> = (0..count).map(|_| self.words.any(random).to_owned()).collect();
        if count > 11 && random.chance(60) {
            words[count / 2].push_str(self.phrases.comma);
        }
        words[0] = capital(&words[0]);
        words[count - 1].push('.');
        words
    }

    /// A number in the language's own digits.
    pub fn digits(&self, number: usize) -> String {
        let persian = |c: char| c.to_digit(10).and_then(|digit| char::from_u32(0x6f0 + digit)).unwrap_or(c);
        let text = number.to_string();
        if self.is_persian() { text.chars().map(persian).collect() } else { text }
    }

    /// Three Latin words.
    pub fn latin(&self, random: &mut Random) -> [&'static str; 3] {
        let first = random.below(LATIN.len());
        [0, 3, 7].map(|step| LATIN[(first + step) % LATIN.len()])
    }
}

/// Lower-case words as they stand in an address.
pub fn slug(text: &str, number: usize) -> String {
    let words: Vec<String> = text.split([' ', crate::words::ZWNJ]).map(str::to_lowercase).collect();
    format!("{}-{number}", words.join("-"))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
