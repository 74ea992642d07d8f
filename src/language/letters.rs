//! What a character is, at once for the scripts that most texts are written in; `char`'s own tables are searched for each.

use std::sync::LazyLock;

const ALPHABETIC: u8 = 1;
const ALPHANUMERIC: u8 = 2;

/// Latin to General Punctuation, Arabic among them.
static COMMON: LazyLock<Vec<u8>> = LazyLock::new(|| ('\0'..'\u{2100}').map(find).collect());

fn find(c: char) -> u8 {
    (u8::from(c.is_alphabetic()) * ALPHABETIC) | (u8::from(c.is_alphanumeric()) * ALPHANUMERIC)
}

fn class(c: char) -> u8 {
    COMMON.get(c as usize).copied().unwrap_or_else(|| find(c))
}

/// As [`char::is_alphabetic`].
pub fn is_alphabetic(c: char) -> bool {
    class(c) & ALPHABETIC != 0
}

/// As [`char::is_alphanumeric`].
pub fn is_alphanumeric(c: char) -> bool {
    class(c) & ALPHANUMERIC != 0
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_tables_say_what_char_says() {
        for c in '\0'..'\u{3000}' {
            assert_eq!((super::is_alphabetic(c), super::is_alphanumeric(c)), (c.is_alphabetic(), c.is_alphanumeric()), "{c:?}");
        }
    }
}
