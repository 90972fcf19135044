//! What a running process tells a Prometheus about itself. Where nobody may ask, nothing of it exists and nothing is counted.

mod process;
pub mod requests;
mod work;

use super::app::App;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use process::Process;
use prometheus_client::encoding::prometheus_text;
use prometheus_client::registry::Registry;
use requests::Requests;
use std::sync::Arc;
use work::Work;

/// The numbers of one process, and how they are written down.
pub struct Metrics {
    registry: Registry,
    requests: Requests,
    process: Process,
    work: Work,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::default();
        let (requests, process, work) = (Requests::told_in(&mut registry), Process::told_in(&mut registry), Work::told_in(&mut registry));
        Self { registry, requests, process, work }
    }
}

impl Metrics {
    /// Everything, as Prometheus reads it.
    async fn told(&self, app: &App) -> Result<String, std::fmt::Error> {
        self.process.look(&app.db);
        self.work.look(app).await;
        let mut text = String::new();
        prometheus_text::encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// The one route, for a listener of its own: what it tells is for those who run the shop.
pub fn door(app: &Arc<App>, metrics: &Arc<Metrics>) -> Router {
    Router::new().route("/metrics", get(tell)).with_state((app.clone(), metrics.clone()))
}

async fn tell(State((app, metrics)): State<(Arc<App>, Arc<Metrics>)>) -> Response {
    match metrics.told(&app).await {
        Ok(text) => ([(CONTENT_TYPE, prometheus_text::CONTENT_TYPE)], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "the numbers could not be written down");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
