//! `guitu backup`: writes the file beside a shop that goes on; what is written meanwhile is in it whole or not at all.

use super::archive::ArchiveWriter;
use super::{
    ArchiveTrailer, BackupError, END, FORM, FORMAT, LEFT_OUT, MANIFEST, Manifest, PICTURES, ROWS, SECRET_KEY, is_name_of_picture, rows,
};
use crate::domain::Timestamp;
use crate::server::db::catalog::CatalogTable;
use crate::server::db::{Db, Tx};
use crate::server::error::Result;
use crate::server::machinery::config::Config;
use crate::server::machinery::sealing::{self, Fit};
use futures_util::TryStreamExt;
use sqlx::AssertSqlSafe;
use std::io;
use std::path::{Path, PathBuf};

/// Bytes of rows that are held before they are written.
const PART: usize = 1 << 20;

/// What was written.
#[derive(Clone, Debug)]
pub struct WrittenBackup {
    pub path: PathBuf,
    pub bytes: u64,
    pub manifest: Manifest,
    pub rows: i64,
    pub pictures: i64,
    /// Whether the secret key is in it.
    pub with_key: bool,
}

/// Writes a backup to this file, or to a new one in this folder.
pub async fn take(db: &Db, config: &Config, to: &Path, with_key: bool, now: Timestamp) -> std::result::Result<WrittenBackup, BackupError> {
    let Some(schema) = db.schema().await? else { return Err(BackupError::NoDatabase(config.database_url.to_string())) };
    if db.is_restoring().await? {
        return Err(BackupError::Restoring);
    }
    let path = if to.is_dir() { to.join(format!("guitu-{}.tar.gz", compact(now))) } else { to.to_owned() };
    if path.exists() {
        return Err(BackupError::FileExists(path));
    }
    // A key that does not belong to the database is no part of it.
    let key = match sealing::key_at_hand(config)? {
        Some(key) if sealing::fit(db, &key).await? != Fit::Other => Some(key),
        _ => None,
    };
    if with_key && key.is_none() {
        return Err(BackupError::NoKey);
    }
    let secret_key = match &key {
        Some(key) => Some(sealing::fingerprint_of(key)),
        None => sealing::wanted(db).await?,
    };
    let mut file = ArchiveWriter::begin(&path)?;
    let mut snapshot = db.snapshot().await?;
    let tables: Vec<CatalogTable> = snapshot.tables().await?.into_iter().filter(|table| !LEFT_OUT.contains(&table.name.as_str())).collect();
    let sealed = sealing::sealed(&mut snapshot, &tables).await?;
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        form: FORM,
        guitu: env!("CARGO_PKG_VERSION").to_owned(),
        taken_at: now.0,
        schema,
        secret_key,
        sealed,
        tables,
    };
    file.put(MANIFEST.to_owned(), json(&manifest)?).await;
    if let Some(key) = key.as_ref().filter(|_| with_key) {
        file.put(SECRET_KEY.to_owned(), key.digits().into_bytes()).await;
    }
    let mut end = ArchiveTrailer::default();
    for (nth, table) in manifest.tables.iter().enumerate() {
        end.rows += put_rows(&mut file, &mut snapshot, nth, table).await?;
    }
    snapshot.commit().await?;
    end.pictures = put_pictures(&mut file, &config.evidence_dir()).await?;
    end.sha256 = file.sum();
    file.put(END.to_owned(), json(&end)?).await;
    let bytes = file.finish().await?;
    Ok(WrittenBackup { path, bytes, manifest, rows: end.rows, pictures: end.pictures, with_key })
}

async fn put_rows(file: &mut ArchiveWriter, snapshot: &mut Tx, nth: usize, table: &CatalogTable) -> Result<i64> {
    let (mut count, mut parts, mut text) = (0, 0, Vec::with_capacity(PART + PART / 8));
    let mut rows = sqlx::query(AssertSqlSafe(table.select())).fetch(snapshot.conn());
    loop {
        let row = rows.try_next().await?;
        if let Some(row) = &row {
            rows::encode(table, row, &mut text)?;
            count += 1;
        }
        if text.len() >= PART || (row.is_none() && !text.is_empty()) {
            parts += 1;
            let name = format!("{ROWS}{nth:03}-{}/{parts:06}.jsonl", table.name);
            // A disk that is full is told at the end; to read on would be of no use.
            if !file.put(name, std::mem::replace(&mut text, Vec::with_capacity(PART + PART / 8))).await {
                return Ok(count);
            }
        }
        if row.is_none() {
            return Ok(count);
        }
    }
}

/// Those that applications, cases and reviews in the rows refer to are there already, for these are written once their pictures are kept; one that
/// is taken away meanwhile is no loss.
async fn put_pictures(file: &mut ArchiveWriter, folder: &Path) -> std::result::Result<i64, BackupError> {
    let mut count = 0;
    for name in names_in(folder).map_err(|source| BackupError::File { path: folder.to_owned(), source })? {
        let path = folder.join(&name);
        let read = tokio::task::spawn_blocking({
            let path = path.clone();
            move || std::fs::read(path)
        });
        match read.await.map_err(io::Error::other).and_then(|read| read) {
            Ok(bytes) => {
                count += 1;
                if !file.put(format!("{PICTURES}{name}"), bytes).await {
                    break;
                }
            }
            Err(gone) if gone.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(BackupError::File { path, source }),
        }
    }
    Ok(count)
}

/// The pictures in a folder that may not be there yet.
fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let listed = match std::fs::read_dir(folder) {
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        listed => listed?,
    };
    let mut names = Vec::new();
    for entry in listed {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_name_of_picture(&name) && entry.file_type()?.is_file() {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn json(value: &impl serde::Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|error| crate::server::error::Error::Internal(error.to_string()))
}

/// `20261129T143200Z`
fn compact(at: Timestamp) -> String {
    chrono::DateTime::from_timestamp_millis(at.0).map(|at| at.format("%Y%m%dT%H%M%SZ").to_string()).unwrap_or_default()
}
