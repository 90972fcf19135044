//! What knows the engine: connections, transactions, locks; names the domain and errors alone. Of the store only a few statements that lock rows know it, too.

mod append_only;
pub mod catalog;
mod conn;
mod deferred;
mod driver;
mod ear;
pub mod migrations;
mod pool;
mod reader;
mod readers;
mod room;
mod sqlite;
mod transaction;
mod trouble;
mod upgrade;
mod write_check;
mod write_health;
mod writer;

pub use conn::Conn;
pub use deferred::DeferredStatement;
pub use ear::{Asked, Ear};
pub use reader::{Reader, with_one_reader};
pub use room::free_bytes;
pub use transaction::{Lock, Tx, expect_one};
pub use trouble::Trouble;
pub use write_check::WriteCheck;
pub use writer::group_commit;

use super::clock::random_u64;
use super::error::Result;
use futures_util::future::try_join_all;
use pool::pool;
use readers::Readers;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AnyPool, Executor};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;
use transaction::TransactionKind;
use write_health::WriteHealth;
use writer::Writer;

/// Turns a long row to begin anywhere: processes at the same one are then seldom in each other's way.
pub fn begin_anywhere<T>(row: &mut [T]) {
    let start = usize::try_from(random_u64() % (row.len().max(1) as u64)).unwrap_or(0);
    row.rotate_left(start);
}

/// SQLite for one machine, PostgreSQL for many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// The database: readers, and where the engine wants it, one writer.
#[derive(Clone)]
pub struct Db {
    /// What pages are read by.
    readers: Readers,
    /// For snapshots, and for what few jobs ask.
    read: AnyPool,
    write: AnyPool,
    /// Where the engine has one writer only.
    writer: Option<Writer>,
    dialect: Dialect,
    writes: WriteHealth,
    /// Where SQLite keeps its file.
    folder: Option<PathBuf>,
}

/// How the connections of a pool stand. Who waits for one is told by nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolState {
    pub name: &'static str,
    pub open: u32,
    pub idle: u32,
    pub most: u32,
}

impl Db {
    /// Connects to `sqlite:path` (made when missing) or `postgres://…`.
    pub async fn connect(url: &str) -> Result<Self> {
        sqlx::any::install_default_drivers();
        if url.starts_with("sqlite:") {
            let url = if url.contains('?') { url.to_owned() } else { format!("{url}?mode=rwc") };
            // One writer: SQLite has no more, and waiting in our own queue is fairer than its busy handler.
            let write = pool(1, 10, [&pool::SQLITE, &pool::SQLITE_WRITES]).connect(&url).await?;
            let read = pool(2, 5, [&pool::SQLITE, &[]]).connect(&url).await?;
            let writer = Some(Writer::new(write.clone()));
            let file = SqliteConnectOptions::from_str(&url)?.get_filename().to_owned();
            let readers = Readers::of_file(&file)?;
            let folder = std::path::absolute(file).ok().and_then(|file| Some(file.parent()?.to_owned()));
            return Ok(Self { readers, writer, read, write, dialect: Dialect::Sqlite, writes: WriteHealth::default(), folder });
        }
        let reads = |connections| pool(connections, 5, [&pool::POSTGRES, &pool::POSTGRES_READS]).connect(url);
        let (readers, read) = (Readers::of_driver(reads(readers::MOST).await?), reads(2).await?);
        let write = pool(8, 10, [&pool::POSTGRES, &[]]).connect(url).await?;
        Ok(Self { readers, writer: None, read, write, dialect: Dialect::Postgres, writes: WriteHealth::default(), folder: None })
    }

    /// Opens every connection that there may be, as a server wants them before it is asked for anything: at a busy one PostgreSQL's log-in takes
    /// seconds, since the driver lets all other work go first eight hundred times while it hashes the password.
    pub async fn open_all(&self) -> Result<()> {
        self.readers.open_all().await?;
        for pool in [&self.read, &self.write] {
            try_join_all((0..pool.options().get_max_connections()).map(|_| pool.acquire())).await?;
        }
        Ok(())
    }

    /// For reading outside a transaction.
    pub fn read(&self) -> &AnyPool {
        &self.read
    }

    /// One connection for several reads; within a request, the one it has read with before.
    pub async fn reader(&self) -> Result<Reader> {
        Ok(Reader(Some(match reader::kept() {
            Some(held) => held,
            None => reader::taken(self).await?,
        })))
    }

    /// Hears what the readers are asked.
    pub fn ear(&self) -> &Ear {
        self.readers.ear()
    }

    /// Moves SQLite's log into the tables and empties it: in the log, too, stands what rows held before. Who reads meanwhile keeps it from that.
    pub async fn empty_log(&self) -> Result<()> {
        match self.dialect {
            Dialect::Sqlite => {
                sqlx::query("pragma wal_checkpoint(truncate)").execute(&self.write).await?;
            }
            Dialect::Postgres => {}
        }
        Ok(())
    }

    /// For a single statement that writes.
    pub fn single(&self) -> &AnyPool {
        &self.write
    }

    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// What a process does at once of a long row of small changes, so that waits for disks and gateways pass together and others get through.
    /// With one writer, so many are on the disk together, and what all of them touch is written once.
    pub fn job_concurrency(&self) -> usize {
        match self.dialect {
            Dialect::Sqlite => 8,
            Dialect::Postgres => 4,
        }
    }

    /// Begins to write.
    pub async fn write(&self) -> Result<Tx> {
        // Who waits to write keeps nobody from reading.
        drop(reader::kept());
        let begun = match &self.writer {
            Some(writer) => writer.begin().await.map(TransactionKind::Ticket),
            None => self.write.begin().await.map(TransactionKind::Own),
        };
        if begun.is_err() {
            self.writes.ended(false);
        }
        Ok(Tx::new(begun?, self.dialect, Some(self.writes.clone())))
    }

    /// Was something written and kept so lately, and nothing refused since? Then there is no need to try.
    pub fn has_written_within(&self, duration: Duration) -> bool {
        self.writes.has_worked_within(duration)
    }

    /// Begins to read: all of it sees the same moment, whatever is written meanwhile, and nobody waits for it.
    pub async fn snapshot(&self) -> Result<Tx> {
        let begin = match self.dialect {
            Dialect::Sqlite => "BEGIN",
            Dialect::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        let inner = TransactionKind::Own(self.read.begin_with(begin).await?);
        let mut snapshot = Tx::new(inner, self.dialect, None);
        if self.dialect == Dialect::Postgres {
            for setting in pool::POSTGRES_SUMS {
                snapshot.conn().execute(setting).await?;
            }
        }
        Ok(snapshot)
    }

    /// How both pools stand.
    pub fn pools(&self) -> [PoolState; 2] {
        [self.readers.state(), state("write", &self.write)]
    }

    /// Has the engine count how its tables are filled. SQLite keeps no samples: with them it plans a statement anew for every value it is given.
    pub async fn analyze(&self) -> Result<()> {
        sqlx::query("analyze").execute(&self.write).await?;
        if self.dialect == Dialect::Sqlite {
            sqlx::query("delete from sqlite_stat4").execute(&self.write).await?;
        }
        Ok(())
    }

    /// Waits for open work and lets go of the files.
    pub async fn close(&self) {
        self.readers.close().await;
        self.read.close().await;
        self.write.close().await;
    }
}

fn state(name: &'static str, pool: &AnyPool) -> PoolState {
    let idle = u32::try_from(pool.num_idle()).unwrap_or(u32::MAX);
    PoolState { name, open: pool.size(), idle, most: pool.options().get_max_connections() }
}
