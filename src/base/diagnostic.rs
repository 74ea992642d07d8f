//! A problem is data with a place: found anywhere, sorted once, printed in one place.

use super::path::SourcePath;
use std::ops::Range;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The site is not published.
    Error,
    /// Worth mending; an error with `--strict`.
    Warning,
    /// Good to know; never counted.
    Info,
}

impl Level {
    /// `error`, `warning` or `info`.
    pub fn name(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "info",
        }
    }
}

/// A kind of problem: a family of letters and three digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// `LNK001`.
    pub name: &'static str,
    /// The level it has unless a check says otherwise.
    pub level: Level,
    /// What is wrong in general, in one line.
    pub summary: &'static str,
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// The one table of codes.
macro_rules! codes {
    ($($name:ident $level:ident $summary:literal)*) => {
        impl Code {
            $(#[doc = $summary] pub const $name: Code = Code { name: stringify!($name), level: Level::$level, summary: $summary };)*
        }
        /// Every code there is, in the order of the table.
        pub const CODES: &[Code] = &[$(Code::$name),*];
    };
}

codes! {
    ENC001 Error "a text file is not UTF-8"
    ENC002 Error "a text file holds a NUL byte"
    FIL001 Error "a file cannot be read"
    FIL002 Error "a link on disk leads out of the project or in a circle"
    FIL003 Error "a file is larger than allowed"
    FIL004 Error "a file name cannot be published"
    CFG001 Error "the settings cannot be parsed"
    CFG002 Error "an unknown key"
    CFG003 Error "a value of the wrong kind"
    CFG004 Error "a value that is not allowed"
    CFG005 Error "a required key is missing"
    FMT001 Error "the front matter is not closed"
    FMT002 Error "a page without a title"
    FMT003 Error "a date cannot be read"
    LNG001 Error "a folder of an unknown language"
    SEC001 Error "a folder with pages and no index.md"
    ADR001 Error "two pages with one address"
    ADR002 Error "two addresses that some computers cannot tell apart"
    ADR003 Error "two pages with one identity"
    ADR004 Error "an alias that cannot be used"
    ADR005 Warning "a published address that is gone"
    ADR006 Warning "a slug with a word that mixes scripts"
    LNK001 Error "a link to a page or file that does not exist"
    LNK002 Error "a link to a heading that does not exist"
    LNK003 Error "a link that is not allowed"
    LNK004 Error "a link reference without a definition"
    LNK005 Warning "a link that readers do not see as one"
    TRM001 Error "an unknown glossary term"
    TAG001 Warning "a tag without a name"
    PTH001 Error "a step of a learning path that leads nowhere"
    REL001 Error "a related page that does not exist"
    IMG001 Error "an image that does not exist"
    IMG002 Error "an image without alternative text"
    IMG003 Error "an image that cannot be measured"
    IMG004 Error "an image that cannot be made smaller"
    IMG005 Warning "a card with characters that its faces lack"
    HDG001 Warning "a heading level is skipped"
    HDG002 Error "two headings with one anchor"
    HDG003 Warning "more than one level-one heading"
    HDG004 Warning "a heading without text"
    MRK001 Warning "raw HTML is shown as text"
    MRK002 Error "an attribute that is not allowed"
    MRK003 Error "an unknown block"
    MRK004 Error "a block that is not closed"
    MRK005 Error "more nesting than allowed"
    MRK006 Error "a diagram that cannot be drawn"
    MRK007 Error "a footnote without a definition"
    MRK008 Warning "raw HTML that was taken out"
    MRK009 Warning "a footnote whose text readers do not see"
    CLS001 Error "two checklist items with one id"
    CLS002 Error "a checklist id that is not allowed"
    CLS003 Error "a checklist item without text"
    CLS004 Warning "a list that mixes checklist items and plain ones"
    CLS005 Error "an old checklist id that clashes"
    CLS006 Warning "checklists whose ticks cannot be shared between languages"
    CLS007 Error "checklists need a site id"
    CLS008 Info "checklist items without an id of their own"
    CLS009 Error "a box that makes no checklist item"
    BID001 Error "a bidirectional override or embedding"
    BID002 Warning "a bidirectional isolate in the text"
    BID003 Error "a hidden character"
    BID004 Warning "an invisible character inside a word"
    BID005 Warning "an invisible direction mark"
    TRA001 Error "a translation with other headings, items or anchors than the original"
    TRA002 Info "a translation whose counts differ from the original"
    TRA003 Error "the translation lock cannot be read"
    TRA004 Info "a page whose review date has passed"
    TRA005 Info "a translation whose original has changed since"
    TRA006 Warning "a published translation with parts that are not translated"
    FA001 Warning "an Arabic yeh in Persian text"
    FA002 Warning "an Arabic kaf in Persian text"
    FA003 Warning "a teh marbuta in Persian text"
    FA004 Warning "an Arabic digit in Persian text"
    FA005 Info "a European number in Persian text"
    FA006 Warning "a stretched letter (tatweel) in Persian text"
    FA007 Warning "a Latin comma beside Persian"
    FA008 Warning "a Latin semicolon beside Persian"
    FA009 Warning "a Latin question mark beside Persian"
    FA010 Warning "Latin quotation marks in Persian text"
    FA011 Warning "a Latin percent sign beside Persian"
    FA012 Warning "a zero width non-joiner that does nothing"
    FA013 Warning "a space where Persian has none"
    FA020 Warning "a space instead of a non-joiner before a suffix"
    FA021 Warning "a space instead of a non-joiner after a prefix"
    FA022 Warning "a non-joiner is missing before a suffix"
    FA023 Warning "a non-joiner is missing after a prefix"
    FA024 Warning "heh with yeh above as one character"
    SV001 Warning "quotation marks of another language in Swedish text"
    SV002 Warning "no space, or one that breaks, between a number and its sign"
    EN001 Warning "straight quotation marks where nothing makes them typographic"
    TYP001 Warning "something that a language's own list mends"
    I18N001 Warning "a text that is not in Normalization Form C"
    I18N013 Warning "an Arabic presentation form"
    I18N020 Warning "a text of another script that does not say its language"
    I18N030 Warning "a heading whose explicit anchor another language lacks"
    MD001 Warning "a list with digits that Markdown does not know"
    MD002 Warning "marks of emphasis that are shown to readers"
    STR001 Error "the strings cannot be parsed"
    STR002 Error "a string that the site needs is missing"
    STR003 Error "a string with other arguments than in the source language"
    STR004 Warning "a string that nothing uses"
    STR005 Error "a string with markup"
    STR006 Warning "a string not yet translated"
    THM001 Error "an unknown theme"
    TPL001 Error "a template cannot be parsed"
    TPL002 Error "a template failed"
    EXT001 Warning "an external link that leads nowhere"
    EXT002 Info "an external page that has moved"
    EXT003 Info "an external link that could not be checked"
    FEA001 Error "a feature this program was built without"
    INT999 Error "a fault in Rahnama itself"
}

/// A place in a file of the project, in bytes of its decoded text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub path: SourcePath,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A place in a file.
    pub fn new(path: &SourcePath, range: Range<usize>) -> Span {
        let cut = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { path: path.clone(), start: cut(range.start), end: cut(range.end) }
    }
}

/// A second place that helps to understand the first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// A change of the source that mends the problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fix {
    /// What to replace; empty ranges insert.
    pub span: Span,
    /// The new text.
    pub replacement: String,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// How bad.
    pub level: Level,
    /// Which kind.
    pub code: Code,
    /// What is wrong, about the place it points at.
    pub message: String,
    /// Where, if it has a place.
    pub span: Option<Span>,
    /// Further places.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// How `check --fix` mends it.
    pub fixes: Vec<Fix>,
}

impl Code {
    /// The code of a name.
    pub fn named(name: &str) -> Option<Code> {
        CODES.iter().find(|code| code.name == name).copied()
    }

    /// Whether a site or a page may not want to hear it: what an editor of the language would say, and texts left as in the original.
    pub fn can_be_ignored(self) -> bool {
        matches!(self.name.get(..self.name.len() - 3), Some("FA" | "SV" | "EN" | "TYP" | "I18N" | "MD")) || matches!(self.name, "BID005" | "TRA006")
    }
}

impl Diagnostic {
    /// A problem without a place yet, at the level of its code.
    pub fn new(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic { level: code.level, code, message: message.into(), span: None, labels: Vec::new(), help: None, fixes: Vec::new() }
    }

    /// A file that cannot be read.
    pub fn unreadable(path: &SourcePath, reason: &str) -> Diagnostic {
        Diagnostic::new(Code::FIL001, format!("cannot read this file: {reason}")).at(Span::new(path, 0..0))
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, span: Span) -> Diagnostic {
        self.span = Some(span);
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Says what to do, if something is known.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Diagnostic {
        self.help = help.or(self.help);
        self
    }

    /// Points at a second place.
    #[must_use]
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Diagnostic {
        self.fixes.push(Fix { span, replacement: replacement.into() });
        self
    }

    /// Another level than the code's own.
    #[must_use]
    pub fn level(mut self, level: Level) -> Diagnostic {
        self.level = level;
        self
    }

    /// The order of printing: by file, place, then wording.
    fn key(&self) -> (&str, u32, u32, &'static str, &str) {
        let (path, start, end) = self.span.as_ref().map_or(("", 0, 0), |s| (&*s.path, s.start, s.end));
        (path, start, end, self.code.name, &self.message)
    }
}

/// The diagnostics of one sorted list that are not in another.
pub fn not_in(new: &[Diagnostic], old: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut old = old.iter().peekable();
    let mut is_old = |problem: &Diagnostic| {
        while old.next_if(|other| other.key() < problem.key()).is_some() {}
        old.clone().take_while(|other| other.key() == problem.key()).any(|other| other == problem)
    };
    new.iter().filter(|problem| !is_old(problem)).cloned().collect()
}

/// Sorts by file and place, and drops what was said twice.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| a.key().cmp(&b.key()));
    diagnostics.dedup();
}
