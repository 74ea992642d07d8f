//! Pictures: they exist, have a size, and say in words what they show (WCAG 1.1.1).

use super::Subject;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::path::{SourcePath, join};
use crate::base::suggest::did_you_mean;
use crate::document::tree::Kind;

/// Whether a file is a picture that browsers show.
pub fn is_picture(path: &SourcePath) -> bool {
    matches!(path.extension().map(str::to_ascii_lowercase).as_deref(), Some("png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg"))
}

/// Width and height in pixels, without decoding.
pub fn size(path: &SourcePath, bytes: &[u8]) -> Option<(u32, u32)> {
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("svg")) {
        return svg_size(std::str::from_utf8(bytes).ok()?);
    }
    let size = imagesize::blob_size(bytes).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// `width` and `height` of the root element, else those of its `viewBox`.
fn svg_size(text: &str) -> Option<(u32, u32)> {
    let root = &text[text.find("<svg")?..];
    let root = &root[..root.find('>')?];
    let attribute = |name: &str| {
        let at = root.find(&format!(" {name}=\""))? + name.len() + 3;
        Some(&root[at..at + root[at..].find('"')?])
    };
    let number = |text: &str| text.trim_end_matches("px").parse::<f64>().ok().filter(|n| *n > 0.0 && *n < 100_000.0).map(|n| n.round() as u32);
    if let (Some(width), Some(height)) = (attribute("width").and_then(number), attribute("height").and_then(number)) {
        return Some((width, height));
    }
    let mut numbers = attribute("viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
    Some((number(numbers.next()?)?, number(numbers.next()?)?))
}

/// Looks at every picture of every page.
pub fn run(subject: &Subject<'_>, problems: &mut Vec<Diagnostic>) {
    for (page, document) in subject.pages() {
        for reference in &document.images {
            let Kind::Image(image) = &document.tree.nodes[reference.node as usize].kind else { continue };
            let place = Span::new(&page.path, reference.range.clone());
            if document.tree.plain_text(document.tree.below(reference.node as usize), &document.source.text).trim().is_empty()
                && !document.source.text[reference.range.clone()].starts_with("![\"\"]")
            {
                let problem = Diagnostic::new(Code::IMG002, "this image has no alternative text").at(place.clone());
                problems.push(problem.help("say in the brackets what it shows: ![A funnel with four steps](…)"));
            }
            if image.address.starts_with("https://") {
                continue;
            }
            match subject.site.picture(page, &image.address) {
                Some((file, _)) if is_picture(&file) && !subject.sizes.contains_key(&file) => {
                    let problem = Diagnostic::new(Code::IMG003, format!("the size of `{file}` cannot be read")).at(place);
                    problems.push(problem.help("save it again as PNG, JPEG, WebP or SVG; the page needs its width and height"));
                }
                Some(_) => {}
                None => problems.push(missing(subject, page, &image.address, place)),
            }
        }
        if let Some(image) = &page.summary.matter.image
            && subject.site.picture(page, &image.text).is_none()
        {
            problems.push(missing(subject, page, &image.text, image.span(&page.path)));
        }
    }
}

fn missing(subject: &Subject<'_>, page: &crate::site::page::Page, address: &str, place: Span) -> Diagnostic {
    let problem = Diagnostic::new(Code::IMG001, format!("no image `{address}`")).at(place);
    if address.contains(':') && !address.starts_with('.') {
        return problem.help("images come from the site itself or from an https address");
    }
    let pictures = subject.site.files.iter().chain(&subject.site.static_files).filter(|file| is_picture(file));
    let names = pictures.map(SourcePath::file_name);
    let name = address.rsplit('/').next().unwrap_or(address);
    let beside = join(page.path.folder(), address);
    problem.help(did_you_mean(name, names).unwrap_or_else(|| {
        beside.map_or_else(
            || "pictures lie beside the page or below `static`".to_owned(),
            |path| format!("put it at `{path}`, or into the original's folder"),
        )
    }))
}
