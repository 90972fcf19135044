//! Refund accounts as they are kept: sealed, one a case.

use crate::domain::after_sale::AfterSale;
use crate::domain::{AfterSaleId, Timestamp};
use crate::server::error::Result;
use sqlx::AnyConnection;

const SAVE: &str = "insert into refund_accounts (after_sale_id, shop_id, buyer_id, sealed, given_at) values ($1, $2, $3, $4, $5)
    on conflict (after_sale_id) do update set sealed = excluded.sealed, given_at = excluded.given_at";

/// The account of a case, or another in its place.
pub async fn save(conn: &mut AnyConnection, case: &AfterSale, sealed: &str, at: Timestamp) -> Result<()> {
    sqlx::query(SAVE).bind(case.id.0).bind(case.shop_id.0).bind(case.buyer_id.0).bind(sealed).bind(at.0).execute(conn).await?;
    Ok(())
}

const SEALED: &str = "select sealed from refund_accounts where after_sale_id = $1";
const GIVEN_AT: &str = "select given_at from refund_accounts where after_sale_id = $1";

/// The account of a case, sealed.
pub async fn sealed(conn: &mut AnyConnection, case: AfterSaleId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(SEALED).bind(case.0).fetch_optional(conn).await?)
}

/// When the buyer gave it, if they did.
pub async fn given_at(conn: &mut AnyConnection, case: AfterSaleId) -> Result<Option<Timestamp>> {
    Ok(sqlx::query_scalar(GIVEN_AT).bind(case.0).fetch_optional(conn).await?.map(Timestamp))
}
