//! What pages say about themselves: templates, blocks, related pages, the site's id.

use super::Subject;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::suggest::did_you_mean;
use crate::document::tree::Kind;

/// Looks at front matter and blocks.
pub fn run(subject: &Subject<'_>, problems: &mut Vec<Diagnostic>) {
    let site = subject.site;
    for (page, document) in subject.pages() {
        for related in &page.summary.matter.related {
            let id = related.text.trim_matches('/');
            if !site.sets.contains_key(id) {
                let (message, help) = site.no_page(id);
                problems.push(Diagnostic::new(Code::REL001, message).at(related.span(&page.path)).help(help));
            }
        }
        let Some(theme) = subject.theme else { continue };
        if let Some(template) = &page.summary.matter.template
            && !theme.has(&template.text)
        {
            let help = did_you_mean(&template.text, theme.names())
                .unwrap_or_else(|| format!("the theme has {}", theme.names().collect::<Vec<_>>().join(", ")));
            problems.push(
                Diagnostic::new(Code::CFG004, format!("the theme has no template `{}`", template.text)).at(template.span(&page.path)).help(help),
            );
        }
        for node in document.author_blocks.iter().map(|node| &document.tree.nodes[*node as usize]) {
            let Kind::Container { name, .. } = &node.kind else { continue };
            if !theme.blocks().any(|known| known == &**name) {
                let help = alert(name)
                    .or_else(|| did_you_mean(name, theme.blocks()))
                    .unwrap_or_else(|| format!("the theme has {}", theme.blocks().collect::<Vec<_>>().join(", ")));
                let start = node.start as usize;
                let line = document.source.text[start..].lines().next().map_or(0, str::len);
                problems
                    .push(Diagnostic::new(Code::MRK003, format!("unknown block `{name}`")).at(Span::new(&page.path, start..start + line)).help(help));
            }
        }
    }
    let first = subject.pages().find(|(page, _)| !page.items.is_empty());
    if let (None, Some((page, document))) = (&site.config.id, first) {
        let place = Span::new(&page.path, document.item_places[0].item.clone());
        problems.push(
            Diagnostic::new(Code::CLS007, "the site has checklists and no id")
                .at(place)
                .help("write id = \"my-site\" in site.toml: it keeps readers' ticks apart from those of other sites"),
        );
    }
}

/// What other generators write as blocks is an alert here.
fn alert(name: &str) -> Option<String> {
    let kind = match name {
        "note" | "info" => "NOTE",
        "tip" | "hint" => "TIP",
        "important" => "IMPORTANT",
        "warning" => "WARNING",
        "caution" | "danger" => "CAUTION",
        _ => return None,
    };
    Some(format!("write an alert: `> [!{kind}]`, and `> ` before each of its lines"))
}
