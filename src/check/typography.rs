//! The author lint: what an editor of the language would mend in the source.
//!
//! Looked at are the texts that readers see: prose of pages, their titles and descriptions, glossary, tags, the site's own strings; never
//! code, addresses, keys or comments. The checks for hidden characters (`BID001`–`BID005`) are in `characters.rs`.

mod languages;
mod marks;
mod prose;
mod values;

use super::Subject;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::hash::Hash;
use crate::base::path::SourcePath;
use crate::base::rows::Before;
use crate::base::source::Source;
use crate::base::suggest::did_you_mean;
use crate::document::Document;
use crate::language::data::Script;
use crate::language::lint::data::LintData;
use crate::language::lint::{Finding, Lint, Place};
use crate::language::locale::Locale;
use crate::site::page::Page;
use std::ops::Range;
use std::sync::Arc;

/// The eyes for each language of a site.
pub struct Eyes {
    lint: Lint,
    locale: Arc<Locale>,
    /// The tags of the site's languages with their scripts, for proposals.
    others: Vec<(String, Script)>,
    /// The hash of everything above.
    hash: Hash,
}

/// Looks at every text.
pub fn run(subject: &Subject<'_>, problems: &mut Vec<Diagnostic>) {
    let eyes: Vec<Arc<Eyes>> = (0..subject.site.languages.len()).map(|language| eyes(subject, language, problems)).collect();
    let frame = Hash::of_value(&eyes.iter().map(|eyes| eyes.hash).collect::<Vec<_>>());
    let documents = subject.documents;
    let look = |row: usize, _: Before<'_, Vec<Diagnostic>>| {
        let language = documents[row].source.path.split('/').nth(1).and_then(|tag| subject.site.language(tag));
        language.map_or_else(Vec::new, |language| page(&documents[row], &eyes[language]))
    };
    let found = subject.lints.get(frame, documents.hashes().to_vec(), |_| true, look);
    let site = &subject.site.config.lint_ignore;
    problems.extend(found.iter().flat_map(|found| found.iter()).filter(|problem| !ignored(site, problem.code)).cloned());
    let rest = eyes.iter().enumerate().flat_map(|(language, eyes)| others(subject, language, eyes)).flat_map(|found| found.to_vec());
    problems.extend(rest.filter(|problem| !ignored(site, problem.code)));
}

/// What is said of a language's texts outside of pages, each remembered for itself.
fn others(subject: &Subject<'_>, language: usize, eyes: &Eyes) -> Vec<Arc<Vec<Diagnostic>>> {
    let remembered = |path: &SourcePath, hash: Hash, make: &dyn Fn() -> Vec<Diagnostic>| {
        let key = subject.other_lints.key(|| Hash::of_value(&(&**path, hash, eyes.hash)));
        subject.other_lints.get(key, || Arc::new(make()))
    };
    let data = &subject.site.languages[language];
    let (glossary, tags) = (data.glossary.source.iter(), data.tags.source.iter());
    let mut found: Vec<_> = glossary.map(|source| remembered(&source.path, source.hash, &|| values::glossary(source, eyes))).collect();
    found.extend(tags.map(|source| remembered(&source.path, source.hash, &|| values::tags(source, eyes))));
    let folders = [format!("locales/{}", eyes.locale.tag), format!("themes/{}/locales/{}", subject.site.config.theme, eyes.locale.tag)];
    let strings = folders.iter().flat_map(|folder| subject.world.list(folder)).filter(|path| path.extension() == Some("ftl"));
    let site = SourcePath::new("site.toml");
    for path in strings.chain([site]) {
        let Ok(file) = subject.world.read(&path) else { continue };
        let texts = if path.extension() == Some("ftl") { values::strings } else { values::site };
        // That it cannot be read as a text is said by whoever needs it.
        let look = || Source::decode(path.clone(), &file.bytes).map_or_else(|_| Vec::new(), |source| texts(&source, eyes));
        found.push(remembered(&path, file.hash, &look));
    }
    found
}

/// Explicit anchors of a page that its translations lack.
pub fn anchors(subject: &Subject<'_>, page: &Page, document: &Document, problems: &mut Vec<Diagnostic>) {
    let mut found = Vec::new();
    languages::page(subject, page, document, &mut found);
    problems.extend(found.into_iter().filter(|problem| !ignored(&subject.site.config.lint_ignore, problem.code)));
}

/// Whether a site or a page does not want to hear of something.
fn ignored(list: &[String], code: Code) -> bool {
    list.iter().any(|name| name == code.name)
}

/// A language's data: the program's and the site's.
fn eyes(subject: &Subject<'_>, language: usize, problems: &mut Vec<Diagnostic>) -> Arc<Eyes> {
    let locale = &subject.site.languages[language].locale;
    let path = SourcePath::new(format!("locales/{}/lint.toml", locale.tag));
    let own = subject.world.exists(&path).then(|| subject.world.read(&path).and_then(|file| Source::decode(path.clone(), &file.bytes)));
    let own = own.and_then(|read| read.map_err(|problem| problems.push(*problem)).ok());
    let others: Vec<_> = subject.site.languages.iter().map(|other| (other.tag.to_string(), other.locale.script.clone())).collect();
    let hash = Hash::of_value(&(own.as_ref().map(|source| source.hash), locale.hash, format!("{others:?}")));
    subject.eyes.get_telling(hash, problems, |problems| {
        let data = data(own.as_ref(), locale, problems);
        Arc::new(Eyes { lint: Lint::new(locale, data), locale: locale.clone(), others, hash })
    })
}

fn data(own: Option<&Source>, locale: &Locale, problems: &mut Vec<Diagnostic>) -> LintData {
    let embedded = LintData::embedded(&locale.tag);
    match own.map(|source| (source, LintData::parse(&source.text))) {
        Some((_, Ok(data))) if data != embedded => data.over(embedded),
        Some((source, Err(error))) => {
            problems.push(wrong_data(error.message()).at(Span::new(&source.path, error.span().unwrap_or(0..0))));
            embedded
        }
        _ => embedded,
    }
}

/// What the parser of `lint.toml` says, in the words of the other settings where a key is misspelt.
fn wrong_data(message: &str) -> Diagnostic {
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    match names.as_slice() {
        [word, known @ ..] if message.starts_with("unknown field") => {
            let help = did_you_mean(word, known.iter().copied()).unwrap_or_else(|| format!("the keys here are {}", known.join(", ")));
            Diagnostic::new(Code::CFG002, format!("unknown key `{word}`")).help(help)
        }
        _ => Diagnostic::new(Code::CFG001, message.to_owned()).help("see the manual, “A second pair of eyes”, and `locales/` of the program"),
    }
}

/// Everything about one page, without what it does not want to hear.
fn page(document: &Document, eyes: &Eyes) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    normal_form(&document.source, &mut problems);
    values::front_matter(&document.source, eyes, &mut problems);
    prose::document(document, eyes, &mut problems);
    let ignore = &document.summary.matter.lint_ignore;
    problems.retain(|problem| !ignored(ignore, problem.code));
    problems
}

/// Words that are not in Normalization Form C (I18N001).
fn normal_form(source: &Source, problems: &mut Vec<Diagnostic>) {
    use crate::language::fold::{is_nfc, nfc};
    if is_nfc(&source.text) {
        return;
    }
    let mut at = 0;
    for word in source.text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        if !is_nfc(bare) {
            let (place, right) = (Span::new(&source.path, at..at + bare.len()), nfc(bare).into_owned());
            let problem = Diagnostic::new(Code::I18N001, "this word is not in Normalization Form C, so it is not equal to what it looks like")
                .at(place.clone());
            problems.push(problem.help(format!("write `{right}`, which looks the same")).fix(place, right));
        }
        at += word.len();
    }
}

/// A text made of pieces of a source, with what lies between them left out.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    text: String,
    /// Where a piece begins in the text, where in the source, and how long it is in both; 0 for what stands for something else.
    pieces: Vec<(usize, usize, usize)>,
}

impl Gathered {
    fn piece(&mut self, source: &str, range: Range<usize>) {
        self.pieces.push((self.text.len(), range.start, range.len()));
        self.text.push_str(&source[range]);
    }

    /// A character for something that is no text.
    fn stands_for(&mut self, c: char, at: usize) {
        self.pieces.push((self.text.len(), at, 0));
        self.text.push(c);
    }

    /// The last piece that begins where `begins` says; pieces are in order.
    fn last(&self, begins: impl Fn(usize) -> bool) -> Option<&(usize, usize, usize)> {
        self.pieces[..self.pieces.partition_point(|piece| begins(piece.0))].last()
    }

    /// Where a place of the text is in the source.
    fn source(&self, at: usize, end: bool) -> usize {
        match self.last(|begin| if end { begin < at } else { begin <= at }) {
            Some((text, source, length)) => source + (at - text).min(*length),
            None => self.pieces.first().map_or(0, |piece| piece.1),
        }
    }

    fn range(&self, range: &Range<usize>) -> Range<usize> {
        if range.is_empty() {
            let at = self.source(range.start, true);
            return at..at;
        }
        let start = self.source(range.start, false);
        start..self.source(range.end, true).max(start)
    }

    /// Whether a range of the text is one piece of the source, so that it can be replaced there.
    fn is_whole(&self, range: &Range<usize>) -> bool {
        self.last(|begin| begin <= range.start).is_some_and(|(text, _, length)| range.end <= text + length)
    }
}

/// Looks at one text and reports with places in its source.
pub(super) fn look(gathered: &Gathered, source: &Source, place: Place, eyes: &Eyes, problems: &mut Vec<Diagnostic>) {
    for Finding { code, range, message, help, fix } in eyes.lint.findings(&gathered.text, place, &eyes.locale) {
        let mut problem = Diagnostic::new(code, message).at(Span::new(&source.path, gathered.range(&range))).help(help);
        if let Some((range, right)) = fix
            && gathered.is_whole(&range)
        {
            problem = problem.fix(Span::new(&source.path, gathered.range(&range)), right);
        }
        problems.push(problem);
    }
    marks::direction_marks(gathered, source, problems);
}
