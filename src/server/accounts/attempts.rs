//! How often something was tried lately, counted in this process.

use crate::domain::Timestamp;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many tries within so many milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    pub most: u32,
    pub within: i64,
}

/// Beyond this many keys, those that have run out are swept away.
const MANY: usize = 10_000;

#[derive(Clone, Copy)]
struct Count {
    tries: u32,
    until: Timestamp,
}

/// Tries by key; a key is forgotten when its time has run out.
#[derive(Default)]
pub struct Attempts {
    counts: Mutex<HashMap<String, Count>>,
}

impl Attempts {
    /// How long the key is still barred; `None` lets it try.
    pub fn barred(&self, key: &str, limit: Limit, now: Timestamp) -> Option<i64> {
        let counts = self.counts();
        let count = counts.get(key).filter(|count| count.until > now && count.tries >= limit.most)?;
        Some(now.until(count.until))
    }

    /// One try more. The time runs from the first.
    pub fn note(&self, key: &str, limit: Limit, now: Timestamp) {
        let mut counts = self.counts();
        if counts.len() > MANY {
            counts.retain(|_, count| count.until > now);
        }
        let fresh = Count { tries: 0, until: now.plus(limit.within) };
        let count = counts.entry(key.to_owned()).or_insert(fresh);
        if count.until <= now {
            *count = fresh;
        }
        count.tries += 1;
    }

    /// It went well: the key starts anew.
    pub fn forget(&self, key: &str) {
        self.counts().remove(key);
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<String, Count>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWICE: Limit = Limit { most: 2, within: 1_000 };

    #[test]
    fn a_key_is_barred_once_it_has_used_up_its_tries_and_free_when_their_time_is_over() {
        let attempts = Attempts::default();
        attempts.note("a", TWICE, Timestamp(0));
        assert_eq!(attempts.barred("a", TWICE, Timestamp(500)), None);
        attempts.note("a", TWICE, Timestamp(500));
        assert_eq!(attempts.barred("a", TWICE, Timestamp(600)), Some(400));
        assert_eq!(attempts.barred("b", TWICE, Timestamp(600)), None);
        assert_eq!(attempts.barred("a", TWICE, Timestamp(1_000)), None);
    }

    #[test]
    fn what_went_well_starts_anew() {
        let attempts = Attempts::default();
        attempts.note("a", TWICE, Timestamp(0));
        attempts.note("a", TWICE, Timestamp(0));
        attempts.forget("a");
        assert_eq!(attempts.barred("a", TWICE, Timestamp(1)), None);
    }
}
