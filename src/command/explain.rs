//! `rahnama explain`: why a problem matters, with an example, and what to do.

use super::Stop;
use crate::base::diagnostic::{CODES, Code};
use crate::base::embedded;
use crate::base::suggest::did_you_mean;
use std::process::ExitCode;

/// What `explain` understands.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// The code of a problem, such as LNK001; none lists them all
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// Prints the page of a code, or the table of all.
///
/// # Errors
/// An unknown code.
pub fn run(args: &Args) -> Result<ExitCode, Stop> {
    let Some(name) = &args.code else {
        let lines: Vec<String> = CODES.iter().map(|code| format!("{:8} {:8} {}\n", code.name, code.level.name(), code.summary)).collect();
        return super::print(&lines.concat());
    };
    let name = name.trim().to_uppercase();
    let Some(code) = Code::named(&name) else {
        let help = did_you_mean(&name, CODES.iter().map(|code| code.name)).unwrap_or_else(|| "`rahnama explain` lists them all".to_owned());
        return Err(Stop::usage(format!("there is no code `{name}`; {help}")));
    };
    super::print(page(code).unwrap_or(code.summary))
}

/// The page of a code in the manual.
pub fn page(code: Code) -> Option<&'static str> {
    let file = format!("{}.md", code.name);
    embedded::below("docs/diagnostics").find(|(name, _)| *name == file).and_then(|(_, bytes)| std::str::from_utf8(bytes).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_page() {
        for code in CODES {
            let page = page(*code).unwrap_or_else(|| panic!("write docs/diagnostics/{}.md", code.name));
            assert!(page.starts_with(&format!("# {}: {}\n", code.name, code.summary)), "{}: the title is that of the table", code.name);
            assert!(page.contains("\nLevel: ") && page.contains("**What to do.**"), "{}", code.name);
        }
        let index = std::str::from_utf8(embedded::below("docs/diagnostics").find(|(name, _)| *name == "index.md").unwrap().1).unwrap();
        for code in CODES {
            assert!(
                index.contains(&format!("[{0}]({0}.md) | {1} | {2} |", code.name, code.level.name(), code.summary)),
                "{} in the index",
                code.name
            );
        }
        let pages = embedded::below("docs/diagnostics").count();
        assert_eq!(pages, CODES.len() + 1, "a page of a code that is gone");
    }
}
