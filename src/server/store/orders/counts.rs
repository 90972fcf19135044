//! How many orders came since when, and the statuses behind a tab.

use crate::domain::order::OrderStatus;
use crate::domain::{ShopId, Timestamp};
use crate::server::db::Conn;
use crate::server::error::Result;

const TODAY: &str =
    "select cast(count(*) as bigint), cast(coalesce(sum(paid_minor), 0) as bigint) from orders where shop_id = $1 and id >= $2";

/// Orders since a moment, and what was paid for them: ids follow time, so the index by id serves.
pub async fn since(conn: &mut Conn, shop: ShopId, from: Timestamp) -> Result<(i64, i64)> {
    Ok(sqlx::query_as(TODAY).bind(shop.0).bind(from.0 << 20).fetch_one(conn).await?)
}

/// The statuses behind a tab.
pub(super) fn tab(status: OrderStatus) -> (&'static str, &'static str) {
    let also = if status == OrderStatus::AwaitingShipment { OrderStatus::PartiallyShipped } else { status };
    (status.code(), also.code())
}
