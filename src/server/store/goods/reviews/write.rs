//! Writing reviews. The product's counters are the sums of its visible reviews and follow in the same transaction.

use super::Review;
use crate::domain::{BuyerId, OrderId, OrderLineId, ProductId, ReviewId, ShopId, Timestamp};
use crate::server::db::Conn;
use crate::server::db::expect_one;
use crate::server::error::Result;
use crate::server::store::to_json;

/// A review to be.
#[derive(Clone, Debug)]
pub struct NewReviewRow {
    pub id: ReviewId,
    pub shop_id: ShopId,
    pub order_id: OrderId,
    pub order_line_id: OrderLineId,
    pub product_id: ProductId,
    pub buyer_id: BuyerId,
    pub buyer_name: String,
    pub rating: i64,
    pub words: String,
    pub pictures: Vec<String>,
    pub anonymous: bool,
    pub at: Timestamp,
}

const INSERT: &str = "insert into reviews (id, shop_id, order_id, order_line_id, product_id, buyer_id, buyer_name, rating, words, pictures, anonymous_at, at)
                      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const MARK_LINE: &str = "update order_lines set reviewed_at = $1 where id = $2 and order_id = $3 and reviewed_at is null";
const MARK_ORDER: &str = "update orders set unreviewed = unreviewed - 1 where id = $1 and buyer_id = $2 and unreviewed > 0";

/// Writes the review, and that its line has one.
pub async fn insert(conn: &mut Conn, review: &NewReviewRow) -> Result<()> {
    let marked = sqlx::query(MARK_LINE).bind(review.at.0).bind(review.order_line_id.0).bind(review.order_id.0);
    expect_one(&marked.execute(&mut *conn).await?)?;
    sqlx::query(MARK_ORDER).bind(review.order_id.0).bind(review.buyer_id.0).execute(&mut *conn).await?;
    let insert = sqlx::query(INSERT).bind(review.id.0).bind(review.shop_id.0).bind(review.order_id.0).bind(review.order_line_id.0);
    let insert = insert.bind(review.product_id.0).bind(review.buyer_id.0).bind(&review.buyer_name).bind(review.rating).bind(&review.words);
    let insert = insert.bind(to_json(&review.pictures)?).bind(review.anonymous.then_some(review.at.0)).bind(review.at.0);
    insert.execute(&mut *conn).await?;
    count(conn, review.product_id, 1, review.rating).await
}

async fn count(conn: &mut Conn, product: ProductId, reviews: i64, stars: i64) -> Result<()> {
    const COUNT: &str = "update products set review_count = review_count + $2, review_stars = review_stars + $3 where id = $1";
    expect_one(&sqlx::query(COUNT).bind(product.0).bind(reviews).bind(stars).execute(conn).await?)
}

/// The shop's one answer.
pub async fn reply(conn: &mut Conn, shop: ShopId, id: ReviewId, words: &str, now: Timestamp) -> Result<()> {
    const REPLY: &str = "update reviews set reply = $3, replied_at = $4 where shop_id = $1 and id = $2 and replied_at is null";
    expect_one(&sqlx::query(REPLY).bind(shop.0).bind(id.0).bind(words).bind(now.0).execute(conn).await?)
}

/// Takes a review out of sight and out of the product's stars.
pub async fn hide(conn: &mut Conn, shop: ShopId, review: &Review, reason: &str, now: Timestamp) -> Result<()> {
    const HIDE: &str = "update reviews set hidden_at = $3, hidden_reason = $4 where shop_id = $1 and id = $2 and hidden_at is null";
    expect_one(&sqlx::query(HIDE).bind(shop.0).bind(review.id.0).bind(now.0).bind(reason).execute(&mut *conn).await?)?;
    count(conn, review.product_id, -1, -i64::from(review.rating)).await
}

/// Shows a hidden review again.
pub async fn show(conn: &mut Conn, shop: ShopId, review: &Review) -> Result<()> {
    const SHOW: &str = "update reviews set hidden_at = null, hidden_reason = '' where shop_id = $1 and id = $2 and hidden_at is not null";
    expect_one(&sqlx::query(SHOW).bind(shop.0).bind(review.id.0).execute(&mut *conn).await?)?;
    count(conn, review.product_id, 1, i64::from(review.rating)).await
}
