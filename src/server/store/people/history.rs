//! What a shop has seen of a buyer so far.

use crate::domain::{BuyerId, ShopId};
use crate::server::db::Conn;
use crate::server::error::Result;
use crate::server::store::COUNT_LIMIT;

const COMPLETED: &str = "select cast(count(*) as bigint) from (select 1 as one from orders where buyer_id = $1 and shop_id = $2
    and status = 'completed' limit $3) as some_orders";
const OPEN_CASES: &str = "select cast(count(*) as bigint) from (select 1 as one from after_sales where buyer_id = $1 and shop_id = $2
    and status not in ('succeeded', 'closed') limit $3) as some_cases";

/// Completed orders and open after-sales of a buyer at a shop, each counted to the limit.
pub async fn history_at(conn: &mut Conn, shop: ShopId, buyer: BuyerId) -> Result<(i64, i64)> {
    let completed = sqlx::query_scalar(COMPLETED).bind(buyer.0).bind(shop.0).bind(COUNT_LIMIT).fetch_one(&mut *conn).await?;
    let open = sqlx::query_scalar(OPEN_CASES).bind(buyer.0).bind(shop.0).bind(COUNT_LIMIT).fetch_one(conn).await?;
    Ok((completed, open))
}
