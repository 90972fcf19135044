//! Rows of products and their SKUs, as the shop front sees them, and of reviews. Names no rows of another trade.

mod offer;
pub mod reviews;
pub mod shelf;
mod stock;

pub(super) use offer::OfferRow;
pub use offer::{SkuOffer, sku, skus};
pub use stock::{NewProduct, NewSku, StockedProduct, StockedSku, insert_product, insert_sku, list_for_shop};

use super::search::containing;
use super::{Slice, slice};
use crate::domain::{Money, ProductId, ShopId, SkuId};
use crate::server::db::Conn;
use crate::server::error::Result;

/// A product among others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductCard {
    pub id: ProductId,
    pub title: String,
    pub picture: String,
    /// The price of its cheapest SKU.
    pub price: Money,
    pub sold: i64,
    pub sellable: i64,
}

/// A product on its own page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    pub id: ProductId,
    pub shop_id: ShopId,
    pub title: String,
    pub subtitle: String,
    pub description: String,
    pub picture: String,
    pub review_count: i64,
    /// The sum of all visible stars.
    pub review_stars: i64,
    pub sold: i64,
    pub skus: Vec<Sku>,
}

/// One sellable kind of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sku {
    pub id: SkuId,
    pub spec: String,
    pub price: Money,
    pub sellable: i64,
}

/// Which products of the front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shelf {
    All,
    Category(String),
    /// Products whose title contains these words.
    Search(String),
}

const ALL: &str = include_str!("all.sql");
const OF_CATEGORY: &str = include_str!("of_category.sql");
const SEARCH: &str = include_str!("search.sql");

#[derive(sqlx_macros::FromRow)]
struct CardRow {
    id: i64,
    title: String,
    picture: String,
    sold: i64,
    price_minor: i64,
    sellable: i64,
}

/// A page of the front, newest first, from the products older than `before`.
pub async fn list(conn: &mut Conn, shelf: &Shelf, before: Option<i64>, limit: i64) -> Result<Slice<ProductCard>> {
    let (statement, words) = match shelf {
        Shelf::All => (ALL, String::new()),
        Shelf::Category(category) => (OF_CATEGORY, category.clone()),
        Shelf::Search(words) => (SEARCH, containing(words)),
    };
    let query = sqlx::query_as(statement).bind(before.unwrap_or(i64::MAX)).bind(words).bind(limit + 1);
    let rows: Vec<CardRow> = query.fetch_all(conn).await?;
    let cards = rows.into_iter().map(|row| ProductCard {
        id: ProductId(row.id),
        title: row.title,
        picture: row.picture,
        price: Money(row.price_minor),
        sold: row.sold,
        sellable: row.sellable,
    });
    Ok(slice(cards.collect(), limit, |card| card.id.0))
}

/// The categories that have something on offer, each once.
pub async fn categories(conn: &mut Conn) -> Result<Vec<String>> {
    const CATEGORIES: &str = "select category from products where listed_at is not null group by category order by min(id)";
    Ok(sqlx::query_scalar(CATEGORIES).fetch_all(conn).await?)
}

const PRODUCT: &str = "select shop_id, title, subtitle, description, picture, review_count, review_stars, sold
                       from products where id = $1 and listed_at is not null";
const SKUS: &str = "select id, spec, price_minor, sellable from skus where product_id = $1 order by id";

#[derive(sqlx_macros::FromRow)]
struct ProductRow {
    shop_id: i64,
    title: String,
    subtitle: String,
    description: String,
    picture: String,
    review_count: i64,
    review_stars: i64,
    sold: i64,
}

/// A product on offer, with all its SKUs.
pub async fn product(conn: &mut Conn, id: ProductId) -> Result<Option<Product>> {
    let row: Option<ProductRow> = sqlx::query_as(PRODUCT).bind(id.0).fetch_optional(&mut *conn).await?;
    let Some(row) = row else { return Ok(None) };
    let rows: Vec<(i64, String, i64, i64)> = sqlx::query_as(SKUS).bind(id.0).fetch_all(conn).await?;
    let sku = |(id, spec, price, sellable)| Sku { id: SkuId(id), spec, price: Money(price), sellable };
    Ok(Some(Product {
        id,
        shop_id: ShopId(row.shop_id),
        title: row.title,
        subtitle: row.subtitle,
        description: row.description,
        picture: row.picture,
        review_count: row.review_count,
        review_stars: row.review_stars,
        sold: row.sold,
        skus: rows.into_iter().map(sku).collect(),
    }))
}

const TITLES: &str = "select id, title from products where shop_id = $1 order by id desc limit 500";

/// The shop's products by name, the newest first: for choosing among them.
pub async fn titles_of_shop(conn: &mut Conn, shop: ShopId) -> Result<Vec<(ProductId, String)>> {
    let rows: Vec<(i64, String)> = sqlx::query_as(TITLES).bind(shop.0).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(id, title)| (ProductId(id), title)).collect())
}
