//! Rahnama compiles Markdown guides in many languages into one static site.
//!
//! The crate is a house of floors; a floor imports only from floors below it (`tests/floors.rs` keeps the law):
//!
//! - [`base`]: words everyone shares: paths, diagnostics, settings, the door to the machine.
//! - [`language`]: what a language knows, without any site: dates, numbers, order, slugs, typography.
//! - [`system`]: the machine itself: disk, output folder, terminal, watching, the development server.
//! - [`document`]: what one file says.
//! - [`site`]: many documents: addresses, navigation, translations, strings.
//! - [`render`] and [`check`]: the face of one page; what may be wrong.
//! - [`output`]: what a site becomes.
//! - [`pipeline`]: the whole journey on one screen.
//! - [`command`]: the verbs of the command line.

pub mod base;
pub mod language;
pub mod system;
pub mod document;
pub mod site;
pub mod render;
pub mod check;
pub mod output;
pub mod pipeline;
pub mod command;
pub mod cli;
