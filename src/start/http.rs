//! The router with everything that every request passes through.

use crate::http::session::Sessions;
use crate::http::turns::{self, Turns};
use crate::http::{client, compression, headers, metrics, telemetry};
use crate::pages;
use crate::server::app::App;
use crate::server::limits::FORM_BYTES;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::Response;
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::csrf::CsrfLayer;
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::Duration as CookieDuration;
use tower_sessions::{Expiry, SessionManagerLayer};

/// The whole shop as a service.
pub fn router(app: &Arc<App>) -> Router {
    let sessions = SessionManagerLayer::new(Sessions(app.clone()))
        .with_name(if app.secure_cookies { "__Host-guitu" } else { "guitu" })
        .with_secure(app.secure_cookies)
        .with_http_only(true)
        // Lax: the way back from the gateway's cashier must not look like a log-out.
        .with_same_site(SameSite::Lax)
        // Longer than any session lives: when one ends is the table's to say.
        .with_expiry(Expiry::OnInactivity(CookieDuration::days(400)));
    let shop = pages::router(app)
        .with_state(app.clone())
        .layer(sessions)
        .layer(from_fn(pages::gate::with_its_session_kept))
        .layer(from_fn_with_state(Arc::new(Turns::default()), turns::reads_in_turn))
        .layer(from_fn(pages::gate::readable))
        .layer(CsrfLayer::new())
        .layer(from_fn(pages::error_page::framed))
        // Forms read themselves, by the rules of their routes.
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(pages::error_page::in_time))
        // Around whatever may answer with a page of its own: it is drawn for its reader, and in the theme that was chosen.
        .layer(from_fn(pages::error_page::carry))
        .layer(from_fn(pages::theme::carry))
        .layer(from_fn(compression::of_pages))
        // What is left: files that are written while they are sent, and readers who take brotli alone.
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(compression::SMALL).and(NotForContentType::IMAGES)));
    let shop = if app.proxies.is_empty() { shop } else { shop.layer(from_fn_with_state(app.clone(), client::behind_proxies)) };
    let shop = if app.traced { shop.layer(from_fn(telemetry::describe)) } else { shop };
    let shop = shop.layer(from_fn_with_state(app.clone(), headers::on_every_answer));
    let shop = shop.layer(map_response(says_when_to_come_again)).layer(from_fn(telemetry::log_request));
    match &app.metrics {
        Some(metrics) => shop.layer(from_fn_with_state(metrics.clone(), metrics::count)),
        None => shop,
    }
}

/// Whatever keeps us from serving passes; gateways and proxies want to know when to ask again.
async fn says_when_to_come_again(mut response: Response) -> Response {
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().entry(RETRY_AFTER).or_insert(HeaderValue::from_static("5"));
    }
    response
}
