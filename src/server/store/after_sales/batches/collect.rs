//! Which cases belong to a batch: put down a part at a time, each as it is now.

use super::Batch;
use crate::domain::{BatchId, ShopId};
use crate::server::db::Conn;
use crate::server::error::Result;
use crate::server::store::after_sales::{self, QueueFilter, codes_of_queue};
use crate::server::store::search::ShopSearch;
use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, Row};

const COLLECT: &str = include_str!("collect/collect.sql");
const COUNT: &str = include_str!("collect/count.sql");

/// What both statements are told, in their order.
struct MatchingCasesBinds {
    shop: ShopId,
    kind: &'static str,
    stages: [&'static str; 2],
    /// Deadline and id of the case to go on behind.
    after: (i64, i64),
    /// The span of ids.
    from: i64,
    until: i64,
    limit: i64,
}

impl MatchingCasesBinds {
    fn of(shop: ShopId, filter: &QueueFilter, limit: i64) -> Self {
        let (_, kind, stages) = codes_of_queue(filter.queue);
        let from = filter.from.map_or(0, |from| from.0 << 20);
        let until = filter.until.map_or(i64::MAX, |until| until.0 << 20);
        Self { shop, kind, stages, after: filter.after.unwrap_or_default(), from, until, limit }
    }

    fn bind(self, statement: &'static str) -> Query<'static, Any, AnyArguments> {
        let Self { shop, kind, stages: [first, second], after: (due, id), from, until, limit } = self;
        let query = sqlx::query(statement).bind(shop.0).bind(kind).bind(first).bind(second).bind(due).bind(id);
        query.bind(from).bind(until).bind(limit)
    }
}

const HOLD: &str = "update batches set status = 'collecting' where id = $1 and status = 'collecting'";

/// Holds a batch that is still being put together; `false` if it is not any more.
pub async fn hold(conn: &mut Conn, id: BatchId) -> Result<bool> {
    Ok(sqlx::query(HOLD).bind(id.0).execute(conn).await?.rows_affected() == 1)
}

const LAST: &str = "select due_at, after_sale_id from batch_items where batch_id = $1 and status = 'waiting'
    order by due_at desc, after_sale_id desc limit 1";

const PUT: &str = "insert into batch_items (batch_id, after_sale_id, order_id, due_at, version, amount_minor)
    select cast($1 as bigint), id, order_id, coalesce(due_at, 0), version, amount_minor from after_sales where id = $2
    on conflict (batch_id, after_sale_id) do nothing";

/// Puts down the next cases that match, at most `limit`; how many. The batch is held. What is looked for is found as the workbench finds it.
pub async fn collect(conn: &mut Conn, batch: &Batch, limit: i64) -> Result<i64> {
    let after: Option<(i64, i64)> = sqlx::query_as(LAST).bind(batch.id.0).fetch_optional(&mut *conn).await?;
    let search = ShopSearch::of_cases(&batch.sought);
    let filter = QueueFilter { queue: batch.queue, search, from: batch.from, until: batch.until, after };
    if filter.search == ShopSearch::Nothing {
        let query = MatchingCasesBinds::of(batch.shop_id, &filter, limit).bind(COLLECT);
        let done = query.bind(batch.id.0).execute(conn).await?;
        return Ok(i64::try_from(done.rows_affected()).unwrap_or(i64::MAX));
    }
    let found = after_sales::ids_for_shop(conn, batch.shop_id, &filter, limit).await?;
    for id in &found {
        sqlx::query(PUT).bind(batch.id.0).bind(*id).execute(&mut *conn).await?;
    }
    Ok(i64::try_from(found.len()).unwrap_or(i64::MAX))
}

/// How many cases of a queue match, counted to `limit`.
pub async fn count_matching(conn: &mut Conn, shop: ShopId, filter: &QueueFilter, limit: i64) -> Result<i64> {
    let filter = QueueFilter { after: None, ..filter.clone() };
    if filter.search == ShopSearch::Nothing {
        let query = MatchingCasesBinds::of(shop, &filter, limit).bind(COUNT);
        return Ok(query.fetch_one(conn).await?.try_get(0)?);
    }
    let found = after_sales::ids_for_shop(conn, shop, &filter, limit).await?;
    Ok(i64::try_from(found.len()).unwrap_or(i64::MAX))
}

const PICK: &str = "insert into batch_items (batch_id, after_sale_id, order_id, due_at, version, amount_minor)
    select cast($1 as bigint), id, order_id, coalesce(due_at, 0), version, amount_minor from after_sales
    where shop_id = $2 and number = $3 and kind = $4 and ($5 = '' or stage in ($5, $6))
    on conflict (batch_id, after_sale_id) do nothing";
const IS_THEIRS: &str = "select cast(count(*) as bigint) from after_sales where shop_id = $1 and number = $2";

/// Puts down a case that was ticked in a queue, wherever it stands by now; `false` if the shop has none with this number.
pub async fn pick(conn: &mut Conn, batch: &Batch, number: &str) -> Result<bool> {
    let (_, kind, stages) = codes_of_queue(batch.queue);
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
pub async fn propose(conn: &mut Conn, id: BatchId) -> Result<()> {
    sqlx::query(PROPOSE).bind(id.0).execute(conn).await?;
    Ok(())
}
