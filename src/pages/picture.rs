//! `/pictures/{key}` and `/pictures/{key}/small`: a picture that somebody uploaded, for those it is for.

use super::Shared;
use super::extract::Path;
use super::failure::Failure;
use crate::http::assets;
use crate::server::app::App;
use crate::server::ctx::{Buyer, Staff};
use crate::server::machinery::pictures::PictureSize;
use crate::server::people::uploads;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use std::sync::Arc;

/// Kept by the browser alone, which asks each time whether it may still show it.
const KEPT: &str = "private, no-cache";

pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(
            "/pictures/{key}",
            get(|state: Shared, who: Who, key: Key, headers: HeaderMap| show(state, who, key, PictureSize::Whole, headers)),
        )
        .route(
            "/pictures/{key}/small",
            get(|state: Shared, who: Who, key: Key, headers: HeaderMap| show(state, who, key, PictureSize::Small, headers)),
        )
}

type Who = (Option<Buyer>, Option<Extension<Staff>>);
type Key = Path<String>;

async fn show(State(app): Shared, who: Who, Path(key): Key, size: PictureSize, headers: HeaderMap) -> Result<Response, Failure> {
    let (buyer, staff) = &who;
    uploads::may_look(&app, buyer.as_ref(), staff.as_deref(), &key).await?;
    // A key is random and its picture never changes: its name says what it is.
    let tag = format!("\"{key}{}\"", if size == PictureSize::Small { "-small" } else { "" });
    let about = [(ETAG, tag.clone()), (CACHE_CONTROL, KEPT.to_owned())];
    if assets::is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    let picture = uploads::look(&app, &key, size).await?;
    Ok((about, [(CONTENT_TYPE, "image/jpeg")], picture).into_response())
}
