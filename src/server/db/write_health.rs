//! Whether writing works, as far as the transactions of this process tell.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

#[derive(Clone, Default)]
pub(super) struct WriteHealth {
    /// When a transaction was kept, unless one was refused since.
    worked_at: Arc<Mutex<Option<Instant>>>,
}

impl WriteHealth {
    pub(super) fn ended(&self, kept: bool) {
        *self.worked_at.lock().unwrap_or_else(PoisonError::into_inner) = kept.then(Instant::now);
    }

    pub(super) fn has_worked_within(&self, duration: Duration) -> bool {
        let worked_at = *self.worked_at.lock().unwrap_or_else(PoisonError::into_inner);
        worked_at.is_some_and(|at| at.elapsed() < duration)
    }
}
