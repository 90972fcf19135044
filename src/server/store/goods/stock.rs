//! Products as the shop counts them, and how they come to be. Movements of units are in `store::goods::shelf`.

use crate::domain::{Money, ProductId, ShopId, SkuId, Timestamp};
use crate::server::db::Conn;
use crate::server::error::Result;
use crate::server::store::search::containing;
use crate::server::store::{Slice, slice};

/// A product as the shop counts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockedProduct {
    pub id: ProductId,
    pub title: String,
    pub picture: String,
    pub category: String,
    pub sold: i64,
    pub listed: bool,
    pub skus: Vec<StockedSku>,
}

/// One SKU on the shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockedSku {
    pub id: SkuId,
    pub spec: String,
    pub price: Money,
    pub sellable: i64,
    pub reserved: i64,
    pub defective: i64,
}

const PRODUCTS: &str = "select id, title, picture, category, sold, listed_at from products
                        where shop_id = $1 and id < $2 and lower(title) like lower($3) escape '!' order by id desc limit $4";
const SKUS: &str =
    "select id, spec, price_minor, sellable, reserved, defective from skus where shop_id = $1 and product_id = $2 order by id";

#[derive(sqlx_macros::FromRow)]
struct StockRow {
    id: i64,
    title: String,
    picture: String,
    category: String,
    sold: i64,
    listed_at: Option<i64>,
}

#[derive(sqlx_macros::FromRow)]
struct SkuRow {
    id: i64,
    spec: String,
    price_minor: i64,
    sellable: i64,
    reserved: i64,
    defective: i64,
}

/// A page of the shop's products, newest first, whose title contains `search`.
pub async fn list_for_shop(conn: &mut Conn, shop: ShopId, search: &str, before: Option<i64>, limit: i64) -> Result<Slice<StockedProduct>> {
    let query = sqlx::query_as(PRODUCTS).bind(shop.0).bind(before.unwrap_or(i64::MAX)).bind(containing(search)).bind(limit + 1);
    let page: Slice<StockRow> = slice(query.fetch_all(&mut *conn).await?, limit, |row: &StockRow| row.id);
    let mut rows = Vec::with_capacity(page.rows.len());
    for row in page.rows {
        let skus: Vec<SkuRow> = sqlx::query_as(SKUS).bind(shop.0).bind(row.id).fetch_all(&mut *conn).await?;
        rows.push(StockedProduct {
            id: ProductId(row.id),
            title: row.title,
            picture: row.picture,
            category: row.category,
            sold: row.sold,
            listed: row.listed_at.is_some(),
            skus: skus.into_iter().map(StockedSku::from).collect(),
        });
    }
    Ok(Slice { rows, next: page.next })
}

impl From<SkuRow> for StockedSku {
    fn from(row: SkuRow) -> Self {
        Self {
            id: SkuId(row.id),
            spec: row.spec,
            price: Money(row.price_minor),
            sellable: row.sellable,
            reserved: row.reserved,
            defective: row.defective,
        }
    }
}

/// A product to be, on offer at once.
#[derive(Clone, Debug)]
pub struct NewProduct {
    pub id: ProductId,
    pub shop: ShopId,
    pub title: String,
    pub subtitle: String,
    pub description: String,
    pub category: String,
    /// The path of the picture below `public/`.
    pub picture: String,
    pub sold: i64,
    pub at: Timestamp,
}

pub async fn insert_product(conn: &mut Conn, product: &NewProduct) -> Result<()> {
    const INSERT: &str = "insert into products (id, shop_id, title, subtitle, description, category, picture, sold, listed_at, created_at)
                          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)";
    let NewProduct { id, shop, title, subtitle, description, category, picture, sold, at } = product;
    let insert = sqlx::query(INSERT).bind(id.0).bind(shop.0).bind(title).bind(subtitle).bind(description);
    insert.bind(category).bind(picture).bind(sold).bind(at.0).execute(conn).await?;
    Ok(())
}

/// A SKU to be, with the units it starts with.
#[derive(Clone, Debug)]
pub struct NewSku {
    pub id: SkuId,
    pub product: ProductId,
    pub shop: ShopId,
    pub spec: String,
    pub price: Money,
    pub sellable: i64,
    /// The id of its first movement.
    pub move_id: i64,
    pub at: Timestamp,
}

/// The SKU, and the first row of its stock.
pub async fn insert_sku(conn: &mut Conn, sku: &NewSku) -> Result<()> {
    const INSERT: &str = "insert into skus (id, product_id, shop_id, spec, price_minor, sellable) values ($1, $2, $3, $4, $5, $6)";
    const STOCKED: &str =
        "insert into stock_moves (id, sku_id, cause, sellable, reserved, defective, at) values ($1, $2, 'stocked', $3, 0, 0, $4)";
    let NewSku { id, product, shop, spec, price, sellable, move_id, at } = sku;
    let insert = sqlx::query(INSERT).bind(id.0).bind(product.0).bind(shop.0).bind(spec).bind(price.0).bind(sellable);
    insert.execute(&mut *conn).await?;
    sqlx::query(STOCKED).bind(move_id).bind(id.0).bind(sellable).bind(at.0).execute(conn).await?;
    Ok(())
}
