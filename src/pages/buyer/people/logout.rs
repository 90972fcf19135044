//! `/logout`: out, by POST only.

use crate::http::{headers, session};
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::app::App;
use axum::Router;
use axum::response::{Redirect, Response};
use axum::routing::post;
use std::sync::Arc;
use tower_sessions::Session;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(routes::buyer::LOGOUT, post(submit))
}

async fn submit(session: Session) -> Result<Response, Failure> {
    session::log_out_buyer(&session).await?;
    Ok(headers::forgetting(Redirect::to(routes::buyer::HOME)))
}
