//! A clock for a sandbox that stands alone.

use std::sync::atomic::{AtomicI64, Ordering};

use async_trait::async_trait;
use guitu::demo::sandbox::ClockControl;

pub const START: i64 = 1_795_312_800_000;
pub const HOUR: i64 = 3_600_000;

pub struct TestClock(AtomicI64);

impl TestClock {
    pub fn at(now: i64) -> Self {
        Self(AtomicI64::new(now))
    }
}

#[async_trait]
impl ClockControl for TestClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    async fn advance(&self, ms: i64) -> Result<i64, String> {
        Ok(self.0.fetch_add(ms, Ordering::SeqCst) + ms)
    }
}
