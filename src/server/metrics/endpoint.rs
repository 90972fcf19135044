//! Where Prometheus reads the metrics.

use super::Metrics;
use crate::server::app::App;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::prometheus_text;
use std::sync::Arc;

/// The one route, for a listener of its own: what it tells is for those who run the shop.
pub fn routes(app: &Arc<App>, metrics: &Arc<Metrics>) -> Router {
    Router::new().route("/metrics", get(tell)).with_state((app.clone(), metrics.clone()))
}

async fn tell(State((app, metrics)): State<(Arc<App>, Arc<Metrics>)>) -> Response {
    match metrics.told(&app.db, app.now()).await {
        Ok(text) => ([(CONTENT_TYPE, prometheus_text::CONTENT_TYPE)], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "the numbers could not be written down");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
