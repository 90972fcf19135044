//! Refund accounts as they are kept: sealed, one a case.

use crate::domain::after_sale::AfterSale;
use crate::domain::{AfterSaleId, Granted, SeeRefundAccount, Timestamp};
use crate::server::db::Conn;
use crate::server::error::Result;

const SAVE: &str = "insert into refund_accounts (after_sale_id, shop_id, buyer_id, sealed, given_at) values ($1, $2, $3, $4, $5)
    on conflict (after_sale_id) do update set sealed = excluded.sealed, given_at = excluded.given_at";

/// The account of a case, or another in its place.
pub async fn save(conn: &mut Conn, case: &AfterSale, sealed: &str, at: Timestamp) -> Result<()> {
    sqlx::query(SAVE).bind(case.id.0).bind(case.shop_id.0).bind(case.buyer_id.0).bind(sealed).bind(at.0).execute(conn).await?;
    Ok(())
}

const SEALED: &str = "select sealed from refund_accounts where after_sale_id = $1";
const GIVEN_AT: &str = "select given_at from refund_accounts where after_sale_id = $1";

/// The account of a case, sealed; read for nobody without the proof.
pub async fn sealed(conn: &mut Conn, _: Granted<SeeRefundAccount>, case: AfterSaleId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(SEALED).bind(case.0).fetch_optional(conn).await?)
}

/// When the buyer gave it, if they did.
pub async fn given_at(conn: &mut Conn, case: AfterSaleId) -> Result<Option<Timestamp>> {
    Ok(sqlx::query_scalar(GIVEN_AT).bind(case.0).fetch_optional(conn).await?.map(Timestamp))
}

/// What a case's account is sealed for, and the seal.
#[derive(Clone, Debug, sqlx_macros::FromRow)]
pub struct SealedAccount {
    #[sqlx(rename = "number")]
    pub case: String,
    pub sealed: String,
}

const SAMPLES: &str = "select a.number, r.sealed from refund_accounts r join after_sales a on a.id = r.after_sale_id
    where r.after_sale_id in (select min(after_sale_id) from refund_accounts union all select max(after_sale_id) from refund_accounts)";
const COUNT: &str = "select count(*) from refund_accounts";
const REMOVE_ALL: &str = "delete from refund_accounts";

/// The first and the last account that was sealed.
pub async fn samples(conn: &mut Conn) -> Result<Vec<SealedAccount>> {
    Ok(sqlx::query_as(SAMPLES).fetch_all(conn).await?)
}

/// How many are kept.
pub async fn count(conn: &mut Conn) -> Result<i64> {
    Ok(sqlx::query_scalar(COUNT).fetch_one(conn).await?)
}

/// Removes those that nobody can open any more.
pub async fn remove_all(conn: &mut Conn) -> Result<u64> {
    Ok(sqlx::query(REMOVE_ALL).execute(conn).await?.rows_affected())
}
