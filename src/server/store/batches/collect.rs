//! Which cases belong to a batch: put down a part at a time, each as it is now.

use super::{Batch, Queue};
use crate::domain::{BatchId, ShopId, Timestamp};
use crate::server::error::Result;
use crate::server::store::orders::list::like;
use sqlx::AnyConnection;
use sqlx::any::AnyArguments;
use sqlx::query::{Query, QueryScalar};

macro_rules! matching {
    ($what:literal, $joined:literal, $rest:literal) => {
        concat!(
            $what,
            " from after_sales a ",
            $joined,
            " where a.shop_id = $1 and a.status = 'applied' and a.kind = $2 and ($3 = '' or a.stage in ($3, $4))
                and (a.due_at > $5 or (a.due_at = $5 and a.id > $6)) and a.id >= $7 and a.id < $8 ",
            $rest
        )
    };
}

const COLLECT: &str = matching!(
    "insert into batch_items (batch_id, after_sale_id, order_id, due_at, version, amount_minor)
        select cast($10 as bigint), a.id, a.order_id, a.due_at, a.version, a.amount_minor",
    "",
    "order by a.due_at, a.id limit $9 on conflict (batch_id, after_sale_id) do nothing"
);
const COLLECT_SOUGHT: &str = matching!(
    "insert into batch_items (batch_id, after_sale_id, order_id, due_at, version, amount_minor)
        select cast($12 as bigint), a.id, a.order_id, a.due_at, a.version, a.amount_minor",
    "join orders o on o.id = a.order_id
        join order_lines l on l.id = (select min(f.order_line_id) from after_sale_items f where f.after_sale_id = a.id and f.quantity > 0)",
    "and (o.number = $10 or a.number = $10 or o.buyer_phone = $10 or o.buyer_name like $11 escape '!' or l.title like $11 escape '!')
        order by a.due_at, a.id limit $9 on conflict (batch_id, after_sale_id) do nothing"
);
const COUNT: &str = matching!("select cast(count(*) as bigint) from (select 1 as one", "", "limit $9) as few");
const COUNT_SOUGHT: &str = matching!(
    "select cast(count(*) as bigint) from (select 1 as one",
    "join orders o on o.id = a.order_id
        join order_lines l on l.id = (select min(f.order_line_id) from after_sale_items f where f.after_sale_id = a.id and f.quantity > 0)",
    "and (o.number = $10 or a.number = $10 or o.buyer_phone = $10 or o.buyer_name like $11 escape '!' or l.title like $11 escape '!')
        limit $9) as few"
);

/// What a queue is narrowed to, and behind which row to go on.
struct Wanted<'a> {
    shop: ShopId,
    queue: Queue,
    sought: &'a str,
    from: Option<Timestamp>,
    until: Option<Timestamp>,
    behind: (i64, i64),
    limit: i64,
}

/// The arguments that every statement above shares, in their order.
macro_rules! bound {
    ($query:expr, $wanted:expr) => {{
        let wanted = $wanted;
        let (_, kind, stages) = wanted.queue.parts();
        let query = $query
            .bind(wanted.shop.0)
            .bind(kind)
            .bind(stages[0])
            .bind(stages[1])
            .bind(wanted.behind.0)
            .bind(wanted.behind.1)
            .bind(wanted.from.map_or(0, |from| from.0 << 20))
            .bind(wanted.until.map_or(i64::MAX, |until| until.0 << 20))
            .bind(wanted.limit);
        if wanted.sought.is_empty() { query } else { query.bind(wanted.sought.to_owned()).bind(like(wanted.sought)) }
    }};
}

const HOLD: &str = "update batches set status = 'collecting' where id = $1 and status = 'collecting'";

/// Holds a batch that is still being put together; `false` if it is not any more.
pub async fn hold(conn: &mut AnyConnection, id: BatchId) -> Result<bool> {
    Ok(sqlx::query(HOLD).bind(id.0).execute(conn).await?.rows_affected() == 1)
}

const LAST: &str = "select due_at, after_sale_id from batch_items where batch_id = $1 and status = 'waiting'
    order by due_at desc, after_sale_id desc limit 1";

/// Puts down the next cases that match, at most `limit`; how many. The batch is held.
pub async fn collect(conn: &mut AnyConnection, batch: &Batch, limit: i64) -> Result<i64> {
    let last: Option<(i64, i64)> = sqlx::query_as(LAST).bind(batch.id.0).fetch_optional(&mut *conn).await?;
    let wanted = Wanted {
        shop: batch.shop_id,
        queue: batch.queue,
        sought: &batch.sought,
        from: batch.from,
        until: batch.until,
        behind: last.unwrap_or_default(),
        limit,
    };
    let statement = if wanted.sought.is_empty() { COLLECT } else { COLLECT_SOUGHT };
    let query: Query<'_, sqlx::Any, AnyArguments> = bound!(sqlx::query(statement), &wanted);
    let done = query.bind(batch.id.0).execute(conn).await?;
    Ok(i64::try_from(done.rows_affected()).unwrap_or(i64::MAX))
}

/// How many cases of a queue match, counted to `limit`.
pub async fn count_matching(
    conn: &mut AnyConnection,
    shop: ShopId,
    queue: Queue,
    sought: &str,
    (from, until): (Option<Timestamp>, Option<Timestamp>),
    limit: i64,
) -> Result<i64> {
    let wanted = Wanted { shop, queue, sought, from, until, behind: (0, 0), limit };
    let statement = if sought.is_empty() { COUNT } else { COUNT_SOUGHT };
    let query: QueryScalar<'_, sqlx::Any, i64, AnyArguments> = bound!(sqlx::query_scalar(statement), &wanted);
    Ok(query.fetch_one(conn).await?)
}

const PICK: &str = "insert into batch_items (batch_id, after_sale_id, order_id, due_at, version, amount_minor)
    select cast($1 as bigint), id, order_id, coalesce(due_at, 0), version, amount_minor from after_sales
    where shop_id = $2 and number = $3 and kind = $4 and ($5 = '' or stage in ($5, $6))
    on conflict (batch_id, after_sale_id) do nothing";
const IS_THEIRS: &str = "select cast(count(*) as bigint) from after_sales where shop_id = $1 and number = $2";

/// Puts down a case that was ticked in a queue, wherever it stands by now; `false` if the shop has none with this number.
pub async fn pick(conn: &mut AnyConnection, batch: &Batch, number: &str) -> Result<bool> {
    let (_, kind, stages) = batch.queue.parts();
    let query = sqlx::query(PICK).bind(batch.id.0).bind(batch.shop_id.0).bind(number).bind(kind).bind(stages[0]).bind(stages[1]);
    if query.execute(&mut *conn).await?.rows_affected() == 1 {
        return Ok(true);
    }
    // Ticked twice, or of another kind by now: then it is theirs, and none of this batch.
    let found: i64 = sqlx::query_scalar(IS_THEIRS).bind(batch.shop_id.0).bind(number).fetch_one(conn).await?;
    Ok(found > 0)
}

const PROPOSE: &str = "update batches set status = 'proposed',
        cases = (select cast(count(*) as bigint) from batch_items where batch_id = $1),
        amount_minor = (select cast(coalesce(sum(amount_minor), 0) as bigint) from batch_items where batch_id = $1)
    where id = $1 and status = 'collecting'";

/// All its cases are known.
pub async fn propose(conn: &mut AnyConnection, id: BatchId) -> Result<()> {
    sqlx::query(PROPOSE).bind(id.0).execute(conn).await?;
    Ok(())
}
