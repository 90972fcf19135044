//! Anomalies as the shop's finance reads them: with the order, the buyer, and where payment and refund stand now.

use crate::domain::{
    AnomalyKind, Contact, Granted, Guarded, PaymentStatus, RefundStatus, Resolution, SeeContact, SeeMoney, ShopId, Tender,
};
use crate::server::db::Conn;
use crate::server::error::Result;
use crate::server::store::{COUNT_LIMIT, Slice, coded, slice};
use sqlx::Row;
use sqlx::any::AnyRow;

/// One row of 「支付异常订单」.
#[derive(Clone, Debug)]
pub struct ListedAnomaly {
    pub id: i64,
    pub kind: AnomalyKind,
    pub amount_minor: i64,
    pub told_minor: Option<i64>,
    pub told_currency: Option<String>,
    pub since_at: i64,
    pub resolved_at: Option<i64>,
    /// `None` while it is open.
    pub resolution: Option<Resolution>,
    pub resolved_by: String,
    pub note: String,
    pub order_number: String,
    pub buyer: Guarded<Contact, SeeContact>,
    pub payment_number: String,
    pub payment_status: PaymentStatus,
    /// The way the money came by.
    pub tender: Tender,
    pub refund_id: Option<i64>,
    pub refund_number: Option<String>,
    pub refund_status: Option<RefundStatus>,
    pub refund_trouble: Option<String>,
    pub after_sale_number: Option<String>,
}

impl ListedAnomaly {
    fn of(shop: ShopId, row: &AnyRow) -> Result<Self> {
        let (id, payment): (i64, String) = (row.try_get("id")?, row.try_get("payment_number")?);
        let (resolution, refund): (Option<&str>, Option<&str>) = (row.try_get("resolution")?, row.try_get("refund_status")?);
        Ok(Self {
            id,
            kind: coded("payment_anomalies", "kind", id, row.try_get("kind")?, AnomalyKind::from_code)?,
            amount_minor: row.try_get("amount_minor")?,
            told_minor: row.try_get("told_minor")?,
            told_currency: row.try_get("told_currency")?,
            since_at: row.try_get("since_at")?,
            resolved_at: row.try_get("resolved_at")?,
            resolution: resolution.map(|code| coded("payment_anomalies", "resolution", id, code, Resolution::from_code)).transpose()?,
            resolved_by: row.try_get("resolved_by")?,
            note: row.try_get("note")?,
            order_number: row.try_get("order_number")?,
            buyer: Guarded::of(shop, Contact { name: row.try_get("buyer_name")?, phone: row.try_get("buyer_phone")? }),
            payment_status: coded("payments", "status", &payment, row.try_get("payment_status")?, PaymentStatus::from_code)?,
            tender: coded("payments", "tender", &payment, row.try_get("tender")?, Tender::from_code)?,
            payment_number: payment,
            refund_id: row.try_get("refund_id")?,
            refund_number: row.try_get("refund_number")?,
            refund_status: refund
                .map(|code| coded("refunds", "status", format_args!("anomaly {id}"), code, RefundStatus::from_code))
                .transpose()?,
            refund_trouble: row.try_get("refund_trouble")?,
            after_sale_number: row.try_get("after_sale_number")?,
        })
    }
}

const OPEN: &str = include_str!("list/open.sql");
const RESOLVED: &str = include_str!("list/resolved.sql");
const FIND: &str = include_str!("list/find.sql");

/// A page of what is open, or of what is not any more; the newest first.
pub async fn list(conn: &mut Conn, seen: Granted<SeeMoney>, open: bool, before: i64, limit: i64) -> Result<Slice<ListedAnomaly>> {
    let shop = seen.shop();
    let query = sqlx::query(if open { OPEN } else { RESOLVED }).bind(shop.0).bind(before).bind(limit + 1);
    let rows = query.fetch_all(conn).await?;
    Ok(slice(rows.iter().map(|row| ListedAnomaly::of(shop, row)).collect::<Result<_>>()?, limit, |row| row.id))
}

/// One of the shop's.
pub async fn find(conn: &mut Conn, seen: Granted<SeeMoney>, id: i64) -> Result<Option<ListedAnomaly>> {
    let row = sqlx::query(FIND).bind(seen.shop().0).bind(id).fetch_optional(conn).await?;
    row.as_ref().map(|row| ListedAnomaly::of(seen.shop(), row)).transpose()
}

const COUNT_OPEN: &str =
    "select count(*) from (select id from payment_anomalies where shop_id = $1 and resolved_at is null limit $2) as few";
const COUNT_RESOLVED: &str =
    "select count(*) from (select id from payment_anomalies where shop_id = $1 and resolved_at is not null limit $2) as few";

/// How many are open, or are not any more; counts no further than the limit.
pub async fn count(conn: &mut Conn, shop: ShopId, open: bool) -> Result<i64> {
    let statement = if open { COUNT_OPEN } else { COUNT_RESOLVED };
    Ok(sqlx::query_scalar(statement).bind(shop.0).bind(COUNT_LIMIT).fetch_one(conn).await?)
}
