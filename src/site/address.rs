//! Every address once: no two pages, tags, aliases or files in each other's place.

use super::page::asked_for;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::path::Address;
use crate::language::fold::{collision_key, is_mark, nfc};
use crate::language::slug::{self, is_reserved};
use icu_properties::CodePointMapData;
use icu_properties::props::Script;
use std::collections::HashMap;

/// The longest part of an address, in bytes: a file system takes 255 with every ending we add.
const PART_LIMIT: usize = 200;

/// Who holds which address.
#[derive(Debug, Default)]
pub struct Addresses<'a> {
    before: Option<&'a Addresses<'a>>,
    held: HashMap<String, (Address, Span)>,
}

impl<'a> Addresses<'a> {
    /// More addresses, for those who come after others.
    pub fn after(before: &'a Addresses<'a>) -> Addresses<'a> {
        Addresses { before: Some(before), held: HashMap::new() }
    }

    fn holder(&self, key: &str) -> Option<&(Address, Span)> {
        self.held.get(key).or_else(|| self.before?.holder(key))
    }

    /// Takes an address for a file, or says who has it already.
    pub fn claim(&mut self, address: &Address, holder: Span, problems: &mut Vec<Diagnostic>) {
        let key = collision_key(file(address));
        match self.holder(&key) {
            None => {
                self.held.insert(key, (address.clone(), holder));
            }
            Some((other, first)) if file(other) == file(address) => {
                let (by, help) = match &*first.path {
                    "site.toml" => ("by a file that is made for every site", "give this one another name or `slug`"),
                    _ => ("by this file", "give one of them another `slug`"),
                };
                let problem = Diagnostic::new(Code::ADR001, format!("the address `{address}` is taken")).at(holder);
                problems.push(problem.label(first.clone(), by).help(help));
            }
            Some((other, first)) => problems.push(
                Diagnostic::new(Code::ADR002, format!("some computers cannot tell the address `{address}` from `{other}`"))
                    .at(holder)
                    .label(first.clone(), "which belongs to this file")
                    .help("give one of them a `slug` that differs in more than case, composition, joiners or ي/ی"),
            ),
        }
    }
}

/// An address without what a server adds by itself.
fn file(address: &str) -> &str {
    asked_for(address).trim_end_matches('/')
}

/// The first word of a part of an address that mixes scripts (UTS #39, 5.2). The scripts of Japanese and Korean go together.
pub fn mixed_word(part: &str) -> Option<&str> {
    const TOGETHER: &[Script] = &[Script::Han, Script::Hiragana, Script::Katakana, Script::Hangul, Script::Bopomofo];
    let scripts = CodePointMapData::<Script>::new();
    let is_mixed = |word: &&str| {
        let mut first = None;
        word.chars().map(|c| scripts.get(c)).filter(|script| !matches!(*script, Script::Common | Script::Inherited)).any(|script| {
            let first = *first.get_or_insert(script);
            first != script && !(TOGETHER.contains(&first) && TOGETHER.contains(&script))
        })
    };
    if part.is_ascii() { None } else { part.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).find(is_mixed) }
}

/// The last part of an address as an author gives it, and what is wrong with it, without its place. One that cannot be used gives another.
pub fn part(slug: &str) -> (String, Option<Diagnostic>) {
    let part = nfc(slug).into_owned();
    if let Some(reason) = part_problem(&part) {
        let other = slug::slug(&part);
        let problem = Diagnostic::new(Code::FIL004, format!("this slug cannot be used: {reason}")).help(format!("for example `{other}`"));
        return (other, Some(problem));
    }
    let mixed = mixed_word(&part).map(|word| {
        let problem = Diagnostic::new(Code::ADR006, format!("the word `{word}` of this slug mixes scripts"));
        problem.help("letters of different scripts look alike; write each word in one of them, with hyphens between")
    });
    (part, mixed)
}

/// What is wrong with one part of an address, if anything.
pub fn part_problem(part: &str) -> Option<&'static str> {
    if part.is_empty() {
        Some("it is empty")
    } else if part.len() > PART_LIMIT {
        Some("it is longer than 200 bytes")
    } else if part.starts_with('.') {
        Some("it begins with a dot")
    } else if part.ends_with(['.', ' ']) {
        Some("it ends with a dot or a space")
    } else if is_reserved(part) {
        Some("Windows keeps this name for a device")
    } else if part.chars().any(|c| c.is_control() || "\\/:*?\"<>|#%".contains(c)) {
        Some("it holds a character that addresses or file systems cannot have")
    } else if part.contains('\u{200C}') {
        Some("it holds a zero width non-joiner, which readers cannot type; write a hyphen")
    } else {
        None
    }
}
