//! Whether the database can be written, for those who ask all the time.

use super::Db;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// What was written so lately need not be tried.
const STANDS: Duration = Duration::from_secs(3);
/// What was refused is tried again after this time, however many ask.
const REFUSED_FOR: Duration = Duration::from_millis(500);

/// When writing was last tried in vain, and why it was.
#[derive(Default)]
pub struct WriteCheck(Mutex<Option<(Instant, String)>>);

impl WriteCheck {
    /// Where nothing has been written lately, `attempt` does it: for one caller at a time, and not again just after it was refused.
    pub async fn ask(&self, db: &Db, attempt: impl Future<Output = Result<(), String>>) -> Result<(), String> {
        if db.has_written_within(STANDS) {
            return Ok(());
        }
        let mut refused = self.0.lock().await;
        if db.has_written_within(STANDS) {
            return Ok(());
        }
        if let Some((at, why)) = refused.as_ref().filter(|(at, _)| at.elapsed() < REFUSED_FOR) {
            tracing::debug!(?at, "writing was tried just now");
            return Err(why.clone());
        }
        let answer = attempt.await;
        *refused = answer.as_ref().err().map(|why| (Instant::now(), why.clone()));
        answer
    }
}
