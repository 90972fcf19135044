//! What a session keeps of a log-in, and when that is over.

use crate::domain::Timestamp;
use crate::domain::time::{HOUR, MINUTE};
use crate::server::app::App;
use crate::server::error::Result;
use crate::server::sessions::{self, meaning};
use crate::server::store;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tower_sessions::Session;

/// The two sides of the counter, as keys of the session.
pub const BUYER: &str = "buyer";
pub const STAFF: &str = "staff";

/// A member of staff who leaves the desk for so long logs in again, and everybody once a working day.
pub const STAFF_IDLE: i64 = 2 * HOUR;
pub const STAFF_LONGEST: i64 = 12 * HOUR;
/// How exactly the table knows when a session was last used.
const SEEN_EVERY: i64 = 5 * MINUTE;

/// Whose account. One browser can be logged in on both sides at once: a shop's own people buy, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoggedIn {
    Buyer(i64),
    Staff(i64),
}

impl LoggedIn {
    pub fn key(self) -> &'static str {
        match self {
            Self::Buyer(_) => BUYER,
            Self::Staff(_) => STAFF,
        }
    }

    pub fn id(self) -> i64 {
        match self {
            Self::Buyer(id) | Self::Staff(id) => id,
        }
    }
}

/// One log-in of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogIn {
    pub id: i64,
    /// The account's when the log-in was made: once the account's has moved on, the log-in is over.
    pub generation: i64,
    pub since: i64,
    /// When it was last used, as the table has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<i64>,
    /// `Chrome · Windows`, for its owner to know it by.
    pub device: String,
}

impl LogIn {
    pub fn new(who: LoggedIn, generation: i64, device: &str, now: Timestamp) -> Self {
        Self { id: who.id(), generation, since: now.0, seen: None, device: device.to_owned() }
    }

    /// Is the log-in over by its age alone?
    fn is_over(&self, key: &str, now: Timestamp) -> bool {
        let unused = now.0 - self.seen.unwrap_or(now.0);
        match key {
            STAFF => unused >= STAFF_IDLE || now.0 - self.since >= STAFF_LONGEST,
            _ => unused >= sessions::IDLE,
        }
    }
}

/// The log-in of one side, unless its time is over.
pub async fn current(app: &App, session: &Session, key: &str) -> Result<Option<LogIn>> {
    let found = session.get::<LogIn>(key).await.map_err(meaning)?;
    Ok(found.filter(|log_in| !log_in.is_over(key, app.machine_now())))
}

/// The log-in was used. Written now and then, and nobody waits for it.
pub fn used(app: &Arc<App>, session: &Session, who: LoggedIn, log_in: &LogIn) {
    let now = app.machine_now();
    let (Some(id), true) = (session.id(), log_in.seen.is_some_and(|seen| now.0 - seen >= SEEN_EVERY)) else { return };
    let app = app.clone();
    tokio::spawn(async move {
        if let Err(error) = store::sessions::seen(&app.db, &sessions::name(&id), who, now, now.plus(sessions::IDLE)).await {
            tracing::debug!(?error, "when a session was used is not noted");
        }
    });
}
