//! How much work waits. Every count stops at a limit and runs along an index, so that asking costs the same at any size.

use crate::domain::Timestamp;
use crate::server::db::{Conn, Db};
use crate::server::error::Result;

/// Whoever has more than this waiting knows enough.
const MOST: i64 = 10_000;

/// What waits for the workers, and what they have not brought to an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub clocks: WorkQueue,
    pub refunds: WorkQueue,
    /// Of refunds whose money has not arrived.
    pub refunds_by_status: Vec<(String, i64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkQueue {
    pub queued: i64,
    pub due: i64,
    /// Since when the first of it is due; of an empty queue, nothing.
    pub oldest: Option<Timestamp>,
}

/// Counts all of it.
pub async fn waiting(db: &Db, now: Timestamp) -> Result<Waiting> {
    let mut conn = db.reader().await?;
    Ok(Waiting {
        clocks: queue(&mut conn, CLOCKS, now).await?,
        refunds: queue(&mut conn, REFUND_JOBS, now).await?,
        refunds_by_status: sqlx::query_as(REFUNDS).bind(MOST).fetch_all(&mut *conn).await?,
    })
}

const CLOCKS: &str = "select count(*), cast(coalesce(sum(case when due_at <= $1 then 1 else 0 end), 0) as bigint), min(due_at)
    from (select due_at from clocks order by due_at limit $2) as queued";
const REFUND_JOBS: &str = "select count(*), cast(coalesce(sum(case when run_at <= $1 then 1 else 0 end), 0) as bigint), min(run_at)
    from (select run_at from jobs order by run_at limit $2) as queued";

async fn queue(conn: &mut Conn, statement: &'static str, now: Timestamp) -> Result<WorkQueue> {
    let (queued, due, oldest): (i64, i64, Option<i64>) = sqlx::query_as(statement).bind(now.0).bind(MOST).fetch_one(conn).await?;
    Ok(WorkQueue { queued, due, oldest: oldest.map(Timestamp) })
}

/// Names what has not arrived twice: as the state, and as the index of such refunds is made.
const REFUNDS: &str = "select asked.status, (select count(*) from (
        select r.status from refunds r where r.status = asked.status and r.status <> 'succeeded' limit $1) as counted)
    from (select 'created' as status union all select 'submitted' union all select 'unknown'
        union all select 'retryable' union all select 'failed' union all select 'manual') as asked";
