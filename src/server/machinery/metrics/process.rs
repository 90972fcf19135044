//! The process itself: which version runs, what memory it holds, how its connections to the database stand.

use crate::server::db::Db;
use crate::server::machinery::telemetry;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::{counter::Counter, family::Family, gauge::Gauge, info::Info};
use prometheus_client::registry::Registry;
use std::sync::atomic::Ordering;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Pool {
    pool: &'static str,
}

pub(super) struct ProcessMetrics {
    memory: Gauge,
    dropped_lines: Counter,
    open: Family<Pool, Gauge>,
    idle: Family<Pool, Gauge>,
    most: Family<Pool, Gauge>,
}

impl ProcessMetrics {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let told = Self {
            memory: Gauge::default(),
            dropped_lines: Counter::default(),
            open: Family::default(),
            idle: Family::default(),
            most: Family::default(),
        };
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("guitu_build", "The version that runs", build);
        // The name under which every dashboard looks for it.
        registry.register("process_resident_memory_bytes", "Resident memory in bytes", told.memory.clone());
        registry.register("guitu_log_lines_dropped", "Log lines that could not be written", told.dropped_lines.clone());
        registry.register("guitu_pool_connections", "Connections to the database that are open", told.open.clone());
        registry.register("guitu_pool_connections_idle", "Open connections that nobody uses now", told.idle.clone());
        registry.register(
            "guitu_pool_connections_most",
            "Connections that may be open; with none idle, who comes next waits",
            told.most.clone(),
        );
        told
    }

    pub(super) fn look(&self, db: &Db) {
        if let Some(bytes) = resident_memory() {
            self.memory.set(bytes);
        }
        self.dropped_lines.inner().store(telemetry::dropped(), Ordering::Relaxed);
        for found in db.pools() {
            let pool = Pool { pool: found.name };
            self.open.get_or_create(&pool).set(found.open.into());
            self.idle.get_or_create(&pool).set(found.idle.into());
            self.most.get_or_create(&pool).set(found.most.into());
        }
    }
}

/// Bytes of this process that lie in memory, where the system tells.
fn resident_memory() -> Option<i64> {
    in_bytes(&std::fs::read_to_string("/proc/self/status").ok()?)
}

fn in_bytes(status: &str) -> Option<i64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: i64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_from_what_the_system_writes() {
        assert_eq!(in_bytes("Name:\tguitu\nVmRSS:\t   51200 kB\nRssAnon:\t 1 kB\n"), Some(52_428_800));
        assert_eq!(in_bytes("Name:\tguitu\n"), None);
    }
}
