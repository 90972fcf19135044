//! Answers that no gateway means to give.

use std::io;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use futures_util::stream;

/// Nobody is there.
pub fn down() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, "down").into_response()
}

/// The line breaks off.
pub fn cut() -> Response {
    Body::from_stream(stream::iter([Err::<Bytes, _>(io::Error::other("cut"))])).into_response()
}

/// Something in between answers.
pub fn web_page() -> Response {
    Html("<!DOCTYPE html><title>502</title><h1>502 Bad Gateway</h1>").into_response()
}

/// The first half of an answer, under the signature of the whole.
pub async fn truncated(answer: Response) -> Response {
    let (parts, body) = answer.into_parts();
    let Ok(whole) = to_bytes(body, usize::MAX).await else { return cut() };
    (parts.status, parts.headers, whole.slice(..whole.len() / 2)).into_response()
}
