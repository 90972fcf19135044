//! Callbacks that the sandbox owes the shop.

use sqlx::SqliteConnection;
use sqlx_macros::FromRow;

use super::faults::{self, Operation, SandboxFault};
use super::{BookedNotice, Books};
use crate::demo::sandbox::problem::SandboxProblem;

/// A callback to be sent.
#[derive(Clone, Debug, FromRow)]
pub struct PendingNotice {
    pub id: i64,
    pub url: String,
    pub body: String,
    pub attempts: i64,
    /// Real milliseconds to hold it back.
    #[sqlx(skip)]
    pub delay_ms: u64,
}

/// How a callback fared.
#[derive(Clone, Debug, FromRow, serde::Serialize)]
pub struct SentNotice {
    pub attempts: i64,
    pub delivered: bool,
}

const INSERT: &str = "INSERT INTO notices (number, url, body) VALUES ($1, $2, $3) RETURNING id, url, body, attempts";
const OPEN: &str = "SELECT id, url, body, attempts FROM notices WHERE delivered_at IS NULL AND attempts <= $1 ORDER BY id";
const TRIED: &str = "UPDATE notices SET attempts = attempts + 1, delivered_at = $2 WHERE id = $1";
const SENT: &str = "SELECT attempts, delivered_at IS NOT NULL AS delivered FROM notices WHERE number = $1 ORDER BY id";

/// Notes what is to be said about a number: once, unless a fault wants it otherwise, and nothing where the merchant named no address.
pub(super) async fn plan(
    tx: &mut SqliteConnection,
    number: &str,
    url: &str,
    message: &BookedNotice,
) -> Result<Vec<PendingNotice>, SandboxProblem> {
    if url.is_empty() {
        return Ok(Vec::new());
    }
    let (copies, delay_ms) = match faults::take(tx, Operation::Callback).await? {
        Some(SandboxFault::Silent) => (0, 0),
        Some(SandboxFault::Twice) => (2, 0),
        Some(SandboxFault::Late { ms }) => (1, ms),
        Some(
            SandboxFault::Refuse { .. }
            | SandboxFault::Down
            | SandboxFault::Cut
            | SandboxFault::Html
            | SandboxFault::Forged
            | SandboxFault::Stranger
            | SandboxFault::Truncated
            | SandboxFault::FailLater { .. },
        )
        | None => (1, 0),
    };
    let body = serde_json::to_string(message).map_err(|error| SandboxProblem::Failed(error.to_string()))?;
    let mut planned = Vec::new();
    for _ in 0..copies {
        let notice: PendingNotice = sqlx::query_as(INSERT).bind(number).bind(url).bind(&body).fetch_one(&mut *tx).await?;
        planned.push(PendingNotice { delay_ms, ..notice });
    }
    Ok(planned)
}

impl Books {
    /// Notes something to be said that nothing else in the books tells of.
    pub async fn plan_notice(&self, number: &str, url: &str, message: &BookedNotice) -> Result<Vec<PendingNotice>, SandboxProblem> {
        let mut tx = self.pool.begin().await?;
        let planned = plan(&mut tx, number, url, message).await?;
        tx.commit().await?;
        Ok(planned)
    }

    /// Callbacks that were under way when the sandbox last stopped.
    pub async fn open_notices(&self, retries: usize) -> Result<Vec<PendingNotice>, SandboxProblem> {
        let retries = i64::try_from(retries).unwrap_or(i64::MAX);
        Ok(sqlx::query_as(OPEN).bind(retries).fetch_all(&self.pool).await?)
    }

    /// Notes one more attempt, and whether the shop took it.
    pub async fn notice_tried(&self, id: i64, delivered_at: Option<i64>) -> Result<(), SandboxProblem> {
        let tried = sqlx::query(TRIED).bind(id).bind(delivered_at).execute(&self.pool).await?;
        if tried.rows_affected() == 1 { Ok(()) } else { Err(SandboxProblem::Failed(format!("no callback {id} in the books"))) }
    }

    /// How the callbacks about a number fared.
    pub async fn notices_of(&self, number: &str) -> Result<Vec<SentNotice>, SandboxProblem> {
        Ok(sqlx::query_as(SENT).bind(number).fetch_all(&self.pool).await?)
    }
}
