//! What the server tells about its work: one line a request, without anything that names a person.

mod lines;
pub mod traces;

pub use lines::{dropped, finish};

use std::io::{self, IsTerminal};

use lines::Lines;
use traces::Traces;
use tracing_subscriber::{
    EnvFilter,
    filter::{FilterExt, filter_fn},
    fmt,
    layer::{Layer, SubscriberExt},
    util::SubscriberInitExt,
};

use super::config::{Collector, ConfigError, Log, LogFormat};

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
