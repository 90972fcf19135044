//! Rows of uploaded pictures: whose they are, and who may look.

use crate::domain::{BuyerId, OrderId, ShopId, StaffId, Timestamp};
use crate::server::db::Conn;
use crate::server::error::Result;

/// Whose a picture is. With a shop and a buyer it is for both sides of their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureOwners {
    pub shop_id: Option<ShopId>,
    pub buyer_id: Option<BuyerId>,
    pub order_id: Option<OrderId>,
    /// Shown to everybody: pictures of reviews.
    pub public: bool,
}

/// Who sent a picture along: a person may send so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureSender {
    Buyer(BuyerId),
    Staff(StaffId),
}

pub async fn insert(conn: &mut Conn, key: &str, owners: &PictureOwners, sender: PictureSender, now: Timestamp) -> Result<()> {
    const INSERT: &str =
        "insert into pictures (key, shop_id, buyer_id, order_id, public_at, staff_id, created_at) values ($1, $2, $3, $4, $5, $6, $7)";
    let PictureOwners { shop_id, buyer_id, order_id, public } = owners;
    let staff = match sender {
        PictureSender::Buyer(_) => None,
        PictureSender::Staff(id) => Some(id.0),
    };
    let insert = sqlx::query(INSERT).bind(key).bind(shop_id.map(|id| id.0)).bind(buyer_id.map(|id| id.0)).bind(order_id.map(|id| id.0));
    insert.bind(public.then_some(now.0)).bind(staff).bind(now.0).execute(conn).await?;
    Ok(())
}

const SENT_BY_BUYER: &str = "select count(*) from pictures where buyer_id = $1 and staff_id is null and created_at > $2";
const SENT_BY_STAFF: &str = "select count(*) from pictures where staff_id = $1 and created_at > $2";

/// How many pictures somebody has sent since.
pub async fn sent_since(conn: &mut Conn, sender: PictureSender, since: Timestamp) -> Result<i64> {
    let (statement, id) = match sender {
        PictureSender::Buyer(id) => (SENT_BY_BUYER, id.0),
        PictureSender::Staff(id) => (SENT_BY_STAFF, id.0),
    };
    Ok(sqlx::query_scalar(statement).bind(id).bind(since.0).fetch_one(conn).await?)
}

const UNSETTLED: &str = "select key, order_id from pictures where settled_at is null and created_at < $1 order by created_at limit $2";

/// Pictures that were sent before a moment and of which it is not known yet whether something refers to them.
pub async fn unsettled(conn: &mut Conn, before: Timestamp, most: i64) -> Result<Vec<(String, Option<OrderId>)>> {
    let rows: Vec<(String, Option<i64>)> = sqlx::query_as(UNSETTLED).bind(before.0).bind(most).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(key, order)| (key, order.map(OrderId))).collect())
}

const IS_USED: &str = "select
    (select count(*) from after_sales where order_id = $1 and (evidence like $2 or return_leg like $2 or rejection like $2))
    + (select count(*) from events where order_id = $1 and evidence like $2)
    + (select count(*) from reviews r join order_lines l on l.id = r.order_line_id where l.order_id = $1 and r.pictures like $2)";

/// Does an application, a case's history, a waybill, a rejection or a review of the order refer to the picture?
pub async fn is_used(conn: &mut Conn, key: &str, order: Option<OrderId>) -> Result<bool> {
    let Some(OrderId(order)) = order else { return Ok(true) };
    let used: i64 = sqlx::query_scalar(IS_USED).bind(order).bind(format!("%{key}%")).fetch_one(conn).await?;
    Ok(used > 0)
}

/// It is used, and never looked at again.
pub async fn settle(conn: &mut Conn, key: &str, now: Timestamp) -> Result<()> {
    sqlx::query("update pictures set settled_at = $1 where key = $2").bind(now.0).bind(key).execute(conn).await?;
    Ok(())
}

pub async fn remove(conn: &mut Conn, key: &str) -> Result<()> {
    sqlx::query("delete from pictures where key = $1").bind(key).execute(conn).await?;
    Ok(())
}

type PictureOwnerRow = (Option<i64>, Option<i64>, Option<i64>, Option<i64>);

const OWNERS: &str = "select shop_id, buyer_id, order_id, public_at from pictures where key = $1 and erased_at is null";
const LASTING: &str = "select shop_id, buyer_id, order_id, public_at from pictures
    where key = $1 and erased_at is null and (settled_at is not null or created_at > $2)";

/// Whose the picture behind this key is.
pub async fn owners(conn: &mut Conn, key: &str) -> Result<Option<PictureOwners>> {
    Ok(sqlx::query_as(OWNERS).bind(key).fetch_optional(conn).await?.map(of_row))
}

/// The same, if it was sent after a moment or something refers to it.
pub async fn owners_of_lasting(conn: &mut Conn, key: &str, since: Timestamp) -> Result<Option<PictureOwners>> {
    Ok(sqlx::query_as(LASTING).bind(key).bind(since.0).fetch_optional(conn).await?.map(of_row))
}

fn of_row((shop, buyer, order, public): PictureOwnerRow) -> PictureOwners {
    PictureOwners { shop_id: shop.map(ShopId), buyer_id: buyer.map(BuyerId), order_id: order.map(OrderId), public: public.is_some() }
}

const PUBLISH: &str = "update pictures set public_at = $1 where key = $2 and shop_id = $3";
const WITHDRAW: &str = "update pictures set public_at = null where key = $1 and shop_id = $2";

/// Shows a picture to everybody, or to its owners alone.
pub async fn set_public(conn: &mut Conn, key: &str, shop: ShopId, public: Option<Timestamp>) -> Result<()> {
    match public {
        Some(now) => sqlx::query(PUBLISH).bind(now.0).bind(key).bind(shop.0).execute(conn).await?,
        None => sqlx::query(WITHDRAW).bind(key).bind(shop.0).execute(conn).await?,
    };
    Ok(())
}
