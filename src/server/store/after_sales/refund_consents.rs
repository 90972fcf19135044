//! Consents of buyers to be paid back another way than they paid, one a case (S73).

use crate::domain::after_sale::AfterSale;
use crate::domain::{AfterSaleId, Timestamp};
use crate::server::db::Conn;
use crate::server::error::Result;

const GIVE: &str = "insert into refund_consents (after_sale_id, shop_id, buyer_id, given_at) values ($1, $2, $3, $4)";

/// The buyer agrees; a second time is a duplicate (`Error::is_duplicate`).
pub async fn give(conn: &mut Conn, case: &AfterSale, at: Timestamp) -> Result<()> {
    sqlx::query(GIVE).bind(case.id.0).bind(case.shop_id.0).bind(case.buyer_id.0).bind(at.0).execute(conn).await?;
    Ok(())
}

const GIVEN_AT: &str = "select given_at from refund_consents where after_sale_id = $1";

/// When the buyer agreed, if they did.
pub async fn given_at(conn: &mut Conn, case: AfterSaleId) -> Result<Option<Timestamp>> {
    Ok(sqlx::query_scalar(GIVEN_AT).bind(case.0).fetch_optional(conn).await?.map(Timestamp))
}
