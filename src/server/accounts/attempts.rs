//! How often something was tried lately, counted by all processes together.

use crate::domain::Timestamp;
use crate::server::db::{Db, Tx};
use crate::server::error::Result;
use crate::server::store::attempts as rows;
use aws_lc_rs::digest::{SHA256, digest};
use std::fmt::Write as _;

/// So many tries within so many milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    pub most: i64,
    pub within: i64,
}

/// Something that was tried, under a name that nobody reads back.
pub struct Tried {
    key: String,
    limit: Limit,
}

impl Tried {
    pub fn new(what: &str, limit: Limit) -> Self {
        let key = digest(&SHA256, what.as_bytes()).as_ref().iter().fold(String::new(), |mut key, byte| {
            let _ = write!(key, "{byte:02x}");
            key
        });
        Self { key, limit }
    }

    /// For how long it is barred; `None` lets it be tried.
    pub async fn barred(&self, db: &Db, now: Timestamp) -> Result<Option<i64>> {
        let found = rows::find(db, &self.key, now).await?;
        Ok(found.filter(|(tries, _)| *tries >= self.limit.most).map(|(_, until)| now.until(until)))
    }

    /// One try more.
    pub async fn note(&self, db: &Db, now: Timestamp) -> Result<()> {
        rows::note(db, &self.key, now.plus(self.limit.within), now).await
    }

    /// It went well: it starts anew.
    pub async fn forget(&self, db: &Db, now: Timestamp) -> Result<()> {
        // Nearly everybody gets in at once: then there is nothing to write.
        if rows::find(db, &self.key, now).await?.is_some() { rows::forget(db, &self.key).await } else { Ok(()) }
    }

    /// `true` for the first transaction alone that asks within the time, and only if it commits.
    pub async fn once(&self, tx: &mut Tx, now: Timestamp) -> Result<bool> {
        rows::once(tx.conn(), &self.key, now.plus(self.limit.within), now).await
    }
}
