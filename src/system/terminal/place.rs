//! From bytes to lines and columns.

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in Unicode scalar values.
    pub column: usize,
    /// From 1, in UTF-16 units, as JavaScript and the language server protocol count (the latter from 0).
    pub utf16_column: usize,
}

impl Position {
    /// The position of a byte of a text.
    pub fn of(text: &str, offset: usize) -> Position {
        let before = &text[..within(text, offset)];
        let line = 1 + before.bytes().filter(|byte| *byte == b'\n').count();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let (column, utf16_column) = before[start..].chars().fold((1, 1), |(column, units), c| (column + 1, units + c.len_utf16()));
        Position { line, column, utf16_column }
    }
}

/// The nearest place between two characters, at or before an offset.
pub fn within(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset)
}
