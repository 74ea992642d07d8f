//! Compressed variants beside texts, for servers that send files as they are (`gzip_static`, `precompressed`): nobody waits for
//! a server that compresses the same bytes again for each reader, and the best ratio costs once.

use crate::base::files::{Blob, Sink, media_type};
use crate::base::path::OutPath;
use std::io::Write;
use std::sync::Arc;

/// Smaller files fit into one packet anyway.
const SMALLEST: usize = 1024;

/// Adds `.br` and `.gz` to what goes into another sink.
pub struct Compressing<'a>(pub &'a dyn Sink);

impl Sink for Compressing<'_> {
    fn put(&self, path: OutPath, blob: Arc<Blob>) {
        if is_text(&path) && blob.bytes.len() > SMALLEST {
            for (ending, bytes) in [("br", brotli(&path, &blob.bytes)), ("gz", gzip(&blob.bytes))] {
                // Less than a twentieth saved is not worth a second file.
                if let Some(bytes) = bytes.filter(|bytes| bytes.len() * 20 <= blob.bytes.len() * 19) {
                    self.0.put(OutPath::new(format!("{path}.{ending}")), Blob::new(bytes));
                }
            }
        }
        self.0.put(path, blob);
    }
}

fn is_text(path: &str) -> bool {
    let kind = media_type(path).split(';').next().unwrap_or_default();
    kind.starts_with("text/") || ["+json", "+xml", "/json", "/xml"].iter().any(|ending| kind.ends_with(ending)) || kind == "font/ttf"
}

/// Pages change often and are many; a level less costs a tenth of the time and two percent of the size.
fn brotli(path: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let quality = if path.ends_with(".html") { 9 } else { 11 };
    let params = brotli::enc::BrotliEncoderParams { quality, size_hint: bytes.len(), ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params).ok().map(|_| out)
}

/// Without a time or a name, so that the same text gives the same bytes.
fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::files::Files;
    use std::io::Read;

    #[test]
    fn texts_get_variants_that_give_the_same_bytes_and_other_files_none() {
        let text = "En guide om mål. ".repeat(200);
        let files = Files::default();
        let sink = Compressing(&files);
        sink.put(OutPath::new("sv/index.html"), Blob::new(text.as_bytes()));
        sink.put(OutPath::new("a.css"), Blob::new(text.as_bytes()));
        sink.put(OutPath::new("small.html"), Blob::new("x".repeat(1000)));
        sink.put(OutPath::new("a.png"), Blob::new(text.as_bytes()));
        let files = files.into_map();
        let names: Vec<&str> = files.keys().map(|path| &**path).collect();
        assert_eq!(names, ["a.css", "a.css.br", "a.css.gz", "a.png", "small.html", "sv/index.html", "sv/index.html.br", "sv/index.html.gz"]);
        let mut plain = String::new();
        flate2::read::GzDecoder::new(&*files["sv/index.html.gz"].bytes).read_to_string(&mut plain).unwrap();
        assert_eq!(plain, text);
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut &*files["a.css.br"].bytes, &mut plain).unwrap();
        assert_eq!(plain, text.as_bytes());
        assert_eq!(&files["a.css.gz"].bytes[4..8], [0; 4], "no time stamp");
    }
}
