//! Rows of carts.

use crate::domain::time::DAY;
use crate::domain::{BuyerId, Request, ShopId, SkuId, Timestamp};
use crate::server::db::Conn;
use crate::server::error::Result;
use crate::server::store::goods::{OfferRow, SkuOffer};

/// One SKU waiting in a cart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CartItem {
    pub offer: SkuOffer,
    pub quantity: i64,
}

const ALL: &str = include_str!("cart/all.sql");
const OF_SHOP: &str = include_str!("cart/of_shop.sql");

#[derive(sqlx_macros::FromRow)]
struct CartRow {
    quantity: i64,
    #[sqlx(flatten)]
    offer: OfferRow,
}

impl From<CartRow> for CartItem {
    fn from(row: CartRow) -> Self {
        Self { offer: row.offer.into(), quantity: row.quantity }
    }
}

/// Everything in the cart, shop by shop, what was added last first.
pub async fn items(conn: &mut Conn, buyer: BuyerId) -> Result<Vec<CartItem>> {
    let rows: Vec<CartRow> = sqlx::query_as(ALL).bind(buyer.0).fetch_all(conn).await?;
    Ok(rows.into_iter().map(CartItem::from).collect())
}

/// What the cart holds of one shop.
pub async fn items_of_shop(conn: &mut Conn, buyer: BuyerId, shop: ShopId) -> Result<Vec<CartItem>> {
    let rows: Vec<CartRow> = sqlx::query_as(OF_SHOP).bind(buyer.0).bind(shop.0).fetch_all(conn).await?;
    Ok(rows.into_iter().map(CartItem::from).collect())
}

/// How many units of a SKU are in the cart.
pub async fn quantity(conn: &mut Conn, buyer: BuyerId, sku: SkuId) -> Result<i64> {
    const QUANTITY: &str = "select quantity from cart_items where buyer_id = $1 and sku_id = $2";
    let found: Option<i64> = sqlx::query_scalar(QUANTITY).bind(buyer.0).bind(sku.0).fetch_optional(conn).await?;
    Ok(found.unwrap_or(0))
}

/// How many kinds of goods are in the cart, and how many units.
pub async fn counts(conn: &mut Conn, buyer: BuyerId) -> Result<(i64, i64)> {
    const COUNTS: &str = "select count(*), cast(coalesce(sum(quantity), 0) as bigint) from cart_items where buyer_id = $1";
    Ok(sqlx::query_as(COUNTS).bind(buyer.0).fetch_one(conn).await?)
}

/// Puts exactly this many units of a SKU into the cart.
pub async fn set(conn: &mut Conn, buyer: BuyerId, sku: SkuId, quantity: i64, now: Timestamp) -> Result<()> {
    const SET: &str = "insert into cart_items (buyer_id, sku_id, quantity, added_at) values ($1, $2, $3, $4)
                       on conflict (buyer_id, sku_id) do update set quantity = excluded.quantity";
    sqlx::query(SET).bind(buyer.0).bind(sku.0).bind(quantity).bind(now.0).execute(conn).await?;
    Ok(())
}

/// Takes a SKU out of the cart; one that is not there is out already.
pub async fn remove(conn: &mut Conn, buyer: BuyerId, sku: SkuId) -> Result<()> {
    sqlx::query("delete from cart_items where buyer_id = $1 and sku_id = $2").bind(buyer.0).bind(sku.0).execute(conn).await?;
    Ok(())
}

/// So long a form is known again.
const KNOWN_FOR: i64 = DAY;

const OF_REQUEST: &str = "select at, request_fingerprint from cart_requests where buyer_id = $1 and request_key = $2";

/// Did this very form put something into the cart before? Another form under its key is refused (M9).
pub async fn added_by(conn: &mut Conn, buyer: BuyerId, request: &Request) -> Result<bool> {
    let found: Option<(i64, Option<String>)> = sqlx::query_as(OF_REQUEST).bind(buyer.0).bind(&request.key).fetch_optional(conn).await?;
    Ok(request.first_effect(found)?.is_some())
}

const FORGET: &str = "delete from cart_requests where buyer_id = $1 and at < $2";
const REMEMBER: &str = "insert into cart_requests (buyer_id, request_key, request_fingerprint, at) values ($1, $2, $3, $4)";

/// Keeps what the form has asked, and forgets what nobody sends again. A form without a key is not known again.
pub async fn remember(conn: &mut Conn, buyer: BuyerId, request: &Request, now: Timestamp) -> Result<()> {
    sqlx::query(FORGET).bind(buyer.0).bind(now.plus(-KNOWN_FOR).0).execute(&mut *conn).await?;
    if !request.key.is_empty() {
        sqlx::query(REMEMBER).bind(buyer.0).bind(&request.key).bind(&request.fingerprint).bind(now.0).execute(conn).await?;
    }
    Ok(())
}
