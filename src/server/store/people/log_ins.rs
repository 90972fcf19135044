//! Accounts: who can log in, and how they come to be.

use super::super::to_json;
use crate::domain::{BuyerId, Role, ShopId, ShopPolicy, StaffId, Timestamp};
use crate::server::error::Result;
use chrono_tz::Tz;
use sqlx::AnyConnection;

/// What a log-in is checked against.
#[derive(Clone, Debug)]
pub struct StoredLogIn {
    pub id: i64,
    pub password_hash: String,
}

const BUYER: &str = "select id, password_hash from buyers where phone = $1";
const STAFF: &str = "select id, password_hash from staff where login = $1 and disabled_at is null";

pub async fn buyer_log_in(conn: &mut AnyConnection, phone: &str) -> Result<Option<StoredLogIn>> {
    log_in(conn, BUYER, phone).await
}

pub async fn staff_log_in(conn: &mut AnyConnection, login: &str) -> Result<Option<StoredLogIn>> {
    log_in(conn, STAFF, login).await
}

async fn log_in(conn: &mut AnyConnection, statement: &'static str, name: &str) -> Result<Option<StoredLogIn>> {
    let row: Option<(i64, String)> = sqlx::query_as(statement).bind(name).fetch_optional(conn).await?;
    Ok(row.map(|(id, password_hash)| StoredLogIn { id, password_hash }))
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
pub async fn insert_buyer(conn: &mut AnyConnection, buyer: &NewBuyer) -> Result<()> {
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
pub async fn insert_staff(conn: &mut AnyConnection, staff: &NewStaff) -> Result<()> {
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

pub async fn insert_shop(conn: &mut AnyConnection, shop: &NewShop) -> Result<()> {
    const INSERT: &str = "insert into shops (id, code, name, phone, time_zone, policy, created_at) values ($1, $2, $3, $4, $5, $6, $7)";
    let NewShop { id, code, name, phone, zone, policy, at } = shop;
    let insert = sqlx::query(INSERT).bind(id.0).bind(code).bind(name).bind(phone).bind(zone.name());
    insert.bind(to_json(policy)?).bind(at.0).execute(conn).await?;
    Ok(())
}
