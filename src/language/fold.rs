//! Table C of the language contract: what may change in a text that is not shown (slugs, search keys, collision keys).
//!
//! Shown text is only ever normalised to NFC.

use super::letters::Lookup;
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use std::borrow::Cow;
use unicase::UniCase;

const NFC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();
const NFKC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfkc();
const NFD: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfd();
const CLASSES: CanonicalCombiningClassMapBorrowed<'static> = CanonicalCombiningClassMapBorrowed::new();

/// Letters of the Arabic script that slugs and search both take for another one; `None` drops the letter.
pub const LETTERS: &[(char, Option<char>)] =
    &[('ي', Some('ی')), ('ى', Some('ی')), ('ك', Some('ک')), ('أ', Some('ا')), ('إ', Some('ا')), ('ٱ', Some('ا')), ('ۀ', Some('ه')), ('ـ', None)];

/// Further letters that only search takes for another one.
pub const SEARCH_LETTERS: &[(char, Option<char>)] = &[('ة', Some('ه')), ('آ', Some('ا')), ('ؤ', Some('و')), ('ئ', Some('ی'))];

/// What search drops in its second key, where a hamza may be left out with its carrier: مسئول, مسول.
pub const CARRIERS: &[char] = &['ؤ', 'ئ', 'ء'];

/// Normalization Form C (UAX #15); borrowed when nothing changes.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if is_plainly_nfc(text) { Cow::Borrowed(text) } else { NFC.normalize(text) }
}

/// Whether every character is one that no normalisation to Form C changes or composes with another, as in nearly all texts.
fn is_plainly_nfc(text: &str) -> bool {
    text.is_ascii() || text.chars().all(|c| INERT.of(c))
}

static INERT: Lookup<bool> = Lookup::new(is_inert);

/// Whether normalisation to Form C neither changes a character nor composes it with another.
pub(super) fn is_inert(c: char) -> bool {
    // Below U+0900 only marks compose with what is before them; General Punctuation has none.
    c < '\u{2100}' && !('\u{900}'..'\u{2000}').contains(&c) && !is_mark(c) && NFC.is_normalized(c.encode_utf8(&mut [0; 4]))
}

/// Whether a text is in Normalization Form C.
pub fn is_nfc(text: &str) -> bool {
    is_plainly_nfc(text) || NFC.is_normalized(text)
}

/// Normalization Form KC (UAX #15).
pub fn nfkc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { NFKC.normalize(text) }
}

/// Arabic-Indic and Persian digits as ASCII; borrowed when there are none.
pub fn ascii_digits(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| ascii_digit(c) != c) { text.chars().map(ascii_digit).collect() } else { Cow::Borrowed(text) }
}

fn ascii_digit(c: char) -> char {
    let zero = match c {
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return c,
    };
    char::from_digit(c as u32 - zero as u32, 10).unwrap_or(c)
}

/// Whether a character joins the letter before it: a combining mark (UAX #44, nonzero combining class).
pub fn is_mark(c: char) -> bool {
    !c.is_ascii() && CLASSES.get_u8(c) != 0
}

/// Marks that are written or left out at will: Arabic short vowels, hamza above and below, Quranic signs; Hebrew points.
fn is_optional_mark(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}'
        | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}' | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}')
}

/// Presentation forms that NFKC turns into ordinary letters, except the rial sign and the ligatures from U+FDF0 on.
fn is_presentation_form(c: char) -> bool {
    matches!(c, '\u{FB50}'..='\u{FDEF}' | '\u{FE70}'..='\u{FEFC}')
}

/// Characters that are not seen: joiners, marks of direction, soft hyphens, variation selectors (UAX #44, `Default_Ignorable_Code_Point`).
pub fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

fn mapped(table: &[(char, Option<char>)], c: char) -> Option<char> {
    table.iter().find(|(from, _)| *from == c).map_or(Some(c), |(_, to)| *to)
}

/// What a slug keeps of a text, in lower case; the zero width non-joiner stays, as the break that it is.
pub(super) fn for_slug(text: &str) -> String {
    let text = nfc(text);
    let text = if text.chars().any(is_presentation_form) { Cow::Owned(ordinary_letters(&text)) } else { text };
    let kept = text.chars().filter(|c| *c == ZWNJ || !is_ignorable(*c) && !is_optional_mark(*c));
    let folded: String = kept.filter_map(|c| mapped(LETTERS, ascii_digit(c))).collect();
    nfc(&folded.to_lowercase()).into_owned()
}

/// Zero width non-joiner, which ends the joining of letters inside a Persian word.
pub const ZWNJ: char = '\u{200C}';

fn ordinary_letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_presentation_form(c) { out.push_str(&NFKC.normalize(c.encode_utf8(&mut [0; 4]))) } else { out.push(c) }
    }
    NFC.normalize(&out).into_owned()
}

/// Two names with one key cannot both be files: computers that fold case, normalise or ignore invisible characters take them for one.
pub fn collision_key(text: &str) -> String {
    // Most addresses are, and then nothing else can be folded, composed or left out.
    if text.is_ascii() {
        return text.trim_end_matches(['.', ' ']).to_ascii_lowercase();
    }
    let folded = UniCase::unicode(nfc(text)).to_folded_case();
    let visible = folded.chars().filter(|c| !is_ignorable(*c));
    let letters: String = visible
        .map(|c| {
            if matches!(c, 'ي' | 'ى') {
                'ی'
            } else if c == 'ك' {
                'ک'
            } else {
                c
            }
        })
        .collect();
    nfc(letters.trim_end_matches(['.', ' '])).into_owned()
}

/// The search key of a word or text: lower case, without marks that people leave out.
///
/// `letters` are the accented letters that are letters of their own in the language (å ä ö); the others lose their accents.
/// Joined: a ZWNJ is dropped; split at it first for the parts of a compound.
pub fn search_key<'t>(text: &'t str, letters: &[char]) -> Cow<'t, str> {
    letter_by_letter(text, letters).unwrap_or_else(|| key(&nfkc(text), letters, |c| mapped(SEARCH_LETTERS, c)).into())
}

/// The second search key, without hamza and its carriers, so that مسئول, مسؤول and مسول are one word.
pub fn search_key_without_hamza(text: &str, letters: &[char]) -> String {
    key(&nfkc(text), letters, |c| if CARRIERS.contains(&c) { None } else { mapped(SEARCH_LETTERS, c) })
}

/// What a search key does with a character.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    /// It becomes another, or stays, in every language.
    Becomes(char),
    /// It becomes another unless it is a letter of its own.
    MayBecome(char),
    /// Anything else.
    Folds,
}

static FATES: Lookup<Fate> = Lookup::new(|c| {
    let mut buffer = [0; 4];
    let text = nfkc(c.encode_utf8(&mut buffer));
    let own: Vec<char> = text.chars().flat_map(char::to_lowercase).collect();
    let becomes = |letters: &[char]| {
        let key = key(&text, letters, |c| mapped(SEARCH_LETTERS, c));
        let mut chars = key.chars();
        chars.next().filter(|only| chars.next().is_none() && is_inert(c) && is_inert(*only))
    };
    match (becomes(&[]), becomes(&own)) {
        (Some(one), Some(other)) if one == other => Fate::Becomes(one),
        (Some(one), Some(other)) if other == c => Fate::MayBecome(one),
        _ => Fate::Folds,
    }
});

/// The search key of a text that is folded letter by letter, as nearly every word is; borrowed when nothing changes.
fn letter_by_letter<'t>(text: &'t str, letters: &[char]) -> Option<Cow<'t, str>> {
    let fates = FATES.at_hand();
    let fold = |c: char| match fates(c) {
        Fate::Becomes(other) => Some(other),
        Fate::MayBecome(other) => Some(if letters.contains(&c) { c } else { other }),
        Fate::Folds => None,
    };
    if text.chars().all(|c| fold(c) == Some(c)) { Some(Cow::Borrowed(text)) } else { text.chars().map(fold).collect() }
}

fn key(text: &str, letters: &[char], fold: impl Fn(char) -> Option<char>) -> String {
    // Then nothing else can be folded, composed or left out.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii() {
            out.push(c);
        } else if !is_ignorable(c) && !is_optional_mark(c) {
            let folded = fold(c).and_then(|c| mapped(LETTERS, ascii_digit(c)));
            folded.into_iter().for_each(|c| push_plain(&mut out, c, letters));
        }
    }
    out
}

/// Writes a Latin or Greek letter without its accent, unless it is a letter of its own in the language.
fn push_plain(out: &mut String, c: char, letters: &[char]) {
    // No letter between Greek and the additional Latin ones is a Latin one with an accent.
    if ('\u{400}'..'\u{1D00}').contains(&c) || letters.contains(&c) {
        return out.push(c);
    }
    let mut buffer = [0; 4];
    let decomposed = NFD.normalize(c.encode_utf8(&mut buffer));
    if !decomposed.starts_with(|first| first < '\u{400}') {
        return out.push(c);
    }
    for letter in decomposed.chars().filter(|c| !is_mark(*c)) {
        match STROKES.iter().find(|(stroke, _)| *stroke == letter) {
            Some((stroke, plain)) if !letters.contains(stroke) => out.push_str(plain),
            _ => out.push(letter),
        }
    }
}

/// Letters whose stroke or ligature is no accent to Unicode, though readers leave it out.
pub const STROKES: &[(char, &str)] =
    &[('ø', "o"), ('æ', "ae"), ('œ', "oe"), ('ß', "ss"), ('đ', "d"), ('ð', "d"), ('ł', "l"), ('þ', "th"), ('ı', "i")];

/// The letter under the accents, in upper case: the heading of a letter that no heading of the language stands for.
pub(super) fn base_letter(c: char) -> String {
    let mut letter = [0; 4];
    let decomposed = NFD.normalize(c.encode_utf8(&mut letter)).into_owned();
    decomposed.chars().find(|c| !is_mark(*c)).unwrap_or(c).to_uppercase().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_folded_quickly_is_folded_alike(text in "([a-zåäöéøßıſAÅ0-9 -]|[شبکهيكآأئؤۀـءۓ۰٠]|[\u{200C}\u{AD}\u{300}\u{301}\u{327}\u{653}\u{64E}ﬁ²ªǅͅΐςάάϓΎÅµ]|[ \u{24FF}]|\\PC){0,8}") {
            for letters in [&[][..], &['å', 'ä', 'ö'], &['آ', 'é', 'ø', 'ύ']] {
                if let Some(quick) = letter_by_letter(&text, letters) {
                    prop_assert_eq!(key(&nfkc(&text), letters, |c| mapped(SEARCH_LETTERS, c)), quick, "{:?} {:?}", text, letters);
                }
            }
        }
    }
}
