//! Who looked at or took away what. Rows are added and never changed.

use crate::domain::{Actor, AuditedDeed, ShopId, Timestamp};
use crate::server::db::Conn;
use crate::server::error::Result;

/// One thing that was done.
pub struct Audit<'a> {
    pub shop: ShopId,
    pub actor: &'a Actor,
    pub deed: AuditedDeed,
    /// What it was done to; deeds on the same thing share it.
    pub subject: &'a str,
    pub detail: &'a str,
    pub at: Timestamp,
}

/// Looks back no further than this.
const LAST: &str = "select a.actor, a.at from (select id, actor, subject, at from audits where shop_id = $1 order by id desc limit 500) a
    where a.subject = $2 order by a.id desc limit 1";

/// Who did something to `subject` last, and when.
pub async fn last(conn: &mut Conn, shop: ShopId, subject: &str) -> Result<Option<(String, Timestamp)>> {
    let found: Option<(String, i64)> = sqlx::query_as(LAST).bind(shop.0).bind(subject).fetch_optional(conn).await?;
    Ok(found.map(|(actor, at)| (actor, Timestamp(at))))
}

const INSERT: &str = "insert into audits (id, shop_id, actor_id, actor, what, subject, detail, at) values ($1, $2, $3, $4, $5, $6, $7, $8)";

pub async fn record(conn: &mut Conn, id: i64, audit: &Audit<'_>) -> Result<()> {
    sqlx::query(INSERT)
        .bind(id)
        .bind(audit.shop.0)
        .bind(audit.actor.id().unwrap_or(0))
        .bind(audit.actor.name())
        .bind(audit.deed.code())
        .bind(audit.subject)
        .bind(audit.detail)
        .bind(audit.at.0)
        .execute(conn)
        .await?;
    Ok(())
}
