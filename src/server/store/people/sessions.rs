//! Rows of sessions, by the digest of what the browser holds.

use super::{BuyerRow, FoundStaff, StaffRow};
use crate::domain::{BuyerId, LoggedIn, Timestamp};
use crate::server::db::{Conn, Db};
use crate::server::error::Result;
use crate::server::store::COUNT_LIMIT;
use sqlx::any::AnyRow;
use sqlx::{FromRow, Row};

/// A session as its row has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct SessionRow {
    pub data: String,
    pub buyer_id: Option<i64>,
    pub buyer_seen_at: Option<i64>,
    pub staff_id: Option<i64>,
    pub staff_seen_at: Option<i64>,
}

const INSERT: &str = "insert into sessions (id, data, buyer_id, buyer_seen_at, staff_id, staff_seen_at, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7)";

pub async fn insert(db: &Db, id: &str, row: &SessionRow, expires_at: Timestamp) -> Result<()> {
    let query = sqlx::query(INSERT).bind(id).bind(&row.data).bind(row.buyer_id).bind(row.buyer_seen_at);
    query.bind(row.staff_id).bind(row.staff_seen_at).bind(expires_at.0).execute(db.single()).await?;
    Ok(())
}

const SAVE: &str = "update sessions set data = $2, buyer_id = $3, buyer_seen_at = $4, staff_id = $5, staff_seen_at = $6, expires_at = $7
    where id = $1";

/// Only while it is there: a request that began before the log-out brings nothing back to life.
pub async fn save(db: &Db, id: &str, row: &SessionRow, expires_at: Timestamp) -> Result<()> {
    let query = sqlx::query(SAVE).bind(id).bind(&row.data).bind(row.buyer_id).bind(row.buyer_seen_at);
    query.bind(row.staff_id).bind(row.staff_seen_at).bind(expires_at.0).execute(db.single()).await?;
    Ok(())
}

/// A session, and whoever is logged in with it.
pub struct FoundSession {
    pub row: SessionRow,
    pub buyer: Option<BuyerRow>,
    pub staff: Option<FoundStaff>,
}

const FOUND: &str = include_str!("sessions/found.sql");

/// With what each page shows of its reader: it is asked for on the way to every one.
pub async fn load(db: &Db, id: &str, now: Timestamp) -> Result<Option<FoundSession>> {
    let found = sqlx::query(FOUND).bind(id).bind(now.0).bind(COUNT_LIMIT).fetch_optional(&mut *db.reader().await?).await?;
    found.as_ref().map(FoundSession::of).transpose()
}

impl FoundSession {
    fn of(found: &AnyRow) -> Result<Self> {
        let row = SessionRow::from_row(found)?;
        let (buyer_name, staff_name): (Option<String>, Option<&str>) = (found.try_get("buyer_name")?, found.try_get("staff_name")?);
        let buyer = match (row.buyer_id, buyer_name) {
            (Some(id), Some(name)) => Some(BuyerRow {
                id: BuyerId(id),
                name,
                phone: found.try_get("buyer_phone")?,
                in_cart: found.try_get("in_cart")?,
                generation: found.try_get("buyer_generation")?,
            }),
            (Some(_) | None, _) => None,
        };
        let staff = match row.staff_id {
            Some(id) if staff_name.is_some() => Some(StaffRow::from_row(found)?.of(id)?),
            Some(_) | None => None,
        };
        Ok(Self { row, buyer, staff })
    }
}

pub async fn delete(db: &Db, id: &str) -> Result<()> {
    sqlx::query("delete from sessions where id = $1").bind(id).execute(db.single()).await?;
    Ok(())
}

const BUYER_SEEN: &str = "update sessions set buyer_seen_at = $2, expires_at = $3 where id = $1 and buyer_seen_at < $2";
const STAFF_SEEN: &str = "update sessions set staff_seen_at = $2, expires_at = $3 where id = $1 and staff_seen_at < $2";

/// Somebody was here with it.
pub async fn seen(db: &Db, id: &str, who: LoggedIn, now: Timestamp, expires_at: Timestamp) -> Result<()> {
    let statement = match who {
        LoggedIn::Buyer(_) => BUYER_SEEN,
        LoggedIn::Staff(_) => STAFF_SEEN,
    };
    sqlx::query(statement).bind(id).bind(now.0).bind(expires_at.0).execute(db.single()).await?;
    Ok(())
}

/// A session of an account, with its digest.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub struct OwnSession {
    pub id: String,
    pub data: String,
    pub seen_at: i64,
}

const OF_BUYER: &str = "select id, data, buyer_seen_at as seen_at from sessions where buyer_id = $1 and expires_at > $2
    order by buyer_seen_at desc limit $3";
const OF_STAFF: &str = "select id, data, staff_seen_at as seen_at from sessions where staff_id = $1 and expires_at > $2
    order by staff_seen_at desc limit $3";

/// The account's sessions, the last used first.
pub async fn of(conn: &mut Conn, who: LoggedIn, now: Timestamp, most: i64) -> Result<Vec<OwnSession>> {
    let (statement, id) = match who {
        LoggedIn::Buyer(id) => (OF_BUYER, id),
        LoggedIn::Staff(id) => (OF_STAFF, id),
    };
    Ok(sqlx::query_as(statement).bind(id).bind(now.0).bind(most).fetch_all(conn).await?)
}

const DROP_OF_BUYER: &str = "delete from sessions where buyer_id = $1 and staff_id is null";
const DROP_OF_STAFF: &str = "delete from sessions where staff_id = $1 and buyer_id is null";

/// Removes the rows of sessions that have ended with the account's generation; those that somebody else is logged in with as well stay.
pub async fn drop_of(conn: &mut Conn, who: LoggedIn) -> Result<()> {
    let (statement, id) = match who {
        LoggedIn::Buyer(id) => (DROP_OF_BUYER, id),
        LoggedIn::Staff(id) => (DROP_OF_STAFF, id),
    };
    sqlx::query(statement).bind(id).execute(conn).await?;
    Ok(())
}

/// Forgets sessions that have run out.
pub async fn sweep(db: &Db, now: Timestamp) -> Result<()> {
    sqlx::query("delete from sessions where expires_at <= $1").bind(now.0).execute(db.single()).await?;
    Ok(())
}
