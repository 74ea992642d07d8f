//! The command line as data.

#[cfg(feature = "serve")]
use crate::command::serve;
use crate::command::{build, check, completions, explain, init, new, schema, translations};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Compiles Markdown guides in many languages into one static site.
#[derive(Debug, Parser)]
#[command(name = "rahnama", version, about, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    /// What every command understands.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// What every command understands.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// Root of the project; else the nearest folder above with a site.toml
    #[arg(short = 'C', long = "directory", global = true, value_name = "DIR")]
    pub directory: Option<PathBuf>,
    /// How problems are shown
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Whether to colour what is shown
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub color: Color,
    /// Show problems only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Show more
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// How problems are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the line of the source
    Human,
    /// One line each: `path:line:column: error[CODE]: text`
    Short,
    /// One JSON object a line
    Json,
}

/// Whether to colour what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal
    Auto,
    /// Yes
    Always,
    /// No
    Never,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Compile the site
    Build(build::Args),
    /// Show the site in a browser and build it again on every change
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    /// Check everything, write nothing
    Check(check::Args),
    /// Begin a site: settings, a guide with a checklist in each language, strings, a theme of its own
    Init(init::Args),
    /// Begin a guide, or a translation of one
    New(new::Args),
    /// See what is translated, what has changed since, and record that a translation is up to date
    Translations(translations::Args),
    /// Print a JSON Schema, with which editors complete and check settings
    Schema(schema::Args),
    /// Explain a problem: why it matters, an example, what to do
    Explain(explain::Args),
    /// Print a script that completes commands in a shell
    Completions(completions::Args),
    /// Print the manual page
    Man,
}
