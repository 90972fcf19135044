//! Decodes by content, and only what was measured before: a picture of 8000 by 8000 dots is a file of some kilobytes and takes 250 MB.

use super::shrink::Dimensions;
use crate::server::limits::{PICTURE_MEMORY_BYTES, PICTURE_PIXELS};
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use memchr::memmem;
use std::io::Cursor;

const NO_PICTURE: &str = "只能上传 JPG、PNG 或 WebP 图片";
pub(super) const UNWORKABLE: &str = "图片无法处理，请换一张";

/// Beside the dots: colour profiles and the like.
const MOST_BESIDE: u64 = 16 * 1024 * 1024;

/// The dots as they lie in the file, and how they are to be turned.
pub struct Decoded {
    pub picture: DynamicImage,
    pub orientation: Orientation,
}

/// Refuses in words for the sender.
pub fn decode(bytes: &[u8]) -> Result<Decoded, String> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| NO_PICTURE)?;
    let format = reader.format().filter(|format| matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP));
    let format = format.ok_or(NO_PICTURE)?;
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_BESIDE);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| NO_PICTURE)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > PICTURE_PIXELS {
        return Err(format!("图片有 {width}×{height} 像素，最多 {} 万像素，请缩小后重新上传", PICTURE_PIXELS / 10_000));
    }
    let kept = Dimensions { width, height }.kept();
    // As decoded, beside it while decoding, then as `shrink` takes it, and the picture that comes of it, which may be turned.
    let (decoding, shrinking) = (beside(format, bytes, pixels), converted(decoder.color_type(), pixels) + 3 * kept.pixels());
    let memory = decoder.total_bytes().saturating_add(decoding.max(shrinking)).max(6 * kept.pixels());
    if memory > PICTURE_MEMORY_BYTES {
        return Err(format!("图片有 {width}×{height} 像素，这种格式的图片太大，请缩小或另存为普通 JPG 后重新上传"));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|_| NO_PICTURE)?;
    Ok(Decoded { picture, orientation })
}

/// What a copy with eight bits a colour takes, where `shrink` needs one.
fn converted(colours: ColorType, pixels: u64) -> u64 {
    if matches!(colours, ColorType::L8 | ColorType::Rgb8 | ColorType::Rgba8) {
        return 0;
    }
    pixels.saturating_mul(if colours.has_alpha() { 4 } else { 3 })
}

/// What the decoder takes beside the dots it gives back.
#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is open: later versions of the library add formats")]
fn beside(format: ImageFormat, bytes: &[u8], pixels: u64) -> u64 {
    match format {
        ImageFormat::Jpeg => held_samples(bytes).map_or(0, |tenths| pixels.saturating_mul(2 * tenths) / 10),
        // The canvas and the frame that is drawn on it.
        ImageFormat::WebP if is_animated(bytes) => pixels.saturating_mul(8),
        // Lossless, with a transparency that is taken away again; otherwise brightness, two colours at half the size, and the transparency.
        ImageFormat::WebP if memmem::find(bytes, b"VP8L").is_some() => pixels.saturating_mul(4),
        ImageFormat::WebP => pixels.saturating_mul(5) / 2,
        _ => 0,
    }
}

/// Four colours, each as large as the picture.
const MOST_SAMPLES: u64 = 40;

/// Of a JPEG whose samples are held until the last scan, tenths of a sample for each dot: a progressive one, or one whose scans bring single colours.
fn held_samples(bytes: &[u8]) -> Option<u64> {
    let (mut rest, mut frame) = (bytes.get(2..)?, None);
    loop {
        let (before, marker, length) = (*rest.first()?, *rest.get(1)?, usize::from(u16::from_be_bytes([*rest.get(2)?, *rest.get(3)?])));
        let segment = rest.get(4..2 + length);
        match marker {
            // Decoders look for the next marker; who knows which they find.
            _ if before != 0xFF => return Some(MOST_SAMPLES),
            // Fill bytes may stand before a marker.
            0xFF => {
                rest = &rest[1..];
                continue;
            }
            0xC2 => return samples(segment?),
            0xC0 | 0xC1 => frame = segment,
            0xDA => {
                let (of_scan, frame) = (segment?.first()?, frame?);
                return if of_scan < frame.get(5)? { samples(frame) } else { None };
            }
            _ => {}
        }
        rest = rest.get(2 + length..)?;
    }
}

/// Precision, height, width, then a component for every three bytes: its name, how many samples it has across and down, its table.
fn samples(frame: &[u8]) -> Option<u64> {
    let components: Vec<(u64, u64)> =
        frame.get(6..)?.chunks_exact(3).map(|part| (u64::from(part[1] >> 4), u64::from(part[1] & 15))).collect();
    let most = components.iter().map(|(across, _)| across).max()? * components.iter().map(|(_, down)| down).max()?;
    let all: u64 = components.iter().map(|(across, down)| across * down).sum();
    (all * 10).checked_div(most)
}

/// A flag in the header of an extended WebP.
fn is_animated(bytes: &[u8]) -> bool {
    bytes.get(12..16) == Some(b"VP8X") && bytes.get(20).is_some_and(|flags| flags & 2 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The start of a JPEG with these sampling factors.
    fn frame(marker: u8, factors: &[u8]) -> Vec<u8> {
        let length = u8::try_from(8 + 3 * factors.len()).unwrap();
        let mut jpeg =
            vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xFF, marker, 0, length, 8, 1, 0, 1, 0, u8::try_from(factors.len()).unwrap()];
        for factor in factors {
            jpeg.extend([1, *factor, 0]);
        }
        jpeg
    }

    #[test]
    fn a_progressive_jpeg_takes_its_samples_beside_its_dots() {
        assert_eq!(held_samples(&frame(0xC2, &[0x22, 0x11, 0x11])), Some(15));
        assert_eq!(held_samples(&frame(0xC2, &[0x11, 0x11, 0x11])), Some(30));
        assert_eq!(held_samples(&frame(0xC2, &[0x11])), Some(10));
        for end in 0..19 {
            let _ = held_samples(&frame(0xC2, &[0x22, 0x11, 0x11])[..end]);
        }
        assert_eq!(held_samples(&frame(0xC2, &[0, 0])), None);
    }

    #[test]
    fn so_does_one_whose_scans_bring_single_colours_and_one_that_nobody_can_follow() {
        let scan = |colours: u8| [vec![0xFF, 0xDA, 0, 3 + 2 * colours, colours], vec![0; 2 * usize::from(colours)]].concat();
        let baseline = frame(0xC0, &[0x11, 0x11, 0x11]);
        assert_eq!(held_samples(&[baseline.clone(), scan(3)].concat()), None);
        assert_eq!(held_samples(&[baseline.clone(), scan(1)].concat()), Some(30));
        assert_eq!(held_samples(&[baseline.clone(), vec![0, 1, 2, 3]].concat()), Some(MOST_SAMPLES));
        assert_eq!(held_samples(&baseline), None, "it ends before a scan");
    }
}
