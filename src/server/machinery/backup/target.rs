//! Where a backup is restored to: an empty place, which stays empty unless all of it has arrived.

use super::BackupError;
use crate::server::db::Db;
use crate::server::machinery::config::{Config, DatabaseUrl};
use crate::server::machinery::files::{self, with_companions};
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

pub struct Target {
    pub db: Db,
    /// A SQLite file is filled under another name.
    file: Option<(PathBuf, PathBuf)>,
    pictures: PathBuf,
    pictures_aside: PathBuf,
    secret_key: PathBuf,
    /// The key that came with the backup, where there is none here.
    pub key: Option<String>,
}

impl Target {
    /// Opens it, if it is empty. What a restore has left that was broken off is taken away first.
    pub async fn prepare(config: &Config) -> Result<Self, BackupError> {
        files::keep_private(config)?;
        let pictures = config.evidence_dir();
        if fs::read_dir(&pictures).is_ok_and(|mut found| found.next().is_some()) {
            return Err(BackupError::NotEmpty(format!("the folder of pictures {}", pictures.display())));
        }
        let pictures_aside = pictures.with_extension("restoring");
        let failed = |source| BackupError::File { path: pictures_aside.clone(), source };
        match fs::remove_dir_all(&pictures_aside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => fs::create_dir_all(&pictures_aside).map_err(failed)?,
        }
        let secret_key = config.data_dir.join(super::SECRET_KEY);
        let (db, file) = match config.database_url.sqlite_file() {
            Some(file) => sqlite(file).await?,
            None => (postgres(&config.database_url).await?, None),
        };
        Ok(Self { db, file, pictures, pictures_aside, secret_key, key: None })
    }

    pub fn keep_picture(&self, name: &str, bytes: &[u8]) -> Result<(), BackupError> {
        if !super::is_name_of_picture(name) {
            return Err(super::damaged(format!("a picture is called {name:?}")));
        }
        write(&self.pictures_aside.join(name), bytes)
    }

    /// All is there: from now on it is the shop.
    pub async fn keep(self) -> Result<(), BackupError> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| BackupError::File { path, source }
        };
        if self.file.is_some() {
            self.db.close().await;
        }
        if let Some((aside, _)) = &self.file
            && let Some(rest) = with_companions(aside).into_iter().skip(1).find(|beside| beside.exists())
        {
            return Err(BackupError::File { path: rest, source: io::Error::other("SQLite has not let go of it") });
        }
        if self.pictures.exists() {
            fs::remove_dir(&self.pictures).map_err(failed(&self.pictures))?;
        }
        fs::rename(&self.pictures_aside, &self.pictures).map_err(failed(&self.pictures))?;
        if let Some(digits) = &self.key {
            write(&self.secret_key, digits.as_bytes())?;
        }
        // Last of all: until then the next restore begins anew.
        if let Some((aside, file)) = &self.file {
            fs::rename(aside, file).map_err(failed(file))?;
        } else {
            self.db.end_restoring().await?;
            self.db.close().await;
        }
        Ok(())
    }

    /// Something was wrong: nothing remains.
    pub async fn clear(self) {
        if self.file.is_none()
            && let Err(error) = self.db.clear().await
        {
            tracing::error!(?error, "the database could not be emptied again; the next restore does it");
        }
        self.db.close().await;
        if let Some((aside, _)) = &self.file {
            remove(aside);
        }
        let _ = fs::remove_dir_all(&self.pictures_aside);
    }
}

async fn sqlite(file: PathBuf) -> Result<(Db, Option<(PathBuf, PathBuf)>), BackupError> {
    // A log that is left of another database would be played into this one when it is opened.
    if let Some(left) = with_companions(&file).into_iter().find(|path| path.exists()) {
        return Err(BackupError::NotEmpty(format!("the database {}", left.display())));
    }
    let mut aside = file.as_os_str().to_owned();
    aside.push(".restoring");
    let aside = PathBuf::from(aside);
    remove(&aside);
    let db = Db::connect(&format!("sqlite:{}", aside.display())).await?;
    Ok((db, Some((aside, file))))
}

async fn postgres(url: &DatabaseUrl) -> Result<Db, BackupError> {
    let db = Db::connect(url.as_str()).await?;
    if db.is_restoring().await? {
        db.clear().await?;
    }
    if !db.table_names().await?.is_empty() {
        return Err(BackupError::NotEmpty(format!("the database {url}")));
    }
    db.begin_restoring().await?;
    Ok(db)
}

fn remove(file: &Path) {
    for path in with_companions(file) {
        let _ = fs::remove_file(path);
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), BackupError> {
    let written = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|source| BackupError::File { path: path.to_owned(), source })
}
