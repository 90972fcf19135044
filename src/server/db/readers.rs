//! The connections that read, opened as they are wanted and kept by ourselves: given back to the driver's pool, each would be asked after every
//! page whether it is still there.

use super::PoolState;
use super::driver::DriverReader;
use super::ear::Ear;
use super::sqlite::SqliteReader;
use futures_util::future::try_join_all;
use sqlx::AnyPool;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// SQLite reads on the threads that ask: more would wait for those.
pub(super) const MOST: u32 = 8;
/// Who gets none for so long is told that the database has too much to do.
pub const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Clone, Debug)]
pub struct Readers(Arc<ReaderPool>);

#[derive(Debug)]
struct ReaderPool {
    source: Source,
    idle: Mutex<Vec<ReadingConnection>>,
    free: Arc<Semaphore>,
    ear: Arc<Ear>,
}

/// Where another one comes from.
#[derive(Debug)]
enum Source {
    File(PathBuf),
    Driver(AnyPool),
}

/// Of the driver, or SQLite in this process.
#[derive(Debug)]
pub enum ReadingConnection {
    Driver(DriverReader),
    InProcess(Box<SqliteReader>),
}

impl Readers {
    /// Of SQLite's file, which is there. One is opened at once: the last connection that is closed takes the log and its index away, and on a
    /// full disk the next could not make them anew.
    pub fn of_file(file: &Path) -> sqlx::Result<Self> {
        let ear = Arc::new(Ear::default());
        let first = ReadingConnection::InProcess(Box::new(SqliteReader::open(file, ear.clone())?));
        Ok(Self::of(Source::File(file.to_owned()), vec![first], ear))
    }

    /// Of a pool of the driver's that nobody else takes from.
    pub fn of_driver(pool: AnyPool) -> Self {
        Self::of(Source::Driver(pool), Vec::new(), Arc::default())
    }

    fn of(source: Source, idle: Vec<ReadingConnection>, ear: Arc<Ear>) -> Self {
        Self(Arc::new(ReaderPool { source, idle: Mutex::new(idle), free: Arc::new(Semaphore::new(MOST as usize)), ear }))
    }

    /// # Errors
    /// `PoolTimedOut` after `PATIENCE`, or what kept a new one from being opened.
    pub async fn taken(&self) -> sqlx::Result<HeldConnection> {
        let waited = timeout(PATIENCE, self.0.free.clone().acquire_owned()).await.map_err(|_| sqlx::Error::PoolTimedOut)?;
        let permit = waited.map_err(|_| sqlx::Error::PoolClosed)?;
        Ok(HeldConnection { connection: Some(self.0.connection().await?), from: self.0.clone(), _permit: permit })
    }

    pub fn ear(&self) -> &Ear {
        &self.0.ear
    }

    /// Opens as many as there may be.
    pub async fn open_all(&self) -> sqlx::Result<()> {
        try_join_all((0..MOST).map(|_| self.taken())).await.map(drop)
    }

    pub fn state(&self) -> PoolState {
        let idle = u32::try_from(self.0.idle().len()).unwrap_or(u32::MAX);
        let free = u32::try_from(self.0.free.available_permits()).unwrap_or(0);
        PoolState { name: "read", open: idle + MOST.saturating_sub(free), idle, most: MOST }
    }

    /// Waits for who reads, and lets go of the database.
    pub async fn close(&self) {
        let all = self.0.free.acquire_many(MOST).await;
        self.0.free.close();
        self.0.idle().clear();
        drop(all);
    }
}

impl ReaderPool {
    fn idle(&self) -> MutexGuard<'_, Vec<ReadingConnection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The one that was used last, or a new one.
    async fn connection(&self) -> sqlx::Result<ReadingConnection> {
        loop {
            let rested = self.idle().pop();
            match rested {
                Some(ReadingConnection::InProcess(reader)) => return Ok(ReadingConnection::InProcess(reader)),
                Some(ReadingConnection::Driver(mut reader)) => {
                    if reader.is_there().await {
                        return Ok(ReadingConnection::Driver(reader));
                    }
                }
                None => return self.opened().await,
            }
        }
    }

    async fn opened(&self) -> sqlx::Result<ReadingConnection> {
        Ok(match &self.source {
            Source::File(file) => ReadingConnection::InProcess(Box::new(SqliteReader::open(file, self.ear.clone())?)),
            Source::Driver(pool) => ReadingConnection::Driver(DriverReader::new(pool.acquire().await?)),
        })
    }
}

/// One of them, until it is given back.
#[derive(Debug)]
pub struct HeldConnection {
    connection: Option<ReadingConnection>,
    from: Arc<ReaderPool>,
    _permit: OwnedSemaphorePermit,
}

impl HeldConnection {
    pub fn connection(&mut self) -> &mut ReadingConnection {
        self.connection.as_mut().expect("a connection is held until it is given back")
    }

    pub fn ear(&self) -> &Ear {
        &self.from.ear
    }
}

impl Drop for HeldConnection {
    fn drop(&mut self) {
        match self.connection.take() {
            // The driver's pool sees what has become of it.
            Some(ReadingConnection::Driver(reader)) if reader.is_unfinished() => drop(reader),
            Some(connection) => self.from.idle().push(connection),
            None => {}
        }
    }
}
