//! Is the process alive, and can it serve?

use crate::server::app::App;
use crate::server::health::can_serve;
use axum::extract::State;
use axum::http::StatusCode;
use std::sync::Arc;

pub async fn alive() -> &'static str {
    "ok"
}

/// Ready while the database is read and written, until told to stop.
pub async fn ready(State(app): State<Arc<App>>) -> (StatusCode, String) {
    if app.is_leaving() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping".to_owned());
    }
    match can_serve(&app).await {
        Ok(()) => (StatusCode::OK, "ready".to_owned()),
        Err(why) => {
            tracing::warn!(why, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, why)
        }
    }
}
