//! The authorised request: who acts, and so what there is for them; what is not theirs is a 404. Callbacks and clocks act as the system.

pub mod overtaken;
pub mod sessions;

use super::app::App;
use super::ctx::sessions::log_in::LogIn;
use super::error::Result;
use super::store;
use super::store::counts::StaffCounts;
use super::store::people::{BuyerRow, FoundStaff};
use crate::domain::people::authority::Sight;
use crate::domain::{Actor, BuyerId, Granted, Permission, Refusal, Shop, Timestamp};
use std::sync::Arc;

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

    /// The proof that they may see it, where a page shows less without.
    pub fn granted<P: Sight>(&self, sight: P) -> Option<Granted<P>> {
        self.actor.granted(sight, self.shop.id)
    }

    /// The same where nothing is left without.
    pub fn proof<P: Sight>(&self, sight: P) -> Result<Granted<P>> {
        Ok(self.granted(sight).ok_or(Refusal::NotAllowed)?)
    }
}

/// The buyer of a log-in, as just `found` or looked up; a removed account is nobody, and so is a log-in that has ended.
pub async fn buyer(app: &Arc<App>, log_in: &LogIn, found: Option<BuyerRow>) -> Result<Option<Buyer>> {
    let found = match found.filter(|found| found.id.0 == log_in.id) {
        Some(found) => Some(found),
        None => store::people::buyer(&app.db, BuyerId(log_in.id)).await?,
    };
    let Some(row) = found.filter(|row| row.generation == log_in.generation) else { return Ok(None) };
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
pub async fn staff(app: &Arc<App>, log_in: &LogIn, found: Option<FoundStaff>) -> Result<Option<Staff>> {
    let found = match found.filter(|found| found.actor.id() == Some(log_in.id)) {
        Some(found) => Some(found),
        None => store::people::staff(&app.db, log_in.id).await?,
    };
    let Some(FoundStaff { actor, shop, waiting, .. }) = found.filter(|found| found.generation == log_in.generation) else {
        return Ok(None);
    };
    Ok(Some(Staff { ctx: Ctx { app: app.clone(), actor, now: app.now() }, shop, waiting }))
}
