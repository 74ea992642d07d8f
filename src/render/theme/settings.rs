//! Settings of a theme: its `theme.toml` says which there are and what they may be, a site sets them.

use crate::base::config;
use crate::base::data;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::path::SourcePath;
use crate::base::reader::Reader;
use crate::base::source::Source;
use crate::base::suggest::did_you_mean;
use crate::base::world::World;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What `theme.toml` says, values as JSON texts.
struct Declared {
    defaults: BTreeMap<String, String>,
    /// The values that a setting may have.
    choices: BTreeMap<String, String>,
    /// Settings that name a file below `static/`.
    files: Vec<String>,
}

/// Settings of a theme by name, as JSON texts: `[settings]` of `theme.toml`, overridden by the site.
pub fn settings(
    source: Option<&Source>,
    site: &BTreeMap<String, String>,
    static_files: &BTreeSet<SourcePath>,
    world: &dyn World,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let Some(source) = source else { return site.clone() };
    let declared = declared(source, problems);
    let mut settings = declared.defaults.clone();
    for (key, value) in site {
        let place = || config::place(world, &["theme_settings", key]);
        if let Some(default) = declared.defaults.get(key) {
            problems.extend(problem(&declared, key, value, default, static_files).map(|problem| problem.at(place())));
            settings.insert(key.clone(), value.clone());
        } else {
            let help = did_you_mean(key, declared.defaults.keys().map(String::as_str))
                .unwrap_or_else(|| format!("its settings are {}", declared.defaults.keys().cloned().collect::<Vec<_>>().join(", ")));
            let (path, node) = config::tree(world);
            let place = Span::new(&path, node.key_place("theme_settings", key).unwrap_or(0..0));
            problems.push(Diagnostic::new(Code::CFG002, format!("the theme has no setting `{key}`")).at(place).help(help));
        }
    }
    settings
}

fn declared(source: &Source, problems: &mut Vec<Diagnostic>) -> Declared {
    let node = data::toml(&source.path, &source.text, 0, problems);
    let mut reader = Reader::new(&source.path, &node, problems);
    let _ = (reader.string("name"), reader.string("description"));
    let declared =
        Declared { files: reader.strings("files").unwrap_or_default(), choices: reader.free("choices"), defaults: reader.free("settings") };
    reader.finish();
    declared
}

/// What is wrong with a setting of a site.
fn problem(declared: &Declared, key: &str, value: &str, default: &str, static_files: &BTreeSet<SourcePath>) -> Option<Diagnostic> {
    let [given, default] = [value, default].map(|text| serde_json::from_str::<Value>(text).unwrap_or_default());
    if let Some(Value::Array(choices)) = declared.choices.get(key).and_then(|choices| serde_json::from_str(choices).ok()) {
        let names = choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(", ");
        let near = given.as_str().and_then(|word| did_you_mean(word, choices.iter().filter_map(Value::as_str)));
        let help = near.map_or_else(|| format!("it is one of {names}"), |near| format!("{near} It is one of {names}"));
        return (!choices.contains(&given)).then(|| Diagnostic::new(Code::CFG004, format!("`{key}` cannot be `{value}`")).help(help));
    }
    if std::mem::discriminant(&given) != std::mem::discriminant(&default) {
        let help = format!("the theme's own value is `{default}`");
        return Some(Diagnostic::new(Code::CFG003, format!("`{key}` cannot be `{value}`, which is another kind of value")).help(help));
    }
    let file = given.as_str().filter(|name| !name.is_empty() && declared.files.iter().any(|file| file == key))?;
    let lost = !static_files.contains(format!("static/{file}").as_str());
    let near = || did_you_mean(file, static_files.iter().filter_map(|path| path.strip_prefix("static/")));
    let help = || near().unwrap_or_else(|| format!("put it at `static/{file}`, or write {key} = \"\" for none"));
    lost.then(|| Diagnostic::new(Code::IMG001, format!("no image `{file}` below `static/`")).help(help()))
}
