//! Pictures that people upload: looked at, made anew without what cameras hide in them, and kept under random names (A4, B39).

mod anew;
mod decode;
mod shrink;
pub mod upload;

pub use crate::server::limits::{PICTURE_BYTES as MAX_UPLOAD, PICTURES_PER_FORM as MAX_COUNT};
pub use anew::Clean;

use crate::server::clock::request_key;
use crate::server::error::{Error, Result};
use crate::server::limits::PICTURE_WAIT;
use crate::server::machinery::pictures::upload::Upload;
use object_store::local::LocalFileSystem;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, path::Path};
use std::sync::Arc;
use tokio::time::Instant;

/// How much of a picture is wanted: all of it, or the square that lists show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureSize {
    Whole,
    Small,
}

/// Where pictures lie.
#[derive(Clone)]
pub struct PictureStore {
    store: Arc<dyn ObjectStore>,
}

impl PictureStore {
    /// In a folder of this machine.
    pub fn in_folder(folder: &std::path::Path) -> std::result::Result<Self, String> {
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| error.to_string())?;
        Ok(Self { store: Arc::new(store) })
    }

    /// The pictures among the files, made anew; refuses with words beside the field they were sent in.
    pub async fn read(files: Vec<Upload>, field: &str) -> Result<Vec<Clean>> {
        if files.len() > MAX_COUNT {
            return Err(Error::field(field, format!("最多上传 {MAX_COUNT} 张图片")));
        }
        let until = Instant::now() + PICTURE_WAIT;
        let mut clean = Vec::with_capacity(files.len());
        for file in files {
            clean.push(anew::made_anew(file, until).await.map_err(|words| Error::field(field, words))?);
        }
        Ok(clean)
    }

    /// A key for a picture that nobody can guess.
    pub fn new_key() -> String {
        request_key()
    }

    /// Keeps a picture under a key whose row is there already: no file is without one.
    pub async fn keep(&self, key: &str, picture: Clean) -> Result<()> {
        self.put(&path(key, PictureSize::Small), picture.small).await?;
        self.put(&path(key, PictureSize::Whole), picture.whole).await
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
