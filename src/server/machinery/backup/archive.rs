//! The file itself: gzip around tar, written and read on a thread that may wait for disks, one entry in memory at a time.

use super::{BackupError, damaged};
use crate::server::machinery::digest::{Digest, sha256};
use flate2::{Compression, read::MultiGzDecoder, write::GzEncoder};
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::JoinHandle;

/// Larger than any entry that is written: a picture or a video, or some thousands of rows.
const LARGEST: u64 = 256 * 1024 * 1024;

/// A name in the archive and what lies under it.
pub struct ArchiveEntry {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Takes entries until it is finished; a file that was not finished is taken away.
pub struct ArchiveWriter {
    entries: Option<Sender<ArchiveEntry>>,
    written: JoinHandle<io::Result<u64>>,
    sum: ArchiveDigest,
    /// Where it is written until it is whole.
    aside: PathBuf,
    path: PathBuf,
}

impl ArchiveWriter {
    pub fn begin(path: &Path) -> Result<Self, BackupError> {
        // Two backups to one name are written side by side, and the first that is whole gets it.
        let mut aside = path.as_os_str().to_owned();
        aside.push(format!(".{}.partial", std::process::id()));
        let aside = PathBuf::from(aside);
        let failed = |source| BackupError::File { path: aside.clone(), source };
        let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&aside).map_err(failed)?;
        let (entries, received) = channel(2);
        let written = tokio::task::spawn_blocking(move || write(file, received));
        Ok(Self { entries: Some(entries), written, sum: ArchiveDigest::default(), aside, path: path.to_owned() })
    }

    /// A failure of the thread that writes is told by `finish`.
    pub async fn put(&mut self, name: String, bytes: Vec<u8>) -> bool {
        self.sum.add(&name, &bytes);
        match &self.entries {
            Some(entries) => entries.send(ArchiveEntry { name, bytes }).await.is_ok(),
            None => false,
        }
    }

    /// The sum of all so far.
    pub fn sum(&self) -> String {
        self.sum.clone().finish()
    }

    /// Waits for the disk and gives the file its name; returns how long it is.
    pub async fn finish(mut self) -> Result<u64, BackupError> {
        self.entries = None;
        let written = (&mut self.written).await.map_err(io::Error::other).and_then(|written| written);
        let failed = |source| BackupError::File { path: self.path.clone(), source };
        let length = written.map_err(failed)?;
        // Of two backups of one name, neither takes the place of the other. Some disks know no second names: there the first is given away.
        let named = std::fs::hard_link(&self.aside, &self.path).or_else(|error| {
            if error.kind() == io::ErrorKind::AlreadyExists {
                Err(error)
            } else if self.path.exists() {
                Err(io::ErrorKind::AlreadyExists.into())
            } else {
                std::fs::rename(&self.aside, &self.path)
            }
        });
        named.map_err(failed)?;
        Ok(length)
    }
}

impl Drop for ArchiveWriter {
    fn drop(&mut self) {
        // Either it has its name, or it is a half.
        let _ = std::fs::remove_file(&self.aside);
    }
}

fn write(file: File, mut entries: Receiver<ArchiveEntry>) -> io::Result<u64> {
    let packed = GzEncoder::new(BufWriter::with_capacity(1 << 20, file), Compression::fast());
    let mut archive = tar::Builder::new(packed);
    while let Some(ArchiveEntry { name, bytes }) = entries.blocking_recv() {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o600);
        archive.append_data(&mut header, &name, bytes.as_slice())?;
    }
    let mut buffered = archive.into_inner()?.finish()?;
    buffered.flush()?;
    let file = buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}

/// Gives the entries in their order.
pub struct ArchiveReader {
    entries: Receiver<io::Result<ArchiveEntry>>,
    sum: ArchiveDigest,
}

impl ArchiveReader {
    pub fn open(path: &Path) -> Result<Self, BackupError> {
        let file = File::open(path).map_err(|source| BackupError::File { path: path.to_owned(), source })?;
        let (sender, entries) = channel(2);
        tokio::task::spawn_blocking(move || {
            if let Err(error) = read(file, &sender) {
                let _ = sender.blocking_send(Err(error));
            }
        });
        Ok(Self { entries, sum: ArchiveDigest::default() })
    }

    /// The next one, and the sum of all before it.
    pub async fn next(&mut self) -> Result<Option<(ArchiveEntry, String)>, BackupError> {
        let Some(entry) = self.entries.recv().await else { return Ok(None) };
        let entry = entry.map_err(damaged)?;
        let before = self.sum.clone().finish();
        self.sum.add(&entry.name, &entry.bytes);
        Ok(Some((entry, before)))
    }
}

fn read(file: File, entries: &Sender<io::Result<ArchiveEntry>>) -> io::Result<()> {
    let mut archive = tar::Archive::new(MultiGzDecoder::new(BufReader::with_capacity(1 << 20, file)));
    for entry in archive.entries()? {
        let mut entry = entry?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if entry.size() > LARGEST || !entry.header().entry_type().is_file() {
            return Err(io::Error::other(format!("{name} is nothing that a backup holds")));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(entry.size()).unwrap_or_default());
        entry.read_to_end(&mut bytes)?;
        if entries.blocking_send(Ok(ArchiveEntry { name, bytes })).is_err() {
            return Ok(());
        }
    }
    // The sum at the end of the packed file is looked at only by reading up to it.
    io::copy(&mut archive.into_inner(), &mut io::sink())?;
    Ok(())
}

/// Over names and contents in their order.
#[derive(Clone, Default)]
struct ArchiveDigest(Digest);

impl ArchiveDigest {
    fn add(&mut self, name: &str, bytes: &[u8]) {
        self.0.add(name.as_bytes());
        self.0.add(sha256(bytes).as_bytes());
    }

    fn finish(self) -> String {
        self.0.finish()
    }
}
