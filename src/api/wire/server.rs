//! The server's end: who sends is known already, then the form is read, as its page would read it.

mod context;

use super::{FormPost, SentForm};
use crate::api::ApiError;
use crate::http::form::{self, FormSender};
use crate::http::forms::REDRAWN;
use crate::routes::forms::rule_of;
use axum::body::Body;
use axum::extract::{Query, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use leptos::server_fn::Protocol;
use leptos::server_fn::client::Client;
use leptos::server_fn::server::Server;
use serde::Serialize;
use std::future::Future;
use web_sys::FormData;

pub use crate::http::form::Form as FormBody;
pub use context::{answer, buyer, by_page, staff};

impl SentForm {
    /// Forms are sent by browsers.
    pub fn of(_: &str, _: FormData, _: bool) -> Option<Self> {
        None
    }
}

#[derive(serde::Deserialize)]
struct About {
    of: String,
}

impl<I, O, C, S> Protocol<I, O, C, S, ApiError> for FormPost
where
    I: From<SentForm> + Send,
    O: Serialize + Send,
    C: Client<ApiError>,
    S: Server<ApiError, Request = Request<Body>, Response = Response<Body>>,
{
    const METHOD: Method = Method::POST;

    async fn run_server<F, Fut>(request: Request<Body>, function: F) -> Result<Response<Body>, ApiError>
    where
        F: Fn(I) -> Fut + Send,
        Fut: Future<Output = Result<O, ApiError>> + Send,
    {
        let sent = match read(request).await {
            Ok(sent) => sent,
            Err(answer) => return Ok(answer),
        };
        Ok(match function(I::from(sent)).await {
            Ok(done) => json(StatusCode::OK, &done),
            Err(error) => error.into_response(),
        })
    }

    async fn run_client(_: &str, _: I) -> Result<O, ApiError> {
        Err(ApiError::Lost)
    }
}

/// The form as if it had been sent to its page: the same rule, and the same request for the same key.
async fn read(mut request: Request) -> Result<SentForm, Response> {
    let nowhere = || ApiError::ByPage(StatusCode::NOT_FOUND.as_u16()).into_response();
    let Query(About { of }) = Query::try_from_uri(request.uri()).map_err(|_| nowhere())?;
    let page = rule_of(request.uri().path()).and_then(|rule| rule.page_of(&of));
    let page = page.and_then(|page| Uri::try_from(page).ok()).ok_or_else(nowhere)?;
    *request.uri_mut() = page;
    let form = form::read(request, FormSender::Known).await.map_err(IntoResponse::into_response)?;
    // What only draws the page again is the page's to answer.
    if REDRAWN.iter().any(|pressed| form.has(pressed)) {
        return Err(ApiError::ByPage(StatusCode::BAD_REQUEST.as_u16()).into_response());
    }
    Ok(SentForm { number: of, form })
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        json(StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), &self)
    }
}

fn json(status: StatusCode, answer: &impl Serialize) -> Response {
    match serde_json::to_vec(answer) {
        Ok(body) => (status, [(CONTENT_TYPE, "application/json")], body).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
