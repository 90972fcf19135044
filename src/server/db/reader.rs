//! One connection for all that a request reads: to take one from the pool and to give it back costs as much as a query does.

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection};
use std::future::poll_fn;
use std::ops::{Deref, DerefMut};
use std::pin::pin;
use std::sync::{Mutex, PoisonError};

tokio::task_local! {
    /// Between two looks of the same request; empty while one is under way.
    static KEPT: Mutex<Option<PoolConnection<Any>>>;
}

/// Runs a request that reads with one connection. While it waits for anything else (its body, a gateway, a lock), the connection is for others: the
/// few that there are must not be held by whoever sends slowly.
pub async fn with_one_reader<F: Future>(request: F) -> F::Output {
    KEPT.scope(Mutex::default(), async {
        let mut request = pin!(request);
        poll_fn(|context| {
            let answer = request.as_mut().poll(context);
            if answer.is_pending() {
                drop(kept());
            }
            answer
        })
        .await
    })
    .await
}

/// The connection that the request has kept, if it runs with one.
pub(super) fn kept() -> Option<PoolConnection<Any>> {
    KEPT.try_with(|kept| kept.lock().unwrap_or_else(PoisonError::into_inner).take()).ok().flatten()
}

/// A connection for reading; the request keeps it for its next look.
pub struct Reader(pub(super) Option<PoolConnection<Any>>);

const HELD: &str = "a reader holds its connection until it is dropped";

impl Deref for Reader {
    type Target = AnyConnection;
    fn deref(&self) -> &AnyConnection {
        self.0.as_ref().expect(HELD)
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        self.0.as_mut().expect(HELD)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let mut connection = self.0.take();
        // Outside a request it goes back to the pool at once.
        let _ = KEPT.try_with(|kept| {
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.is_none() {
                *kept = connection.take();
            }
        });
    }
}
