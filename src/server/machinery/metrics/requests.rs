//! Requests: how many by route and answer, how long they took, how many are under way.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram};
use prometheus_client::registry::Registry;
use std::time::Instant;

/// Seconds: a page in time, a page that is slow, a page that somebody waits for.
const BUCKETS: [f64; 7] = [0.005, 0.02, 0.05, 0.1, 0.3, 1.0, 5.0];

/// Names a route by its pattern: an address itself would name an order or a buyer, and there is no end of addresses.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    route: String,
    method: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ResponseLabels {
    route: String,
    method: &'static str,
    status: u16,
}

/// What is counted of requests.
pub struct RequestMetrics {
    answered: Family<ResponseLabels, Counter>,
    seconds: Family<RequestLabels, Histogram, fn() -> Histogram>,
    under_way: Gauge,
}

impl RequestMetrics {
    pub(super) fn register(registry: &mut Registry) -> Self {
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

    /// A request begins: counted as under way for as long as what this gives lives.
    pub fn begins(&self, route: &str, method: &'static str) -> UnderWay<'_> {
        self.under_way.inc();
        UnderWay { requests: self, asked: RequestLabels { route: route.to_owned(), method }, began: Instant::now() }
    }
}

/// A request that is being answered. A browser that leaves ends it too.
pub struct UnderWay<'a> {
    requests: &'a RequestMetrics,
    asked: RequestLabels,
    began: Instant,
}

impl UnderWay<'_> {
    /// It was answered with this status.
    pub fn answered(self, status: u16) {
        let RequestLabels { route, method } = self.asked.clone();
        self.requests.seconds.get_or_create(&self.asked).observe(self.began.elapsed().as_secs_f64());
        self.requests.answered.get_or_create(&ResponseLabels { route, method, status }).inc();
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.requests.under_way.dec();
    }
}
