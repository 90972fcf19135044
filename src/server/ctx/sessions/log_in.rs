//! What a session keeps of a log-in, and when that is over.

use crate::domain::Timestamp;
use crate::domain::people::logged_in::{LogInSide, LoggedIn};
use crate::domain::time::{DAY, HOUR};
use serde::{Deserialize, Serialize};

/// A session that nobody uses for so long is over.
pub const IDLE: i64 = 30 * DAY;

/// A member of staff who leaves the desk for so long logs in again, and everybody once a working day.
const STAFF_IDLE: i64 = 2 * HOUR;
const STAFF_LONGEST: i64 = 12 * HOUR;

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
    pub fn is_over(&self, side: LogInSide, now: Timestamp) -> bool {
        let unused = now.0 - self.seen.unwrap_or(now.0);
        match side {
            LogInSide::Staff => unused >= STAFF_IDLE || now.0 - self.since >= STAFF_LONGEST,
            LogInSide::Buyer => unused >= IDLE,
        }
    }
}
