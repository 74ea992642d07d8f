//! `translations accept`: records that translations are up to date with their originals as they are now.

use super::super::Stop;
use super::{find, only, untranslated};
use crate::base::diagnostic::{Diagnostic, Level};
use crate::check::{translations::parity, unfinished};
use crate::pipeline::Known;
use crate::site::lock::{Key, Lock, Record, shown};
use crate::site::page::{LanguageIndex, Page};
use crate::site::translation::State;
use std::collections::BTreeMap;

/// Which pages.
#[derive(Clone, Copy, Debug)]
pub enum Choice<'a> {
    /// Those named.
    Pages(&'a [String]),
    /// All that are not drafts, and the records that belong to nothing.
    All,
    /// Only those records.
    Orphans,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Accepted {
    /// The lock as it is to be written.
    pub text: String,
    /// Translations whose record is new or other than before.
    pub recorded: Vec<Key>,
    /// What of the original had changed since those were recorded: from now on nobody is told of it.
    pub signed_off: BTreeMap<Key, String>,
    /// How many were recorded so already.
    pub unchanged: usize,
    /// Records that were dropped.
    pub dropped: Vec<Key>,
    /// Those with texts that are not translated yet, and how many.
    pub unfinished: Vec<(Key, usize)>,
    /// Those that are drafts.
    pub still_drafts: Vec<Key>,
    /// Drafts that were left out.
    pub drafts: usize,
    /// Why pages were not recorded.
    pub refused: Vec<Diagnostic>,
    /// Those pages.
    pub refused_pages: Vec<Key>,
}

impl Accepted {
    /// For people.
    pub fn lines(&self) -> Vec<String> {
        let name = |key: &Key| format!("{}  {}", key.0, shown(&key.1));
        let behind = |key: &Key| self.signed_off.get(key).map_or_else(String::new, |drift| format!("  taken as translated: {drift}"));
        let mut lines: Vec<String> = self.recorded.iter().map(|key| format!("recorded  {}{}", name(key), behind(key))).collect();
        lines.extend(self.dropped.iter().map(|key| format!("dropped   {}", name(key))));
        lines.extend(self.refused_pages.iter().map(|key| format!("refused   {}: its headings or checklists differ from the original’s", name(key))));
        lines.extend(self.unfinished.iter().map(|(key, texts)| match texts {
            1 => format!("unfinished  {}: one text in it is not translated yet", name(key)),
            many => format!("unfinished  {}: {many} texts in it are not translated yet", name(key)),
        }));
        lines.extend(self.still_drafts.iter().map(|key| format!("draft     {}: readers get it when you remove `draft = true`", name(key))));
        if self.drafts > 0 {
            lines.push(format!("drafts left out: {}; name a draft to record it", self.drafts));
        }
        if self.recorded.is_empty() && self.dropped.is_empty() && self.refused.is_empty() {
            lines.push(match self.unchanged {
                0 => "nothing to record, and nothing to drop".to_owned(),
                _ => "nothing to record: the lock says already that it was made from the original as it is now".to_owned(),
            });
        }
        lines
    }
}

/// Records translations; `language` limits them to one.
///
/// # Errors
/// A page that does not exist, or is not translated.
pub fn accept(known: &Known, choice: Choice<'_>, language: Option<LanguageIndex>) -> Result<Accepted, Stop> {
    let mut lock = Lock { records: known.lock.records.clone(), ..Lock::default() };
    let mut accepted = Accepted::default();
    let pages = match choice {
        Choice::All => all(known, language, &mut accepted),
        Choice::Orphans => Vec::new(),
        Choice::Pages(names) => {
            let mut pages = Vec::new();
            for name in names {
                pages.extend(named(known, name, language)?);
            }
            pages
        }
    };
    for page in pages {
        record(known, page, &mut lock, &mut accepted);
    }
    if let Choice::All | Choice::Orphans = choice {
        for key in known.site.orphans(&known.lock) {
            if language.is_none_or(|language| *known.site.languages[language].tag == *key.0) && lock.records.remove(&key).is_some() {
                accepted.dropped.push(key);
            }
        }
    }
    accepted.text = lock.to_text();
    Ok(accepted)
}

/// Every translation, without drafts.
fn all<'k>(known: &'k Known, language: Option<LanguageIndex>, accepted: &mut Accepted) -> Vec<&'k Page> {
    let wanted = |page: &&Page| language.is_none_or(|language| page.language == language);
    let translations = known
        .site
        .pages
        .iter()
        .zip(&known.states)
        .filter(|(_, state)| !matches!(state, State::Original | State::Missing))
        .map(|(page, _)| page)
        .filter(wanted);
    let (drafts, pages): (Vec<&Page>, Vec<&Page>) = translations.partition(|page| page.summary.matter.draft);
    accepted.drafts = drafts.len();
    pages
}

/// The translations of a page that somebody named.
fn named<'k>(known: &'k Known, name: &str, language: Option<LanguageIndex>) -> Result<Vec<&'k Page>, Stop> {
    let site = &known.site;
    let found = find(known, name)?;
    let only = only(known, name, &found, language)?;
    let languages = (0..site.languages.len()).filter(|index| only.is_none_or(|only| only == *index));
    let pages: Vec<&Page> = languages
        .filter_map(|index| site.page(index, &found.id))
        .filter(|page| !page.is_fallback() && site.original(page).path != page.path)
        .collect();
    if pages.is_empty() {
        return Err(untranslated(known, name, &found.id, only));
    }
    Ok(pages)
}

fn record(known: &Known, page: &Page, lock: &mut Lock, accepted: &mut Accepted) {
    let site = &known.site;
    let key: Key = (site.languages[page.language].tag.clone(), page.id.clone());
    let (own, original) = (&known.documents[page.document], &known.documents[site.original(page).document]);
    let differences = parity(site, page, own, original, Level::Error);
    if !differences.is_empty() {
        accepted.refused.extend(differences);
        accepted.refused_pages.push(key);
        return;
    }
    if let Some(old) = site.record_key(page, &known.lock).filter(|old| *old != key) {
        lock.records.remove(&old);
    }
    let unfinished = unfinished::places(site, page, &known.documents).len();
    if unfinished > 0 {
        accepted.unfinished.push((key.clone(), unfinished));
    }
    if page.summary.matter.draft {
        accepted.still_drafts.push(key.clone());
    }
    let new = Record::of(original);
    if lock.records.get(&key) == Some(&new) {
        accepted.unchanged += 1;
    } else {
        if let State::Stale(drift) = site.state(page, &known.lock, original) {
            accepted.signed_off.insert(key.clone(), drift.to_string());
        }
        lock.records.insert(key.clone(), new);
        accepted.recorded.push(key);
    }
}
