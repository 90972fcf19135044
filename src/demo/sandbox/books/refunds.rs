//! Refunds in the sandbox's books: one number is paid out at most once.

use axum::http::StatusCode;
use sqlx::SqliteConnection;

use super::notices::{self, PendingNotice};
use super::rows::FIND_PAYMENT;
use super::trade_types::trade_type;
use super::{BookedNotice, BookedPayment, BookedPaymentStatus, BookedRefund, BookedRefundStatus, Books, word};
use crate::demo::sandbox::problem::SandboxProblem;

/// What a merchant asks for, through whichever door.
#[derive(Clone, Debug)]
pub struct OpenRefund {
    pub refund_no: String,
    pub payment_no: String,
    pub amount: i64,
    pub total: i64,
    pub currency: String,
    pub reason: String,
    pub notify_url: String,
}

impl BookedRefund {
    fn was_asked_as(&self, order: &OpenRefund) -> bool {
        let own = (&self.payment_no, self.amount, self.total, &self.currency, &self.reason);
        own == (&order.payment_no, order.amount, order.total, &order.currency, &order.reason)
    }
}

const FIND: &str = "SELECT * FROM refunds WHERE refund_no = $1";
const REFUNDED: &str = "SELECT COALESCE(SUM(amount), 0) FROM refunds
    WHERE payment_no = $1 AND status IN ('processing', 'succeeded') AND refund_no <> $2";
const INSERT: &str = "INSERT INTO refunds
    (refund_no, payment_no, gateway_refund_no, amount, total, currency, reason, notify_url, status, fail_with, created_at, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'processing', $9, $10, $10) RETURNING *";
pub(super) const TRY_AGAIN: &str = "UPDATE refunds SET status = 'processing', fail_with = $2, at = $3 WHERE refund_no = $1 RETURNING *";
const SETTLE: &str = "UPDATE refunds SET status = COALESCE(fail_with, 'succeeded'), payouts = payouts + (fail_with IS NULL), at = $2
    WHERE refund_no = $1 AND status = 'processing' RETURNING *";
const PROCESSING: &str = "SELECT refund_no FROM refunds WHERE status = 'processing'";
const NEWEST: &str = "SELECT * FROM refunds ORDER BY created_at DESC, rowid DESC LIMIT 30";

/// A refund that was accepted, and whether the money still has to be sent on its way.
pub struct Accepted {
    pub refund: BookedRefund,
    pub begins: bool,
}

impl Books {
    /// Accepts a refund. The same number again gets the same answer, unless its first try failed and may be repeated: at WeChat Pay it
    /// may not, there it is sent elsewhere.
    pub async fn open_refund(
        &self,
        order: &OpenRefund,
        gateway_refund_no: &str,
        fail_with: Option<BookedRefundStatus>,
        now: i64,
    ) -> Result<Accepted, SandboxProblem> {
        let mut tx = self.pool.begin().await?;
        let known: Option<BookedRefund> = sqlx::query_as(FIND).bind(&order.refund_no).fetch_optional(&mut *tx).await?;
        let refund = match known {
            Some(refund) if !refund.was_asked_as(order) => return Err(SandboxProblem::mismatch()),
            Some(refund) if refund.status != BookedRefundStatus::Abnormal => return Ok(Accepted { refund, begins: false }),
            Some(refund) if trade_type(&mut tx, &order.payment_no).await?.is_some() => {
                return Ok(Accepted { refund, begins: false });
            }
            Some(refund) => {
                covered(&mut tx, order).await?;
                sqlx::query_as(TRY_AGAIN).bind(&refund.refund_no).bind(fail_with.map(word)).bind(now).fetch_one(&mut *tx).await?
            }
            None => {
                covered(&mut tx, order).await?;
                insert(&mut tx, order, gateway_refund_no, fail_with, now).await?
            }
        };
        tx.commit().await?;
        Ok(Accepted { refund, begins: true })
    }

    pub async fn refund(&self, refund_no: &str) -> Result<Option<BookedRefund>, SandboxProblem> {
        Ok(sqlx::query_as(FIND).bind(refund_no).fetch_optional(&self.pool).await?)
    }

    /// The last refunds, newest first.
    pub async fn newest_refunds(&self) -> Result<Vec<BookedRefund>, SandboxProblem> {
        Ok(sqlx::query_as(NEWEST).fetch_all(&self.pool).await?)
    }

    /// What was given back of a payment, or is on its way.
    pub async fn refunded(&self, payment_no: &str) -> Result<i64, SandboxProblem> {
        Ok(sqlx::query_scalar(REFUNDED).bind(payment_no).bind("").fetch_one(&self.pool).await?)
    }

    /// Refunds that were under way when the sandbox last stopped.
    pub async fn processing_refunds(&self) -> Result<Vec<String>, SandboxProblem> {
        Ok(sqlx::query_scalar(PROCESSING).fetch_all(&self.pool).await?)
    }

    /// Pays a processing refund out, or fails it as planned, and notes the callback to send.
    pub async fn settle_refund(&self, refund_no: &str, at: i64, quiet: bool) -> Result<Vec<PendingNotice>, SandboxProblem> {
        let mut tx = self.pool.begin().await?;
        let settled: Option<BookedRefund> = sqlx::query_as(SETTLE).bind(refund_no).bind(at).fetch_optional(&mut *tx).await?;
        let mut notices = Vec::new();
        if let Some(refund) = settled.filter(|_| !quiet)
            && let Some(message) = BookedNotice::refunded(&mut tx, &refund).await?
        {
            notices = notices::plan(&mut tx, refund_no, &refund.notify_url, &message).await?;
        }
        tx.commit().await?;
        Ok(notices)
    }
}

/// Only what was paid can be given back, and only once.
pub(super) async fn covered(tx: &mut SqliteConnection, order: &OpenRefund) -> Result<(), SandboxProblem> {
    let payment: Option<BookedPayment> = sqlx::query_as(FIND_PAYMENT).bind(&order.payment_no).fetch_optional(&mut *tx).await?;
    let payment = payment.ok_or_else(SandboxProblem::not_found)?;
    let (BookedPaymentStatus::Paid, Some(paid)) = (payment.status, payment.paid_amount) else {
        return Err(SandboxProblem::refused(StatusCode::CONFLICT, "ORDER_NOT_PAID", "该订单尚未支付,不能退款"));
    };
    if order.total != paid || order.currency != payment.currency {
        return Err(SandboxProblem::param("原订单金额或币种不符"));
    }
    let refunded: i64 = sqlx::query_scalar(REFUNDED).bind(&order.payment_no).bind(&order.refund_no).fetch_one(tx).await?;
    if order.amount > paid - refunded {
        return Err(SandboxProblem::refused(StatusCode::CONFLICT, "REFUND_EXCEEDED", "退款总额超过已支付金额"));
    }
    Ok(())
}

async fn insert(
    tx: &mut SqliteConnection,
    order: &OpenRefund,
    gateway_refund_no: &str,
    fail_with: Option<BookedRefundStatus>,
    now: i64,
) -> sqlx::Result<BookedRefund> {
    sqlx::query_as(INSERT)
        .bind(&order.refund_no)
        .bind(&order.payment_no)
        .bind(gateway_refund_no)
        .bind(order.amount)
        .bind(order.total)
        .bind(&order.currency)
        .bind(&order.reason)
        .bind(&order.notify_url)
        .bind(fail_with.map(word))
        .bind(now)
        .fetch_one(tx)
        .await
}
