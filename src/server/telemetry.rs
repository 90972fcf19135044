//! What the server tells about its work: one line a request, without anything that names a person.

mod lines;
pub mod traces;

pub use lines::{dropped, finish};

use std::{
    io::{self, IsTerminal},
    time::Instant,
};

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use lines::Lines;
use traces::Traces;
use tracing::Instrument;
use tracing_subscriber::{
    EnvFilter,
    filter::{FilterExt, filter_fn},
    fmt,
    layer::{Layer, SubscriberExt},
    util::SubscriberInitExt,
};

use super::{
    clock::random_u64,
    config::{Collector, ConfigError, Log, LogFormat},
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Starts writing log lines to standard error, and telling a collector of requests where one is set. A second call in one process changes nothing.
pub fn init(log: &Log, collector: Option<&Collector>) -> Result<Option<Traces>, ConfigError> {
    let filter = EnvFilter::try_new(&log.filter)
        .map_err(|refused| ConfigError::LogFilter { given: log.filter.clone(), reason: refused.to_string() })?;
    if let Some(collector) = collector {
        return init_traced(log, filter, collector).map(Some);
    }
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(Lines::begin()).log_internal_errors(false);
    // Refused only where a test has already started it.
    let _ = match log.format {
        LogFormat::Text => lines.with_ansi(io::stderr().is_terminal()).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).with_span_list(false).try_init(),
    };
    Ok(None)
}

/// Lines and spans beside each other, each with a filter of its own: what is logged does not decide what is traced.
fn init_traced(log: &Log, filter: EnvFilter, collector: &Collector) -> Result<Traces, ConfigError> {
    let traces = Traces::to(collector)?;
    let filter = filter.and(filter_fn(|told| told.target() != traces::TARGET));
    let lines = fmt::layer().with_writer(Lines::begin()).log_internal_errors(false);
    let lines = match log.format {
        LogFormat::Text => lines.with_ansi(io::stderr().is_terminal()).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_span_list(false).boxed(),
    };
    let _ = tracing_subscriber::registry().with(lines.with_filter(filter)).with(traces.layer()).try_init();
    Ok(traces)
}

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
