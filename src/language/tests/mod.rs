//! The verified rows of the language contract, by rule id.

mod any_input;
mod costs;
mod dates;
mod isolation;
mod messages;
mod numbers;
mod order;
mod punctuation;
mod slugs;

use super::embedded::language_data;
use super::locale::Locale;

fn locale(tag: &str) -> Locale {
    Locale::new(tag, &language_data(tag)).unwrap()
}
