//! `verify-ledger`: every sum of M1–M6 and M16, stock, balance and points computed again from its rows.
//!
//! Safe beside a working shop: every check reads one snapshot, so that what is written meanwhile is seen whole or not at all, and none locks.

mod cases;
mod coupons;
mod movements;
mod orders;
mod stock;
mod tables;
mod tenders;

use crate::server::db::Db;
use crate::server::error::Result;
use futures_util::stream::{self, Stream, StreamExt, TryStreamExt};
use serde::{Deserialize, Serialize};
use std::time::Instant;
use tables::CheckedTable;

/// Every invariant, theme by theme.
const INVARIANTS: [&[Invariant]; 6] =
    [orders::INVARIANTS, cases::INVARIANTS, tenders::INVARIANTS, movements::INVARIANTS, coupons::INVARIANTS, stock::INVARIANTS];

/// Rows of one check that are kept; the rest is counted.
const MOST_KEPT: usize = 100;
/// Checks that run side by side.
const LANES: usize = 2;

/// Something that must be so.
struct Invariant {
    /// The rule, and what it says; for the terminal.
    name: &'static str,
    /// The same for people.
    words: &'static str,
    reads: &'static [CheckedTable],
    /// Selects where it is not so: id, shop or 0, what the row says, what its rows sum to.
    differing: &'static str,
}

/// An invariant as it was found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CheckedInvariant {
    pub name: String,
    /// Rows that were read.
    pub rows: i64,
    pub millis: i64,
    /// How many rows break it.
    pub differences: i64,
    /// The first of them.
    pub wrong: Vec<LedgerDifference>,
}

/// A row that is not what its rows sum to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, sqlx_macros::FromRow)]
pub struct LedgerDifference {
    pub id: i64,
    /// Whose it is; 0 where it is no shop's.
    pub shop_id: i64,
    pub kept: String,
    pub summed: String,
}

impl std::fmt::Display for LedgerDifference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { id, kept, summed, .. } = self;
        write!(f, "id {id}: kept {kept}; its rows say {summed}")
    }
}

impl CheckedInvariant {
    /// What it checks, as people read it.
    pub fn words(&self) -> &str {
        INVARIANTS.iter().copied().flatten().find(|known| known.name == self.name).map_or(&self.name, |known| known.words)
    }
}

/// How many checks there are.
pub fn checks() -> usize {
    INVARIANTS.iter().map(|theme| theme.len()).sum()
}

/// Every check in its turn, as it is done; reading only.
pub async fn begin(db: &Db) -> Result<impl Stream<Item = Result<CheckedInvariant>> + Send> {
    let sizes = tables::sizes(db).await?;
    let all = INVARIANTS.iter().copied().flatten();
    let looks: Vec<_> = all.map(|invariant| look(db, invariant, tables::read(&sizes, invariant.reads))).collect();
    Ok(stream::iter(looks).buffered(LANES))
}

/// All checks.
pub async fn ledger(db: &Db) -> Result<Vec<CheckedInvariant>> {
    begin(db).await?.try_collect().await
}

async fn look(db: &Db, invariant: &'static Invariant, rows: i64) -> Result<CheckedInvariant> {
    let begun = Instant::now();
    let mut snapshot = db.snapshot().await?;
    let (mut differences, mut wrong) = (0, Vec::new());
    let mut differing = sqlx::query_as::<_, LedgerDifference>(invariant.differing).fetch(snapshot.conn());
    while let Some(row) = differing.try_next().await? {
        differences += 1;
        if wrong.len() < MOST_KEPT {
            wrong.push(row);
        }
    }
    drop(differing);
    snapshot.commit().await?;
    wrong.sort();
    let millis = i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX);
    Ok(CheckedInvariant { name: invariant.name.to_owned(), rows, millis, differences, wrong })
}
