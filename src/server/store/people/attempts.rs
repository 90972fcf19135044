//! Rows of what was tried lately.

use crate::domain::Timestamp;
use crate::server::db::{Conn, Db};
use crate::server::error::Result;

const FIND: &str = "select tries, until_at, next_at from attempts where key = $1 and until_at > $2";

/// How often, until when that counts, and when the next is let through.
#[derive(Clone, Copy, Debug, sqlx_macros::FromRow)]
pub struct AttemptCount {
    pub tries: i64,
    pub until_at: i64,
    pub next_at: i64,
}

pub async fn find(conn: &mut Conn, key: &str, now: Timestamp) -> Result<Option<AttemptCount>> {
    Ok(sqlx::query_as(FIND).bind(key).bind(now.0).fetch_optional(conn).await?)
}

const COUNT: &str = "insert into attempts (key, tries, until_at) values ($1, 1, $2) on conflict (key) do update set
    tries = case when attempts.until_at <= $3 then 1 else attempts.tries + 1 end,
    until_at = case when attempts.until_at <= $3 then excluded.until_at else attempts.until_at end
    where attempts.until_at <= $3 or attempts.tries < $4";

/// One more, if fewer than `most` were counted: the question and the count are one, so that of many at once exactly so many get through. The
/// time runs from the first.
pub async fn count(conn: &mut Conn, key: &str, until: Timestamp, now: Timestamp, most: i64) -> Result<bool> {
    let done = sqlx::query(COUNT).bind(key).bind(until.0).bind(now.0).bind(most).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}

const COUNT_SLOWLY: &str = include_str!("attempts/count_slowly.sql");

/// One more, if nobody has to wait for it; from the try number `free` on, the next waits, each time longer. It counts until so long after the last.
pub async fn count_slowly(conn: &mut Conn, key: &str, until: Timestamp, now: Timestamp, free: i64, waits: [i64; 3]) -> Result<bool> {
    let query = sqlx::query(COUNT_SLOWLY).bind(key).bind(until.0).bind(now.0).bind(free);
    let done = query.bind(waits[0]).bind(waits[1]).bind(waits[2]).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}

const GIVE_BACK: &str = "update attempts set tries = tries - 1 where key = $1 and tries > 0 and until_at > $2";

/// One fewer: it went well.
pub async fn give_back(conn: &mut Conn, key: &str, now: Timestamp) -> Result<()> {
    sqlx::query(GIVE_BACK).bind(key).bind(now.0).execute(conn).await?;
    Ok(())
}

const ONCE: &str = "insert into attempts (key, tries, until_at) values ($1, 1, $2) on conflict (key) do update set
    until_at = excluded.until_at where attempts.until_at <= $3";

/// `true` for the first alone. Whoever comes in the same moment waits for the end of its transaction.
pub async fn once(conn: &mut Conn, key: &str, until: Timestamp, now: Timestamp) -> Result<bool> {
    let done = sqlx::query(ONCE).bind(key).bind(until.0).bind(now.0).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}

pub async fn forget(conn: &mut Conn, key: &str) -> Result<()> {
    sqlx::query("delete from attempts where key = $1").bind(key).execute(conn).await?;
    Ok(())
}

/// Forgets what has run out.
pub async fn sweep(db: &Db, now: Timestamp) -> Result<()> {
    sqlx::query("delete from attempts where until_at <= $1").bind(now.0).execute(db.single()).await?;
    Ok(())
}
