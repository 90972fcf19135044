//! Rows of sessions.

use crate::domain::Timestamp;
use crate::server::db::Db;
use crate::server::error::Result;

const SAVE: &str = "insert into sessions (id, data, expires_at) values ($1, $2, $3)
                    on conflict (id) do update set data = excluded.data, expires_at = excluded.expires_at";
const LOAD: &str = "select data from sessions where id = $1 and expires_at > $2";

pub async fn save(db: &Db, id: &str, data: &str, expires_at: i64) -> Result<()> {
    sqlx::query(SAVE).bind(id).bind(data).bind(expires_at).execute(db.single()).await?;
    Ok(())
}

pub async fn load(db: &Db, id: &str, now: Timestamp) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(LOAD).bind(id).bind(now.0).fetch_optional(&mut *db.reader().await?).await?)
}

pub async fn delete(db: &Db, id: &str) -> Result<()> {
    sqlx::query("delete from sessions where id = $1").bind(id).execute(db.single()).await?;
    Ok(())
}

/// Forgets sessions that have run out.
pub async fn sweep(db: &Db, now: Timestamp) -> Result<()> {
    sqlx::query("delete from sessions where expires_at <= $1").bind(now.0).execute(db.single()).await?;
    Ok(())
}
