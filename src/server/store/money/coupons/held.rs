//! Coupons in buyers' hands: got, used, returned, each movement on record.

use crate::domain::{Actor, BuyerCouponId, BuyerId, CouponCause, CouponId, CouponTerms, OrderId, ShopId, Timestamp};
use crate::server::db::Conn;
use crate::server::db::expect_one;
use crate::server::error::{Error, Result};
use crate::server::store::{Slice, slice};

/// A coupon that a buyer has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldCoupon {
    pub id: BuyerCouponId,
    pub shop_id: ShopId,
    pub shop_name: String,
    pub terms: CouponTerms,
    /// The order that used it.
    pub order_number: Option<String>,
    pub used_at: Option<Timestamp>,
}

/// The tabs of 「优惠券」.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldTab {
    Usable,
    Used,
    Expired,
}

#[derive(sqlx_macros::FromRow)]
struct HeldCouponRow {
    id: i64,
    coupon_id: i64,
    shop_id: i64,
    shop_name: String,
    order_number: Option<String>,
    used_at: Option<i64>,
}

const USABLE: &str = include_str!("held/usable.sql");
const USED: &str = include_str!("held/used.sql");
const EXPIRED: &str = include_str!("held/expired.sql");
const USABLE_AT: &str = include_str!("held/usable_at.sql");

/// A page of a buyer's coupons, the newest first.
pub async fn list_of_buyer(
    conn: &mut Conn,
    buyer: BuyerId,
    tab: HeldTab,
    now: Timestamp,
    before: i64,
    limit: i64,
) -> Result<Slice<HeldCoupon>> {
    let statement = match tab {
        HeldTab::Usable => USABLE,
        HeldTab::Used => USED,
        HeldTab::Expired => EXPIRED,
    };
    let query = sqlx::query_as(statement).bind(buyer.0).bind(now.0).bind(before).bind(limit + 1);
    let rows: Vec<HeldCouponRow> = query.fetch_all(&mut *conn).await?;
    Ok(slice(with_terms(conn, rows).await?, limit, |held| held.id.0))
}

/// What a buyer may use at this shop, what ends first to begin with.
pub async fn usable_at(conn: &mut Conn, buyer: BuyerId, shop: ShopId, now: Timestamp, limit: i64) -> Result<Vec<HeldCoupon>> {
    let query = sqlx::query_as(USABLE_AT).bind(buyer.0).bind(now.0).bind(shop.0).bind(limit);
    let rows: Vec<HeldCouponRow> = query.fetch_all(&mut *conn).await?;
    with_terms(conn, rows).await
}

async fn with_terms(conn: &mut Conn, rows: Vec<HeldCouponRow>) -> Result<Vec<HeldCoupon>> {
    let mut held = Vec::with_capacity(rows.len());
    for row in rows {
        let coupon = super::by_id(&mut *conn, CouponId(row.coupon_id))
            .await?
            .ok_or_else(|| Error::inconsistent("buyer_coupons", "coupon_id", row.id))?;
        held.push(HeldCoupon {
            id: BuyerCouponId(row.id),
            shop_id: ShopId(row.shop_id),
            shop_name: row.shop_name,
            terms: coupon.terms,
            order_number: row.order_number,
            used_at: row.used_at.map(Timestamp),
        });
    }
    Ok(held)
}

const COUNT_OF: &str = "select cast(count(*) as bigint) from buyer_coupons where coupon_id = $1 and buyer_id = $2";

/// How many of this kind the buyer ever got.
pub async fn count_of(conn: &mut Conn, coupon: CouponId, buyer: BuyerId) -> Result<i64> {
    Ok(sqlx::query_scalar(COUNT_OF).bind(coupon.0).bind(buyer.0).fetch_one(conn).await?)
}

const GIVE: &str =
    "insert into buyer_coupons (id, coupon_id, shop_id, buyer_id, nth, valid_until, got_at) values ($1, $2, $3, $4, $5, $6, $7)";

/// The buyer's `nth` copy; somebody who asks twice at once finds it a duplicate.
pub async fn give(conn: &mut Conn, id: BuyerCouponId, coupon: &super::Coupon, buyer: BuyerId, nth: i64, at: Timestamp) -> Result<()> {
    let query = sqlx::query(GIVE).bind(id.0).bind(coupon.terms.id.0).bind(coupon.shop_id.0).bind(buyer.0).bind(nth);
    query.bind(coupon.terms.valid_until.0).bind(at.0).execute(conn).await?;
    Ok(())
}

const WITHOUT_ONE: &str = "select m.buyer_id from members m
    where m.shop_id = $1 and m.buyer_id > $2 and m.erased_at is null
        and not exists (select 1 from buyer_coupons h where h.coupon_id = $3 and h.buyer_id = m.buyer_id)
    order by m.buyer_id limit $4";

/// Members who have no copy of it yet, page by page.
pub async fn without_one(conn: &mut Conn, coupon: &super::Coupon, after: BuyerId, limit: i64) -> Result<Vec<BuyerId>> {
    let query = sqlx::query_scalar(WITHOUT_ONE).bind(coupon.shop_id.0).bind(after.0).bind(coupon.terms.id.0).bind(limit);
    Ok(query.fetch_all(conn).await?.into_iter().map(BuyerId).collect())
}

const HELD_BY: &str = "select coupon_id from buyer_coupons where id = $1 and buyer_id = $2 and shop_id = $3 and order_id is null";

/// The kind of a coupon that this buyer can still use at this shop.
pub async fn held_by(conn: &mut Conn, id: BuyerCouponId, buyer: BuyerId, shop: ShopId) -> Result<Option<CouponId>> {
    let found: Option<i64> = sqlx::query_scalar(HELD_BY).bind(id.0).bind(buyer.0).bind(shop.0).fetch_optional(conn).await?;
    Ok(found.map(CouponId))
}

const HOLD: &str = "update buyer_coupons set order_id = $3, used_at = $4
    where id = $1 and buyer_id = $2 and order_id is null and valid_until > $4";

/// The order uses the coupon; of two at once, one (M8).
pub async fn hold(conn: &mut Conn, id: BuyerCouponId, buyer: BuyerId, order: OrderId, now: Timestamp) -> Result<()> {
    expect_one(&sqlx::query(HOLD).bind(id.0).bind(buyer.0).bind(order.0).bind(now.0).execute(conn).await?)
}

const OF_ORDER: &str = "select id, coupon_id, valid_until from buyer_coupons where order_id = $1";

/// The coupon that the order uses, and until when it counts.
pub async fn of_order(conn: &mut Conn, order: OrderId) -> Result<Option<(BuyerCouponId, CouponId, Timestamp)>> {
    let row: Option<(i64, i64, i64)> = sqlx::query_as(OF_ORDER).bind(order.0).fetch_optional(conn).await?;
    Ok(row.map(|(id, coupon, until)| (BuyerCouponId(id), CouponId(coupon), Timestamp(until))))
}

const RELEASE: &str = "update buyer_coupons set order_id = null, used_at = null where id = $1 and order_id = $2 and valid_until > $3";

/// The order lets go of the coupon: the very same is the buyer's again (M8).
pub async fn release(conn: &mut Conn, id: BuyerCouponId, order: OrderId, now: Timestamp) -> Result<()> {
    expect_one(&sqlx::query(RELEASE).bind(id.0).bind(order.0).bind(now.0).execute(conn).await?)
}

/// One movement of a coupon.
pub struct CouponMovement<'a> {
    pub id: i64,
    pub coupon: BuyerCouponId,
    pub shop: ShopId,
    pub order: Option<OrderId>,
    pub cause: CouponCause,
    pub by: &'a Actor,
    pub at: Timestamp,
}

const RECORD: &str = "insert into coupon_events (id, buyer_coupon_id, shop_id, order_id, cause, actor, actor_name, at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Writes a movement down.
pub async fn record(conn: &mut Conn, movement: &CouponMovement<'_>) -> Result<()> {
    sqlx::query(RECORD)
        .bind(movement.id)
        .bind(movement.coupon.0)
        .bind(movement.shop.0)
        .bind(movement.order.map(|order| order.0))
        .bind(movement.cause.code())
        .bind(movement.by.kind().code())
        .bind(movement.by.name_in_books())
        .bind(movement.at.0)
        .execute(conn)
        .await?;
    Ok(())
}
