//! Lists the theme and the strings that are embedded in the binary.

#![allow(clippy::disallowed_methods, reason = "this runs before there is a World")]

use std::fmt::Write;
use std::path::Path;

fn main() {
    let root = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let mut files = Vec::new();
    for folder in ["themes/default", "locales", "docs/diagnostics", "starter"] {
        println!("cargo:rerun-if-changed={folder}");
        collect(&Path::new(&root).join(folder), folder, &mut files);
    }
    files.sort();
    let mut list = String::from("&[\n");
    for file in &files {
        println!("cargo:rerun-if-changed={file}");
        writeln!(list, "    ({file:?}, include_bytes!({:?})),", format!("{root}/{file}")).expect("a string takes it");
    }
    list.push_str("]\n");
    let out = std::env::var("OUT_DIR").expect("cargo sets it");
    std::fs::write(Path::new(&out).join("embedded.rs"), list).expect("the build folder can be written");
}

fn collect(folder: &Path, name: &str, files: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            collect(&path, &name, files);
        } else if !name.rsplit('/').next().is_some_and(|file| file.starts_with('.') || file.ends_with('~')) {
            files.push(name);
        }
    }
}
