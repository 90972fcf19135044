//! `/pictures/{key}` and `/pictures/{key}/small`: a picture that somebody uploaded, for those it is for.

use super::Shared;
use super::extract::Path;
use super::problem::Failure;
use crate::server::app::App;
use crate::server::ctx::{Buyer, Staff};
use crate::server::pictures::PictureSize;
use crate::server::uploads;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use std::sync::Arc;

/// Keys are random and their pictures never change: kept by the browser that was allowed to see them, and by nobody else.
const KEPT: &str = "private, max-age=86400, immutable";

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/pictures/{key}", get(|state: Shared, who: Who, key: Key| show(state, who, key, PictureSize::Whole)))
        .route("/pictures/{key}/small", get(|state: Shared, who: Who, key: Key| show(state, who, key, PictureSize::Small)))
}

type Who = (Option<Buyer>, Option<Extension<Staff>>);
type Key = Path<String>;

async fn show(State(app): Shared, (buyer, staff): Who, Path(key): Key, size: PictureSize) -> Result<Response, Failure> {
    let picture = uploads::look(&app, buyer.as_ref(), staff.as_deref(), &key, size).await?;
    Ok(([(CONTENT_TYPE, "image/jpeg"), (X_CONTENT_TYPE_OPTIONS, "nosniff"), (CACHE_CONTROL, KEPT)], picture).into_response())
}
