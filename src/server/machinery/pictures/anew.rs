//! A picture made anew, one at a time: what was no picture stays outside, what was hidden in it is gone.

use super::MAX_UPLOAD;
use super::decode::{Decoded, UNWORKABLE, decode};
use super::shrink::{Dimensions, shrink};
use crate::server::limits::{PICTURES_DECODED_AT_ONCE, megabytes};
use crate::server::machinery::pictures::upload::Upload;
use image::imageops::FilterType;
use image::{DynamicImage, ImageFormat, RgbImage};
use std::io::Cursor;
use std::thread::Builder;
use tokio::sync::{Semaphore, oneshot};
use tokio::time::{Instant, timeout_at};

/// Both sides of the small one, unless the picture is smaller itself: the 88 of a list on the densest screens.
const SMALL_SIDE: u32 = 264;

static AT_ONCE: Semaphore = Semaphore::const_new(PICTURES_DECODED_AT_ONCE);

/// Its JPEG, and that of its small one.
pub struct Clean {
    pub(super) whole: Vec<u8>,
    pub(super) small: Vec<u8>,
}

/// Waits for its turn until a moment; then says that there are too many.
pub(super) async fn made_anew(file: Upload, until: Instant) -> Result<Clean, String> {
    if file.size > MAX_UPLOAD {
        return Err(format!("图片有 {}，不能超过 {}，请压缩后重新上传", megabytes(file.size), megabytes(MAX_UPLOAD)));
    }
    let turn = timeout_at(until, AT_ONCE.acquire()).await.ok().and_then(Result::ok);
    let turn = turn.ok_or("现在上传图片的人有点多，请稍等几秒后重新提交")?;
    let work = standing_back(move || {
        // Kept to the end of the work, also when nobody waits for it any more.
        let _turn = turn;
        decode(&file.bytes).and_then(clean)
    });
    work.await.unwrap_or_else(|_| Err(UNWORKABLE.to_owned()))
}

/// Works on a thread of its own, which stands back where the machine is busy: a picture takes half a second, a page some milliseconds.
fn standing_back<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> oneshot::Receiver<T> {
    let (done, outcome) = oneshot::channel();
    let thread = Builder::new().name("pictures".to_owned()).spawn(move || {
        // Of this thread alone, on Linux; elsewhere it would be the whole process.
        #[cfg(target_os = "linux")]
        if let Err(error) = rustix::process::setpriority_process(None, 10) {
            tracing::debug!(%error, "pictures are worked on beside everything else");
        }
        let _ = done.send(work());
    });
    if let Err(error) = thread {
        tracing::warn!(%error, "no thread for a picture");
    }
    outcome
}

fn clean(decoded: Decoded) -> Result<Clean, String> {
    let Decoded { picture, orientation } = decoded;
    let kept = Dimensions { width: picture.width(), height: picture.height() }.kept();
    let mut whole = DynamicImage::ImageRgb8(shrink(picture, kept));
    whole.apply_orientation(orientation);
    let side = SMALL_SIDE.min(whole.width()).min(whole.height());
    let small = middle(&whole).resize_exact(side, side, FilterType::Triangle);
    Ok(Clean { whole: jpeg(&whole.into_rgb8())?, small: jpeg(&small.into_rgb8())? })
}

/// The square in the middle. Cut out before it is made smaller: of a long strip that would take several times the strip.
fn middle(picture: &DynamicImage) -> DynamicImage {
    let side = picture.width().min(picture.height());
    picture.crop_imm((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)
}

fn jpeg(picture: &RgbImage) -> Result<Vec<u8>, String> {
    let mut jpeg = Cursor::new(Vec::new());
    picture.write_to(&mut jpeg, ImageFormat::Jpeg).map_err(|_| UNWORKABLE.to_owned())?;
    Ok(jpeg.into_inner())
}
