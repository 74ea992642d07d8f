//! Pictures in several widths as WebP, so that a phone does not fetch what only a wide screen can show.

use super::Shared;
use crate::base::diagnostic::{Code, Diagnostic, Span};
use crate::base::files::{Blob, Sink};
use crate::base::hash::Hash;
use crate::base::path::{OutPath, SourcePath};
use crate::language::slug::decode_path;
use crate::render::resolved::{MOST_PIXELS, smaller, widths};
use fast_image_resize::{IntoImageView, ResizeOptions, Resizer, images::Image};
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::{Arc, Mutex, PoisonError};

/// Memory that decoding may take.
const MEMORY: u64 = 256 << 20;

/// Writes the widths of every picture that a page shows.
pub fn emit(shared: &Shared<'_>, sink: &dyn Sink) -> Vec<Diagnostic> {
    let job = &shared.job;
    if !job.site.config.images {
        return Vec::new();
    }
    let mut shown: BTreeMap<&SourcePath, (&str, (u32, u32))> = BTreeMap::new();
    for picture in job.resolved.iter().flat_map(|page| &page.resolved.pictures) {
        if let (Some((file, href)), Some(size)) = (&picture.file, picture.size) {
            shown.insert(file, (href, size));
        }
    }
    let problems = Mutex::new(Vec::new());
    shown.into_par_iter().for_each(|(path, (href, size))| {
        let wanted = widths(path, size);
        if wanted.is_empty() {
            return;
        }
        let made = job.world.read(path).and_then(|file| {
            let key = Hash::of_value(&(file.hash, &wanted));
            job.memos.images.get(key, || variants(&file.bytes, &wanted)).map_err(|why| {
                let problem = Diagnostic::new(Code::IMG004, format!("this picture cannot be made smaller: {why}")).at(Span::new(path, 0..0));
                Box::new(problem.help(format!("save it again as PNG or JPEG, with at most {} million pixels", MOST_PIXELS / 1_000_000)))
            })
        });
        match made {
            Ok(blobs) => {
                for (width, blob) in wanted.iter().zip(blobs) {
                    sink.put(OutPath::new(decode_path(&smaller(href, *width)).unwrap_or_default()), blob);
                }
            }
            Err(problem) => problems.lock().unwrap_or_else(PoisonError::into_inner).push(*problem),
        }
    });
    problems.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// A picture in several widths, or why not.
pub fn variants(bytes: &[u8], widths: &[u32]) -> Result<Vec<Arc<Blob>>, String> {
    let (picture, lossless) = decode(bytes)?;
    widths.iter().map(|width| variant(&picture, (*width).min(picture.width()), lossless)).collect()
}

/// Decodes within the limits, upright; whether it came from a format that keeps every pixel.
fn decode(bytes: &[u8]) -> Result<(DynamicImage, bool), String> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| error.to_string())?;
    let lossless = reader.format() == Some(image::ImageFormat::Png);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(|error| error.to_string())?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(format!("{width} × {height} pixels are too many"));
    }
    let orientation = decoder.orientation().map_err(|error| error.to_string())?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| error.to_string())?;
    picture.apply_orientation(orientation);
    let picture = if picture.color().has_alpha() { picture.into_rgba8().into() } else { DynamicImage::from(picture.into_rgb8()) };
    Ok((picture, lossless))
}

fn variant(picture: &DynamicImage, width: u32, lossless: bool) -> Result<Arc<Blob>, String> {
    let height = (u64::from(picture.height()) * u64::from(width) / u64::from(picture.width())).max(1) as u32;
    let kind = picture.pixel_type().ok_or("its colours are of an unknown kind")?;
    let mut small = Image::new(width, height, kind);
    Resizer::new().resize(picture, &mut small, &ResizeOptions::new()).map_err(|error| error.to_string())?;
    let encoder = if picture.color().has_alpha() {
        webp::Encoder::from_rgba(small.buffer(), width, height)
    } else {
        webp::Encoder::from_rgb(small.buffer(), width, height)
    };
    let lossy = encoder.encode(if lossless { 85.0 } else { 76.0 }).to_vec();
    // Drawings and pictures of screens are smaller, and sharper, when nothing is lost.
    let exact = lossless.then(|| encoder.encode_lossless().to_vec()).filter(|exact| exact.len() <= lossy.len());
    Ok(Blob::new(exact.unwrap_or(lossy)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat, RgbImage};

    fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let picture = RgbImage::from_fn(width, height, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, ((x * y) % 256) as u8]));
        let mut out = Cursor::new(Vec::new());
        picture.write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    #[test]
    fn variants_have_their_widths_and_come_out_the_same_twice() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png] {
            let bytes = encoded(1000, 500, format);
            let made = variants(&bytes, &[480, 960]).unwrap();
            let sizes: Vec<(usize, usize)> =
                made.iter().map(|blob| imagesize::blob_size(&blob.bytes).map(|size| (size.width, size.height)).unwrap()).collect();
            assert_eq!(sizes, [(480, 240), (960, 480)]);
            assert_eq!(variants(&bytes, &[480, 960]).unwrap(), made);
        }
    }

    /// A PNG that says how large it is and then holds what it likes.
    fn png(width: u32, height: u32, chunk: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut add = |kind: &[u8; 4], data: &[u8]| {
            out.extend((data.len() as u32).to_be_bytes());
            out.extend(kind);
            out.extend(data);
            let mut crc = flate2::Crc::new();
            crc.update(kind);
            crc.update(data);
            out.extend(crc.sum().to_be_bytes());
        };
        let mut header = Vec::new();
        header.extend(width.to_be_bytes());
        header.extend(height.to_be_bytes());
        header.extend([8, 2, 0, 0, 0]);
        add(b"IHDR", &header);
        add(chunk, content);
        add(b"IEND", &[]);
        out
    }

    #[test]
    fn pictures_that_would_fill_the_memory_are_refused_before_they_are_decoded() {
        let began = std::time::Instant::now();
        assert!(variants(&png(50_000, 50_000, b"IDAT", &[]), &[480]).unwrap_err().contains("too many"));
        let bomb: Vec<u8> = {
            let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
            std::io::Write::write_all(&mut encoder, &vec![0; 64 << 20]).unwrap();
            encoder.finish().unwrap()
        };
        let text: Vec<u8> = b"k\0\0".iter().copied().chain(bomb.iter().copied()).collect();
        assert!(variants(&png(8, 8, b"zTXt", &text), &[4]).is_err(), "it holds no picture");
        // More than the picture can hold is not unpacked.
        let _ = variants(&png(8, 8, b"IDAT", &bomb), &[4]);
        assert!(variants(b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n+X 4294967295 +Y 4294967295\n", &[480]).is_err(), "no such format here");
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let whole = encoded(600, 600, format);
            for part in [10, 40, whole.len() / 2] {
                // A JPEG that ends early may still be shown; nothing may panic.
                let _ = variants(&whole[..part], &[480]);
            }
        }
        assert!(began.elapsed().as_secs() < 10);
    }
}
