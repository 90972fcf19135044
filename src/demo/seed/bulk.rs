//! Shops with a year of orders, for measuring: the same number says the same again. Drafts are thrown by dice, and written down in batches.

mod dice;
mod life;
mod shops;
pub mod store;
mod trouble;

use crate::domain::time::DAY;
use crate::domain::{BuyerId, Timestamp};
use crate::server::app::App;
use crate::server::error::{Error, Result};
use crate::server::people::password;
use crate::server::shop::seeded::{self, PASSWORD, Seeded};
use crate::server::store::people::{self, NewBuyer};
use dice::Dice;
use shops::Stall;
use std::sync::Arc;
use store::Draft;

pub use crate::demo::Size;

/// Orders of one transaction.
const BATCH: usize = 20_000;

/// Someone who orders.
#[derive(Clone, Debug)]
pub struct Shopper {
    pub id: BuyerId,
    pub name: String,
    pub phone: String,
}

/// What every order is thrown from.
struct Plan<'a> {
    size: Size,
    until: Timestamp,
    stalls: &'a [Stall],
    shoppers: &'a [Shopper],
}

/// Fills an empty database; `false` if a shop is in it. In a demo its people log in with the published password, elsewhere nobody can. Everything lies before the day that has begun, clocks run out after it.
/// `progress` hears how many orders are written.
pub async fn orders_if_empty(app: &Arc<App>, size: Size, mut progress: impl FnMut(usize)) -> Result<bool> {
    if people::first_shop(&mut *app.db.reader().await?).await?.is_some() {
        return Ok(false);
    }
    let until = Timestamp(app.now().0 / DAY * DAY);
    seeded::mark(&app.db, Seeded::Orders, app.now()).await?;
    let hash = if app.demo { password::hash(PASSWORD.to_owned()).await? } else { password::NONE.to_owned() };
    let stalls = shops::open(app, size, until, &hash).await?;
    let shoppers = shoppers(app, size, until, &hash).await?;
    let plan = Plan { size, until, stalls: &stalls, shoppers: &shoppers };
    for batch in (0..size.orders).collect::<Vec<_>>().chunks(BATCH) {
        let drafts = batch.iter().map(|nth| plan.draft(*nth)).collect::<Result<Vec<Draft>>>()?;
        let mut tx = app.db.write().await?;
        store::fill(&mut tx, &drafts).await?;
        tx.commit().await?;
        progress(batch.last().map_or(0, |last| last + 1));
    }
    store::finish(&app.db).await?;
    Ok(true)
}

const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧";
const GIVEN: &str = "小青知晚一安子雨思嘉明清若书景云禾宁远晴鸣言晨舟岚月星溪川棠";

/// One buyer for ten orders.
async fn shoppers(app: &App, size: Size, until: Timestamp, hash: &str) -> Result<Vec<Shopper>> {
    let (surnames, given): (Vec<char>, Vec<char>) = (SURNAMES.chars().collect(), GIVEN.chars().collect());
    let mut tx = app.db.write().await?;
    let mut shoppers = Vec::with_capacity(size.orders / 10 + 1);
    for nth in 0..=size.orders / 10 {
        let mut dice = Dice::new(size.seed ^ 0x5eed, nth);
        let name: String = [dice.one_of(&surnames), dice.one_of(&given), dice.one_of(&given)].iter().collect();
        // A step that shares no factor with 10⁸ meets every number once.
        let phone = format!("139{:08}", (nth as u64 * 61_803_399 + size.seed) % 100_000_000);
        let id = BuyerId(((until.0 - 380 * DAY) << 20) + i64::try_from(nth).map_err(super::internal)?);
        let buyer =
            NewBuyer { id, phone: phone.clone(), name: name.clone(), password_hash: hash.to_owned(), at: Timestamp(until.0 - 380 * DAY) };
        people::insert_buyer(tx.conn(), &buyer).await?;
        shoppers.push(Shopper { id, name, phone });
    }
    tx.commit().await?;
    Ok(shoppers)
}

fn too_many(what: &str) -> Error {
    Error::Internal(format!("too many {what}"))
}
