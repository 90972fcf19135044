//! How many orders there are: for badges, counted no further than anybody reads.

use crate::domain::order::OrderStatus;
use crate::domain::{BuyerId, ShopId, Timestamp};
use crate::server::error::Result;
use crate::server::store::COUNT_LIMIT;
use sqlx::AnyConnection;

const COUNT_OF_BUYER: &str =
    "select cast(count(*) as bigint) from (select 1 as one from orders where buyer_id = $1 and status in ($2, $3) limit $4) as few";
const COUNT_OF_SHOP: &str =
    "select cast(count(*) as bigint) from (select 1 as one from orders where shop_id = $1 and status in ($2, $3) limit $4) as few";
const COUNT_TO_REVIEW: &str = "select cast(count(*) as bigint) from (select 1 as one from orders where buyer_id = $1 and status = 'completed' and unreviewed > 0 limit $2) as few";

/// How many orders a buyer has in a status, counted to the limit. 部分发货 counts as 待发货.
pub async fn count_for_buyer(conn: &mut AnyConnection, buyer: BuyerId, status: OrderStatus) -> Result<i64> {
    let (first, second) = tab(status);
    Ok(sqlx::query_scalar(COUNT_OF_BUYER).bind(buyer.0).bind(first).bind(second).bind(COUNT_LIMIT).fetch_one(conn).await?)
}

pub async fn count_for_shop(conn: &mut AnyConnection, shop: ShopId, status: OrderStatus) -> Result<i64> {
    let (first, second) = tab(status);
    Ok(sqlx::query_scalar(COUNT_OF_SHOP).bind(shop.0).bind(first).bind(second).bind(COUNT_LIMIT).fetch_one(conn).await?)
}

pub async fn count_to_review(conn: &mut AnyConnection, buyer: BuyerId) -> Result<i64> {
    Ok(sqlx::query_scalar(COUNT_TO_REVIEW).bind(buyer.0).bind(COUNT_LIMIT).fetch_one(conn).await?)
}

const TODAY: &str =
    "select cast(count(*) as bigint), cast(coalesce(sum(paid_minor), 0) as bigint) from orders where shop_id = $1 and id >= $2";

/// Orders since a moment, and what was paid for them: ids follow time, so the index by id serves.
pub async fn since(conn: &mut AnyConnection, shop: ShopId, from: Timestamp) -> Result<(i64, i64)> {
    Ok(sqlx::query_as(TODAY).bind(shop.0).bind(from.0 << 20).fetch_one(conn).await?)
}

/// The statuses behind a tab.
pub(super) fn tab(status: OrderStatus) -> (&'static str, &'static str) {
    match status {
        OrderStatus::AwaitingShipment => (status.code(), OrderStatus::PartiallyShipped.code()),
        other => (other.code(), other.code()),
    }
}
