//! Requests counted, and where Prometheus reads the metrics.

use super::telemetry::{method, route};
use crate::server::app::App;
use crate::server::machinery::metrics::Metrics;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
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

/// Middleware: counts the request and how it ended.
pub async fn count(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let under_way = metrics.requests.begins(route(&request), method(request.method()));
    let response = next.run(request).await;
    under_way.answered(response.status().as_u16());
    response
}
