//! The session of a browser: who is logged in with it, and what logging in and out make of it.

mod store;
pub mod wechat;

pub use store::{Sessions, kept};

use super::visitor::cookie;
use crate::domain::LoggedIn;
use crate::domain::people::logged_in::LogInSide;
use crate::server::app::App;
use crate::server::ctx::sessions::log_in::LogIn;
use crate::server::ctx::sessions::used;
use crate::server::ctx::{self, Buyer, Staff};
use crate::server::error::Result;
use crate::server::people::accounts::LetIn;
use crate::server::people::accounts::own::MovedOn;
use std::sync::Arc;
use store::{found_buyer, found_staff, meaning};
use tower_sessions::Session;

/// Makes the session that of whoever was let in, with a fresh id (A2: no fixation); the cookie by which the browser is known from now on.
pub async fn log_in(app: &App, session: &Session, let_in: LetIn) -> Result<String> {
    let side = let_in.who.side();
    session.cycle_id().await.map_err(meaning)?;
    session.insert(side.key(), let_in.log_in).await.map_err(meaning)?;
    Ok(cookie(app, side, &let_in.known_by))
}

/// After the account's generation has moved on by this session's own doing: it stays, with a fresh id, and alone.
pub async fn stay(session: &Session, moved_on: MovedOn) -> Result<()> {
    let MovedOn { who, generation } = moved_on;
    let Some(log_in) = session.get::<LogIn>(who.side().key()).await.map_err(meaning)? else { return Ok(()) };
    session.cycle_id().await.map_err(meaning)?;
    session.insert(who.side().key(), LogIn { generation, ..log_in }).await.map_err(meaning)
}

/// Ends the buyer's part of the session; with nobody left in it, the session.
pub async fn log_out_buyer(session: &Session) -> Result<()> {
    session.remove_value(wechat::KEY).await.map_err(meaning)?;
    log_out(session, LogInSide::Buyer).await
}

/// Ends the part of the session that is the shop's.
pub async fn log_out_staff(session: &Session) -> Result<()> {
    log_out(session, LogInSide::Staff).await
}

async fn log_out(session: &Session, side: LogInSide) -> Result<()> {
    session.remove_value(side.key()).await.map_err(meaning)?;
    match session.get_value(side.other().key()).await.map_err(meaning)? {
        Some(_) => session.cycle_id().await.map_err(meaning),
        None => session.flush().await.map_err(meaning),
    }
}

/// The buyer who is logged in with the session.
pub async fn buyer(app: &Arc<App>, session: &Session) -> Result<Option<Buyer>> {
    let Some(log_in) = current(app, session, LogInSide::Buyer).await? else { return Ok(None) };
    let Some(buyer) = ctx::buyer(app, &log_in, found_buyer()).await? else { return Ok(None) };
    note_use(app, session, LoggedIn::Buyer(log_in.id), &log_in);
    Ok(Some(buyer))
}

/// The member of staff who is logged in with the session.
pub async fn staff(app: &Arc<App>, session: &Session) -> Result<Option<Staff>> {
    let Some(log_in) = current(app, session, LogInSide::Staff).await? else { return Ok(None) };
    let Some(staff) = ctx::staff(app, &log_in, found_staff()).await? else { return Ok(None) };
    note_use(app, session, LoggedIn::Staff(log_in.id), &log_in);
    Ok(Some(staff))
}

/// The log-in of one side, unless its time is over.
async fn current(app: &App, session: &Session, side: LogInSide) -> Result<Option<LogIn>> {
    let found = session.get::<LogIn>(side.key()).await.map_err(meaning)?;
    Ok(found.filter(|log_in| !log_in.is_over(side, app.machine_now())))
}

fn note_use(app: &Arc<App>, session: &Session, who: LoggedIn, log_in: &LogIn) {
    if let Some(name) = name(session) {
        used(app, name, who, log_in);
    }
}

/// By what name the table knows the session; a new one it does not know yet.
pub fn name(session: &Session) -> Option<String> {
    session.id().map(|id| store::name(&id))
}
