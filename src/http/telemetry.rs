//! What is told of every request, without anything that names a person: one line for the log, one span for the collector.

use crate::server::clock::random_u64;
use crate::server::machinery::telemetry::traces::TARGET;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;
use tracing::field::Empty;
use tracing::{Instrument, info_span};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Names the request in everything that is logged during it; an error page shows it, so that a person can quote it.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Middleware: gives the request its id and logs how it ended. The query stays out: people's names and numbers are searched there.
pub async fn log_request(mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = RequestId(format!("{:016x}", random_u64()));
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let span = tracing::info_span!("request", id = %id.0);
    let header = HeaderValue::from_str(&id.0);
    request.extensions_mut().insert(id);

    let mut response = next.run(request).instrument(span.clone()).await;

    let status = response.status().as_u16();
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| tracing::info!(%method, path, status, ms, "answered"));
    if let Ok(value) = header {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// Middleware: one span a request, under the pattern of its route.
pub async fn describe(request: Request, next: Next) -> Response {
    let (route, method) = (route(&request).to_owned(), method(request.method()));
    let id = request.extensions().get::<RequestId>().map(|id| id.0.as_str());
    let span = info_span!(
        target: TARGET,
        "request",
        otel.name = format!("{method} {route}"),
        otel.kind = "server",
        otel.status_code = Empty,
        http.request.method = method,
        http.route = route,
        http.response.status_code = Empty,
        request.id = id,
    );
    let response = next.run(request).instrument(span.clone()).await;
    span.record("http.response.status_code", response.status().as_u16());
    if response.status().is_server_error() {
        span.record("otel.status_code", "ERROR");
    }
    response
}

/// The pattern of the route, as `/orders/{number}`; `none` where no route was met.
pub(super) fn route(request: &Request) -> &str {
    request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str)
}

/// The method by name; anybody may make up others.
pub(super) fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}
