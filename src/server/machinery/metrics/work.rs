//! The work that waits in the database: clocks, refund jobs, refunds without an end. Read when somebody asks, and at most every few seconds.

use crate::domain::Timestamp;
use crate::domain::time::SECOND;
use crate::server::db::Db;
use crate::server::store::machinery::work::{self, Waiting, WorkQueue};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::{family::Family, gauge::Gauge};
use prometheus_client::registry::Registry;
use std::time::Duration;
use tokio::sync::Mutex;

/// Milliseconds for which a reading stands, however many ask.
const STANDS: i64 = 5 * SECOND;
/// A database that is slower than this is told of as down: whoever scrapes does not wait long.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct QueueName {
    queue: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RefundLabel {
    status: String,
}

pub(super) struct WorkMetrics {
    up: Gauge,
    queued: Family<QueueName, Gauge>,
    due: Family<QueueName, Gauge>,
    lag: Family<QueueName, Gauge<f64, std::sync::atomic::AtomicU64>>,
    refunds: Family<RefundLabel, Gauge>,
    read_at: Mutex<Option<Timestamp>>,
}

impl WorkMetrics {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let told = Self {
            up: Gauge::default(),
            queued: Family::default(),
            due: Family::default(),
            lag: Family::default(),
            refunds: Family::default(),
            read_at: Mutex::default(),
        };
        registry.register("guitu_database_up", "Whether the database answers: without it the numbers below are missing", told.up.clone());
        registry.register("guitu_queue", "Entries that wait for a worker, due or not; counted up to 10000", told.queued.clone());
        registry.register("guitu_queue_due", "Entries that are due and not seen to; counted up to 10000", told.due.clone());
        registry.register("guitu_queue_lag_seconds", "For how long the oldest entry has been due", told.lag.clone());
        registry.register("guitu_refunds", "Refunds whose money has not arrived, by state; each counted up to 10000", told.refunds.clone());
        told
    }

    /// Reads anew what is older than a few seconds. What cannot be read is not told, rather than told as it was.
    pub(super) async fn look(&self, db: &Db, now: Timestamp) {
        let mut read_at = self.read_at.lock().await;
        if read_at.is_some_and(|at| (0..STANDS).contains(&(now.0 - at.0))) {
            return;
        }
        *read_at = Some(now);
        self.forget();
        match tokio::time::timeout(PATIENCE, work::waiting(db, now)).await {
            Ok(Ok(waiting)) => self.found(&waiting, now),
            Ok(Err(error)) => self.down(&error),
            Err(late) => self.down(&late),
        }
    }

    fn forget(&self) {
        self.queued.clear();
        self.due.clear();
        self.lag.clear();
        self.refunds.clear();
    }

    fn found(&self, waiting: &Waiting, now: Timestamp) {
        self.up.set(1);
        self.found_in("clocks", &waiting.clocks, now);
        self.found_in("refunds", &waiting.refunds, now);
        for (status, many) in &waiting.refunds_by_status {
            self.refunds.get_or_create(&RefundLabel { status: status.clone() }).set(*many);
        }
    }

    fn found_in(&self, name: &'static str, queue: &WorkQueue, now: Timestamp) {
        let name = QueueName { queue: name };
        self.queued.get_or_create(&name).set(queue.queued);
        self.due.get_or_create(&name).set(queue.due);
        let late = queue.oldest.map_or(Duration::ZERO, |oldest| Duration::from_millis(u64::try_from(oldest.until(now)).unwrap_or(0)));
        self.lag.get_or_create(&name).set(late.as_secs_f64());
    }

    fn down(&self, error: &dyn std::fmt::Display) {
        tracing::warn!(%error, "the work that waits could not be counted");
        self.up.set(0);
    }
}
