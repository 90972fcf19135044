//! One connection for all that a request reads: to take one from the pool and to give it back costs as much as a query does.

use super::conn::{RunsStatements, SqlAnswer};
use super::readers::{HeldConnection, PATIENCE, ReadingConnection};
use super::{Conn, Db};
use crate::server::error::Result;
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use sqlx::SqlStr;
use sqlx::any::{AnyArguments, AnyRow};
use std::future::poll_fn;
use std::ops::{Deref, DerefMut};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

tokio::task_local! {
    /// Between two looks of the same request; empty while one is under way.
    static KEPT: Mutex<Option<ReadingTurn>>;
    /// What the pages of the request's address share.
    static TURNS: Option<Arc<Semaphore>>;
}

/// A connection, and the turn in which it reads.
#[derive(Debug)]
pub(super) struct ReadingTurn {
    held: HeldConnection,
    _turn: Option<OwnedSemaphorePermit>,
}

/// Runs a request that reads with one connection, each time in its turn. While it waits for anything else (its body, a gateway, a lock), the
/// connection is for others: the few that there are must not be held by whoever sends slowly.
pub async fn with_one_reader<F: Future>(turns: Option<Arc<Semaphore>>, request: F) -> F::Output {
    let request = KEPT.scope(Mutex::default(), async {
        let mut request = pin!(request);
        poll_fn(|context| {
            let answer = request.as_mut().poll(context);
            if answer.is_pending() {
                drop(kept());
            }
            answer
        })
        .await
    });
    TURNS.scope(turns, request).await
}

/// The connection that the request has kept, if it runs with one.
pub(super) fn kept() -> Option<ReadingTurn> {
    KEPT.try_with(|kept| kept.lock().unwrap_or_else(PoisonError::into_inner).take()).ok().flatten()
}

/// A connection once it is the request's turn; for that it waits no longer than for the connection.
pub(super) async fn taken(db: &Db) -> sqlx::Result<ReadingTurn> {
    let turn = match TURNS.try_with(Clone::clone).ok().flatten() {
        Some(turns) => {
            let turn = timeout(PATIENCE, turns.acquire_owned()).await;
            turn.map_err(|_| sqlx::Error::PoolTimedOut)?.ok()
        }
        None => None,
    };
    Ok(ReadingTurn { held: db.readers.taken().await?, _turn: turn })
}

impl Db {
    /// Asks the database for nothing, to see whether it answers.
    pub async fn reads(&self) -> Result<()> {
        sqlx::query("select 1").execute(&mut *self.reader().await?).await?;
        Ok(())
    }
}

/// A connection for reading; the request keeps it for its next look.
#[derive(Debug)]
pub struct Reader(pub(super) Option<ReadingTurn>);

const HELD: &str = "a reader holds its connection until it is dropped";

impl RunsStatements for Reader {
    fn run(&mut self, text: SqlStr, values: Option<AnyArguments>) -> BoxStream<'_, sqlx::Result<SqlAnswer>> {
        let held = &mut self.0.as_mut().expect(HELD).held;
        held.ear().hears(&text, values.as_ref());
        match held.connection() {
            ReadingConnection::Driver(connection) => connection.run(text, values),
            ReadingConnection::InProcess(reader) => reader.run(text, values),
        }
    }

    fn first(&mut self, text: SqlStr, values: Option<AnyArguments>) -> BoxFuture<'_, sqlx::Result<Option<AnyRow>>> {
        let held = &mut self.0.as_mut().expect(HELD).held;
        held.ear().hears(&text, values.as_ref());
        match held.connection() {
            ReadingConnection::Driver(connection) => connection.first(text, values),
            ReadingConnection::InProcess(reader) => reader.first(text, values),
        }
    }
}

impl Deref for Reader {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        self
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut Conn {
        self
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let mut held = self.0.take();
        // Outside a request it goes back to the pool at once.
        let _ = KEPT.try_with(|kept| {
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.is_none() {
                *kept = held.take();
            }
        });
    }
}
