//! Anomalies as the shop's finance reads them: with the order, the buyer, and where payment and refund stand now.

use crate::domain::{AnomalyKind, Resolution, ShopId, Tender};
use crate::server::error::{Error, Result};
use crate::server::store::payments::PaymentStatus;
use crate::server::store::refunds::RefundStatus;
use crate::server::store::{COUNT_LIMIT, Slice, slice};
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
    pub refund_number: Option<String>,
    refund_status: Option<String>,
    pub refund_trouble: Option<String>,
    pub after_sale_number: Option<String>,
}

impl ListedAnomaly {
    pub fn kind(&self) -> Result<AnomalyKind> {
        AnomalyKind::from_code(&self.kind).ok_or(Error::Inconsistent("payment_anomalies"))
    }

    /// `None` while it is open.
    pub fn resolution(&self) -> Result<Option<Resolution>> {
        let code = self.resolution.as_deref();
        code.map(|code| Resolution::from_code(code).ok_or(Error::Inconsistent("payment_anomalies"))).transpose()
    }

    /// The way the money came by.
    pub fn tender(&self) -> Result<Tender> {
        Tender::from_code(&self.tender).ok_or(Error::Inconsistent("payments"))
    }

    pub fn payment_status(&self) -> Result<PaymentStatus> {
        PaymentStatus::from_code(&self.payment_status)
    }

    pub fn refund_status(&self) -> Result<Option<RefundStatus>> {
        let code = self.refund_status.as_deref();
        code.map(|code| RefundStatus::from_code(code).ok_or(Error::Inconsistent("refunds"))).transpose()
    }
}

macro_rules! listed {
    ($rest:literal) => {
        concat!(
            "select a.id, a.kind, a.amount_minor, a.told_minor, a.told_currency, a.since_at, a.found_at, a.resolved_at, a.resolution,
                a.resolved_by, a.note, o.number as order_number, o.buyer_name, o.buyer_phone, p.number as payment_number,
                p.status as payment_status, p.tender, r.number as refund_number, r.status as refund_status, r.trouble as refund_trouble,
                s.number as after_sale_number
            from payment_anomalies a join orders o on o.id = a.order_id join payments p on p.id = a.payment_id
            left join refunds r on r.id = a.refund_id left join after_sales s on s.id = r.after_sale_id ",
            $rest
        )
    };
}

const OPEN: &str = listed!("where a.shop_id = $1 and a.resolved_at is null and a.id < $2 order by a.id desc limit $3");
const RESOLVED: &str = listed!("where a.shop_id = $1 and a.resolved_at is not null and a.id < $2 order by a.id desc limit $3");
const FIND: &str = listed!("where a.id = $2 and a.shop_id = $1");

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
