//! What the database knows of itself, a row a fact.

use crate::domain::Timestamp;
use crate::server::db::Conn;
use crate::server::error::Result;

/// Which fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Whether its people and orders were made up.
    Seeded,
    /// A fingerprint of the secret key that it is sealed with.
    SecretKey,
}

impl Fact {
    fn name(self) -> &'static str {
        match self {
            Self::Seeded => "seeded",
            Self::SecretKey => "secret_key",
        }
    }
}

const KNOWN: &str = "select value from installation where name = $1";
const SAVE: &str = "insert into installation (name, value, at) values ($1, $2, $3)
    on conflict (name) do update set value = excluded.value, at = excluded.at";
const SAVE_FIRST: &str = "insert into installation (name, value, at) values ($1, $2, $3) on conflict (name) do nothing";
const FORGET: &str = "delete from installation where name = $1";

pub async fn known(conn: &mut Conn, fact: Fact) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(KNOWN).bind(fact.name()).fetch_optional(conn).await?)
}

pub async fn save(conn: &mut Conn, fact: Fact, value: &str, at: Timestamp) -> Result<()> {
    sqlx::query(SAVE).bind(fact.name()).bind(value).bind(at.0).execute(conn).await?;
    Ok(())
}

/// Of several processes that start at once, the first has its way.
pub async fn save_first(conn: &mut Conn, fact: Fact, value: &str, at: Timestamp) -> Result<()> {
    sqlx::query(SAVE_FIRST).bind(fact.name()).bind(value).bind(at.0).execute(conn).await?;
    Ok(())
}

pub async fn forget(conn: &mut Conn, fact: Fact) -> Result<()> {
    sqlx::query(FORGET).bind(fact.name()).execute(conn).await?;
    Ok(())
}

/// The staff and the buyers that every demo begins with. The buyers count only where the demo's own shop is: anybody may register a phone.
const SEEDED_LOG_INS: &str = "select password_hash from staff where login in ('owner', 'service', 'warehouse', 'finance')
    union all select password_hash from buyers where phone in ('13800000001', '13800000002', '13800000003', '13800000004', '13800000005')
    and exists (select 1 from shops where code = 'shanjian')";

/// What the log-ins of a demo are checked against, where there are any.
pub async fn seeded_log_ins(conn: &mut Conn) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(SEEDED_LOG_INS).fetch_all(conn).await?)
}
