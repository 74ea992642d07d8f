//! What a guide has in every language: headings with anchors, checklist items with ids, the same rows, links and code.

use crate::random::Random;

/// Guides in a section.
pub const SECTION_SIZE: usize = 25;
/// Terms in the glossary.
pub const TERMS: usize = 60;
/// Ids of tags.
pub const TAGS: &[&str] = &[
    "housing",
    "tax",
    "health",
    "school",
    "work",
    "pension",
    "permit",
    "passport",
    "family",
    "childcare",
    "student",
    "loan",
    "grant",
    "transport",
    "parking",
    "driving",
    "licence",
    "energy",
    "waste",
    "water",
    "heating",
    "internet",
    "phone",
    "bank",
    "insurance",
    "contract",
    "complaint",
    "appeal",
    "court",
    "police",
    "safety",
    "emergency",
    "pharmacy",
    "dentist",
    "vaccine",
    "travel",
    "customs",
    "pets",
    "garden",
    "repair",
];
const SECTIONS: &[&str] = &[
    "living",
    "moving",
    "working",
    "studying",
    "caring",
    "driving",
    "paying",
    "building",
    "voting",
    "saving",
    "cooking",
    "cleaning",
    "learning",
    "renting",
    "owning",
    "growing",
    "sharing",
    "fixing",
    "planning",
    "reporting",
];
const DEEDS: &[&str] = &[
    "apply", "change", "check", "renew", "start", "cancel", "find", "report", "choose", "prepare", "compare", "order", "register", "pay", "move",
    "plan", "appeal", "correct", "confirm", "request",
];
const THINGS: &[&str] = &[
    "address",
    "benefit",
    "card",
    "permit",
    "contract",
    "invoice",
    "account",
    "licence",
    "meter",
    "policy",
    "certificate",
    "booking",
    "deposit",
    "registration",
    "allowance",
    "statement",
    "visit",
    "form",
    "receipt",
    "key",
];

/// A guide without words.
pub struct Skeleton {
    /// Its number.
    pub number: usize,
    /// First publication.
    pub date: String,
    /// Last change.
    pub updated: String,
    /// Three ids.
    pub tags: [&'static str; 3],
    /// The body.
    pub blocks: Vec<Block>,
}

/// One block of the body.
pub enum Block {
    /// Running text.
    Paragraph(Paragraph),
    /// A heading of level 2 or 3 with its anchor.
    Heading(usize, String),
    /// A sentence that links to a guide.
    Link(usize, LinkKind),
    /// Ids of the items, and which are done.
    Checklist(Vec<(String, bool)>),
    /// Days and prices, a row each.
    Table(Vec<(usize, usize)>),
    /// Language and text.
    Code(&'static str, String),
    /// The text of the one footnote.
    Footnote,
}

/// How a link is written where the generator knows both ways.
#[derive(Clone, Copy)]
pub enum LinkKind {
    /// `[text](../section/guide.md)`.
    File,
    /// `[[section/guide]]`.
    Wiki,
}

/// Running text: the length of its sentences and what stands in it.
#[derive(Default)]
pub struct Paragraph {
    /// Words in each sentence.
    pub sentences: Vec<usize>,
    /// A word is strong.
    pub strong: bool,
    /// A word is emphasised.
    pub emphasis: bool,
    /// Some words are a quotation.
    pub quotation: bool,
    /// Inline code.
    pub code: Option<String>,
    /// The glossary term that is linked.
    pub term: Option<usize>,
    /// The footnote is called here.
    pub footnote: bool,
}

/// The folder of a section.
pub fn section(number: usize) -> String {
    format!("{}-{number:03}", SECTIONS[number % SECTIONS.len()])
}

/// The identity of a guide: section and file name.
pub fn identity(guide: usize) -> String {
    let mut random = Random::new(&[guide as u64, 10]);
    let name = pair(random.below(400));
    format!("{}/{name}-{guide:04}", section(guide / SECTION_SIZE))
}

/// The id of a term.
pub fn term_id(term: usize) -> String {
    pair(term * 7)
}

/// One of 400 pairs of words.
fn pair(number: usize) -> String {
    format!("{}-{}", DEEDS[number / 20 % 20], THINGS[number % 20])
}

/// Different pairs of words.
struct Pairs(usize);

impl Pairs {
    fn next(&mut self) -> String {
        self.0 += 7;
        pair(self.0 % 400)
    }
}

/// Makes the skeleton of one of `guides` guides.
pub fn skeleton(number: usize, guides: usize) -> Skeleton {
    let mut random = Random::new(&[number as u64, 11]);
    let first_tag = random.below(TAGS.len());
    let day = random.below(1_400);
    let until = day + random.between(1, 300);
    Skeleton {
        number,
        date: date(day),
        updated: date(until),
        tags: [0, 11, 26].map(|step| TAGS[(first_tag + step) % TAGS.len()]),
        blocks: blocks(&mut random, guides),
    }
}

/// A day after 2022-01-01, in months of 28 days.
fn date(day: usize) -> String {
    format!("{}-{:02}-{:02}", 2022 + day / 336, day / 28 % 12 + 1, day % 28 + 1)
}

/// About 930 words in four to seven parts.
fn blocks(random: &mut Random, guides: usize) -> Vec<Block> {
    let parts = random.between(4, 7);
    let [checklist, table, code] = [0; 3].map(|_| random.below(parts));
    let has_code = random.chance(20);
    let (mut anchors, mut items) = (Pairs(random.below(400)), Pairs(random.below(400)));
    let words = random.between(430, 680);
    let mut terms = Terms { next: random.below(TERMS), left: 3 };
    let mut blocks = vec![Block::Paragraph(Paragraph { footnote: true, ..paragraph(random, 55, &mut terms) })];
    let mut level = 2;
    for part in 0..parts {
        level = if part > 0 && random.chance(if level == 2 { 45 } else { 30 }) { 3 } else { 2 };
        blocks.push(Block::Heading(level, anchors.next()));
        let mut left = words / parts;
        while left > 20 {
            let length = random.between(50, 90).min(left);
            blocks.push(Block::Paragraph(paragraph(random, length, &mut terms)));
            left -= length;
        }
        if part < 3 {
            blocks.push(Block::Link(random.below(guides), if part == 1 { LinkKind::Wiki } else { LinkKind::File }));
        }
        if part == table {
            blocks.push(Block::Table((0..random.between(4, 7)).map(|_| (random.between(1, 60), random.between(5, 900))).collect()));
        }
        if has_code && part == code {
            blocks.push(code_block(random));
        }
        if part == checklist {
            level = 3;
            blocks.push(Block::Heading(level, anchors.next()));
            blocks.push(Block::Checklist((0..random.between(5, 12)).map(|_| (items.next(), random.chance(30))).collect()));
        }
    }
    blocks.push(Block::Footnote);
    blocks
}

/// Terms are linked once each.
struct Terms {
    next: usize,
    left: usize,
}

impl Terms {
    fn take(&mut self) -> usize {
        self.next = (self.next + 1) % TERMS;
        self.left -= 1;
        self.next
    }
}

fn paragraph(random: &mut Random, words: usize, terms: &mut Terms) -> Paragraph {
    let mut sentences = Vec::new();
    let mut left = words;
    while left > 0 {
        let length = if left < 24 { left } else { random.between(9, 20) };
        sentences.push(length);
        left -= length;
    }
    Paragraph {
        sentences,
        strong: random.chance(50),
        emphasis: random.chance(25),
        quotation: random.chance(20),
        code: random.chance(20).then(|| pair(random.below(400))),
        term: (terms.left > 0 && random.chance(50)).then(|| terms.take()),
        footnote: false,
    }
}

fn code_block(random: &mut Random) -> Block {
    let (language, text) = CODE[random.below(CODE.len())];
    let (number, limit) = (random.between(1, 99).to_string(), random.between(100, 9_999).to_string());
    let (deed, thing) = (random.pick(DEEDS), random.pick(THINGS));
    Block::Code(language, text.replace("@A", deed).replace("@B", thing).replace("@N", &number).replace("@M", &limit))
}

const CODE: &[(&str, &str)] = &[
    (
        "rust",
        "fn @A_@B(input: &str) -> Result<u32, String> {
    // count the lines that are not empty
    let mut total = @N;
    for line in input.lines().filter(|l| !l.trim().is_empty()) {
        total += line.len() as u32;
    }
    if total > @M {
        return Err(format!(\"too long: {}\", total));
    }
    Ok(total)
}",
    ),
    (
        "python",
        "import json

def @A_@B(path, limit=@N):
    \"\"\"Return the first rows of the file.\"\"\"
    rows = []
    with open(path, encoding=\"utf-8\") as f:
        for number, line in enumerate(f):
            if number >= limit:
                break
            rows.append(json.loads(line))
    return {\"@A\": rows, \"@B\": len(rows) + @M}",
    ),
    (
        "bash",
        "#!/bin/sh
set -eu
@A=\"$1\"
for f in /srv/@B/*.txt; do
  # skip small files
  if [ \"$(wc -c < \"$f\")\" -gt @M ]; then
    cp -- \"$f\" \"$HOME/@A/\" && echo \"copied $f\"
  fi
done
exit @N",
    ),
    (
        "json",
        "{
  \"name\": \"@A-@B\",
  \"limit\": @N,
  \"active\": true,
  \"items\": [
    { \"id\": 1, \"label\": \"first\", \"max\": @M },
    { \"id\": 2, \"label\": \"second\", \"max\": null }
  ]
}",
    ),
    (
        "toml",
        "# settings for @A
title = \"@A @B\"
limit = @N

[server]
port = @M
hosts = [\"alpha\", \"beta\"]
enabled = true",
    ),
    (
        "html",
        "<section class=\"@A\" id=\"@B\">
  <h2>Title</h2>
  <!-- a comment -->
  <p data-limit=\"@N\">Some <em>text</em> here.</p>
  <a href=\"/go?max=@M\">Next</a>
</section>",
    ),
    (
        "javascript",
        "export async function @A@B(url, max = @N) {
  const reply = await fetch(url, { headers: { accept: \"application/json\" } });
  if (!reply.ok) throw new Error(`status ${reply.status}`);
  const rows = await reply.json();
  // keep only the first ones
  return rows.filter((r) => r.size < @M).slice(0, max);
}",
    ),
];
