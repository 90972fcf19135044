//! Coupons as buyers see them: what may be taken, what is in their hands.

use super::{Coupon, HandOver, Handed, HeldCoupon, HeldTab, hand_over, rows};
use crate::domain::{BuyerCouponId, CouponId, CouponTerms, Money, ProductId, ShopId};
use crate::server::app::App;
use crate::server::ctx::Buyer;
use crate::server::db::Lock;
use crate::server::error::{Error, Result};
use crate::server::store::people::members;
use crate::server::store::{COUNT_LIMIT, Slice};

const PAGE: i64 = 20;
/// Offers that a page shows at most.
const OFFERS: i64 = 20;

/// A coupon that fits what is about to be ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CouponChoice {
    pub id: BuyerCouponId,
    pub terms: CouponTerms,
    /// What it takes off this order.
    pub worth: Money,
}

/// A page of one tab of 「优惠券」.
pub async fn list_for_buyer(buyer: &Buyer, tab: HeldTab, before: Option<i64>) -> Result<Slice<HeldCoupon>> {
    let mut conn = buyer.app.db.reader().await?;
    rows::list_of_buyer(&mut conn, buyer.id, tab, buyer.now, before.unwrap_or(i64::MAX), PAGE).await
}

/// How many coupons can be used, up to the limit of counting.
pub async fn usable_count(buyer: &Buyer) -> Result<usize> {
    let mut conn = buyer.app.db.reader().await?;
    let usable = rows::list_of_buyer(&mut conn, buyer.id, HeldTab::Usable, buyer.now, i64::MAX, COUNT_LIMIT).await?;
    Ok(usable.rows.len())
}

/// What buyers of the shop may take now: all of it, or what suits one product.
pub async fn offered(app: &App, shop: ShopId, product: Option<ProductId>) -> Result<Vec<Coupon>> {
    let mut conn = app.db.reader().await?;
    let mut open = rows::open(&mut conn, shop, app.now(), OFFERS).await?;
    open.retain(|coupon| product.is_none_or(|product| coupon.terms.suits(product)));
    Ok(open)
}

/// 「领取」: one copy; the limits hold however often and wherever this is asked for at once.
pub async fn take(buyer: &Buyer, id: CouponId) -> Result<Handed> {
    let mut tx = buyer.app.db.write().await?;
    tx.lock(Lock::Buyer, buyer.id.0).await?;
    let coupon = rows::by_id(tx.conn(), id).await?.filter(|coupon| coupon.open).ok_or(Error::NotFound)?;
    members::join(tx.conn(), coupon.shop_id, buyer.id, buyer.now).await?;
    let what = HandOver { app: &buyer.app, by: &buyer.actor, coupon: &coupon, most: coupon.copies_per_buyer, now: buyer.now };
    let handed = hand_over(tx.conn(), &what, buyer.id).await?;
    tx.commit().await?;
    Ok(handed)
}
