//! The files beside the pages, embedded by `build.rs`: named by their content, so a browser may keep them for good.

use std::sync::OnceLock;

use axum::Router;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use brotli::enc::BrotliEncoderParams;
use bytes::Bytes;

struct Asset {
    name: &'static str,
    url: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
}

static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The same files in brotli, each pressed once, at its first request.
static PRESSED: [OnceLock<Option<Bytes>>; ASSETS.len()] = [const { OnceLock::new() }; ASSETS.len()];

const FOR_GOOD: &str = "public, max-age=31536000, immutable";
const FOR_A_DAY: &str = "public, max-age=86400";

/// The address of a file by its name: `buyer.css`, `pictures/tea.svg`. An unknown one leads nowhere and is logged.
pub fn url(name: &str) -> &'static str {
    find(name).unwrap_or_else(|| {
        tracing::error!(name, "no such asset");
        "/assets/missing"
    })
}

/// Like [`url`], for a file that need not be there.
pub fn find(name: &str) -> Option<&'static str> {
    ASSETS.binary_search_by_key(&name, |asset| asset.name).ok().map(|index| ASSETS[index].url)
}

/// `/assets/…` and `/favicon.ico`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{*path}", get(asset)).route("/favicon.ico", get(favicon))
}

async fn asset(uri: Uri, headers: HeaderMap) -> Response {
    match ASSETS.iter().position(|asset| asset.url == uri.path()) {
        Some(index) => answer(index, &headers, FOR_GOOD).await,
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn favicon(headers: HeaderMap) -> Response {
    match ASSETS.binary_search_by_key(&"favicon.svg", |asset| asset.name) {
        Ok(index) => answer(index, &headers, FOR_A_DAY).await,
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn answer(index: usize, headers: &HeaderMap, kept: &'static str) -> Response {
    let asset = &ASSETS[index];
    let about = [(CONTENT_TYPE, asset.content_type), (CACHE_CONTROL, kept), (X_CONTENT_TYPE_OPTIONS, "nosniff"), (VARY, "accept-encoding")];
    if takes_brotli(headers)
        && let Some(bytes) = pressed(index).await
    {
        return (about, [(CONTENT_ENCODING, "br")], bytes).into_response();
    }
    (about, Bytes::from_static(asset.bytes)).into_response()
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|coding| coding.trim() == "br" || coding.trim().starts_with("br;") && !coding.ends_with("q=0"))
}

/// The file in brotli; `None` for pictures that are small already.
async fn pressed(index: usize) -> Option<Bytes> {
    if !presses(ASSETS[index].content_type) {
        return None;
    }
    if let Some(bytes) = PRESSED[index].get() {
        return bytes.clone();
    }
    let pressing = tokio::task::spawn_blocking(move || PRESSED[index].get_or_init(|| press(ASSETS[index].bytes)).clone());
    pressing.await.ok().flatten()
}

fn presses(content_type: &str) -> bool {
    content_type.starts_with("text/") || matches!(content_type, "application/wasm" | "application/json" | "image/svg+xml")
}

fn press(mut bytes: &'static [u8]) -> Option<Bytes> {
    let params = BrotliEncoderParams { quality: 11, size_hint: bytes.len(), ..Default::default() };
    let mut pressed = Vec::with_capacity(bytes.len() / 2);
    brotli::BrotliCompress(&mut bytes, &mut pressed, &params).ok()?;
    Some(pressed.into())
}
