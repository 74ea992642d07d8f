//! `rahnama schema`: what settings and front matter may hold, for editors.

use super::Stop;
use crate::base::schema::{self, File};
use std::process::ExitCode;

/// What `schema` understands.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// Which file
    #[arg(value_enum, default_value_t = Which::Site)]
    pub file: Which,
}

/// A file that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Which {
    /// site.toml
    Site,
    /// What stands at the top of a page
    FrontMatter,
    /// glossary.toml
    Glossary,
    /// tags.toml
    Tags,
}

/// Prints a JSON Schema (draft 2020-12).
///
/// # Errors
/// The machine.
pub fn run(args: &Args) -> Result<ExitCode, Stop> {
    let file = match args.file {
        Which::Site => File::Site,
        Which::FrontMatter => File::FrontMatter,
        Which::Glossary => File::Glossary,
        Which::Tags => File::Tags,
    };
    super::print(&format!("{:#}\n", schema::schema(file)))
}
