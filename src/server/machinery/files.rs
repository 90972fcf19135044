//! Files and folders of the shop are for the user that it runs as, and for nobody else.

use super::config::Config;
use nix::sys::stat::{Mode, umask};
use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Reading, writing and entering by others.
const OTHERS: u32 = 0o077;
/// A folder like /tmp, where everybody keeps files.
const SHARED_BY_ALL: u32 = 0o1000;

/// From now on nobody else may read what this process makes.
pub fn make_private() {
    umask(Mode::from_bits_truncate(0o077));
}

/// Why files stay open to others.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("cannot use the data folder {}: {source}; make it, or choose another data_dir (GUITU_DATA_DIR)", path.display())]
    Folder { path: PathBuf, source: io::Error },
    #[error("{} is a folder that everybody shares, or that others use; choose a data_dir (GUITU_DATA_DIR) of the shop's own", path.display())]
    SharedByAll { path: PathBuf },
    #[error("others may read {}, and closing it fails: {source}; let it belong to the user that Guitu runs as, or say: chmod go= {}", path.display(), path.display())]
    Open { path: PathBuf, source: io::Error },
}

/// Makes the data folder, and closes to others what is open to them.
pub fn keep_private(config: &Config) -> Result<(), FileError> {
    let path = &config.data_dir;
    let folder = |source| FileError::Folder { path: path.clone(), source };
    DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(folder)?;
    for path in open_to_others(config)? {
        let mode = mode(&path).unwrap_or(0o700);
        if mode & SHARED_BY_ALL != 0 || (path == config.data_dir && is_of_others(&path).map_err(folder)?) {
            return Err(FileError::SharedByAll { path });
        }
        match fs::set_permissions(&path, Permissions::from_mode(mode & !OTHERS)) {
            Ok(()) => tracing::warn!(path = %path.display(), "others could read it; it is closed to them now"),
            // SQLite takes its companions away when the last connection is closed.
            Err(gone) if gone.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(FileError::Open { path, source }),
        }
    }
    Ok(())
}

/// What of the shop's own others may read.
pub fn open_to_others(config: &Config) -> Result<Vec<PathBuf>, FileError> {
    let listed = files_of(&config.data_dir);
    let mut paths = listed.map_err(|source| FileError::Folder { path: config.data_dir.clone(), source })?;
    paths.insert(0, config.data_dir.clone());
    if let Some(file) = config.database_url.sqlite_file() {
        paths.extend(with_companions(&file));
    }
    if let Some(file) = config.sandbox.database_url.sqlite_file() {
        paths.extend(with_companions(&file));
    }
    paths.sort();
    paths.dedup();
    paths.retain(|path| mode(path).is_some_and(|mode| mode & OTHERS != 0));
    Ok(paths)
}

/// What Guitu keeps in its data folder.
fn files_of(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if is_ours(&entry) && !entry.file_type()?.is_symlink() {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// Is it a folder that others use, and the shop never has? Closing it would shut them out. What begins with a dot is made by tools,
/// and `lost+found` by the file system.
fn is_of_others(folder: &Path) -> io::Result<bool> {
    let mut others = false;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if is_ours(&entry) {
            return Ok(false);
        }
        let name = entry.file_name();
        others |= !name.to_string_lossy().starts_with('.') && name != "lost+found";
    }
    Ok(others)
}

/// By the names that Guitu gives; whatever else lies there is somebody else's.
fn is_ours(entry: &fs::DirEntry) -> bool {
    let name = entry.file_name();
    let name = name.to_string_lossy();
    ["evidence", "evidence.restoring", "secret.key", "clock-offset"].contains(&name.as_ref())
        || ["sandbox-", "guitu.db", "sandbox.db"].iter().any(|beginning| name.starts_with(beginning))
}

/// A SQLite file, and what the engine keeps beside it.
pub fn with_companions(file: &Path) -> Vec<PathBuf> {
    let beside = |ending: &str| {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    ["", "-wal", "-shm", "-journal"].map(beside).to_vec()
}

fn mode(path: &Path) -> Option<u32> {
    fs::metadata(path).ok().map(|found| found.permissions().mode())
}
