//! Goods: the shop's products, as its staff counts them, the shop front, reviews. May name `money`, `people`.

pub mod reviews;
pub mod shopfront;

pub use super::store::goods::{StockedProduct, StockedSku};

use super::ctx::Staff;
use super::error::Result;
use super::store::{Slice, goods};
use crate::domain::Permission;

const PAGE: i64 = 20;

/// A page of products whose title contains `search`, newest first.
pub async fn list(staff: &Staff, search: &str, before: Option<i64>) -> Result<Slice<StockedProduct>> {
    staff.require(Permission::SeeStock)?;
    goods::list_for_shop(&mut *staff.app.db.reader().await?, staff.shop.id, search, before, PAGE).await
}
