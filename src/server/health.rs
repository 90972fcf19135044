//! Is the process alive, and can it serve?

use super::app::App;
use super::db::Trouble;
use super::error::{Error, Result};
use super::store::rounds;
use axum::extract::State;
use axum::http::StatusCode;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Whoever asks gets an answer within this time.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// What was written so lately need not be tried.
const STANDS: Duration = Duration::from_secs(3);
/// What was refused is tried again after this time, however many ask.
const REFUSED_FOR: Duration = Duration::from_millis(500);

/// When writing was last tried in vain, and why it was.
#[derive(Default)]
pub struct WriteCheck(Mutex<Option<(Instant, String)>>);

pub async fn alive() -> &'static str {
    "ok"
}

/// Ready while the database is read and written, until told to stop.
pub async fn ready(State(app): State<Arc<App>>) -> (StatusCode, String) {
    if app.is_leaving() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping".to_owned());
    }
    let answered = tokio::time::timeout(PATIENCE, async {
        reads(&app).await.map_err(|error| format!("cannot read: {}", in_words(&error)))?;
        writes(&app).await
    });
    match answered.await.unwrap_or_else(|_| Err("the database does not answer in time".to_owned())) {
        Ok(()) => (StatusCode::OK, "ready".to_owned()),
        Err(why) => {
            tracing::warn!(why, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, why)
        }
    }
}

async fn reads(app: &App) -> Result<()> {
    sqlx::query("select 1").execute(&mut *app.db.reader().await?).await?;
    Ok(())
}

/// Where nothing has been written lately, one small row is.
async fn writes(app: &App) -> std::result::Result<(), String> {
    if app.db.has_no_room() {
        return Err(format!("cannot write: {}", Trouble::DiskFull));
    }
    if app.db.has_written_within(STANDS) {
        return Ok(());
    }
    let mut refused = app.write_check.0.lock().await;
    if app.db.has_written_within(STANDS) {
        return Ok(());
    }
    if let Some((at, why)) = refused.as_ref().filter(|(at, _)| at.elapsed() < REFUSED_FOR) {
        tracing::debug!(?at, "writing was tried just now");
        return Err(why.clone());
    }
    *refused = rounds::try_to_write(&app.db, app.machine_now())
        .await
        .err()
        .map(|error| (Instant::now(), format!("cannot write: {}", in_words(&error))));
    refused.as_ref().map_or(Ok(()), |(_, why)| Err(why.clone()))
}

fn in_words(error: &Error) -> String {
    error.trouble().map_or_else(|| "the database refuses".to_owned(), |trouble| trouble.to_string())
}
