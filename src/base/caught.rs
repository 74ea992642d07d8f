//! A fault of our own in one page must not take the others with it.

use super::diagnostic::{Code, Diagnostic};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What some work gives, or the fault in it, without a place yet. What the work shares with others is behind locks that a panic may poison.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Box<Diagnostic>> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|fault| {
        let words = fault.downcast_ref::<String>().map(String::as_str).or_else(|| fault.downcast_ref::<&str>().copied());
        let message = format!("a fault in Rahnama itself: {}", words.unwrap_or("no words"));
        Box::new(Diagnostic::new(Code::INT999, message).help("please report it, with the text that it happens on"))
    })
}
