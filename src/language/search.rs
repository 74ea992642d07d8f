//! Words as search sees them: cut, glued, folded, stemmed. The script of the search page does the same by the same tables.

use super::data::SearchData;
use super::fold;
use super::letters::Lookup;
use super::stem::Stems;
use std::collections::BTreeSet;
use std::ops::Range;

/// What stands inside a word: the script builds its expressions of these, so that both cut alike.
pub const JOINERS: &[char] = &[fold::ZWNJ, '-', '‐', '‑', ':', '/', '\'', '’'];

/// The joiners that divide a word into parts that can be looked for alone: `IT-avdelningen`, `KPI:er`, `کتاب‌های`.
pub const BREAKS: &[char] = &[fold::ZWNJ, '-', '‐', '‑', ':', '/'];

/// Signs that are words of their own, as their languages write no spaces: Thai, kana, Han.
pub const ALONE: &[(char, char)] =
    &[('\u{E00}', '\u{E7F}'), ('\u{3040}', '\u{30FF}'), ('\u{3400}', '\u{9FFF}'), ('\u{F900}', '\u{FAFF}'), ('\u{20000}', '\u{3FFFF}')];

/// Latin letters; a word that goes from these to Arabic ones has two parts: `KPIها`.
pub const LATIN: &[(char, char)] = &[('A', 'Z'), ('a', 'z'), ('\u{C0}', '\u{24F}')];

/// Arabic letters.
pub const ARABIC: &[(char, char)] = &[('\u{620}', '\u{64A}'), ('\u{66E}', '\u{6D3}')];

/// Letters that a reader may leave out inside a word together with their hamza: مسئله, مسأله, مسله.
pub const INNER_CARRIER: char = 'أ';

/// What a language knows about looking for words.
#[derive(Debug)]
pub struct SearchRules {
    /// Its own lists, folded.
    pub data: SearchData,
    letters: Vec<char>,
    stems: Stems,
    attached: BTreeSet<String>,
    /// The last bytes of all irregular forms, so that most words need not be taken to pieces to see that they end with none.
    irregular_ends: BTreeSet<[u8; 3]>,
}

/// A word of a text, with its affixes when they stand apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    /// As written, in lower case, with its joiners; the pieces of a glued word with one space between them.
    pub surface: String,
    /// Folded, without joiners.
    pub joined: String,
    /// Folded pieces, when there are several; without affixes.
    pub parts: Vec<String>,
}

/// How a word stands to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Affix {
    /// It has no letter.
    Nothing,
    /// A word.
    Word {
        /// Whether it belongs to the word before it.
        before: bool,
        /// Whether it belongs to the word after it.
        after: bool,
    },
}

/// Which words of a line are glued to the one before: affixes that an author wrote apart.
#[derive(Debug, Default)]
pub struct Glue {
    is_begun: bool,
    prefix_waits: bool,
}

impl Glue {
    /// Whether the next word is glued; `apart` says that more than spaces lies between it and the one before.
    pub fn joins(&mut self, apart: bool, affix: Affix) -> bool {
        let Affix::Word { before, after } = affix else { return false };
        let joins = self.is_begun && !apart && (self.prefix_waits || before);
        self.prefix_waits = !joins && after;
        self.is_begun = true;
        joins
    }
}

impl SearchRules {
    /// Rules of a language's lists, its own letters and its stemmer.
    pub fn new(data: &SearchData, letters: &[char], stems: Stems) -> SearchRules {
        let fold = |words: &[String]| words.iter().map(|word| fold::search_key(word, letters).into_owned()).collect::<Vec<_>>();
        let data = SearchData {
            prefixes: fold(&data.prefixes),
            affixes: fold(&data.affixes),
            endings: fold(&data.endings),
            suffixes: fold(&data.suffixes),
            links: data.links.clone(),
            adjacent: data.adjacent,
            stop: fold(&data.stop),
            irregular: data
                .irregular
                .iter()
                .map(|(form, lemma)| (fold::search_key(form, letters).into_owned(), fold::search_key(lemma, letters).into_owned()))
                .collect(),
        };
        let attached = data.prefixes.iter().chain(&data.affixes).chain(&data.endings).cloned().collect();
        let irregular_ends = data.irregular.keys().filter_map(|form| form.as_bytes().last_chunk().copied()).collect();
        SearchRules { data, letters: letters.to_vec(), stems, attached, irregular_ends }
    }

    /// The accented letters that are letters of their own.
    pub fn letters(&self) -> &[char] {
        &self.letters
    }

    /// A word without joiners, folded.
    pub fn fold(&self, word: &str) -> String {
        let stays = |c: &char| !JOINERS.contains(c) && *c != ' ';
        if word.chars().all(|c| stays(&c)) {
            return fold::search_key(word, &self.letters).into_owned();
        }
        fold::search_key(&word.chars().filter(stays).collect::<String>(), &self.letters).into_owned()
    }

    /// A word that is written with a hamza or without; `None` where that makes no difference.
    pub fn without_hamza(&self, surface: &str) -> Option<String> {
        if !surface.chars().any(|c| c == INNER_CARRIER || fold::CARRIERS.contains(&c)) {
            return None;
        }
        let plain = surface.chars().filter(|c| !JOINERS.contains(c) && *c != ' ').enumerate();
        let kept: String = plain.filter(|(at, c)| *at == 0 || *c != INNER_CARRIER).map(|(_, c)| c).collect();
        Some(fold::search_key_without_hamza(&kept, &self.letters))
    }

    /// The term under which all forms of a word are kept: its stem, after the irregular forms.
    pub fn term(&self, joined: &str) -> String {
        let Some((first, lemma)) = self.irregular(joined) else { return self.stem(joined) };
        let whole = format!("{first}{lemma}");
        if self.data.irregular.get(lemma).is_some_and(|own| own == lemma) { whole } else { self.stem(&whole) }
    }

    fn stem(&self, word: &str) -> String {
        let stem = self.stems.stem(word);
        if stem.is_empty() { word.to_owned() } else { stem.into_owned() }
    }

    /// The lemma of an irregular form, and what stands before it: the last half of a compound bends as it does alone, `läroböcker`.
    fn irregular<'w>(&self, word: &'w str) -> Option<(&'w str, &str)> {
        const SHORTEST_FIRST: usize = 3;
        /// In bytes: shorter ones also end words that are no compounds.
        const SHORTEST_LAST: usize = 5;
        let find = |(first, last): (&'w str, &'w str)| Some((first, self.data.irregular.get(last)?.as_str()));
        if self.data.links.is_empty() || !word.as_bytes().last_chunk().is_some_and(|end| self.irregular_ends.contains(end)) {
            return find(("", word));
        }
        let starts = word.char_indices().skip(SHORTEST_FIRST).filter(|(at, _)| word.len() - at >= SHORTEST_LAST);
        find(("", word)).or_else(|| starts.map(|(at, _)| word.split_at(at)).find_map(find))
    }

    /// The words of a line of text, in order.
    pub fn tokens(&self, text: &str) -> Vec<Token> {
        let text = fold::nfc(text);
        let mut tokens: Vec<Token> = Vec::new();
        let mut glue = Glue::default();
        cut(&text, |word, apart| {
            let token = self.token(&text[word]);
            let joins = glue.joins(apart, self.affix(&token));
            match tokens.last_mut() {
                Some(before) if joins => self.attach(before, token),
                _ if token.joined.is_empty() => {}
                _ => tokens.push(token),
            }
        });
        tokens
    }

    /// Whether a word belongs to the one before it or after it when only spaces are between.
    pub fn affix(&self, token: &Token) -> Affix {
        if token.joined.is_empty() {
            Affix::Nothing
        } else {
            Affix::Word { before: self.data.affixes.contains(&token.joined), after: self.data.prefixes.contains(&token.joined) }
        }
    }

    /// One word, as written.
    pub fn token(&self, word: &str) -> Token {
        let pieces = if is_one_piece(word) { Vec::new() } else { pieces(word) };
        let parts =
            if pieces.len() > 1 { pieces.into_iter().map(|piece| self.fold(piece)).filter(|part| self.is_part(part)).collect() } else { Vec::new() };
        Token { surface: word.to_lowercase(), joined: self.fold(word), parts }
    }

    /// Whether a piece of a word is worth looking for: no affix, no single letter.
    fn is_part(&self, part: &str) -> bool {
        !self.attached.contains(part) && part.chars().nth(1).is_some()
    }

    /// Glues a word to the one before it.
    pub fn attach(&self, before: &mut Token, token: Token) {
        if before.parts.is_empty() && self.is_part(&before.joined) {
            before.parts.push(before.joined.clone());
        }
        if token.parts.is_empty() && self.is_part(&token.joined) {
            before.parts.push(token.joined.clone());
        }
        before.parts.extend(token.parts);
        before.joined.push_str(&token.joined);
        before.surface.push(' ');
        before.surface.push_str(&token.surface);
    }

    /// Both halves of a compound, for each place where the site knows both: `försäljningsrapporten` → försäljning, rapporten.
    ///
    /// `form` says of a word whether the site has it, `term` whether the site has words with that stem. The first half stands as it is:
    /// a stem alone would find `konto` in `kontroll`.
    pub fn halves<'w>(&self, word: &'w str, form: impl Fn(&str) -> bool, term: impl Fn(&str) -> bool) -> Vec<(&'w str, &'w str)> {
        const SHORTEST: usize = 4;
        /// No first half is longer, so that a text without spaces is no work of its square.
        const LONGEST: usize = 60;
        let mut halves = Vec::new();
        if self.data.links.is_empty() {
            return halves;
        }
        for (at, _) in word.char_indices().skip(SHORTEST).take(LONGEST) {
            let (first, rest) = word.split_at(at);
            if !form(first) {
                continue;
            }
            for link in &self.data.links {
                let Some(second) = rest.strip_prefix(link.as_str()) else { continue };
                if second.chars().nth(SHORTEST - 1).is_some()
                    && !self.data.suffixes.iter().any(|suffix| suffix == second)
                    && (form(second) || term(&self.term(second)))
                {
                    halves.push((first, second));
                }
            }
        }
        halves
    }
}

/// Whether a character lies in one of the ranges.
fn within(ranges: &[(char, char)], c: char) -> bool {
    ranges.iter().any(|(from, to)| (*from..=*to).contains(&c))
}

/// What a character is to the cutting of words.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    /// Part of a word.
    Inside,
    /// Part of a word between two that are.
    Joiner,
    /// A word of its own.
    Alone,
    /// Between words.
    Outside,
}

/// A character's class, and whether it is in Form C whatever stands beside it.
static CLASSES: Lookup<(Class, bool)> = Lookup::new(|c| {
    let class = if JOINERS.contains(&c) {
        Class::Joiner
    } else if within(ALONE, c) {
        Class::Alone
    } else if c.is_alphanumeric() || ('\u{300}'..='\u{36F}').contains(&c) || fold::is_ignorable(c) {
        Class::Inside
    } else {
        Class::Outside
    };
    (class, fold::is_inert(c))
});

/// The words of a text as written: where each is, and whether more than spaces lies between it and the one before.
///
/// Inside a word letters stand, and between them one joiner or several ZWNJ. Tells whether the text was seen to be in Form C, as it should be.
pub fn cut(text: &str, mut word: impl FnMut(Range<usize>, bool)) -> bool {
    let classes = CLASSES.at_hand();
    let (mut is_nfc, mut apart, mut open) = (true, true, Open::default());
    for (at, c) in text.char_indices() {
        let (class, is_inert) = classes(c);
        is_nfc &= is_inert;
        if class == Class::Inside {
            if open.end == 0 {
                open.start = at;
            }
            open = Open { end: at + c.len_utf8(), joiners: 0, is_zwnj: true, ..open };
            continue;
        }
        let is_zwnj = c == fold::ZWNJ;
        if class == Class::Joiner && open.end > 0 && (open.joiners == 0 || open.is_zwnj && is_zwnj) {
            open.joiners += 1;
            open.is_zwnj &= is_zwnj;
            continue;
        }
        if open.end > 0 {
            word(open.start..open.end, apart);
            apart = open.joiners > 0;
            open = Open::default();
        }
        if class == Class::Alone {
            word(at..at + c.len_utf8(), apart);
            apart = false;
        } else {
            apart |= c != ' ' && c != '\u{A0}';
        }
    }
    if open.end > 0 {
        word(open.start..open.end, apart);
    }
    is_nfc
}

/// A word that is being read.
#[derive(Default)]
struct Open {
    start: usize,
    /// Behind its last letter; 0 outside words.
    end: usize,
    /// How many joiners were read behind that.
    joiners: usize,
    /// Whether all of them are ZWNJ.
    is_zwnj: bool,
}

/// What a character is to the pieces of a word.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Break,
    Latin,
    Arabic,
    Other,
}

static SIDES: Lookup<Side> = Lookup::new(|c| {
    if BREAKS.contains(&c) {
        Side::Break
    } else if within(LATIN, c) {
        Side::Latin
    } else if within(ARABIC, c) {
        Side::Arabic
    } else {
        Side::Other
    }
});

/// Whether a word has no break and letters of one script, so that it is one piece, as most are.
fn is_one_piece(word: &str) -> bool {
    let sides = SIDES.at_hand();
    let mut scripts = word.chars().map(sides).filter(|side| *side != Side::Other);
    let first = scripts.next();
    first != Some(Side::Break) && scripts.all(|side| Some(side) == first)
}

/// The pieces of a word between breaks, and where Latin and Arabic letters meet.
fn pieces(word: &str) -> Vec<&str> {
    let sides = SIDES.at_hand();
    let mut pieces = Vec::new();
    for piece in word.split(BREAKS).filter(|piece| !piece.is_empty()) {
        let mut start = 0;
        let mut before = Side::Other;
        for (at, c) in piece.char_indices() {
            let script = sides(c);
            if before != Side::Other && script != Side::Other && script != before {
                pieces.push(&piece[start..at]);
                start = at;
            }
            before = script;
        }
        pieces.push(&piece[start..]);
    }
    pieces
}
