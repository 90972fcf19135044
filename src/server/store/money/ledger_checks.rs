//! Runs of the ledger's check, kept with what they found.

use crate::domain::{Granted, SeeMoney, ShopId, Timestamp};
use crate::server::db::Conn;
use crate::server::db::expect_one;
use crate::server::error::Result;

/// A run; its report is JSON that only its use-case writes.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub struct KeptRun {
    pub id: i64,
    pub started_by: String,
    /// The shop of whoever began it; none if nobody in particular did.
    pub shop_id: Option<i64>,
    pub started_at: i64,
    /// `None` while it goes on.
    pub finished_at: Option<i64>,
    pub millis: i64,
    pub rows_checked: i64,
    pub differences: i64,
    pub report: String,
    pub trouble: String,
}

const BEGIN: &str =
    "insert into ledger_checks (id, started_by, shop_id, started_at, slot) values ($1, $2, $3, $4, $5) on conflict do nothing";
const GIVE_UP: &str = "update ledger_checks set slot = null, finished_at = $1, trouble = $3 where slot = 1 and started_at < $2";

/// A run begins; `false` if it wants to be the only one and is not.
pub async fn begin(conn: &mut Conn, id: i64, by: &str, shop: Option<ShopId>, now: Timestamp, alone: bool) -> Result<bool> {
    let query = sqlx::query(BEGIN).bind(id).bind(by).bind(shop.map(|shop| shop.0)).bind(now.0).bind(alone.then_some(1_i64));
    Ok(query.execute(conn).await?.rows_affected() == 1)
}

/// Whoever ran since before `long_ago` has died with it.
pub async fn give_up(conn: &mut Conn, now: Timestamp, long_ago: Timestamp, trouble: &str) -> Result<()> {
    sqlx::query(GIVE_UP).bind(now.0).bind(long_ago.0).bind(trouble).execute(conn).await?;
    Ok(())
}

const PROGRESS: &str = "update ledger_checks set report = $2 where id = $1 and finished_at is null";

/// What has been found so far.
pub async fn progress(conn: &mut Conn, id: i64, report: &str) -> Result<()> {
    sqlx::query(PROGRESS).bind(id).bind(report).execute(conn).await?;
    Ok(())
}

/// How a run ended.
#[derive(Clone, Copy, Debug)]
pub struct Finished<'a> {
    pub at: Timestamp,
    pub millis: i64,
    pub rows: i64,
    pub differences: i64,
    pub report: &'a str,
    pub trouble: &'a str,
}

const FINISH: &str =
    "update ledger_checks set slot = null, finished_at = $2, millis = $3, rows_checked = $4, differences = $5, report = $6, trouble = $7
    where id = $1";

pub async fn finish(conn: &mut Conn, id: i64, end: &Finished<'_>) -> Result<()> {
    let query = sqlx::query(FINISH).bind(id).bind(end.at.0).bind(end.millis).bind(end.rows).bind(end.differences);
    expect_one(&query.bind(end.report).bind(end.trouble).execute(conn).await?)
}

const LATEST: &str = "select id, started_by, shop_id, started_at, finished_at, millis, rows_checked, differences, report, trouble
    from ledger_checks order by id desc limit $1";

/// The last runs, the newest first; what they found has amounts in it.
pub async fn latest(conn: &mut Conn, _: Granted<SeeMoney>, limit: i64) -> Result<Vec<KeptRun>> {
    Ok(sqlx::query_as(LATEST).bind(limit).fetch_all(conn).await?)
}
