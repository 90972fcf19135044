//! The staff of a shop, as its owner sees to them.

use super::super::{json, to_json};
use crate::domain::{Role, ShopId, StaffId, Timestamp};
use crate::server::db::{Conn, Tx, expect_one};
use crate::server::error::Result;

/// One of the staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    pub id: StaffId,
    pub login: String,
    pub name: String,
    pub roles: Vec<Role>,
    pub disabled: bool,
}

#[derive(sqlx_macros::FromRow)]
struct ColleagueRow {
    id: i64,
    login: String,
    name: String,
    roles: String,
    disabled_at: Option<i64>,
}

impl TryFrom<ColleagueRow> for Colleague {
    type Error = crate::server::error::Error;
    fn try_from(row: ColleagueRow) -> Result<Self> {
        let roles = json("staff", "roles", row.id, &row.roles)?;
        Ok(Self { id: StaffId(row.id), login: row.login, name: row.name, roles, disabled: row.disabled_at.is_some() })
    }
}

const OF_SHOP: &str = "select id, login, name, roles, disabled_at from staff where shop_id = $1 order by id limit $2";

pub async fn of_shop(conn: &mut Conn, shop: ShopId, most: i64) -> Result<Vec<Colleague>> {
    let rows: Vec<ColleagueRow> = sqlx::query_as(OF_SHOP).bind(shop.0).bind(most).fetch_all(conn).await?;
    rows.into_iter().map(Colleague::try_from).collect()
}

const ONE: &str = "select id, login, name, roles, disabled_at from staff where shop_id = $1 and id = $2";
const ONE_AMONG_OTHERS: &str = "select id, login, name, roles, disabled_at from staff where shop_id = $1 and id = $2 for update";

/// One of this shop's, whom nobody else changes until the transaction ends.
pub async fn hold(tx: &mut Tx, shop: ShopId, id: StaffId) -> Result<Option<Colleague>> {
    let statement = tx.taking(ONE, ONE_AMONG_OTHERS);
    let row: Option<ColleagueRow> = sqlx::query_as(statement).bind(shop.0).bind(id.0).fetch_optional(tx.conn()).await?;
    row.map(Colleague::try_from).transpose()
}

const BY_LOGIN: &str =
    "select f.id from staff f join shops s on s.id = f.shop_id where s.code = $1 and f.login = $2 and f.disabled_at is null";

/// For the command line.
pub async fn by_login(conn: &mut Conn, shop_code: &str, login: &str) -> Result<Option<StaffId>> {
    Ok(sqlx::query_scalar(BY_LOGIN).bind(shop_code).bind(login).fetch_optional(conn).await?.map(StaffId))
}

const SET_ROLES: &str = "update staff set roles = $2 where id = $1";

pub async fn set_roles(conn: &mut Conn, id: StaffId, roles: &[Role]) -> Result<()> {
    expect_one(&sqlx::query(SET_ROLES).bind(id.0).bind(to_json(&roles)?).execute(conn).await?)
}

const SET_DISABLED: &str = "update staff set disabled_at = $2 where id = $1";

pub async fn set_disabled(conn: &mut Conn, id: StaffId, since: Option<Timestamp>) -> Result<()> {
    expect_one(&sqlx::query(SET_DISABLED).bind(id.0).bind(since.map(|at| at.0)).execute(conn).await?)
}
