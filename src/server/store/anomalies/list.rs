//! Anomalies as the shop's finance reads them: with the order, the buyer, and where payment and refund stand now.

use crate::domain::{AnomalyKind, PaymentStatus, RefundStatus, Resolution, ShopId, Tender};
use crate::server::error::Result;
use crate::server::store::{COUNT_LIMIT, Slice, coded, slice};
use sqlx::AnyConnection;

/// One row of 「支付异常订单」.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ListedAnomaly {
    pub id: i64,
    kind: String,
    pub amount_minor: i64,
    pub told_minor: Option<i64>,
    pub told_currency: Option<String>,
    pub since_at: i64,
    pub found_at: i64,
    pub resolved_at: Option<i64>,
    resolution: Option<String>,
    pub resolved_by: String,
    pub note: String,
    pub order_number: String,
    pub buyer_name: String,
    pub buyer_phone: String,
    pub payment_number: String,
    payment_status: String,
    tender: String,
    pub refund_id: Option<i64>,
    pub refund_number: Option<String>,
    refund_status: Option<String>,
    pub refund_trouble: Option<String>,
    pub after_sale_number: Option<String>,
}

const TABLE: &str = "payment_anomalies";

impl ListedAnomaly {
    pub fn kind(&self) -> Result<AnomalyKind> {
        coded(TABLE, "kind", self.id, &self.kind, AnomalyKind::from_code)
    }

    /// `None` while it is open.
    pub fn resolution(&self) -> Result<Option<Resolution>> {
        let code = self.resolution.as_deref();
        code.map(|code| coded(TABLE, "resolution", self.id, code, Resolution::from_code)).transpose()
    }

    /// The way the money came by.
    pub fn tender(&self) -> Result<Tender> {
        coded("payments", "tender", &self.payment_number, &self.tender, Tender::from_code)
    }

    pub fn payment_status(&self) -> Result<PaymentStatus> {
        coded("payments", "status", &self.payment_number, &self.payment_status, PaymentStatus::from_code)
    }

    pub fn refund_status(&self) -> Result<Option<RefundStatus>> {
        let code = self.refund_status.as_deref();
        code.map(|code| coded("refunds", "status", self.id, code, RefundStatus::from_code)).transpose()
    }
}

const OPEN: &str = include_str!("list/open.sql");
const RESOLVED: &str = include_str!("list/resolved.sql");
const FIND: &str = include_str!("list/find.sql");

/// A page of what is open, or of what is not any more; the newest first.
pub async fn list(conn: &mut AnyConnection, shop: ShopId, open: bool, before: i64, limit: i64) -> Result<Slice<ListedAnomaly>> {
    let query = sqlx::query_as(if open { OPEN } else { RESOLVED }).bind(shop.0).bind(before).bind(limit + 1);
    Ok(slice(query.fetch_all(conn).await?, limit, |row: &ListedAnomaly| row.id))
}

/// One of the shop's.
pub async fn find(conn: &mut AnyConnection, shop: ShopId, id: i64) -> Result<Option<ListedAnomaly>> {
    Ok(sqlx::query_as(FIND).bind(shop.0).bind(id).fetch_optional(conn).await?)
}

const COUNT_OPEN: &str =
    "select count(*) from (select id from payment_anomalies where shop_id = $1 and resolved_at is null limit $2) as few";
const COUNT_RESOLVED: &str =
    "select count(*) from (select id from payment_anomalies where shop_id = $1 and resolved_at is not null limit $2) as few";

/// How many are open, or are not any more; counts no further than the limit.
pub async fn count(conn: &mut AnyConnection, shop: ShopId, open: bool) -> Result<i64> {
    let statement = if open { COUNT_OPEN } else { COUNT_RESOLVED };
    Ok(sqlx::query_scalar(statement).bind(shop.0).bind(COUNT_LIMIT).fetch_one(conn).await?)
}
