//! Files that are published as they are: beside pages and below `static/`.

use super::Shared;
use crate::base::diagnostic::Diagnostic;
use crate::base::files::{Blob, Sink};
use crate::base::path::OutPath;
use crate::language::slug::decode_path;
use std::sync::Arc;

/// Copies them.
pub fn emit(shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
    let (site, world) = (shared.job.site, shared.job.world);
    let mut problems = Vec::new();
    let beside = site.files.iter().filter_map(|path| {
        let (tag, rel) = path.strip_prefix("content/")?.split_once('/')?;
        Some((path, decode_path(&site.file_href(site.language(tag)?, rel))?))
    });
    let copied = site.static_files.iter().map(|path| (path, path.trim_start_matches("static/").to_owned()));
    for (path, out) in beside.chain(copied) {
        match world.read(path) {
            Ok(file) => sink.put(OutPath::new(out), Arc::new(Blob { bytes: file.bytes.to_vec(), hash: file.hash })),
            Err(problem) => problems.push(*problem),
        }
    }
    problems
}
