//! The demo shop 山间茶铺: goods, people, and orders and after-sales in every state. Everything goes through the use-cases, with a
//! clock set to the past, so that what a newcomer sees has really happened and its ledger adds up.

pub mod bulk;
mod goods;
mod people;
mod photo;
mod sandbox;
mod stories;
mod timeline;
mod town;
mod wallets;

use crate::domain::Timestamp;
use crate::domain::time::DAY;
use crate::server::app::App;
use crate::server::clock::MockClock;
use crate::server::error::{Error, Result};
use crate::server::shop::seeded::{self, PASSWORD, Seeded};
use crate::server::store;
use crate::server::store::people::notices::Inbox;
use sandbox::SandboxClient;
use std::sync::Arc;
use timeline::SeedTimeline;
use town::Town;

/// Fills the database if no shop is in it; `true` if it did. `clock` is turned to each moment of the story, `sandbox` is where the demo's
/// gateway listens, which has to live by the same clock.
pub async fn demo_if_empty(app: &Arc<App>, clock: Arc<MockClock>, sandbox: &str) -> Result<bool> {
    let mut conn = app.db.reader().await?;
    if store::people::first_shop(&mut conn).await?.is_some() {
        return Ok(false);
    }
    drop(conn);
    let now = app.now();
    seeded::mark(&app.db, Seeded::Demo, now).await?;
    let mut past = App::new(app.db.clone(), clock.clone(), app.pictures.clone(), app.public_url.clone());
    past.secrets = app.secrets.clone();
    past.gateways = app.gateways.clone();
    let past = Arc::new(past);
    // What they begin with lies before everything they do.
    clock.set(Timestamp(now.0 - 400 * DAY));
    let shop = people::open_shop(&past, now).await?;
    let stock = goods::stock(&past, shop.id, now).await?;
    let buyers = people::buyers(&past, shop.id, now).await?;
    let inboxes: Vec<Inbox> = buyers.iter().map(|(id, ..)| Inbox::Buyer(*id)).chain([Inbox::Shop(shop.id)]).collect();
    let town = Town::new(past, SeedTimeline::new(clock), shop, buyers, stock, SandboxClient::at(sandbox)?, now);
    town.tell(stories::all(&town).into_iter().chain(wallets::all(&town)).collect()).await?;
    read_all_but_the_newest(app, &inboxes).await?;
    tracing::info!("the demo shop is ready");
    Ok(true)
}

/// People who have been at it for weeks have read what came; a few notices are new.
async fn read_all_but_the_newest(app: &App, inboxes: &[Inbox]) -> Result<()> {
    const NEW: i64 = 6;
    let mut tx = app.db.write().await?;
    for inbox in inboxes {
        if let Some(oldest_new) = store::people::notices::list(tx.conn(), *inbox, None, NEW).await?.next {
            store::people::notices::mark_read(tx.conn(), *inbox, oldest_new - 1, app.now()).await?;
        }
    }
    tx.commit().await
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::Internal(error.to_string())
}
