//! What pulldown-cmark calls things, in our words.

use crate::document::tree::{Alignment, Kind};
use pulldown_cmark::{Alignment as Markdown, BlockQuoteKind, CodeBlockKind};

pub(super) fn code_block(kind: &CodeBlockKind<'_>) -> Kind {
    let language = match kind {
        CodeBlockKind::Fenced(info) => info.split([' ', ',', '\t']).next().unwrap_or("").into(),
        CodeBlockKind::Indented => "".into(),
    };
    Kind::CodeBlock { language }
}

pub(super) fn alert_name(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}

pub(super) fn alignment(alignment: Markdown) -> Alignment {
    match alignment {
        Markdown::None => Alignment::None,
        Markdown::Left => Alignment::Start,
        Markdown::Center => Alignment::Center,
        Markdown::Right => Alignment::End,
    }
}
