//! What the readers of a database are asked: how many statements a page takes, and whether any is prepared twice, is held by tests; `make bench`
//! asks the same without the house around it.

use sqlx::SqlStr;
use sqlx::any::AnyArguments;
use sqlx_core::any::AnyValueKind;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A statement and its values.
#[derive(Clone, Debug)]
pub struct Asked {
    pub text: String,
    pub values: Vec<AnyValueKind>,
}

#[derive(Debug, Default)]
pub struct Ear {
    listens: AtomicBool,
    heard: Mutex<Vec<Asked>>,
    prepared: AtomicU64,
}

impl Ear {
    /// Forgets what it has heard, and listens from now on.
    pub fn listen(&self) {
        self.heard().clear();
        self.listens.store(true, Ordering::Relaxed);
    }

    /// What was asked since; listens no longer.
    pub fn asked(&self) -> Vec<Asked> {
        self.listens.store(false, Ordering::Relaxed);
        std::mem::take(&mut *self.heard())
    }

    /// How often SQLite has made a program of a statement.
    pub fn prepared(&self) -> u64 {
        self.prepared.load(Ordering::Relaxed)
    }

    pub(super) fn hears(&self, text: &SqlStr, values: Option<&AnyArguments>) {
        if self.listens.load(Ordering::Relaxed) {
            let values = values.map(|values| values.values.0.clone()).unwrap_or_default();
            self.heard().push(Asked { text: text.as_str().to_owned(), values });
        }
    }

    pub(super) fn hears_prepared(&self, times: u64) {
        if times > 0 {
            self.prepared.fetch_add(times, Ordering::Relaxed);
        }
    }

    fn heard(&self) -> MutexGuard<'_, Vec<Asked>> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
