//! What a character is, at once for the scripts that most texts are written in; `char`'s own tables are searched for each.

use std::sync::OnceLock;

/// What `find` says of a character, kept for all from Latin to General Punctuation, Arabic among them.
pub struct Lookup<T> {
    common: OnceLock<Box<[T]>>,
    find: fn(char) -> T,
}

impl<T: Copy> Lookup<T> {
    /// A table that is filled when it is first asked.
    pub const fn new(find: fn(char) -> T) -> Lookup<T> {
        Lookup { common: OnceLock::new(), find }
    }

    /// What `find` says of `c`.
    pub fn of(&self, c: char) -> T {
        self.at_hand()(c)
    }

    /// What `find` says of many characters.
    pub fn at_hand(&self) -> impl Fn(char) -> T {
        let common = self.common.get_or_init(|| ('\0'..'\u{2100}').map(self.find).collect());
        |c| common.get(c as usize).copied().unwrap_or_else(|| (self.find)(c))
    }
}

const ALPHABETIC: u8 = 1;
const ALPHANUMERIC: u8 = 2;

static CLASSES: Lookup<u8> = Lookup::new(|c| (u8::from(c.is_alphabetic()) * ALPHABETIC) | (u8::from(c.is_alphanumeric()) * ALPHANUMERIC));

/// As [`char::is_alphabetic`].
pub fn is_alphabetic(c: char) -> bool {
    CLASSES.of(c) & ALPHABETIC != 0
}

/// As [`char::is_alphanumeric`].
pub fn is_alphanumeric(c: char) -> bool {
    CLASSES.of(c) & ALPHANUMERIC != 0
}
