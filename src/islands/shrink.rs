//! Pictures made small enough to be sent, by the browser itself.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_futures::js_sys::{Array, Promise};
use web_sys::{Blob, CanvasRenderingContext2d, File, FilePropertyBag, HtmlCanvasElement, ImageBitmap};

/// The longer side of what is sent …
const LONG_SIDE: f64 = 2_048.0;
/// … unless the shorter one would become less than this: the words in a tall screenshot must stay legible.
const SHORT_SIDE: f64 = 720.0;
const JPEG: &str = "image/jpeg";
/// What the server takes as it is.
const TAKEN: [&str; 3] = [JPEG, "image/png", "image/webp"];

/// The picture as it is where that fits, otherwise a smaller JPEG of it; or the words why neither is possible.
pub async fn fitted(file: File, max_bytes: usize) -> Result<File, String> {
    #[expect(clippy::cast_precision_loss, reason = "a length of some megabytes")]
    let most = max_bytes as f64;
    let Some(bitmap) = decoded(&file).await else {
        return Err(if is_heic(&file) {
            format!("这个浏览器不能打开「{}」（HEIC 格式），请在相册里转成 JPG 后再选", file.name())
        } else {
            format!("「{}」不是能打开的图片，没有加入；请选择 JPG、PNG 或 WebP 图片", file.name())
        });
    };
    let whole = (bitmap.width(), bitmap.height());
    let size = scaled(whole);
    if size == whole && file.size() <= most && TAKEN.contains(&file.type_().as_str()) {
        return Ok(file);
    }
    let canvas = drawn(&bitmap, size);
    bitmap.close();
    for quality in [0.86, 0.7, 0.5] {
        let Some(blob) = pressed(canvas.as_ref(), quality).await else { break };
        if blob.size() <= most
            && let Some(small) = named(&blob, &file)
        {
            return Ok(small);
        }
    }
    as_it_is(file, most)
}

fn as_it_is(file: File, most: f64) -> Result<File, String> {
    if file.size() <= most { Ok(file) } else { Err(format!("「{}」太大，又不能在这里缩小，请换一张", file.name())) }
}

fn is_heic(file: &File) -> bool {
    let name = file.name();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    file.type_().starts_with("image/hei") || ["heic", "heif"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Upright, as the camera meant it.
async fn decoded(file: &File) -> Option<ImageBitmap> {
    let bitmap = window().create_image_bitmap_with_blob(file).ok()?;
    JsFuture::from(bitmap).await.ok()?.dyn_into().ok()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "no side grows, and none is below nothing")]
fn scaled((width, height): (u32, u32)) -> (u32, u32) {
    let (long, short) = (f64::from(width.max(height)), f64::from(width.min(height)));
    let scale = (LONG_SIDE / long).max(SHORT_SIDE / short).min(1.0);
    let side = |side: u32| ((f64::from(side) * scale).round() as u32).max(1);
    (side(width), side(height))
}

fn drawn(bitmap: &ImageBitmap, (width, height): (u32, u32)) -> Option<HtmlCanvasElement> {
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let paper: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let (width, height) = (f64::from(width), f64::from(height));
    // A JPEG knows no transparency: without this it would be black.
    paper.set_fill_style_str("#ffffff");
    paper.fill_rect(0.0, 0.0, width, height);
    paper.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width, height).ok()?;
    Some(canvas)
}

async fn pressed(canvas: Option<&HtmlCanvasElement>, quality: f64) -> Option<Blob> {
    let canvas = canvas?;
    let made = Promise::new(&mut |done, failed| {
        if canvas.to_blob_with_type_and_encoder_options(&done, JPEG, &JsValue::from_f64(quality)).is_err() {
            let _ = failed.call0(&JsValue::NULL);
        }
    });
    JsFuture::from(made).await.ok()?.dyn_into().ok()
}

fn named(blob: &Blob, original: &File) -> Option<File> {
    let name = original.name();
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let kind = FilePropertyBag::new();
    kind.set_type(JPEG);
    File::new_with_blob_sequence_and_options(&Array::of1(blob), &format!("{stem}.jpg"), &kind).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn photos_become_smaller_and_tall_screenshots_stay_legible() {
        assert_eq!(scaled((4_032, 3_024)), (2_048, 1_536));
        assert_eq!(scaled((3_024, 4_032)), (1_536, 2_048));
        assert_eq!(scaled((1_080, 9_600)), (720, 6_400));
        assert_eq!(scaled((9_600, 1_080)), (6_400, 720));
        for as_it_is in [(800, 600), (600, 9_000), (2_048, 2_048), (1, 1)] {
            assert_eq!(scaled(as_it_is), as_it_is);
        }
    }
}
