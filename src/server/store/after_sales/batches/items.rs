//! The cases of a batch: whose turn it is, what became of them.

use crate::domain::{AfterSaleId, BatchId, Money, OrderId};
use crate::server::db::Conn;
use crate::server::error::{Error, Result};
use crate::server::store::{Slice, slice};

/// A case whose turn comes, as it was when it was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchItem {
    pub after_sale: AfterSaleId,
    pub order: OrderId,
    pub version: i64,
}

const IN_TURN: &str = "select after_sale_id, order_id, version from batch_items where batch_id = $1 and status = 'waiting'
    order by due_at, after_sale_id limit $2";

/// The next that wait, the most urgent first. Reading takes nothing.
pub async fn in_turn(conn: &mut Conn, batch: BatchId, limit: i64) -> Result<Vec<BatchItem>> {
    let rows: Vec<(i64, i64, i64)> = sqlx::query_as(IN_TURN).bind(batch.0).bind(limit).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(case, order, version)| BatchItem { after_sale: AfterSaleId(case), order: OrderId(order), version }).collect())
}

const TAKE: &str = "update batch_items set status = 'done' where batch_id = $1 and after_sale_id = $2 and status = 'waiting'
    and exists (select 1 from batches where id = $1 and status = 'running')";

/// Takes it, in the transaction that does it: of several workers one does. `false`: it is done, or the batch was stopped.
pub async fn take(conn: &mut Conn, batch: BatchId, item: BatchItem) -> Result<bool> {
    Ok(sqlx::query(TAKE).bind(batch.0).bind(item.after_sale.0).execute(conn).await?.rows_affected() == 1)
}

const PASS_OVER: &str = "update batch_items set status = 'skipped', reason = $3 where batch_id = $1 and after_sale_id = $2";

/// What was taken cannot be done, and why.
pub async fn pass_over(conn: &mut Conn, batch: BatchId, item: BatchItem, reason: &str) -> Result<()> {
    sqlx::query(PASS_OVER).bind(batch.0).bind(item.after_sale.0).bind(reason).execute(conn).await?;
    Ok(())
}

/// How many cases stand where, and what the done ones came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub waiting: i64,
    pub done: i64,
    pub done_amount: Money,
    pub skipped: i64,
}

const TALLY: &str = "select status, cast(count(*) as bigint), cast(coalesce(sum(amount_minor), 0) as bigint)
    from batch_items where batch_id = $1 group by status";

pub async fn tally(conn: &mut Conn, batch: BatchId) -> Result<Tally> {
    let rows: Vec<(String, i64, i64)> = sqlx::query_as(TALLY).bind(batch.0).fetch_all(conn).await?;
    let mut tally = Tally::default();
    for (status, count, sum) in rows {
        match status.as_str() {
            "waiting" => tally.waiting = count,
            "done" => (tally.done, tally.done_amount) = (count, Money(sum)),
            "skipped" => tally.skipped = count,
            _ => return Err(Error::inconsistent("batch_items", "status", batch.0)),
        }
    }
    Ok(tally)
}

const ABOVE: &str = "select cast(count(*) as bigint) from batch_items where batch_id = $1 and amount_minor > $2";

/// How many cases ask for more than this.
pub async fn above(conn: &mut Conn, batch: BatchId, limit: Money) -> Result<i64> {
    Ok(sqlx::query_scalar(ABOVE).bind(batch.0).bind(limit.0).fetch_one(conn).await?)
}

/// A case that was passed over.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub struct SkippedCase {
    pub id: i64,
    pub number: String,
    pub order_number: String,
    pub amount_minor: i64,
    pub reason: String,
}

const SKIPPED: &str = "select i.after_sale_id as id, a.number, o.number as order_number, i.amount_minor, i.reason
    from batch_items i join after_sales a on a.id = i.after_sale_id join orders o on o.id = i.order_id
    where i.batch_id = $1 and i.status = 'skipped' and i.after_sale_id > $2 order by i.after_sale_id limit $3";

/// A page of those that were passed over.
pub async fn skipped(conn: &mut Conn, batch: BatchId, behind: i64, limit: i64) -> Result<Slice<SkippedCase>> {
    let rows = sqlx::query_as(SKIPPED).bind(batch.0).bind(behind).bind(limit + 1).fetch_all(conn).await?;
    Ok(slice(rows, limit, |row: &SkippedCase| row.id))
}
