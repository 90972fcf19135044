//! What pages return where there is no page to return.

use crate::server::error::Error;
use axum::response::{IntoResponse, Response};

/// An error on its way to the error page.
#[derive(Debug)]
pub struct Failure(pub Error);

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        super::error_page::of(self.0)
    }
}
