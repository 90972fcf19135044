//! The files beside the pages, embedded by `build/assets.rs`, pressed already, and named by their content, so a browser may keep them for good.

use axum::Router;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

struct Asset {
    name: &'static str,
    url: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

const FOR_GOOD: &str = "public, max-age=31536000, immutable";
const FOR_A_DAY: &str = "public, max-age=86400";

/// The folder of the style sheets, where somebody works on them: then they are read anew each time.
static WORKED_ON: OnceLock<PathBuf> = OnceLock::new();
const AS_WORKED_ON: [(&str, &str); 2] = [("buyer.css", "/assets/style/buyer.css"), ("merchant.css", "/assets/style/merchant.css")];

/// From now on style sheets are read from this folder, as they are at the moment.
pub fn work_on(styles: PathBuf) {
    let _ = WORKED_ON.set(styles);
}

/// The address of a file by its name: `buyer.css`, `pictures/tea.svg`. An unknown one leads nowhere and is logged.
pub fn url(name: &str) -> &'static str {
    if WORKED_ON.get().is_some()
        && let Some((_, url)) = AS_WORKED_ON.iter().find(|(sheet, _)| *sheet == name)
    {
        return url;
    }
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
    if let Some(style) = WORKED_ON.get().and_then(|styles| as_worked_on(styles, uri.path())) {
        return ([(CONTENT_TYPE, "text/css"), (CACHE_CONTROL, "no-cache")], style).into_response();
    }
    match ASSETS.iter().find(|asset| asset.url == uri.path()) {
        Some(asset) => asset.answer(&headers, FOR_GOOD),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn as_worked_on(styles: &Path, path: &str) -> Option<Vec<u8>> {
    let name = Path::new(path.strip_prefix("/assets/style/")?);
    let plain = name.components().all(|part| matches!(part, Component::Normal(_)));
    if plain { std::fs::read(styles.join(name)).ok() } else { None }
}

/// The one file whose address does not follow its content: who has it asks whether it is still the same.
async fn favicon(headers: HeaderMap) -> Response {
    let Ok(index) = ASSETS.binary_search_by_key(&"favicon.svg", |asset| asset.name) else { return StatusCode::NOT_FOUND.into_response() };
    let tag = format!("\"{}\"", ASSETS[index].url);
    let about = [(ETAG, tag.clone()), (CACHE_CONTROL, FOR_A_DAY.to_owned())];
    if is_known(&headers, &tag) {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    ([(ETAG, tag)], ASSETS[index].answer(&headers, FOR_A_DAY)).into_response()
}

impl Asset {
    fn answer(&self, headers: &HeaderMap, kept: &'static str) -> Response {
        let about =
            [(CONTENT_TYPE, self.content_type), (CACHE_CONTROL, kept), (X_CONTENT_TYPE_OPTIONS, "nosniff"), (VARY, "accept-encoding")];
        for (coding, pressed) in [("br", self.brotli), ("gzip", self.gzip)] {
            if let Some(bytes) = pressed.filter(|_| takes(headers, coding)) {
                return (about, [(CONTENT_ENCODING, coding)], Bytes::from_static(bytes)).into_response();
            }
        }
        (about, Bytes::from_static(self.bytes)).into_response()
    }
}

/// Does who asks read this coding?
pub(super) fn takes(headers: &HeaderMap, coding: &str) -> bool {
    listed(headers, &ACCEPT_ENCODING).any(|accepted| {
        let (name, weight) = accepted.split_once(';').unwrap_or((accepted, ""));
        let refused = weight.trim().strip_prefix("q=").is_some_and(|weight| weight.parse::<f32>().is_ok_and(|weight| weight <= 0.0));
        name.trim().eq_ignore_ascii_case(coding) && !refused
    })
}

/// Has the browser kept what this tag names?
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    listed(headers, &IF_NONE_MATCH).any(|known| known.trim_start_matches("W/") == tag || known == "*")
}

/// What a header lists, separated by commas.
fn listed<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let lines = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim)
}
