//! The clock everything is told the time by, and the ids that follow it.

use crate::domain::Timestamp;
use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

/// The time now, in whole milliseconds.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

/// The machine's time.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        Timestamp(chrono::Utc::now().timestamp_millis())
    }
}

/// A clock that stands still until it is moved: for seeding the past, and for tests.
pub struct MockClock {
    now: AtomicI64,
}

impl MockClock {
    pub fn at(now: Timestamp) -> Self {
        Self { now: AtomicI64::new(now.0) }
    }

    pub fn advance(&self, millis: i64) {
        self.now.fetch_add(millis, Ordering::SeqCst);
    }

    pub fn set(&self, now: Timestamp) {
        self.now.store(now.0, Ordering::SeqCst);
    }
}

impl Clock for MockClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.now.load(Ordering::SeqCst))
    }
}

/// Ids in the order of time: milliseconds, then twenty bits that start at random and count on within the millisecond,
/// so that processes need not know of each other.
#[derive(Default)]
pub struct Ids {
    last: Mutex<i64>,
}

impl Ids {
    pub fn next(&self, now: Timestamp) -> i64 {
        let fresh = (now.0 << 20) | i64::from(random_u32() & 0xF_FFFF);
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *last = if *last >> 20 == now.0 { *last + 1 } else { fresh };
        *last
    }
}

/// Random bits for public numbers and keys.
pub fn random_u64() -> u64 {
    let mut bytes = [0u8; 8];
    fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

/// 192 random bits that nobody guesses: what a link holds that lets somebody in.
pub fn secret() -> String {
    format!("{:016x}{:016x}{:016x}", random_u64(), random_u64(), random_u64())
}

/// A random key for a form, so that sending it twice does one thing.
pub fn request_key() -> String {
    format!("{:016x}{:016x}", random_u64(), random_u64())
}

fn random_u32() -> u32 {
    let mut bytes = [0u8; 4];
    fill(&mut bytes);
    u32::from_le_bytes(bytes)
}

fn fill(bytes: &mut [u8]) {
    if SystemRandom::new().fill(bytes).is_err() {
        // Without randomness no number is unguessable: nothing may go on.
        std::process::abort();
    }
}
