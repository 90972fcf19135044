//! `/pictures/{key}`: a picture that somebody uploaded, for those it is for.

use super::Shared;
use super::extract::Path;
use super::problem::Failure;
use crate::server::ctx::{Buyer, Staff};
use crate::server::uploads;
use axum::Extension;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse, Response};

/// Keys are random and their pictures never change: kept by the browser that was allowed to see them, and by nobody else.
const KEPT: &str = "private, max-age=86400, immutable";

pub async fn show(
    State(app): Shared,
    buyer: Option<Buyer>,
    staff: Option<Extension<Staff>>,
    Path(key): Path<String>,
) -> Result<Response, Failure> {
    let picture = uploads::look(&app, buyer.as_ref(), staff.as_deref(), &key).await?;
    Ok(([(CONTENT_TYPE, "image/jpeg"), (X_CONTENT_TYPE_OPTIONS, "nosniff"), (CACHE_CONTROL, KEPT)], picture).into_response())
}
