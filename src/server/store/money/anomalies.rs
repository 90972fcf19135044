//! Rows of payments and refunds that did not go as they should.

mod list;

pub use list::{ListedAnomaly, count, find, list};

use crate::domain::{AnomalyKind, Money, OrderId, PaymentId, RefundId, Resolution, ShopId, Timestamp};
use crate::server::db::Conn;
use crate::server::db::expect_one;
use crate::server::error::Result;

/// Something that happened, to be listed.
#[derive(Clone, Debug)]
pub struct NewAnomaly<'a> {
    pub id: i64,
    pub shop: ShopId,
    pub order: OrderId,
    pub payment: PaymentId,
    pub refund: Option<RefundId>,
    pub kind: AnomalyKind,
    pub amount: Money,
    /// What the gateway says instead: fen, and the currency.
    pub told: Option<(Money, &'a str)>,
    pub since: Timestamp,
    pub found: Timestamp,
    /// It was settled in the same moment.
    pub resolved: Option<Resolution>,
}

const INSERT: &str =
    "insert into payment_anomalies (id, shop_id, order_id, payment_id, refund_id, kind, amount_minor, told_minor, told_currency,
        since_at, found_at, resolved_at, resolution, resolved_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing";

/// Lists it, unless it is listed; `true` if it was not.
pub async fn insert(conn: &mut Conn, new: &NewAnomaly<'_>) -> Result<bool> {
    let done = sqlx::query(INSERT)
        .bind(new.id)
        .bind(new.shop.0)
        .bind(new.order.0)
        .bind(new.payment.0)
        .bind(new.refund.map(|refund| refund.0))
        .bind(new.kind.code())
        .bind(new.amount.0)
        .bind(new.told.map(|told| told.0.0))
        .bind(new.told.map(|told| told.1))
        .bind(new.since.0)
        .bind(new.found.0)
        .bind(new.resolved.map(|_| new.found.0))
        .bind(new.resolved.map(Resolution::code))
        .bind(if new.resolved.is_some() { "系统" } else { "" })
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Who brought it to an end, and how.
#[derive(Clone, Copy, Debug)]
pub struct AnomalyEnd<'a> {
    pub how: Resolution,
    pub by: &'a str,
    pub note: &'a str,
    pub at: Timestamp,
}

const END_OF_PAYMENT: &str = "update payment_anomalies set resolved_at = $3, resolution = $4, resolved_by = $5, note = $6
    where order_id = $1 and payment_id = $2 and refund_id is null and resolved_at is null";
const END_OF_REFUND: &str = "update payment_anomalies set resolved_at = $3, resolution = $4, resolved_by = $5, note = $6
    where order_id = $1 and refund_id = $2 and resolved_at is null";
const MARK: &str = "update payment_anomalies set resolved_at = $3, resolution = $4, resolved_by = $5, note = $6
    where id = $1 and shop_id = $2 and resolved_at is null";

/// The payment counts: whatever was open about it is not any more.
pub async fn end_of_payment(conn: &mut Conn, order: OrderId, payment: PaymentId, end: AnomalyEnd<'_>) -> Result<()> {
    finish(conn, END_OF_PAYMENT, (order.0, payment.0), end).await.map(drop)
}

/// The refund has arrived: whatever was open about it is not any more.
pub async fn end_of_refund(conn: &mut Conn, order: OrderId, refund: RefundId, end: AnomalyEnd<'_>) -> Result<()> {
    finish(conn, END_OF_REFUND, (order.0, refund.0), end).await.map(drop)
}

/// A person says how it was settled; once.
pub async fn mark(conn: &mut Conn, shop: ShopId, id: i64, end: AnomalyEnd<'_>) -> Result<()> {
    expect_one(&finish(conn, MARK, (id, shop.0), end).await?)
}

async fn finish(conn: &mut Conn, statement: &'static str, of: (i64, i64), end: AnomalyEnd<'_>) -> Result<sqlx::any::AnyQueryResult> {
    let query = sqlx::query(statement).bind(of.0).bind(of.1).bind(end.at.0).bind(end.how.code()).bind(end.by).bind(end.note);
    Ok(query.execute(conn).await?)
}

const AWAITS_FINANCE: &str = "select count(*) from payment_anomalies
    where order_id = $1 and kind = 'amount_differs' and refund_id is null and resolved_at is null";

/// Did the gateway take another sum for the order than was asked for, and nobody has decided about it?
pub async fn awaits_finance(conn: &mut Conn, order: OrderId) -> Result<bool> {
    let open: i64 = sqlx::query_scalar(AWAITS_FINANCE).bind(order.0).fetch_one(conn).await?;
    Ok(open > 0)
}

const STUCK: &str = "select r.id, j.id >> 20 from jobs j join refunds r on r.id = j.subject_id
    where j.kind = 'refund' and ((r.status = 'submitted' and j.id < $1) or (r.status in ('created', 'unknown', 'retryable') and j.id < $2))
        and not exists (select 1 from payment_anomalies a where a.refund_id = r.id and a.kind = 'refund_stuck')
    order by j.id limit 100";

/// Refunds that the gateway took before one moment and has not paid, or that it has not taken since another, and that are not listed yet; each
/// with the moment it was asked for.
pub async fn stuck(conn: &mut Conn, taken: Timestamp, not_taken: Timestamp) -> Result<Vec<(RefundId, Timestamp)>> {
    // Ids follow the time of their making.
    let rows: Vec<(i64, i64)> = sqlx::query_as(STUCK).bind(taken.0 << 20).bind(not_taken.0 << 20).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(id, since)| (RefundId(id), Timestamp(since))).collect())
}
