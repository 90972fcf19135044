//! What came of it.

use super::super::support::Engine;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

const MOST_MIB: u64 = 400;
/// Of a build for debugging, for a few seconds, beside other tests.
const MOST_MIB_UNTIMED: u64 = 600;
const SLOWEST_HEALTH: Duration = Duration::from_secs(1);
const SLOWEST_LOG_IN: Duration = Duration::from_secs(2);

pub struct Tally {
    until: Instant,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    statuses: BTreeMap<u16, usize>,
    /// Connections that the server ended, or never took.
    ended: usize,
    health: Duration,
    health_failed: Vec<String>,
    log_in: Duration,
    bought: usize,
    /// What people wanted and did not get.
    troubles: Vec<String>,
}

impl Tally {
    pub fn until(lasts: Duration) -> Self {
        Self { until: Instant::now() + lasts, seen: Mutex::default() }
    }

    pub fn goes_on(&self) -> bool {
        Instant::now() < self.until
    }

    pub fn answered(&self, status: u16) {
        *self.seen.lock().unwrap().statuses.entry(status).or_default() += 1;
    }

    /// An answer, or none.
    pub fn answer(&self, answer: reqwest::Result<reqwest::Response>) {
        match answer {
            Ok(answer) => self.answered(answer.status().as_u16()),
            Err(_) => self.seen.lock().unwrap().ended += 1,
        }
    }

    pub fn health(&self, took: Duration, answer: reqwest::Result<reqwest::Response>) {
        let mut seen = self.seen.lock().unwrap();
        seen.health = seen.health.max(took);
        match answer {
            Ok(answer) if answer.status().is_success() => {}
            other => seen.health_failed.push(format!("{other:?}")),
        }
    }

    pub fn logged_in(&self, took: Duration) {
        let mut seen = self.seen.lock().unwrap();
        seen.log_in = seen.log_in.max(took);
    }

    pub fn bought(&self, outcome: Result<(), String>) {
        let mut seen = self.seen.lock().unwrap();
        match outcome {
            Ok(()) => seen.bought += 1,
            Err(trouble) => seen.troubles.push(trouble),
        }
    }

    /// One line for people.
    pub fn line(&self, engine: Engine, peak: u64) -> String {
        let Seen { statuses, ended, health, health_failed, log_in, bought, troubles } = &*self.seen.lock().unwrap();
        let statuses: Vec<String> = statuses.iter().map(|(status, count)| format!("{status}×{count}")).collect();
        format!(
            "A11 {engine:?}: RSS peak {peak} MiB, slowest /healthz {:.2} s ({} failed), slowest honest log-in {:.2} s, {bought} orders, \
             {} troubles, {ended} connections ended; {}",
            health.as_secs_f64(),
            health_failed.len(),
            log_in.as_secs_f64(),
            troubles.len(),
            statuses.join(" ")
        )
    }

    pub fn judge(&self, peak: u64, timed: bool) {
        let seen = self.seen.lock().unwrap();
        let errors: Vec<_> = seen.statuses.iter().filter(|(status, _)| **status >= 500 && **status != 503).collect();
        assert!(errors.is_empty(), "{errors:?}");
        assert!(peak <= if timed { MOST_MIB } else { MOST_MIB_UNTIMED }, "{peak} MiB");
        assert!(seen.statuses.values().sum::<usize>() > 20, "hardly anything was tried: {:?}", seen.statuses);
        if timed {
            assert!(
                seen.health <= SLOWEST_HEALTH && seen.health_failed.is_empty(),
                "/healthz took {:?}, {:#?}",
                seen.health,
                seen.health_failed
            );
            assert!(seen.log_in <= SLOWEST_LOG_IN, "a log-in took {:?}", seen.log_in);
            assert!(seen.bought > 0 && seen.troubles.is_empty(), "{} orders, {:#?}", seen.bought, seen.troubles);
        }
    }
}
