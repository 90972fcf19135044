//! Pictures that people upload: looked at, made anew without what cameras hide in them, and kept under random names (A4, B39).

use super::app::request_key;
use super::error::{Error, Result};
use super::form::{Form, Upload};
use image::{DynamicImage, ImageFormat, ImageReader, Limits};
use object_store::local::LocalFileSystem;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, path::Path};
use std::io::Cursor;
use std::sync::Arc;

/// The largest picture accepted, in bytes.
pub const MAX_UPLOAD: usize = 5 * 1024 * 1024;
/// Pictures of one form.
pub const MAX_COUNT: usize = 9;
/// The longer side of a kept picture.
const MAX_SIDE: u32 = 1_600;
/// Both sides of its small one, unless it is smaller itself: the 88 of a list on the densest screens.
const SMALL_SIDE: u32 = 264;

/// How much of a picture is wanted: all of it, or the square that lists show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureSize {
    Whole,
    Small,
}

/// A picture made anew: its JPEG, and that of its small one.
struct Clean {
    whole: Vec<u8>,
    small: Vec<u8>,
}

/// Where pictures lie.
#[derive(Clone)]
pub struct Pictures {
    store: Arc<dyn ObjectStore>,
}

impl Pictures {
    /// In a folder of this machine.
    pub fn in_folder(folder: &std::path::Path) -> std::result::Result<Self, String> {
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| error.to_string())?;
        Ok(Self { store: Arc::new(store) })
    }

    /// Keeps the pictures of a form field and returns their keys; refuses with words beside the field, keeping nothing.
    pub async fn keep(&self, form: &Form, field: &str) -> Result<Vec<String>> {
        let files = form.files(field);
        if files.len() > MAX_COUNT {
            return Err(Error::field(field, format!("最多上传 {MAX_COUNT} 张图片")));
        }
        let mut clean = Vec::with_capacity(files.len());
        for file in files {
            clean.push(made_anew(file.clone()).await.map_err(|words| Error::field(field, words))?);
        }
        let mut keys = Vec::with_capacity(clean.len());
        for Clean { whole, small } in clean {
            let key = request_key();
            self.put(&path(&key, PictureSize::Small), small).await?;
            self.put(&path(&key, PictureSize::Whole), whole).await?;
            keys.push(key);
        }
        Ok(keys)
    }

    /// The JPEG behind a key; `None` if there is none. Whole where it was kept before there were small ones.
    pub async fn load(&self, key: &str, size: PictureSize) -> Result<Option<bytes::Bytes>> {
        match self.get(&path(key, size)).await? {
            None if size == PictureSize::Small => self.get(&path(key, PictureSize::Whole)).await,
            found => Ok(found),
        }
    }

    /// Both files of a picture are gone afterwards.
    pub async fn remove(&self, key: &str) -> Result<()> {
        for size in [PictureSize::Small, PictureSize::Whole] {
            match self.store.delete(&path(key, size)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(Error::Internal(error.to_string())),
            }
        }
        Ok(())
    }

    async fn put(&self, path: &Path, bytes: Vec<u8>) -> Result<()> {
        self.store.put(path, PutPayload::from(bytes)).await.map_err(Error::Pictures)?;
        Ok(())
    }

    async fn get(&self, path: &Path) -> Result<Option<bytes::Bytes>> {
        match self.store.get(path).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(Error::Pictures)?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(Error::Pictures(error)),
        }
    }
}

fn path(key: &str, size: PictureSize) -> Path {
    let key: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
    Path::from(match size {
        PictureSize::Whole => format!("{key}.jpg"),
        PictureSize::Small => format!("{key}-small.jpg"),
    })
}

const UNWORKABLE: &str = "图片无法处理，请换一张";

/// Decodes by content, within limits, and encodes anew: what was no picture stays outside, what was hidden in it is gone.
async fn made_anew(file: Upload) -> std::result::Result<Clean, &'static str> {
    if file.bytes.len() > MAX_UPLOAD {
        return Err("图片不能超过 5 MB，请压缩后重新上传");
    }
    let work = tokio::task::spawn_blocking(move || {
        let picture = decode(&file.bytes).ok_or("只能上传 JPG、PNG 或 WebP 图片")?;
        let whole = if picture.width().max(picture.height()) > MAX_SIDE {
            picture.resize(MAX_SIDE, MAX_SIDE, image::imageops::FilterType::Triangle)
        } else {
            picture
        };
        let side = SMALL_SIDE.min(whole.width()).min(whole.height());
        let small = whole.resize_to_fill(side, side, image::imageops::FilterType::Triangle);
        Ok(Clean { whole: jpeg(&whole)?, small: jpeg(&small)? })
    });
    work.await.unwrap_or(Err(UNWORKABLE))
}

fn jpeg(picture: &DynamicImage) -> std::result::Result<Vec<u8>, &'static str> {
    let mut jpeg = Cursor::new(Vec::new());
    picture.to_rgb8().write_to(&mut jpeg, ImageFormat::Jpeg).map_err(|_| UNWORKABLE)?;
    Ok(jpeg.into_inner())
}

fn decode(bytes: &[u8]) -> Option<DynamicImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return None;
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(8_000);
    limits.max_image_height = Some(8_000);
    limits.max_alloc = Some(256 * 1024 * 1024);
    reader.limits(limits);
    reader.decode().ok()
}
