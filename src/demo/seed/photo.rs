//! Evidence for the demo's cases.

use super::internal;
use crate::server::error::Result;

/// A plain photograph-like picture: soft light on a table, in a tint of its own.
pub fn photo(tint: u8, turn: u8) -> Result<Vec<u8>> {
    let picture = image::RgbImage::from_fn(480, 480, |x, y| {
        let light = u8::try_from((x + y) / 8).unwrap_or(u8::MAX);
        let round = (i64::from(x) - 240).pow(2) + (i64::from(y) - 250).pow(2) < 150 * 150;
        let base = if round { [150_u8, 96, 70] } else { [226, 214, 196] };
        image::Rgb([
            base[0].saturating_sub(turn / 8).saturating_add(light / 6),
            base[1].saturating_add(tint % 16).saturating_add(light / 8),
            base[2].saturating_add(turn / 10).saturating_add(light / 8),
        ])
    });
    let mut jpeg = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut jpeg, image::ImageFormat::Jpeg).map_err(internal)?;
    Ok(jpeg.into_inner())
}
