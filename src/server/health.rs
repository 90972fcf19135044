//! Is the process alive, and can it serve?

use super::app::App;
use axum::extract::State;
use axum::http::StatusCode;
use std::sync::Arc;

pub async fn alive() -> &'static str {
    "ok"
}

/// Ready as soon as the database answers, until it is told to stop.
pub async fn ready(State(app): State<Arc<App>>) -> (StatusCode, &'static str) {
    if app.is_leaving() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    match sqlx::query("select 1").execute(app.db.read()).await {
        Ok(_) => (StatusCode::OK, "ready"),
        Err(error) => {
            tracing::warn!(%error, "database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "database does not answer")
        }
    }
}
