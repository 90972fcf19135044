//! Headers that are on every answer, whoever made it: pages, errors, redirects, files, exports, callbacks (A7).

use crate::server::app::App;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// What is no page of ours does nothing in a browser.
const NO_PAGE: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const PERMISSIONS: &str = "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()";
const ONE_YEAR_TLS: &str = "max-age=31536000";

/// Middleware: whatever an answer does not say of itself.
pub async fn on_every_answer(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    say(headers, CONTENT_SECURITY_POLICY, NO_PAGE);
    say(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    say(headers, REFERRER_POLICY, "same-origin");
    say(headers, HeaderName::from_static("permissions-policy"), PERMISSIONS);
    say(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    say(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    // An answer that does not say how long it may be kept is not kept: redirects and refusals tell of people, too.
    say(headers, CACHE_CONTROL, "no-store");
    if app.secure_cookies {
        say(headers, STRICT_TRANSPORT_SECURITY, ONE_YEAR_TLS);
    }
    answer
}

fn say(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}

/// What is for one person alone: neither the browser nor anything before it keeps it, so that the back button shows nothing after the log-out.
pub fn kept_by_nobody(mut answer: Response) -> Response {
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    answer
}

/// A log-out: whatever the browser has kept of the shop goes with it.
pub fn forgetting(answer: impl IntoResponse) -> Response {
    ([(HeaderName::from_static("clear-site-data"), "\"cache\", \"storage\"")], answer).into_response()
}
