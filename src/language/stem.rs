//! Word stems (Snowball), a low tier of search.

use frostem::{Algorithm, Stemmer};
use std::borrow::Cow;

/// The stemmer of one language; the identity where Snowball has none.
#[derive(Clone, Copy)]
pub struct Stems(Option<Stemmer>);

impl Stems {
    /// The stemmer of a language tag.
    pub fn new(tag: &str) -> Stems {
        let language = tag.split('-').next().unwrap_or(tag);
        Stems(Algorithm::from_name(language).ok().map(Stemmer::new))
    }

    /// The stem of a word in lower case.
    pub fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
        self.0.map_or(Cow::Borrowed(word), |stemmer| stemmer.stem(word))
    }
}

impl std::fmt::Debug for Stems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Stems").field(&self.0.map(|stemmer| stemmer.algorithm().name())).finish()
    }
}
