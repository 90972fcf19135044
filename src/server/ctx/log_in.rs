//! Who is logged in with a session now, and that somebody was.

use crate::domain::logged_in::{LogInSide, LoggedIn};
use crate::domain::time::MINUTE;
use crate::server::app::App;
use crate::server::error::Result;
use crate::server::sessions::log_in::{IDLE, LogIn};
use crate::server::sessions::{self, meaning};
use crate::server::store;
use std::sync::Arc;
use tower_sessions::Session;

/// How exactly the table knows when a session was last used.
const SEEN_EVERY: i64 = 5 * MINUTE;

/// The log-in of one side, unless its time is over.
pub async fn current(app: &App, session: &Session, side: LogInSide) -> Result<Option<LogIn>> {
    let found = session.get::<LogIn>(side.key()).await.map_err(meaning)?;
    Ok(found.filter(|log_in| !log_in.is_over(side, app.machine_now())))
}

/// The log-in was used. Written now and then, and nobody waits for it.
pub fn used(app: &Arc<App>, session: &Session, who: LoggedIn, log_in: &LogIn) {
    let now = app.machine_now();
    let (Some(id), true) = (session.id(), log_in.seen.is_some_and(|seen| now.0 - seen >= SEEN_EVERY)) else { return };
    let app = app.clone();
    tokio::spawn(async move {
        if let Err(error) = store::sessions::seen(&app.db, &sessions::name(&id), who, now, now.plus(IDLE)).await {
            tracing::debug!(?error, "when a session was used is not noted");
        }
    });
}
