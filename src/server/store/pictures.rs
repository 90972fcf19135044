//! Rows of uploaded pictures: whose they are, and who may look.

use crate::domain::{BuyerId, OrderId, ShopId, Timestamp};
use crate::server::error::Result;
use sqlx::AnyConnection;

/// Whose a picture is. With a shop and a buyer it is for both sides of their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureOwners {
    pub shop_id: Option<ShopId>,
    pub buyer_id: Option<BuyerId>,
    pub order_id: Option<OrderId>,
    /// Shown to everybody: pictures of reviews.
    pub public: bool,
}

pub async fn insert(conn: &mut AnyConnection, key: &str, owners: &PictureOwners, now: Timestamp) -> Result<()> {
    const INSERT: &str = "insert into pictures (key, shop_id, buyer_id, order_id, public_at, created_at) values ($1, $2, $3, $4, $5, $6)";
    let PictureOwners { shop_id, buyer_id, order_id, public } = owners;
    let insert = sqlx::query(INSERT).bind(key).bind(shop_id.map(|id| id.0)).bind(buyer_id.map(|id| id.0)).bind(order_id.map(|id| id.0));
    insert.bind(public.then_some(now.0)).bind(now.0).execute(conn).await?;
    Ok(())
}

/// Whose the picture behind this key is.
pub async fn owners(conn: &mut AnyConnection, key: &str) -> Result<Option<PictureOwners>> {
    type Row = (Option<i64>, Option<i64>, Option<i64>, Option<i64>);
    const OWNERS: &str = "select shop_id, buyer_id, order_id, public_at from pictures where key = $1 and erased_at is null";
    let row: Option<Row> = sqlx::query_as(OWNERS).bind(key).fetch_optional(conn).await?;
    Ok(row.map(|(shop, buyer, order, public)| PictureOwners {
        shop_id: shop.map(ShopId),
        buyer_id: buyer.map(BuyerId),
        order_id: order.map(OrderId),
        public: public.is_some(),
    }))
}

const PUBLISH: &str = "update pictures set public_at = $1 where key = $2 and shop_id = $3";
const WITHDRAW: &str = "update pictures set public_at = null where key = $1 and shop_id = $2";

/// Shows a picture to everybody, or to its owners alone.
pub async fn set_public(conn: &mut AnyConnection, key: &str, shop: ShopId, public: Option<Timestamp>) -> Result<()> {
    match public {
        Some(now) => sqlx::query(PUBLISH).bind(now.0).bind(key).bind(shop.0).execute(conn).await?,
        None => sqlx::query(WITHDRAW).bind(key).bind(shop.0).execute(conn).await?,
    };
    Ok(())
}
