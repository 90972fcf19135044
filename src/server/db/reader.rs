//! One connection for all that a request reads: to take one from the pool and to give it back costs as much as a query does.

use super::Db;
use crate::server::error::Result;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool};
use std::future::poll_fn;
use std::ops::{Deref, DerefMut};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

tokio::task_local! {
    /// Between two looks of the same request; empty while one is under way.
    static KEPT: Mutex<Option<HeldConnection>>;
    /// What the pages of the request's address share.
    static TURNS: Option<Arc<Semaphore>>;
}

/// A connection, and the turn in which it reads.
pub(super) struct HeldConnection {
    connection: PoolConnection<Any>,
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
pub(super) fn kept() -> Option<HeldConnection> {
    KEPT.try_with(|kept| kept.lock().unwrap_or_else(PoisonError::into_inner).take()).ok().flatten()
}

/// A connection of the pool once it is the request's turn; for that it waits no longer than for the connection.
pub(super) async fn taken(pool: &AnyPool) -> sqlx::Result<HeldConnection> {
    let turn = match TURNS.try_with(Clone::clone).ok().flatten() {
        Some(turns) => {
            let turn = timeout(pool.options().get_acquire_timeout(), turns.acquire_owned()).await;
            turn.map_err(|_| sqlx::Error::PoolTimedOut)?.ok()
        }
        None => None,
    };
    Ok(HeldConnection { connection: pool.acquire().await?, _turn: turn })
}

impl Db {
    /// Asks the database for nothing, to see whether it answers.
    pub async fn reads(&self) -> Result<()> {
        sqlx::query("select 1").execute(&mut *self.reader().await?).await?;
        Ok(())
    }
}

/// A connection for reading; the request keeps it for its next look.
pub struct Reader(pub(super) Option<HeldConnection>);

const HELD: &str = "a reader holds its connection until it is dropped";

impl Deref for Reader {
    type Target = AnyConnection;
    fn deref(&self) -> &AnyConnection {
        &self.0.as_ref().expect(HELD).connection
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.0.as_mut().expect(HELD).connection
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
