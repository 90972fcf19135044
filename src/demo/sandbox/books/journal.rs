//! Every signed request that reached the sandbox, also those that a fault refused.

use sqlx_macros::FromRow;

use super::{Books, Operation};
use crate::demo::sandbox::problem::SandboxProblem;

/// One request.
#[derive(Clone, Debug, FromRow)]
pub struct JournalEntry {
    pub operation: String,
    pub number: String,
    /// The status answered, or the fault met.
    pub outcome: String,
    pub at: i64,
}

const WRITE: &str = "INSERT INTO journal (operation, number, outcome, at) VALUES ($1, $2, $3, $4)";
const COUNT: &str = "SELECT COUNT(*) FROM journal WHERE number = $1 AND operation = $2";
const NEWEST: &str = "SELECT operation, number, outcome, at FROM journal ORDER BY id DESC LIMIT 30";

impl Books {
    pub async fn write_journal(&self, operation: Operation, number: &str, outcome: &str, at: i64) -> Result<(), SandboxProblem> {
        sqlx::query(WRITE).bind(operation.name()).bind(number).bind(outcome).bind(at).execute(&self.pool).await?;
        Ok(())
    }

    /// How often this was asked for.
    pub async fn asked(&self, operation: Operation, number: &str) -> Result<i64, SandboxProblem> {
        Ok(sqlx::query_scalar(COUNT).bind(number).bind(operation.name()).fetch_one(&self.pool).await?)
    }

    /// The last requests, newest first.
    pub async fn newest_requests(&self) -> Result<Vec<JournalEntry>, SandboxProblem> {
        Ok(sqlx::query_as(NEWEST).fetch_all(&self.pool).await?)
    }
}
