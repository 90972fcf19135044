//! Rows of what was tried lately.

use crate::domain::Timestamp;
use crate::server::db::Db;
use crate::server::error::Result;
use sqlx::AnyConnection;

const FIND: &str = "select tries, until_at from attempts where key = $1 and until_at > $2";

/// How often, and until when that counts.
pub async fn find(db: &Db, key: &str, now: Timestamp) -> Result<Option<(i64, Timestamp)>> {
    let found: Option<(i64, i64)> = sqlx::query_as(FIND).bind(key).bind(now.0).fetch_optional(&mut *db.reader().await?).await?;
    Ok(found.map(|(tries, until)| (tries, Timestamp(until))))
}

const NOTE: &str = "insert into attempts (key, tries, until_at) values ($1, 1, $2) on conflict (key) do update set
    tries = case when attempts.until_at <= $3 then 1 else attempts.tries + 1 end,
    until_at = case when attempts.until_at <= $3 then excluded.until_at else attempts.until_at end";

/// One more. The time runs from the first.
pub async fn note(db: &Db, key: &str, until: Timestamp, now: Timestamp) -> Result<()> {
    sqlx::query(NOTE).bind(key).bind(until.0).bind(now.0).execute(db.single()).await?;
    Ok(())
}

const ONCE: &str = "insert into attempts (key, tries, until_at) values ($1, 1, $2) on conflict (key) do update set
    until_at = excluded.until_at where attempts.until_at <= $3";

/// `true` for the first alone. Whoever comes in the same moment waits for the end of its transaction.
pub async fn once(conn: &mut AnyConnection, key: &str, until: Timestamp, now: Timestamp) -> Result<bool> {
    let done = sqlx::query(ONCE).bind(key).bind(until.0).bind(now.0).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}

pub async fn forget(db: &Db, key: &str) -> Result<()> {
    sqlx::query("delete from attempts where key = $1").bind(key).execute(db.single()).await?;
    Ok(())
}

/// Forgets what has run out.
pub async fn sweep(db: &Db, now: Timestamp) -> Result<()> {
    sqlx::query("delete from attempts where until_at <= $1").bind(now.0).execute(db.single()).await?;
    Ok(())
}
