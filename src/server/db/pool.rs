//! How the engines' connections are set up.

use sqlx::any::AnyPoolOptions;
use sqlx::{AnyConnection, Connection, Executor};
use std::time::Duration;

pub(super) const SQLITE: [&str; 4] =
    ["PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON", "PRAGMA busy_timeout = 3000"];
/// A writer meets pages all over its tables, keeps what a savepoint would undo in memory, and moves the log into the tables less often. What is
/// taken out of a row is overwritten in the file: whoever closes an account shall not be found in it.
pub(super) const SQLITE_WRITES: [&str; 4] =
    ["PRAGMA cache_size = -16384", "PRAGMA temp_store = MEMORY", "PRAGMA wal_autocheckpoint = 10000", "PRAGMA secure_delete = ON"];

/// Each statement is planned once, for whatever it is asked: as it is tested. A page far away costs no turn of a disk.
/// Who meets a lock that is held for long is told so.
pub(super) const POSTGRES: [&str; 3] =
    ["SET plan_cache_mode = force_generic_plan", "SET random_page_cost = 1.1", "SET lock_timeout = '5s'"];
/// A list joins what belongs to its twenty rows. PostgreSQL, which does not see that they are few, would rather hash all that the shop has.
pub(super) const POSTGRES_READS: [&str; 2] = ["SET enable_hashjoin = off", "SET enable_mergejoin = off"];
/// Sums over whole tables do want that, in memory.
pub(super) const POSTGRES_SUMS: [&str; 3] =
    ["SET LOCAL enable_hashjoin = on", "SET LOCAL enable_mergejoin = on", "SET LOCAL work_mem = '256MB'"];

/// So many connections, for one of which is waited so many seconds at most; each is told the settings first, and stays until it breaks.
pub(super) fn pool(connections: u32, patience: u64, settings: [&'static [&'static str]; 2]) -> AnyPoolOptions {
    let options = AnyPoolOptions::new().max_connections(connections).acquire_timeout(Duration::from_secs(patience));
    let options = options.idle_timeout(None).max_lifetime(None);
    let options = options.after_connect(move |connection, _| {
        Box::pin(async move {
            for setting in settings.into_iter().flatten() {
                connection.execute(*setting).await?;
            }
            Ok(())
        })
    });
    // A connection that has just been used is there: only one that has rested is asked before it is used again.
    let options = options.test_before_acquire(false).before_acquire(|connection, rested| {
        Box::pin(async move {
            if rested.idle_for > Duration::from_secs(1) {
                connection.ping().await?;
            }
            Ok(true)
        })
    });
    options.after_release(|connection, _| Box::pin(has_ended_its_transaction(connection)))
}

/// Whether a connection that is given back may be used again. SQLite undoes a whole transaction by itself when the disk is full or fails; the
/// driver, which then cannot roll back, goes on counting it as open, and could never begin another. Such a connection is closed.
async fn has_ended_its_transaction(connection: &mut AnyConnection) -> sqlx::Result<bool> {
    if connection.is_in_transaction() {
        // The rollback of a transaction that was dropped is queued: the answer comes behind it.
        connection.ping().await?;
    }
    Ok(!connection.is_in_transaction())
}
