//! What a language knows, without any site.
//!
//! A [`Locale`](locale::Locale) is made from a tag and the contents of its `language.toml`; CLDR (through ICU4X) gives the rest. No code
//! asks for a language by name.

pub mod bidi;
pub mod bidi_controls;
pub mod collation;
pub mod data;
pub mod date;
pub mod date_format;
pub mod embedded;
pub mod fold;
pub mod hyphens;
pub mod isolation;
mod letters;
pub mod lint;
pub mod list;
pub mod locale;
pub mod messages;
pub mod number;
pub mod quotes;
mod runs;
pub mod search;
pub mod slug;
pub mod stem;
pub mod words;

#[cfg(test)]
mod tests;
