//! The clock of a demo, which people can move on.

use super::sandbox::ClockControl;
use crate::domain::Timestamp;
use crate::server::app::App;
use crate::server::clock::{Clock, MockClock, SystemClock};
use crate::server::jobs;
use async_trait::async_trait;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The machine's clock, moved by an offset that outlives the process: what happened in a moved future stays past.
pub struct DemoClock {
    offset: AtomicI64,
    file: PathBuf,
    /// While the story of an empty shop is told, its time is the sandbox's.
    story: Mutex<Option<Arc<MockClock>>>,
    /// Known once the shop stands: what falls due by a move happens before the move is answered.
    app: OnceLock<Arc<App>>,
}

impl DemoClock {
    /// Goes on with the offset that an earlier process left.
    pub fn kept_in(folder: &Path) -> Self {
        let file = folder.join("clock-offset");
        let offset = std::fs::read_to_string(&file).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0);
        Self { offset: AtomicI64::new(offset), file, story: Mutex::default(), app: OnceLock::new() }
    }

    /// From now on moves let this shop's clocks fire.
    pub fn drives(&self, app: &Arc<App>) {
        let _ = self.app.set(app.clone());
    }

    pub(super) fn follow(&self, story: Option<Arc<MockClock>>) {
        *self.story.lock().unwrap_or_else(PoisonError::into_inner) = story;
    }
}

/// The shop's time, which the story does not touch.
impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        SystemClock.now().plus(self.offset.load(Ordering::SeqCst))
    }
}

#[async_trait]
impl ClockControl for DemoClock {
    fn now(&self) -> i64 {
        let story = self.story.lock().unwrap_or_else(PoisonError::into_inner).clone();
        story.map_or_else(|| Clock::now(self).0, |story| story.now().0)
    }

    async fn advance(&self, ms: i64) -> Result<i64, String> {
        let offset = self.offset.fetch_add(ms, Ordering::SeqCst) + ms;
        std::fs::write(&self.file, offset.to_string()).map_err(|error| error.to_string())?;
        if let Some(app) = self.app.get() {
            jobs::run_due(app).await.map_err(|error| error.to_string())?;
        }
        Ok(ClockControl::now(self))
    }
}
