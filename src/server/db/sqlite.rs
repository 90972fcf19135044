//! SQLite read in this process, on the thread that asks. The driver hands each statement to a thread of its connection and copies each value twice on
//! the way back: for a page's few short statements that costs several times what SQLite itself does. It writes as before.

mod failed;
mod shape;
mod values;

use failed::failed;
use futures_util::future::{self, BoxFuture};
use futures_util::stream::{self, BoxStream};
use futures_util::{FutureExt, StreamExt};
use rusqlite::{Connection, OpenFlags, StatementStatus};
use shape::Shape;
use sqlx::any::{AnyArguments, AnyQueryResult, AnyRow};
use sqlx::{Either, SqlStr};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::runtime::{Handle, RuntimeFlavor};

use super::conn::{RunsStatements, SqlAnswer};
use super::ear::Ear;

/// Statements that a connection keeps prepared: more than the program has that read.
const KEPT_STATEMENTS: usize = 512;
/// A list reads forty pages of the file: eight mebibytes keep those that many lists share, and those of who looks again.
const SETTINGS: &str = "PRAGMA query_only = ON; PRAGMA busy_timeout = 3000; PRAGMA cache_size = -8192;";
/// Steps of SQLite's machine after which it asks whether to go on.
const STEPS: i32 = 1000;
/// A statement that takes more of those than a page's, some milliseconds, is begun anew where it keeps no other request waiting.
const SHORT: i64 = 100;

/// A connection that reads.
#[derive(Debug)]
pub struct SqliteReader {
    connection: Connection,
    shapes: HashMap<Box<str>, Arc<Shape>>,
    /// How often SQLite may still ask before the statement is broken off.
    left: Arc<AtomicI64>,
    ear: Arc<Ear>,
}

impl SqliteReader {
    pub fn open(file: &Path, ear: Arc<Ear>) -> sqlx::Result<Self> {
        // A reader may have to mend the log's index after a crash, and so opens the file for writing.
        let connection =
            Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(failed)?;
        connection.execute_batch(SETTINGS).map_err(failed)?;
        connection.set_prepared_statement_cache_capacity(KEPT_STATEMENTS);
        let left = Arc::new(AtomicI64::new(i64::MAX));
        let asked = left.clone();
        connection.progress_handler(STEPS, Some(move || asked.fetch_sub(1, Ordering::Relaxed) <= 0)).map_err(failed)?;
        Ok(Self { connection, shapes: HashMap::new(), left, ear })
    }

    /// The rows of a statement; on the thread that asks if it is short.
    fn rows(&mut self, text: &str, values: &AnyArguments, most: usize) -> sqlx::Result<Vec<AnyRow>> {
        self.left.store(SHORT, Ordering::Relaxed);
        match self.read(text, values, most) {
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted) => {
                self.left.store(i64::MAX, Ordering::Relaxed);
                beside_others(|| self.read(text, values, most)).map_err(failed)
            }
            read => read.map_err(failed),
        }
    }

    fn read(&mut self, text: &str, values: &AnyArguments, most: usize) -> rusqlite::Result<Vec<AnyRow>> {
        let mut statement = self.connection.prepare_cached(text)?;
        let known = self.shapes.len();
        let shape = shape::of(&mut self.shapes, text, &statement)?;
        values::bind(&mut statement, &shape.parameters, values)?;
        let mut rows = Vec::new();
        let mut found = statement.raw_query();
        while let Some(row) = found.next()? {
            rows.push(shape.row(row)?);
            if rows.len() == most {
                break;
            }
        }
        drop(found);
        let anew = statement.reset_status(StatementStatus::RePrepare);
        self.ear.hears_prepared((self.shapes.len() - known) as u64 + u64::try_from(anew).unwrap_or(0));
        Ok(rows)
    }
}

/// Lets the others of this thread go on elsewhere while it works.
fn beside_others<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}

impl RunsStatements for SqliteReader {
    fn run(&mut self, text: SqlStr, values: Option<AnyArguments>) -> BoxStream<'_, sqlx::Result<SqlAnswer>> {
        match self.rows(text.as_str(), &values.unwrap_or_default(), usize::MAX) {
            Ok(rows) => {
                let touched = Either::Left(AnyQueryResult { rows_affected: 0, last_insert_id: None });
                stream::iter(rows.into_iter().map(Either::Right).chain([touched]).map(Ok)).boxed()
            }
            Err(error) => stream::once(future::ready(Err(error))).boxed(),
        }
    }

    fn first(&mut self, text: SqlStr, values: Option<AnyArguments>) -> BoxFuture<'_, sqlx::Result<Option<AnyRow>>> {
        let found = self.rows(text.as_str(), &values.unwrap_or_default(), 1);
        future::ready(found.map(|rows| rows.into_iter().next())).boxed()
    }
}
