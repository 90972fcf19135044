//! `guitu restore`: reads the file once; rows and pictures count only when its end has been seen and every sum is right.

use super::archive::{ArchiveEntry, ArchiveReader};
use super::target::Target;
use super::{ArchiveTrailer, BackupError, END, FORM, FORMAT, LEFT_OUT, MANIFEST, Manifest, PICTURES, ROWS, SECRET_KEY, damaged, rows};
use crate::domain::Timestamp;
use crate::server::db::Tx;
use crate::server::db::catalog::{self, CatalogTable};
use crate::server::machinery::config::{Config, SecretKey};
use crate::server::machinery::verify::{self, CheckedInvariant};
use crate::server::machinery::{files, sealing};
use crate::server::store::machinery::installation::{self, Fact};
use sqlx::any::AnyArguments;
use sqlx::error::ErrorKind;
use sqlx::{Arguments, AssertSqlSafe, Executor};
use std::path::{Path, PathBuf};

/// Values of one statement: SQLite takes 32,766.
const MOST_VALUES: usize = 30_000;
const MOST_ROWS: usize = 500;

/// What was restored.
#[derive(Debug)]
pub struct Restored {
    pub path: PathBuf,
    pub taken_at: Timestamp,
    pub rows: i64,
    pub pictures: i64,
    /// The books, recomputed from what is there now.
    pub checks: Vec<CheckedInvariant>,
}

/// Restores this backup, or the newest in this folder, into an empty database.
pub async fn restore(config: &Config, from: &Path) -> Result<Restored, BackupError> {
    let path = if from.is_dir() { newest_in(from)? } else { from.to_owned() };
    let mut archive = ArchiveReader::open(&path)?;
    let manifest = manifest(&mut archive, &path).await?;
    let mut target = Target::prepare(config).await?;
    let filled = fill(&mut target, &mut archive, &manifest, config).await;
    match filled {
        Ok((end, checks)) => {
            target.keep().await?;
            files::keep_private(config)?;
            Ok(Restored { path, taken_at: Timestamp(manifest.taken_at), rows: end.rows, pictures: end.pictures, checks })
        }
        Err(error) => {
            target.clear().await;
            Err(error)
        }
    }
}

/// The names of such files follow time.
fn newest_in(folder: &Path) -> Result<PathBuf, BackupError> {
    let listed = std::fs::read_dir(folder).map_err(|source| BackupError::File { path: folder.to_owned(), source })?;
    let backups = listed.filter_map(|entry| Some(entry.ok()?.path()));
    let named = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("guitu-"));
    let whole = |path: &PathBuf| path.to_string_lossy().ends_with(".tar.gz");
    backups.filter(named).filter(whole).max().ok_or_else(|| BackupError::NoneInFolder(folder.to_owned()))
}

async fn manifest(archive: &mut ArchiveReader, path: &Path) -> Result<Manifest, BackupError> {
    let foreign = || BackupError::Foreign(path.to_owned());
    let Ok(Some((first, _))) = archive.next().await else { return Err(foreign()) };
    if first.name != MANIFEST {
        return Err(foreign());
    }
    let manifest: Manifest = serde_json::from_slice(&first.bytes).map_err(|_| foreign())?;
    if manifest.format != FORMAT {
        return Err(foreign());
    }
    let (newest, known) = catalog::knows(manifest.schema);
    if manifest.form > FORM || manifest.schema > newest {
        return Err(BackupError::Newer { guitu: manifest.guitu, schema: manifest.schema, newest });
    }
    if known { Ok(manifest) } else { Err(BackupError::OtherTables) }
}

async fn fill(
    target: &mut Target,
    archive: &mut ArchiveReader,
    manifest: &Manifest,
    config: &Config,
) -> Result<(ArchiveTrailer, Vec<CheckedInvariant>), BackupError> {
    let here = sealing::key_at_hand(config)?;
    // First the form that the rows had, then from there to the newest, as any database of that age.
    target.db.migrate_to(manifest.schema).await?;
    let db = target.db.clone();
    let mut tx = db.write().await?;
    let tables: Vec<CatalogTable> = tx.tables().await?;
    let kept: Vec<&CatalogTable> = tables.iter().filter(|table| !LEFT_OUT.contains(&table.name.as_str())).collect();
    if kept.len() != manifest.tables.len() || !kept.into_iter().all(|table| manifest.tables.contains(table)) {
        return Err(BackupError::OtherTables);
    }
    for table in tables.iter().rev() {
        tx.conn().execute(AssertSqlSafe(table.delete())).await?;
    }
    let end = take_in(target, archive, manifest, &mut tx).await?;
    let sealed_without_key = fits(manifest, here.as_ref(), target.key.as_deref())?;
    tx.commit().await?;
    target.db.migrate().await?;
    if sealed_without_key {
        let mut tx = db.write().await?;
        installation::forget(tx.conn(), Fact::SecretKey).await?;
        tx.commit().await?;
    }
    if here.is_some() {
        target.key = None;
    }
    target.db.analyze().await?;
    Ok((end, verify::ledger(&target.db).await?))
}

/// `true`: the key is not at hand, and nothing is sealed with it; the shop may begin with another.
fn fits(manifest: &Manifest, here: Option<&SecretKey>, brought: Option<&str>) -> Result<bool, BackupError> {
    let Some(wanted) = &manifest.secret_key else { return Ok(false) };
    let brought = brought.map(|digits| SecretKey::from_digits(digits).ok_or_else(|| damaged("its secret key"))).transpose()?;
    match here.or(brought.as_ref()).map(sealing::fingerprint_of) {
        Some(given) if given == *wanted => Ok(false),
        Some(_) if manifest.sealed == 0 => Ok(true),
        Some(given) => Err(BackupError::OtherKey { wanted: wanted.clone(), given }),
        None if manifest.sealed > 0 => Err(BackupError::KeyMissing { wanted: wanted.clone(), sealed: manifest.sealed }),
        None => Ok(true),
    }
}

/// Every entry up to the end, which says whether all were right.
async fn take_in(
    target: &mut Target,
    archive: &mut ArchiveReader,
    manifest: &Manifest,
    tx: &mut Tx,
) -> Result<ArchiveTrailer, BackupError> {
    let mut seen = ArchiveTrailer::default();
    while let Some((ArchiveEntry { name, bytes }, sum)) = archive.next().await? {
        if let Some(part) = name.strip_prefix(ROWS) {
            let nth: usize = part.get(..3).and_then(|nth| nth.parse().ok()).ok_or_else(|| damaged(&name))?;
            let table = manifest.tables.get(nth).ok_or_else(|| damaged(&name))?;
            seen.rows += insert(tx, table, &bytes).await?;
        } else if let Some(picture) = name.strip_prefix(PICTURES) {
            target.keep_picture(picture, &bytes)?;
            seen.pictures += 1;
        } else if name == SECRET_KEY {
            target.key = Some(String::from_utf8(bytes).map_err(|_| damaged(&name))?);
        } else if name == END {
            let end: ArchiveTrailer = serde_json::from_slice(&bytes).map_err(|_| damaged(&name))?;
            seen.sha256 = sum;
            if end != seen {
                return Err(damaged("its sums are not those of its contents"));
            }
            return if archive.next().await?.is_none() { Ok(end) } else { Err(damaged("something stands behind its end")) };
        } else {
            return Err(damaged(&name));
        }
    }
    Err(damaged("its end is missing"))
}

async fn insert(tx: &mut Tx, table: &CatalogTable, bytes: &[u8]) -> Result<i64, BackupError> {
    let text = std::str::from_utf8(bytes).map_err(|_| damaged(&table.name))?;
    let lines: Vec<&str> = text.lines().collect();
    let at_once = (MOST_VALUES / table.columns.len().max(1)).clamp(1, MOST_ROWS);
    for some in lines.chunks(at_once) {
        let mut values = AnyArguments::default();
        values.reserve(some.len() * table.columns.len(), 0);
        for line in some {
            rows::decode(table, line, &mut values)?;
        }
        let inserted = sqlx::query_with(AssertSqlSafe(table.insert(some.len())), values).execute(tx.conn()).await;
        inserted.map_err(|error| {
            // A row that breaks a rule of its table was never read from one.
            let breaks_rule = matches!(&error, sqlx::Error::Database(told) if !matches!(told.kind(), ErrorKind::Other));
            if breaks_rule { damaged(format!("a row of {}", table.name)) } else { error.into() }
        })?;
    }
    i64::try_from(lines.len()).map_err(|_| damaged(&table.name))
}
