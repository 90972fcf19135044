//! Coupons: made by the shop, handed out or taken, used by an order, returned when it comes to nothing (S20, M8).

mod buyer;
mod order;
mod shop;

pub use crate::server::store::money::coupons::{Coupon, HeldCoupon, HeldTab};
pub use buyer::{CouponChoice, list_for_buyer, offered, take, usable_count};
pub use order::Used;
pub(in crate::server) use order::{choices, return_of_order, take_off, use_for};
pub use shop::{end, find_for_shop, give_to, give_to_all, list_for_shop, make, products};

use crate::domain::{Actor, BuyerCouponId, BuyerId, CouponCause, Timestamp};
use crate::server::app::App;
use crate::server::db::Conn;
use crate::server::error::Result;
use crate::server::store::money::coupons::{self as rows, CouponMovement};

/// What a hand-out came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handed {
    Over,
    /// The buyer has as many as anybody may have.
    HadAll,
    /// There is none left, or it has ended.
    NoneLeft,
}

/// Who hands a copy to whom, of how many at most.
struct HandOver<'a> {
    app: &'a App,
    by: &'a Actor,
    coupon: &'a Coupon,
    most: i64,
    now: Timestamp,
}

/// One copy for this buyer, in the caller's transaction that holds the buyer.
async fn hand_over(conn: &mut Conn, what: &HandOver<'_>, buyer: BuyerId) -> Result<Handed> {
    let HandOver { app, by, coupon, most, now } = *what;
    let had = rows::count_of(conn, coupon.terms.id, buyer).await?;
    if had >= most {
        return Ok(Handed::HadAll);
    }
    if !rows::hand_out(conn, coupon.terms.id, now).await? {
        return Ok(Handed::NoneLeft);
    }
    let id = BuyerCouponId(app.new_id());
    rows::give(conn, id, coupon, buyer, had + 1, now).await?;
    let cause = if matches!(by, Actor::Buyer { .. }) { CouponCause::Taken } else { CouponCause::Given };
    let movement = CouponMovement { id: app.new_id(), coupon: id, shop: coupon.shop_id, order: None, cause, by, at: now };
    rows::record(conn, &movement).await?;
    Ok(Handed::Over)
}
