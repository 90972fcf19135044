//! What is done now and then by one process of all: whoever moves the time on does it.

use crate::domain::Timestamp;
use crate::server::db::{Conn, Db, expect_one};
use crate::server::error::Result;

/// A kind of round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// Looks for refunds without a result.
    StuckRefunds,
    /// Checks the books.
    LedgerCheck,
    /// Removes pictures that nothing refers to.
    UnusedPictures,
}

impl Round {
    fn name(self) -> &'static str {
        match self {
            Self::StuckRefunds => "stuck_refunds",
            Self::LedgerCheck => "ledger_check",
            Self::UnusedPictures => "unused_pictures",
        }
    }
}

const WRITE: &str = "update rounds set due_at = $1 where name = 'write_check'";

/// Writes one small row, to see whether that can be done.
pub async fn try_to_write(db: &Db, now: Timestamp) -> Result<()> {
    let mut tx = db.write().await?;
    expect_one(&sqlx::query(WRITE).bind(now.0).execute(tx.conn()).await?)?;
    tx.commit().await
}

const CLAIM: &str = "update rounds set due_at = $3 where name = $1 and due_at <= $2";

/// `true`: it is due, and this process does it; the next comes in `every` milliseconds.
pub async fn claim(conn: &mut Conn, round: Round, now: Timestamp, every: i64) -> Result<bool> {
    let done = sqlx::query(CLAIM).bind(round.name()).bind(now.0).bind(now.plus(every).0).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}
