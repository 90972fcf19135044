//! Rows of links that set a password, by the digest of what the link holds. An account has one at a time.

use crate::domain::{LoggedIn, Timestamp};
use crate::server::db::{Conn, Db};
use crate::server::error::Result;

const INSERT: &str = "insert into one_time_links (id, buyer_id, staff_id, expires_at) values ($1, $2, $3, $4)";
const DROP_OF_BUYER: &str = "delete from one_time_links where buyer_id = $1";
const DROP_OF_STAFF: &str = "delete from one_time_links where staff_id = $1";

/// A new link in place of the one before.
pub async fn replace(conn: &mut Conn, id: &str, who: LoggedIn, expires_at: Timestamp) -> Result<()> {
    drop_of(conn, who).await?;
    let (buyer, staff) = match who {
        LoggedIn::Buyer(id) => (Some(id), None),
        LoggedIn::Staff(id) => (None, Some(id)),
    };
    sqlx::query(INSERT).bind(id).bind(buyer).bind(staff).bind(expires_at.0).execute(conn).await?;
    Ok(())
}

pub async fn drop_of(conn: &mut Conn, who: LoggedIn) -> Result<()> {
    let statement = match who {
        LoggedIn::Buyer(_) => DROP_OF_BUYER,
        LoggedIn::Staff(_) => DROP_OF_STAFF,
    };
    sqlx::query(statement).bind(who.id()).execute(conn).await?;
    Ok(())
}

const FIND: &str = "select buyer_id, staff_id from one_time_links where id = $1 and expires_at > $2";

/// Whose password it sets.
pub async fn find(conn: &mut Conn, id: &str, now: Timestamp) -> Result<Option<LoggedIn>> {
    Ok(sqlx::query_as(FIND).bind(id).bind(now.0).fetch_optional(conn).await?.and_then(account))
}

const USE: &str = "delete from one_time_links where id = $1 and expires_at > $2 returning buyer_id, staff_id";

/// Like [`find`], once.
pub async fn take(conn: &mut Conn, id: &str, now: Timestamp) -> Result<Option<LoggedIn>> {
    Ok(sqlx::query_as(USE).bind(id).bind(now.0).fetch_optional(conn).await?.and_then(account))
}

fn account((buyer, staff): (Option<i64>, Option<i64>)) -> Option<LoggedIn> {
    buyer.map(LoggedIn::Buyer).or(staff.map(LoggedIn::Staff))
}

/// Forgets links that have run out.
pub async fn sweep(db: &Db, now: Timestamp) -> Result<()> {
    sqlx::query("delete from one_time_links where expires_at <= $1").bind(now.0).execute(db.single()).await?;
    Ok(())
}
