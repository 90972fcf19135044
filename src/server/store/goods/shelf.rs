//! Units on the shelf: every change is guarded and leaves a row of its own.

use crate::domain::{OrderLineId, SkuId, StockCause, Timestamp};
use crate::server::db::Conn;
use crate::server::error::Result;

/// A change of the three kinds of stock, with its cause.
#[derive(Clone, Copy, Debug)]
pub struct StockMove {
    pub id: i64,
    pub sku: SkuId,
    pub line: Option<OrderLineId>,
    pub cause: StockCause,
    pub sellable: i64,
    pub reserved: i64,
    pub defective: i64,
    pub at: Timestamp,
}

const APPLY: &str = "update skus set sellable = sellable + $2, reserved = reserved + $3, defective = defective + $4
    where id = $1 and sellable + $2 >= 0 and reserved + $3 >= 0 and defective + $4 >= 0";
const LOG: &str = "insert into stock_moves (id, sku_id, order_line_id, cause, sellable, reserved, defective, at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Moves units of a SKU; `false` if there are not enough, and nothing moved.
pub async fn apply(conn: &mut Conn, change: &StockMove) -> Result<bool> {
    let query = sqlx::query(APPLY).bind(change.sku.0).bind(change.sellable).bind(change.reserved).bind(change.defective);
    if query.execute(&mut *conn).await?.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query(LOG)
        .bind(change.id)
        .bind(change.sku.0)
        .bind(change.line.map(|line| line.0))
        .bind(change.cause.code())
        .bind(change.sellable)
        .bind(change.reserved)
        .bind(change.defective)
        .bind(change.at.0)
        .execute(conn)
        .await?;
    Ok(true)
}
