//! Accounts: who can log in, and how they come to be.

use super::super::to_json;
use crate::domain::{BuyerId, LoggedIn, Role, ShopId, ShopPolicy, StaffId, Timestamp};
use crate::server::db::Conn;
use crate::server::db::expect_one;
use crate::server::error::Result;
use chrono_tz::Tz;

/// What a log-in is checked against, and what everybody may know of its owner.
#[derive(Clone, sqlx_macros::FromRow)]
pub struct StoredLogIn {
    pub id: i64,
    pub password_hash: String,
    pub generation: i64,
    pub name: String,
    /// The phone, or the staff's name for logging in.
    pub login: String,
    pub shop: String,
}

const BUYER: &str = "select b.id, b.password_hash, b.generation, b.name, b.phone as login,
        coalesce((select s.name from shops s order by s.id limit 1), '') as shop
    from buyers b
    where b.phone = $1";
const BUYER_BY_ID: &str = "select b.id, b.password_hash, b.generation, b.name, b.phone as login,
        coalesce((select s.name from shops s order by s.id limit 1), '') as shop
    from buyers b
    where b.id = $1 and b.erased_at is null";
const STAFF: &str = "select f.id, f.password_hash, f.generation, f.name, f.login, s.name as shop
    from staff f
    join shops s on s.id = f.shop_id
    where f.disabled_at is null and f.login = $1";
const STAFF_BY_ID: &str = "select f.id, f.password_hash, f.generation, f.name, f.login, s.name as shop
    from staff f
    join shops s on s.id = f.shop_id
    where f.disabled_at is null and f.id = $1";

pub async fn buyer_log_in(conn: &mut Conn, phone: &str) -> Result<Option<StoredLogIn>> {
    Ok(sqlx::query_as(BUYER).bind(phone).fetch_optional(conn).await?)
}

pub async fn staff_log_in(conn: &mut Conn, login: &str) -> Result<Option<StoredLogIn>> {
    Ok(sqlx::query_as(STAFF).bind(login).fetch_optional(conn).await?)
}

/// The log-in of an account; none of one that is gone or disabled.
pub async fn log_in_of(conn: &mut Conn, who: LoggedIn) -> Result<Option<StoredLogIn>> {
    let statement = match who {
        LoggedIn::Buyer(_) => BUYER_BY_ID,
        LoggedIn::Staff(_) => STAFF_BY_ID,
    };
    Ok(sqlx::query_as(statement).bind(who.id()).fetch_optional(conn).await?)
}

const BUYER_MOVES_ON: &str = "update buyers set generation = generation + 1 where id = $1 returning generation";
const STAFF_MOVES_ON: &str = "update staff set generation = generation + 1 where id = $1 returning generation";

/// Ends every session of the account; the generation that new ones carry.
pub async fn move_on(conn: &mut Conn, who: LoggedIn) -> Result<i64> {
    let statement = match who {
        LoggedIn::Buyer(_) => BUYER_MOVES_ON,
        LoggedIn::Staff(_) => STAFF_MOVES_ON,
    };
    Ok(sqlx::query_scalar(statement).bind(who.id()).fetch_one(conn).await?)
}

const BUYER_PASSWORD: &str = "update buyers set password_hash = $2 where id = $1 and generation = $3";
const STAFF_PASSWORD: &str = "update staff set password_hash = $2 where id = $1 and generation = $3";

/// Sets another password, if the account is still as it was found.
pub async fn set_password(conn: &mut Conn, who: LoggedIn, found: &StoredLogIn, hash: &str) -> Result<()> {
    let statement = match who {
        LoggedIn::Buyer(_) => BUYER_PASSWORD,
        LoggedIn::Staff(_) => STAFF_PASSWORD,
    };
    expect_one(&sqlx::query(statement).bind(who.id()).bind(hash).bind(found.generation).execute(conn).await?)
}

/// A buyer to be.
#[derive(Clone, Debug)]
pub struct NewBuyer {
    pub id: BuyerId,
    pub phone: String,
    pub name: String,
    pub password_hash: String,
    pub at: Timestamp,
}

/// Also a member of the shop that the front is called by. A phone that is there already is a duplicate (`Error::is_duplicate`).
pub async fn insert_buyer(conn: &mut Conn, buyer: &NewBuyer) -> Result<()> {
    const INSERT: &str = "insert into buyers (id, phone, name, password_hash, created_at) values ($1, $2, $3, $4, $5)";
    const JOIN_FRONT: &str = "insert into members (shop_id, buyer_id, name, phone, joined_at)
        select s.id, cast($1 as bigint), cast($2 as text), cast($3 as text), cast($4 as bigint) from shops s order by s.id limit 1";
    let NewBuyer { id, phone, name, password_hash, at } = buyer;
    sqlx::query(INSERT).bind(id.0).bind(phone).bind(name).bind(password_hash).bind(at.0).execute(&mut *conn).await?;
    sqlx::query(JOIN_FRONT).bind(id.0).bind(name).bind(phone).bind(at.0).execute(conn).await?;
    Ok(())
}

/// A member of staff to be.
#[derive(Clone, Debug)]
pub struct NewStaff {
    pub id: StaffId,
    pub shop: ShopId,
    pub login: String,
    pub name: String,
    pub password_hash: String,
    pub roles: Vec<Role>,
    pub at: Timestamp,
}

/// A log-in name that is there already is a duplicate.
pub async fn insert_staff(conn: &mut Conn, staff: &NewStaff) -> Result<()> {
    const INSERT: &str =
        "insert into staff (id, shop_id, login, name, password_hash, roles, created_at) values ($1, $2, $3, $4, $5, $6, $7)";
    let NewStaff { id, shop, login, name, password_hash, roles, at } = staff;
    let insert = sqlx::query(INSERT).bind(id.0).bind(shop.0).bind(login).bind(name).bind(password_hash);
    insert.bind(to_json(roles)?).bind(at.0).execute(conn).await?;
    Ok(())
}

/// A shop to be.
#[derive(Clone, Debug)]
pub struct NewShop {
    pub id: ShopId,
    /// The name of the shop on the command line.
    pub code: String,
    pub name: String,
    pub phone: String,
    pub zone: Tz,
    pub policy: ShopPolicy,
    pub at: Timestamp,
}

pub async fn insert_shop(conn: &mut Conn, shop: &NewShop) -> Result<()> {
    const INSERT: &str = "insert into shops (id, code, name, phone, time_zone, policy, created_at) values ($1, $2, $3, $4, $5, $6, $7)";
    let NewShop { id, code, name, phone, zone, policy, at } = shop;
    let insert = sqlx::query(INSERT).bind(id.0).bind(code).bind(name).bind(phone).bind(zone.name());
    insert.bind(to_json(policy)?).bind(at.0).execute(conn).await?;
    Ok(())
}
