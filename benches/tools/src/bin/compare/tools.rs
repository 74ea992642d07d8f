//! The generators, and how each is called.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A generator, by its program.
pub enum Tool {
    /// This project.
    Rahnama(PathBuf),
    /// Hugo.
    Hugo(PathBuf),
}

/// One way to serve.
pub struct Serving {
    /// What the row is called.
    pub name: &'static str,
    /// Arguments beside the usual ones.
    pub arguments: &'static [&'static str],
}

impl Tool {
    /// What it is called in tables.
    pub fn name(&self) -> &'static str {
        match self {
            Tool::Rahnama(_) => "Rahnama",
            Tool::Hugo(_) => "Hugo",
        }
    }

    /// The flavour of its corpus.
    pub fn flavour(&self) -> &'static str {
        match self {
            Tool::Rahnama(_) => "rahnama",
            Tool::Hugo(_) => "hugo",
        }
    }

    /// Builds a project into a folder.
    pub fn build(&self, project: &Path, out: &Path) -> Command {
        match self {
            Tool::Rahnama(program) => {
                let mut command = Command::new(program);
                command.args(["build", "-q", "-C"]).arg(project).arg("-o").arg(out);
                command
            }
            Tool::Hugo(program) => {
                let mut command = Command::new(program);
                command.args(["build", "--quiet", "-s"]).arg(project).arg("-d").arg(out);
                command
            }
        }
    }

    /// The ways it serves.
    pub fn servings(&self) -> &'static [Serving] {
        match self {
            Tool::Rahnama(_) => &[Serving { name: "Rahnama", arguments: &[] }],
            Tool::Hugo(_) => &[
                Serving { name: "Hugo, only visited pages", arguments: &[] },
                Serving { name: "Hugo, every page", arguments: &["--disableFastRender"] },
            ],
        }
    }

    /// Serves a project at a port.
    pub fn serve(&self, project: &Path, port: u16, serving: &Serving) -> Command {
        let port = port.to_string();
        let mut command = match self {
            Tool::Rahnama(program) | Tool::Hugo(program) => Command::new(program),
        };
        match self {
            Tool::Rahnama(_) => command.args(["serve", "-q", "--port", &port, "-C"]).arg(project),
            Tool::Hugo(_) => command.args(["server", "--quiet", "--bind", "127.0.0.1", "--port", &port, "-s"]).arg(project),
        };
        command.args(serving.arguments);
        command
    }

    /// The template and the strings that an edit changes, with the text that is replaced.
    pub fn template_and_string(&self) -> [(&'static str, &'static str); 2] {
        match self {
            Tool::Rahnama(_) => [("themes/default/templates/parts/head-extra.html", "Machine-made"), ("locales/en/site.ftl", "Machine-made")],
            Tool::Hugo(_) => [("layouts/_partials/footer.html", "</p>"), ("i18n/en.toml", "Machine-made")],
        }
    }
}
