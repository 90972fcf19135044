//! SKUs as they are offered now, for carts and checkouts.

use crate::domain::{Money, ProductId, ShopId, SkuId};
use crate::server::db::Conn;
use crate::server::error::Result;

/// A SKU with its product and shop, for the cart and the checkout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkuOffer {
    pub id: SkuId,
    pub product_id: ProductId,
    pub shop_id: ShopId,
    pub shop_name: String,
    pub title: String,
    pub spec: String,
    pub picture: String,
    pub price: Money,
    pub sellable: i64,
    /// Is the product on offer at all?
    pub listed: bool,
}

const OFFER: &str =
    "select s.id, s.product_id, s.shop_id, h.name as shop_name, p.title, s.spec, p.picture, s.price_minor, s.sellable, p.listed_at
                     from skus s join products p on p.id = s.product_id join shops h on h.id = s.shop_id where s.id = $1";

#[derive(sqlx_macros::FromRow)]
pub struct OfferRow {
    id: i64,
    product_id: i64,
    shop_id: i64,
    shop_name: String,
    title: String,
    spec: String,
    picture: String,
    price_minor: i64,
    sellable: i64,
    listed_at: Option<i64>,
}

impl From<OfferRow> for SkuOffer {
    fn from(row: OfferRow) -> Self {
        Self {
            id: SkuId(row.id),
            product_id: ProductId(row.product_id),
            shop_id: ShopId(row.shop_id),
            shop_name: row.shop_name,
            title: row.title,
            spec: row.spec,
            picture: row.picture,
            price: Money(row.price_minor),
            sellable: row.sellable,
            listed: row.listed_at.is_some(),
        }
    }
}

/// A SKU as it is offered now; also one that is no longer listed, so that carts can say so.
pub async fn sku(conn: &mut Conn, id: SkuId) -> Result<Option<SkuOffer>> {
    let row: Option<OfferRow> = sqlx::query_as(OFFER).bind(id.0).fetch_optional(conn).await?;
    Ok(row.map(SkuOffer::from))
}

/// Several SKUs in the order asked for; unknown ids are left out.
pub async fn skus(conn: &mut Conn, ids: &[SkuId]) -> Result<Vec<SkuOffer>> {
    let mut offers = Vec::with_capacity(ids.len());
    for id in ids {
        offers.extend(sku(&mut *conn, *id).await?);
    }
    Ok(offers)
}
