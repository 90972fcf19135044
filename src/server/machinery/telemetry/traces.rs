//! Traces for a collector that speaks OTLP: what a request met, without anything that names a person. Where no collector is set, none of it is built.

use crate::server::machinery::config::{Collector, ConfigError};
use crate::server::payments::calling;
use opentelemetry::trace::TracerProvider;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use std::time::Duration;
use tokio::runtime::Handle;
use tracing::Subscriber;
use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::layer::Layer;
use tracing_subscriber::registry::LookupSpan;

/// Of spans that are for the collector alone; log lines name the request by its id already.
pub const TARGET: &str = "guitu::traces";
/// For which a collector may keep us waiting, at work and when we end.
const PATIENCE: Duration = Duration::from_secs(5);

/// Spans on their way to the collector.
pub struct Traces {
    provider: SdkTracerProvider,
}

impl Traces {
    /// Prepares the way there. How much is taken and how it is bundled follows OpenTelemetry's own variables, `OTEL_TRACES_SAMPLER` and `OTEL_BSP_…`.
    pub fn to(collector: &Collector) -> Result<Self, ConfigError> {
        let refused = |reason: String| ConfigError::Collector { given: collector.to_string(), reason };
        let http = calling::client(&collector.to_string(), PATIENCE).map_err(|error| refused(error.to_string()))?;
        let sender = TraceSender { http, runtime: Handle::current() };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(sender)
            .with_endpoint(collector.traces())
            .with_timeout(PATIENCE)
            .build()
            .map_err(|error| refused(error.to_string()))?;
        let resource = Resource::builder()
            .with_service_name("guitu")
            .with_attribute(opentelemetry::KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(Self { provider: SdkTracerProvider::builder().with_resource(resource).with_batch_exporter(exporter).build() })
    }

    /// What hears of spans: ours only, and nothing of what is logged in them.
    pub fn layer<S: Subscriber + for<'span> LookupSpan<'span>>(&self) -> impl Layer<S> + use<S> {
        let ours = filter_fn(|span| span.is_span() && span.target().starts_with("guitu")).with_max_level_hint(LevelFilter::INFO);
        let tracer = self.provider.tracer("guitu");
        tracing_opentelemetry::layer().with_tracer(tracer).with_location(false).with_threads(false).with_target(false).with_filter(ours)
    }

    /// Sends what is left.
    pub async fn finish(self) {
        let provider = self.provider;
        let sent = tokio::task::spawn_blocking(move || provider.shutdown_with_timeout(PATIENCE)).await;
        if let Ok(Err(error)) = sent {
            tracing::warn!(%error, "the last traces were not sent");
        }
    }
}

/// Sends from the exporter's own thread over our client and runtime.
#[derive(Debug)]
struct TraceSender {
    http: reqwest::Client,
    runtime: Handle,
}

#[async_trait::async_trait]
impl HttpClient for TraceSender {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let http = self.http.clone();
        let sent = self.runtime.spawn(async move {
            let answer = http.execute(request.try_into()?).await.inspect_err(|error| tracing::warn!(%error, "traces were not sent"))?;
            let mut response = Response::new(Bytes::new());
            *response.status_mut() = answer.status();
            *response.headers_mut() = answer.headers().clone();
            *response.body_mut() = answer.bytes().await?;
            Ok(response)
        });
        sent.await?
    }
}
