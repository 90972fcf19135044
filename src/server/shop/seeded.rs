//! Was a shop made up by `guitu seed` or `--demo`? Its passwords are published: it is served as a demo only, and a real shop never is.

use crate::domain::Timestamp;
use crate::server::app::App;
use crate::server::db::Db;
use crate::server::error::Result;
use crate::server::people::password;
use crate::server::store::machinery::installation::{self, Fact};
use crate::server::store::people;

/// The password of every demo log-in, printed on the log-in pages of a demo.
pub const PASSWORD: &str = "guitu-demo";

/// What a database holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seeded {
    /// Nothing that was made up: a shop of somebody's own, or none.
    No,
    /// The demo shop.
    Demo,
    /// Orders to measure by.
    Orders,
}

impl Seeded {
    fn stored(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Demo => "demo",
            Self::Orders => "orders",
        }
    }

    fn read(stored: &str) -> Option<Self> {
        [Self::No, Self::Demo, Self::Orders].into_iter().find(|seeded| seeded.stored() == stored)
    }
}

/// Said before the first row is written: what breaks off on the way is marked too.
pub async fn mark(db: &Db, what: Seeded, now: Timestamp) -> Result<()> {
    let mut tx = db.write().await?;
    installation::save(tx.conn(), Fact::Seeded, what.stored(), now).await?;
    tx.commit().await
}

/// What is marked; a database from before there were marks is known by the demo's people, if one of them still has the published password.
pub async fn seeded(db: &Db) -> Result<Seeded> {
    let marked = installation::known(&mut *db.reader().await?, Fact::Seeded).await?;
    match marked.as_deref().and_then(Seeded::read) {
        Some(marked) => Ok(marked),
        None => recognised(db).await,
    }
}

async fn recognised(db: &Db) -> Result<Seeded> {
    let log_ins = installation::seeded_log_ins(&mut *db.reader().await?).await?;
    for hash in log_ins {
        if password::verify(PASSWORD.to_owned(), Some(hash)).await? {
            return Ok(Seeded::Demo);
        }
    }
    Ok(Seeded::No)
}

/// Why this database must not be opened so, with the way out.
#[derive(Debug, thiserror::Error)]
pub enum WrongShop {
    #[error(
        "the database holds the demo shop, whose passwords are published; start it with --demo, or open a shop of your own in an empty database: choose another data_dir (GUITU_DATA_DIR) or database_url (DATABASE_URL)"
    )]
    DemoWithoutDemo,
    #[error(
        "the database holds orders that guitu seed made up; serve them with --demo, or open a shop of your own in an empty database: choose another data_dir (GUITU_DATA_DIR) or database_url (DATABASE_URL)"
    )]
    OrdersWithoutDemo,
    #[error(
        "the database holds a shop of somebody's own, and a demo takes play money for its goods; leave --demo away, or let the demo have an empty database: choose another data_dir (GUITU_DATA_DIR) or database_url (DATABASE_URL)"
    )]
    OwnShopInDemo,
    #[error(transparent)]
    Unknown(#[from] crate::server::error::Error),
}

/// A demo is opened as a demo, and a shop of one's own as itself. What was found is marked, so that no later start has to look.
pub async fn fits(app: &App) -> std::result::Result<(), WrongShop> {
    let found = seeded(&app.db).await?;
    match (found, app.demo) {
        (Seeded::Demo, false) => return Err(WrongShop::DemoWithoutDemo),
        (Seeded::Orders, false) => return Err(WrongShop::OrdersWithoutDemo),
        (Seeded::Demo | Seeded::Orders, true) => {}
        (Seeded::No, _) => {
            let shop = people::first_shop(&mut *app.db.reader().await?).await?;
            if shop.is_none() {
                return Ok(());
            }
            if app.demo {
                return Err(WrongShop::OwnShopInDemo);
            }
        }
    }
    let mut tx = app.db.write().await?;
    installation::save_first(tx.conn(), Fact::Seeded, found.stored(), app.now()).await?;
    Ok(tx.commit().await?)
}
