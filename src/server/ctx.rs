//! The authorised request: who acts, and so what there is for them; what is not theirs is a 404. Callbacks and clocks act as the system.

pub mod log_in;
pub mod wechat;

use super::app::App;
use super::error::Result;
use super::sessions::log_in::LogIn;
use super::sessions::meaning;
use super::store;
use super::store::counts::StaffCounts;
use super::store::people::FoundStaff;
use crate::domain::logged_in::LogInSide;
use crate::domain::{Actor, BuyerId, LoggedIn, Permission, Shop, Timestamp};
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use std::sync::Arc;
use tower_sessions::Session;

/// One actor at one moment.
#[derive(Clone)]
pub struct Ctx {
    pub app: Arc<App>,
    pub actor: Actor,
    pub now: Timestamp,
}

/// A logged-in buyer.
#[derive(Clone)]
pub struct Buyer {
    pub ctx: Ctx,
    pub id: BuyerId,
    pub name: String,
    pub phone: String,
    /// Kinds of goods in the cart, as the request found it.
    pub in_cart: i64,
}

/// A logged-in member of a shop's staff.
#[derive(Clone)]
pub struct Staff {
    pub ctx: Ctx,
    pub shop: Shop,
    pub waiting: StaffCounts,
}

impl std::ops::Deref for Buyer {
    type Target = Ctx;
    fn deref(&self) -> &Ctx {
        &self.ctx
    }
}

impl std::ops::Deref for Staff {
    type Target = Ctx;
    fn deref(&self) -> &Ctx {
        &self.ctx
    }
}

impl Ctx {
    /// The system itself: clocks, workers, callbacks.
    pub fn system(app: &Arc<App>) -> Self {
        Self { app: app.clone(), actor: Actor::System, now: app.now() }
    }
}

impl Staff {
    /// Refuses what the roles do not grant.
    pub fn require(&self, permission: Permission) -> Result<()> {
        Ok(self.actor.require(permission, self.shop.id)?)
    }

    pub fn may(&self, permission: Permission) -> bool {
        self.actor.may(permission, self.shop.id)
    }
}

/// Makes the session this account's, with a fresh id (A2: no fixation).
pub async fn log_in(app: &App, session: &Session, who: LoggedIn, generation: i64, device: &str) -> Result<()> {
    session.cycle_id().await.map_err(meaning)?;
    session.insert(who.side().key(), LogIn::new(who, generation, device, app.machine_now())).await.map_err(meaning)
}

/// After the account's generation has moved on by this session's own doing: it stays, with a fresh id, and alone.
pub async fn stay(session: &Session, who: LoggedIn, generation: i64) -> Result<()> {
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

/// Looks up who is behind the session; a removed account is nobody, and so is a log-in that has ended.
pub async fn buyer(app: &Arc<App>, session: &Session) -> Result<Option<Buyer>> {
    let Some(log_in) = log_in::current(app, session, LogInSide::Buyer).await? else { return Ok(None) };
    let found = store::people::buyer(&app.db, BuyerId(log_in.id)).await?;
    let Some(row) = found.filter(|row| row.generation == log_in.generation) else { return Ok(None) };
    log_in::used(app, session, LoggedIn::Buyer(log_in.id), &log_in);
    let actor = Actor::Buyer { id: row.id, name: row.name.clone() };
    Ok(Some(Buyer {
        ctx: Ctx { app: app.clone(), actor, now: app.now() },
        id: row.id,
        name: row.name,
        phone: row.phone,
        in_cart: row.in_cart,
    }))
}

/// Like [`buyer`], for the shop's side; a disabled account is nobody, too.
pub async fn staff(app: &Arc<App>, session: &Session) -> Result<Option<Staff>> {
    let Some(log_in) = log_in::current(app, session, LogInSide::Staff).await? else { return Ok(None) };
    let found = store::people::staff(&app.db, log_in.id).await?;
    let Some(FoundStaff { actor, shop, waiting, .. }) = found.filter(|found| found.generation == log_in.generation) else {
        return Ok(None);
    };
    log_in::used(app, session, LoggedIn::Staff(log_in.id), &log_in);
    Ok(Some(Staff { ctx: Ctx { app: app.clone(), actor, now: app.now() }, shop, waiting }))
}

/// Put on the request by the gate in front of the pages; a page that asks without a gate is a mistake of ours.
impl<S: Send + Sync> FromRequestParts<S> for Buyer {
    type Rejection = axum::http::StatusCode;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> std::result::Result<Self, Self::Rejection> {
        parts.extensions.get::<Self>().cloned().ok_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Buyer {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> std::result::Result<Option<Self>, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Staff {
    type Rejection = axum::http::StatusCode;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> std::result::Result<Self, Self::Rejection> {
        parts.extensions.get::<Self>().cloned().ok_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR)
    }
}
