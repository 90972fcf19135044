//! Rows of reviews.

mod search;
mod write;

pub use write::{NewReviewRow, hide, insert, reply, show};

use crate::domain::{BuyerId, OrderId, OrderLineId, ProductId, ReviewId, ShopId, Timestamp};
use crate::server::db::Conn;
use crate::server::error::{Error, Result};
use crate::server::store::{Slice, json, slice};

/// A review with the goods it speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    pub id: ReviewId,
    pub order_line_id: OrderLineId,
    pub product_id: ProductId,
    pub title: String,
    pub spec: String,
    pub picture: String,
    pub buyer_name: String,
    pub anonymous: bool,
    /// One to five.
    pub rating: u8,
    pub words: String,
    /// Keys of the pictures sent along.
    pub pictures: Vec<String>,
    pub reply: Option<ReviewReply>,
    pub hidden: Option<ReviewHiding>,
    pub at: Timestamp,
}

impl Review {
    /// The words of the shop's answer; nothing where there is none, or where it was erased.
    pub fn shown_reply(&self) -> Option<String> {
        self.reply.as_ref().map(|reply| reply.words.clone()).filter(|words| !words.is_empty())
    }
}

/// The shop's one answer; its words are empty once they were erased with the buyer's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewReply {
    pub words: String,
    pub at: Timestamp,
}

/// Why the shop hides a review; the reason is empty once it was erased with the buyer's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewHiding {
    pub reason: String,
    pub at: Timestamp,
}

/// What the shop looks for among its reviews.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewFilter {
    /// One to five; `None` is every rating.
    pub rating: Option<i64>,
    /// Only the hidden ones, or only the visible.
    pub hidden: Option<bool>,
    /// Part of the product's title, or how the buyer's name begins.
    pub search: String,
}

const OF_PRODUCT: &str = include_str!("reviews/of_product.sql");
const OF_ORDER: &str = include_str!("reviews/of_order.sql");
const FIND: &str = include_str!("reviews/find.sql");
/// As many ids at once as the statement has places for.
const PAGE_OF_IDS: usize = 20;
const THESE: &str = include_str!("reviews/these.sql");

#[derive(sqlx_macros::FromRow)]
struct ReviewRow {
    id: i64,
    order_line_id: i64,
    product_id: i64,
    title: String,
    spec: String,
    picture: String,
    buyer_name: String,
    anonymous_at: Option<i64>,
    rating: i64,
    words: String,
    pictures: String,
    reply: String,
    replied_at: Option<i64>,
    hidden_at: Option<i64>,
    hidden_reason: String,
    at: i64,
}

impl TryFrom<ReviewRow> for Review {
    type Error = Error;
    fn try_from(row: ReviewRow) -> Result<Self> {
        Ok(Self {
            id: ReviewId(row.id),
            order_line_id: OrderLineId(row.order_line_id),
            product_id: ProductId(row.product_id),
            title: row.title,
            spec: row.spec,
            picture: row.picture,
            buyer_name: row.buyer_name,
            anonymous: row.anonymous_at.is_some(),
            rating: u8::try_from(row.rating).map_err(|_| Error::inconsistent("reviews", "rating", row.id))?,
            words: row.words,
            pictures: json("reviews", "pictures", row.id, &row.pictures)?,
            reply: words_at("replied_at", row.id, row.reply, row.replied_at)?.map(|(words, at)| ReviewReply { words, at }),
            hidden: words_at("hidden_at", row.id, row.hidden_reason, row.hidden_at)?.map(|(reason, at)| ReviewHiding { reason, at }),
            at: Timestamp(row.at),
        })
    }
}

fn words_at(column: &'static str, review: i64, words: String, at: Option<i64>) -> Result<Option<(String, Timestamp)>> {
    match at {
        Some(at) => Ok(Some((words, Timestamp(at)))),
        None if words.is_empty() => Ok(None),
        None => Err(Error::inconsistent("reviews", column, review)),
    }
}

/// A page of what everybody may read of a product, newest first.
pub async fn of_product(conn: &mut Conn, product: ProductId, before: Option<i64>, limit: i64) -> Result<Slice<Review>> {
    let query = sqlx::query_as(OF_PRODUCT).bind(product.0).bind(before.unwrap_or(i64::MAX)).bind(limit + 1);
    page(query.fetch_all(conn).await?, limit)
}

/// What the buyer wrote of this order's lines.
pub async fn of_order(conn: &mut Conn, order: OrderId, buyer: BuyerId) -> Result<Vec<Review>> {
    let rows: Vec<ReviewRow> = sqlx::query_as(OF_ORDER).bind(order.0).bind(buyer.0).fetch_all(conn).await?;
    rows.into_iter().map(Review::try_from).collect()
}

/// One review of the shop.
pub async fn find(conn: &mut Conn, shop: ShopId, id: ReviewId) -> Result<Option<Review>> {
    let row: Option<ReviewRow> = sqlx::query_as(FIND).bind(shop.0).bind(id.0).fetch_optional(conn).await?;
    row.map(Review::try_from).transpose()
}

/// A page of the shop's reviews, newest first, of `PAGE_OF_IDS` at most: first the ids, by index, then the rows.
pub async fn list_for_shop(conn: &mut Conn, shop: ShopId, filter: &ReviewFilter, before: Option<i64>, limit: i64) -> Result<Slice<Review>> {
    let found = search::ids(conn, shop, filter, before.unwrap_or(i64::MAX), limit + 1).await?;
    let Slice { rows: ids, next } = slice(found, limit, |id| *id);
    if ids.is_empty() {
        return Ok(Slice { rows: Vec::new(), next });
    }
    debug_assert!(ids.len() <= PAGE_OF_IDS, "what has no place is lost");
    let query = (0..PAGE_OF_IDS).fold(sqlx::query_as(THESE), |query, nth| query.bind(ids.get(nth).copied().unwrap_or(0)));
    Ok(Slice { next, ..page(query.fetch_all(conn).await?, limit)? })
}

fn page(rows: Vec<ReviewRow>, limit: i64) -> Result<Slice<Review>> {
    let rows = rows.into_iter().map(Review::try_from).collect::<Result<Vec<_>>>()?;
    Ok(slice(rows, limit, |review| review.id.0))
}
