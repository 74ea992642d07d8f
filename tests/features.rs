//! Settings that need a part of the program that can be left out: what they do where it is there, what is said where it is not.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests run the program, and a failure is an answer")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn rahnama(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rahnama")).args(arguments).arg("-C").arg(folder).output().unwrap()
}

fn site(settings: &str, pages: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::TempDir::new().unwrap();
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    put(
        "site.toml",
        &format!(
            "base_url = \"https://example.org/g/\"\nlanguages = [\"sv\", \"fa\", \"en\"]\n{settings}\n[title]\nsv = \"Guider\"\nfa = \"راهنماها\"\nen = \"Guides\"\n"
        ),
    );
    for (tag, title) in [("sv", "Hem"), ("fa", "خانه"), ("en", "Home")] {
        put(&format!("content/{tag}/index.md"), &format!("# {title}\n"));
    }
    pages.iter().for_each(|(path, text)| put(path, text));
    folder
}

#[allow(dead_code, reason = "not every set of features builds a site here")]
fn built(folder: &Path) -> PathBuf {
    let output = rahnama(&["build"], folder);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    folder.join("public")
}

#[test]
fn a_setting_that_needs_an_absent_feature_is_an_error_that_names_it() {
    for (table, key, feature, there) in [
        ("output", "compress", "compress", cfg!(feature = "compress")),
        ("output", "images", "images", cfg!(feature = "images")),
        ("output", "cards", "cards", cfg!(feature = "cards")),
        ("markdown", "highlight", "highlight", cfg!(feature = "highlight")),
    ] {
        let folder = site(&format!("[{table}]\n{key} = true"), &[]);
        let output = rahnama(&["check", "--format", "short"], folder.path());
        let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        if there {
            assert_eq!(output.status.code(), Some(0), "{said}");
        } else {
            assert_eq!(output.status.code(), Some(1), "{said}");
            let wanted = format!("site.toml:4:{}: error[FEA001]: `{key}` needs a program with the feature `{feature}`", key.len() + 4);
            assert!(said.contains(&wanted) && said.contains(&format!("--features {feature}")), "no {wanted} in\n{said}");
        }
        let off = site(&format!("[{table}]\n{key} = false"), &[]);
        assert_eq!(rahnama(&["check"], off.path()).status.code(), Some(0), "what is off needs nothing");
    }
}

#[test]
#[cfg(feature = "compress")]
fn a_published_site_has_compressed_variants_and_building_again_changes_nothing() {
    let long = "En text om mål. ".repeat(300);
    let folder = site("[output]\ncompress = true", &[("content/sv/a.md", &format!("# A\n\n{long}\n"))]);
    let public = built(folder.path());
    let page = std::fs::metadata(public.join("sv/a/index.html")).unwrap().len();
    for ending in ["br", "gz"] {
        let variant = std::fs::metadata(public.join(format!("sv/a/index.html.{ending}"))).unwrap().len();
        assert!(variant * 3 < page, "{variant} of {page}");
    }
    let again = rahnama(&["build"], folder.path());
    assert!(String::from_utf8_lossy(&again.stderr).contains("0 files written, 0 removed"), "{}", String::from_utf8_lossy(&again.stderr));
    std::fs::write(folder.path().join("content/sv/a.md"), "# A\n\nKort.\n").unwrap();
    built(folder.path());
    let text = std::fs::read_to_string(public.join("sv/a/index.html")).unwrap();
    assert!(text.contains("Kort."));
    let mut plain = String::new();
    let variant = std::fs::File::open(public.join("sv/a/index.html.gz")).unwrap();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(variant), &mut plain).unwrap();
    assert_eq!(plain, text, "no variant is older than its file");
}

#[test]
#[cfg(feature = "images")]
fn pictures_come_in_widths_that_pages_name() {
    let folder = site("[output]\nimages = true", &[("content/sv/a.md", "# A\n\n![En bild](stor.png) ![Liten](liten.png)\n")]);
    image::RgbImage::from_fn(1200, 600, |x, y| image::Rgb([(x / 5) as u8, (y / 3) as u8, 90]))
        .save(folder.path().join("content/sv/stor.png"))
        .unwrap();
    image::RgbImage::new(100, 100).save(folder.path().join("content/sv/liten.png")).unwrap();
    let public = built(folder.path());
    let page = std::fs::read_to_string(public.join("sv/a/index.html")).unwrap();
    let srcset = page.split("srcset=\"").nth(1).unwrap().split('"').next().unwrap();
    let named: Vec<(&str, usize)> = srcset
        .split(", ")
        .map(|part| part.split_once(' ').unwrap())
        .map(|(href, width)| (href, width.trim_end_matches('w').parse().unwrap()))
        .collect();
    assert_eq!(named.iter().map(|(_, width)| *width).collect::<Vec<_>>(), [480, 960, 1200]);
    for (href, width) in named {
        let size = imagesize::size(public.join("sv/a").join(href)).unwrap();
        assert_eq!((size.width, size.height), (width, width / 2));
    }
    assert_eq!(page.matches("srcset").count(), 1, "a small picture is fetched as it is");
    std::fs::write(folder.path().join("content/sv/stor.png"), &std::fs::read(folder.path().join("content/sv/stor.png")).unwrap()[..200]).unwrap();
    let broken = rahnama(&["build", "--format", "short"], folder.path());
    assert_eq!(broken.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&broken.stderr).contains("error[IMG004]"));
}

#[test]
#[cfg(feature = "cards")]
fn every_page_to_share_has_a_card() {
    let pages = [
        ("content/sv/a.md", "# Så når du målen\n"),
        ("content/fa/a.md", "# آموختن Rust و KPI (گام اول)\n"),
        ("content/en/a.md", "# 日本\n"),
        ("content/en/b.md", "+++\ntitle = \"Own\"\nimage = \"own.png\"\n+++\n"),
        ("content/en/own.png", ""),
    ];
    let folder = site("[output]\ncards = true", &pages);
    image_of(&folder.path().join("content/en/own.png"));
    let public = built(folder.path());
    for path in ["sv/a", "fa/a", "en"] {
        let page = std::fs::read_to_string(public.join(path).join("index.html")).unwrap();
        let card = page
            .split("og:image\" content=\"https://example.org/g/")
            .nth(1)
            .unwrap_or_else(|| panic!("{path} has no card"))
            .split('"')
            .next()
            .unwrap();
        let size = imagesize::size(public.join(card)).unwrap();
        assert_eq!((size.width, size.height), (1200, 630));
    }
    let own = std::fs::read_to_string(public.join("en/b/index.html")).unwrap();
    assert!(own.contains("og:image\" content=\"https://example.org/g/en/own.png\""));
    let check = rahnama(&["build", "--format", "short"], folder.path());
    assert!(String::from_utf8_lossy(&check.stderr).contains("content/en/a.md:1:1: warning[IMG005]: the card of this page lacks `日`"));
}

#[cfg(feature = "cards")]
fn image_of(path: &Path) {
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/pictures/guide-sv.png"), path).unwrap();
}

#[test]
#[cfg(feature = "highlight")]
fn code_gets_colours_by_classes() {
    let folder = site("[markdown]\nhighlight = true", &[("content/sv/a.md", "# A\n\n```js\nconst a = \"<b>\";\n```\n\n```okänt\nx < y\n```\n")]);
    let page = std::fs::read_to_string(built(folder.path()).join("sv/a/index.html")).unwrap();
    assert!(page.contains("<code class=\"language-js\"><span class=\"hl-keyword\">const</span>"), "{page}");
    assert!(page.contains("x &lt; y") && page.contains("&lt;b&gt;") && !page.contains("style="));
}
