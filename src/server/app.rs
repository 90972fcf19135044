//! What the whole process shares.

use super::clock::{Clock, Ids, SystemClock, random_u64};
use super::db::{Db, WriteCheck};
use super::error::{Error, Result};
use super::machinery::config::TrustedProxies;
use super::machinery::metrics::Metrics;
use super::machinery::pictures::PictureStore;
use super::machinery::secret_box::SecretBox;
use super::payments::{Gateway, Gateways};
use crate::domain::{Channel, Tender, Timestamp, id};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;

/// The running shop: everything a request or a worker needs, and nothing that belongs to one of them.
pub struct App {
    pub db: Db,
    pub clock: Arc<dyn Clock>,
    /// The machine's own, whatever is done to the shop's: moving the demo's clock logs nobody out.
    pub machine_clock: Arc<dyn Clock>,
    pub gateways: Gateways,
    pub pictures: PictureStore,
    /// Where browsers reach the shop, without a slash at the end.
    pub public_url: String,
    pub secure_cookies: bool,
    /// Who may say for whom a request is.
    pub proxies: TrustedProxies,
    /// Is this the demo, with log-ins to show?
    pub demo: bool,
    /// Seals what only few may read.
    pub secrets: Arc<SecretBox>,
    /// Counts requests for whoever may ask; nobody may, unless it is set up.
    pub metrics: Option<Arc<Metrics>>,
    /// Does a collector hear of every request?
    pub traced: bool,
    pub write_check: WriteCheck,
    /// Told to stop: whoever sends people here should send them elsewhere.
    pub stopping: AtomicBool,
    ids: Ids,
    /// Wakes the jobs when something is due at once.
    pub job_wakeup: Notify,
}

impl App {
    pub fn new(db: Db, clock: Arc<dyn Clock>, pictures: PictureStore, public_url: String) -> Self {
        Self {
            db,
            clock,
            machine_clock: Arc::new(SystemClock),
            gateways: Gateways::default(),
            pictures,
            public_url,
            secure_cookies: false,
            proxies: TrustedProxies::default(),
            demo: false,
            secrets: Arc::new(SecretBox::passing()),
            metrics: None,
            traced: false,
            write_check: WriteCheck::default(),
            stopping: AtomicBool::new(false),
            ids: Ids::default(),
            job_wakeup: Notify::new(),
        }
    }

    /// Is it told to stop? A long row of work ends where it is, and goes on elsewhere or later.
    pub fn is_leaving(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// The channel and the gateway that move this tender's money; the cashier offers no tender without.
    pub fn gateway_of(&self, tender: Tender) -> Result<(Channel, &Arc<dyn Gateway>)> {
        self.gateways.with_channel(tender).ok_or_else(|| Error::Internal("no gateway".to_owned()))
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The time for what browsers keep.
    pub fn machine_now(&self) -> Timestamp {
        self.machine_clock.now()
    }

    pub fn new_id(&self) -> i64 {
        self.ids.next(self.now())
    }

    /// `length` unguessable letters of a public number (B42).
    pub fn letters(&self, length: usize) -> String {
        id::letters(&mut random_u64, length)
    }
}
