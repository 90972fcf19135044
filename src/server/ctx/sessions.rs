//! The log-ins that sessions keep, as their rows have them.

pub mod log_in;

use self::log_in::{IDLE, LogIn};
use crate::domain::people::logged_in::{LogInSide, LoggedIn};
use crate::domain::time::MINUTE;
use crate::server::app::App;
use crate::server::store::people::sessions as rows;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// How exactly the table knows when a session was last used.
const SEEN_EVERY: i64 = 5 * MINUTE;

/// What a session keeps of one of its log-ins, as its row has it.
pub fn kept_log_in(data: &str, side: LogInSide) -> Option<LogIn> {
    let mut data: HashMap<String, Value> = serde_json::from_str(data).ok()?;
    serde_json::from_value(data.remove(side.key())?).ok()
}

/// The log-in was used in the session of this name. Written now and then, and nobody waits for it.
pub fn used(app: &Arc<App>, session: String, who: LoggedIn, log_in: &LogIn) {
    let now = app.machine_now();
    if log_in.seen.is_none_or(|seen| now.0 - seen < SEEN_EVERY) {
        return;
    }
    let app = app.clone();
    tokio::spawn(async move {
        if let Err(error) = rows::seen(&app.db, &session, who, now, now.plus(IDLE)).await {
            tracing::debug!(?error, "when a session was used is not noted");
        }
    });
}
