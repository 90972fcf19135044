//! Requests: how many by route and answer, how long they took, how many are under way.

use super::Metrics;
use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram};
use prometheus_client::registry::Registry;
use std::sync::Arc;
use std::time::Instant;

/// Seconds: a page in time, a page that is slow, a page that somebody waits for.
const BUCKETS: [f64; 7] = [0.005, 0.02, 0.05, 0.1, 0.3, 1.0, 5.0];

/// Names a route by its pattern: an address itself would name an order or a buyer, and there is no end of addresses.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    route: String,
    method: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: String,
    method: &'static str,
    status: u16,
}

pub(super) struct Requests {
    answered: Family<Answered, Counter>,
    seconds: Family<Asked, Histogram, fn() -> Histogram>,
    under_way: Gauge,
}

impl Requests {
    pub(super) fn told_in(registry: &mut Registry) -> Self {
        let requests = Self {
            answered: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            under_way: Gauge::default(),
        };
        registry.register("guitu_requests", "Requests answered, by route, method and status", requests.answered.clone());
        registry.register("guitu_request_seconds", "From the request to the head of its answer, in seconds", requests.seconds.clone());
        registry.register("guitu_requests_under_way", "Requests that are being answered now", requests.under_way.clone());
        requests
    }
}

/// Counts a request as under way for as long as this lives: a browser that leaves ends it too.
struct UnderWay<'a>(&'a Gauge);

impl<'a> UnderWay<'a> {
    fn begins(gauge: &'a Gauge) -> Self {
        gauge.inc();
        Self(gauge)
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Middleware: counts the request and how it ended.
pub async fn count(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let (began, told) = (Instant::now(), &metrics.requests);
    let asked = Asked { route: route(&request).to_owned(), method: method(request.method()) };
    let under_way = UnderWay::begins(&told.under_way);
    let response = next.run(request).await;
    drop(under_way);
    told.seconds.get_or_create(&asked).observe(began.elapsed().as_secs_f64());
    let Asked { route, method } = asked;
    told.answered.get_or_create(&Answered { route, method, status: response.status().as_u16() }).inc();
    response
}

/// The pattern of the route, as `/orders/{number}`; `none` where no route was met.
pub fn route(request: &Request) -> &str {
    request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str)
}

/// The method by name; anybody may make up others.
pub fn method(method: &Method) -> &'static str {
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
