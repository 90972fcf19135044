//! A shop's orders counted by the day.

use crate::domain::time::DAY;
use crate::domain::{ShopId, Timestamp};
use crate::server::db::Conn;
use crate::server::error::Result;

// The id knows when: with it and what was paid, the index has all that is summed.
const BY_DAY: &str =
    "select cast(((id >> 20) - $2) / $3 as bigint) as day, cast(count(*) as bigint), cast(coalesce(sum(paid_minor), 0) as bigint)
    from orders where shop_id = $1 and id >= $4 group by 1 order by 1";

/// For every day since `from` on which something was ordered: how many days after it, how many orders, and what was paid for them.
pub async fn by_day(conn: &mut Conn, shop: ShopId, from: Timestamp) -> Result<Vec<(i64, i64, i64)>> {
    Ok(sqlx::query_as(BY_DAY).bind(shop.0).bind(from.0).bind(DAY).bind(from.0 << 20).fetch_all(conn).await?)
}
