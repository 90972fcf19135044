//! Hands requests to the router itself: no client on the way mends what is sent.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::header;
use guitu::server::app::App;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tower::ServiceExt;

/// Stands in values; a page that holds it as it is has drawn what somebody typed as markup.
pub const MARKUP: &str = "<i data-fuzz>";

#[derive(Clone, Debug, Default)]
pub struct Request {
    pub method: &'static str,
    /// Path and query as they stand in the request line.
    pub target: String,
    pub headers: Vec<(&'static str, Vec<u8>)>,
    pub body: Vec<u8>,
    /// Whom the limits take it to be from.
    pub from: [u8; 4],
}

pub struct Answer {
    pub status: u16,
    pub location: String,
    pub cookies: Vec<String>,
    pub html: String,
    pub is_page: bool,
}

pub struct Knocker {
    router: Router,
}

/// More than any page of ours.
const LONGEST_ANSWER: usize = 64 * 1024 * 1024;

impl Knocker {
    pub fn of(app: &Arc<App>) -> Self {
        Self { router: guitu::start::router(app) }
    }

    /// A request that HTTP itself has no room for never reaches us: it is answered with 400 before the router.
    pub async fn knock(&self, request: &Request) -> Answer {
        let mut built = axum::http::Request::builder().method(request.method).uri(&request.target);
        for (name, value) in &request.headers {
            built = built.header(*name, value.as_slice());
        }
        let Ok(mut built) = built.body(Body::from(request.body.clone())) else { return Answer::refused_by_http() };
        built.extensions_mut().insert(ConnectInfo(SocketAddr::from((Ipv4Addr::from(request.from), 4_000))));
        let Ok(answer) = self.router.clone().oneshot(built).await;
        let (head, body) = answer.into_parts();
        let header = |name| head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let (location, kind) = (header(header::LOCATION), header(header::CONTENT_TYPE));
        let cookies =
            head.headers.get_all(header::SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok()).map(str::to_owned).collect();
        let status = head.status.as_u16();
        // A body that breaks off is a fault that the status no longer tells.
        let Ok(body) = to_bytes(body, LONGEST_ANSWER).await else { return Answer { status: 599, ..Answer::refused_by_http() } };
        Answer { status, location, cookies, html: String::from_utf8_lossy(&body).into_owned(), is_page: kind.starts_with("text/html") }
    }
}

impl Answer {
    fn refused_by_http() -> Self {
        Self { status: 400, location: String::new(), cookies: Vec::new(), html: String::new(), is_page: false }
    }

    pub fn has_markup_of_ours(&self) -> bool {
        self.is_page && self.html.contains(MARKUP)
    }
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.target)?;
        for (name, value) in &self.headers {
            write!(f, "\n{name}: {}", String::from_utf8_lossy(value).escape_debug())?;
        }
        write!(f, "\n\n{:.4000}", String::from_utf8_lossy(&self.body).escape_debug().to_string())
    }
}
