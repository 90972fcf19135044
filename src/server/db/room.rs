//! How much room a disk has: SQLite changes rows in place for a while after there is none.

use super::Db;
use nix::sys::statvfs::statvfs;
use std::io;
use std::path::Path;

/// With less room than this, a form of the usual size may not fit.
const LEAST: u64 = 64 * 1024;

/// What a disk has left for this user.
pub fn free_bytes(folder: &Path) -> io::Result<u64> {
    let disk = statvfs(folder)?;
    Ok(disk.blocks_available().saturating_mul(disk.fragment_size()))
}

impl Db {
    /// Has the disk that SQLite writes to no room at all? Other engines tell by themselves.
    pub fn has_no_room(&self) -> bool {
        self.folder.as_deref().and_then(|folder| free_bytes(folder).ok()).is_some_and(|free| free < LEAST)
    }
}
