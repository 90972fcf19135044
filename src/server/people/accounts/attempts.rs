//! How often something was tried lately, counted by all processes together, and before it is tried.

use crate::domain::Timestamp;
use crate::domain::time::{DAY, MINUTE};
use crate::server::app::App;
use crate::server::db::{Db, Tx};
use crate::server::error::Result;
use crate::server::store::people::attempts as rows;

/// How many tries there are.
#[derive(Clone, Copy, Debug)]
pub enum Limit {
    /// So many within so many milliseconds.
    Within { most: i64, within: i64 },
    /// So many freely; then each waits longer than the one before, and no longer than the last of these waits. A day without any forgives all.
    Slowly { free: i64, waits: [i64; 3] },
}

/// What strangers do to an account by guessing: its owner waits a quarter of an hour at most.
pub const SLOWLY: [i64; 3] = [MINUTE, 5 * MINUTE, 15 * MINUTE];

/// Something that is tried, under a name that nobody reads back.
pub struct Tried {
    key: String,
    limit: Limit,
}

impl Tried {
    /// Phones are few enough to be tried one by one: without the secret key nobody can tell whose name it is.
    pub fn new(app: &App, what: &str, limit: Limit) -> Self {
        Self { key: app.secrets.blinded(what), limit }
    }

    async fn count(&self, tx: &mut Tx, now: Timestamp) -> Result<bool> {
        match self.limit {
            Limit::Within { most, within } => rows::count(tx.conn(), &self.key, now.plus(within), now, most).await,
            Limit::Slowly { free, waits } => rows::count_slowly(tx.conn(), &self.key, now.plus(DAY), now, free, waits).await,
        }
    }

    /// How long it is still barred.
    async fn wait(&self, tx: &mut Tx, now: Timestamp) -> Result<i64> {
        let Some(found) = rows::find(tx.conn(), &self.key, now).await? else { return Ok(0) };
        Ok(now.until(Timestamp(match self.limit {
            Limit::Within { .. } => found.until_at,
            Limit::Slowly { .. } => found.next_at,
        })))
    }

    /// `true` for the first transaction alone that asks within the time, and only if it commits.
    pub async fn once(&self, tx: &mut Tx, now: Timestamp) -> Result<bool> {
        let Limit::Within { within, .. } = self.limit else { return Ok(false) };
        rows::once(tx.conn(), &self.key, now.plus(within), now).await
    }
}

/// Counts a try under all of its names, or under none: then the milliseconds to wait. Of a burst exactly as many get through as there may be, for
/// each waits for the transaction before it. The names come in the same order for everybody: the address, the account there, the account.
pub async fn begin(db: &Db, now: Timestamp, names: &[&Tried]) -> Result<Option<i64>> {
    let mut tx = db.write().await?;
    for name in names {
        if !name.count(&mut tx, now).await? {
            return Ok(Some(name.wait(&mut tx, now).await?));
        }
    }
    tx.commit().await?;
    Ok(None)
}

/// It went well: `shared` counts one fewer, and of `own` nothing is left.
pub async fn succeeded(tx: &mut Tx, now: Timestamp, shared: &[&Tried], own: &[&Tried]) -> Result<()> {
    for name in shared {
        rows::give_back(tx.conn(), &name.key, now).await?;
    }
    for name in own {
        rows::forget(tx.conn(), &name.key).await?;
    }
    Ok(())
}
