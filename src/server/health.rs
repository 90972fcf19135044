//! Is the process alive, and can it serve?

use super::app::App;
use super::db::Trouble;
use super::error::{Error, Result};
use super::store::rounds;
use axum::extract::State;
use axum::http::StatusCode;
use std::sync::Arc;
use std::time::Duration;

/// Whoever asks gets an answer within this time.
const PATIENCE: Duration = Duration::from_millis(1_500);

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
    let attempt =
        async { rounds::try_to_write(&app.db, app.machine_now()).await.map_err(|error| format!("cannot write: {}", in_words(&error))) };
    app.write_check.ask(&app.db, attempt).await
}

fn in_words(error: &Error) -> String {
    error.trouble().map_or_else(|| "the database refuses".to_owned(), |trouble| trouble.to_string())
}
