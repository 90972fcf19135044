//! What a running process tells a Prometheus about itself. Where nobody may ask, nothing of it exists and nothing is counted.

mod process;
mod requests;
mod work;

use crate::domain::Timestamp;
use crate::server::db::Db;
use process::ProcessMetrics;
use prometheus_client::encoding::prometheus_text;
use prometheus_client::registry::Registry;
use requests::RequestMetrics;
use work::WorkMetrics;

/// The numbers of one process, and how they are written down.
pub struct Metrics {
    registry: Registry,
    /// What middleware counts.
    pub requests: RequestMetrics,
    process: ProcessMetrics,
    work: WorkMetrics,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::default();
        let (requests, process, work) =
            (RequestMetrics::register(&mut registry), ProcessMetrics::register(&mut registry), WorkMetrics::register(&mut registry));
        Self { registry, requests, process, work }
    }
}

impl Metrics {
    /// Everything, as Prometheus reads it.
    pub async fn told(&self, db: &Db, now: Timestamp) -> Result<String, std::fmt::Error> {
        self.process.look(db);
        self.work.look(db, now).await;
        let mut text = String::new();
        prometheus_text::encode(&mut text, &self.registry)?;
        Ok(text)
    }
}
