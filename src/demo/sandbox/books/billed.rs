//! What a day's bill lists: payments that came in, and refunds that went out.

use sqlx_macros::FromRow;

use super::Books;
use crate::demo::sandbox::problem::SandboxProblem;

/// A payment that came in.
#[derive(Clone, Debug, FromRow)]
pub struct BilledPayment {
    pub payment_no: String,
    pub trade_no: String,
    pub paid_amount: i64,
    pub paid_at: i64,
    pub title: String,
}

/// A refund that went out, with the payment it belongs to.
#[derive(Clone, Debug, FromRow)]
pub struct BilledRefund {
    pub refund_no: String,
    pub gateway_refund_no: String,
    pub payment_no: String,
    pub trade_no: String,
    pub amount: i64,
    pub at: i64,
    pub title: String,
}

const PAID: &str = "SELECT payment_no, trade_no, paid_amount, paid_at, title FROM payments
    WHERE channel = $1 AND status = 'paid' AND paid_at >= $2 AND paid_at < $3 ORDER BY paid_at, rowid";
const REFUNDED: &str = "SELECT r.refund_no, r.gateway_refund_no, r.payment_no, p.trade_no, r.amount, r.at, p.title
    FROM refunds r JOIN payments p ON p.payment_no = r.payment_no
    WHERE p.channel = $1 AND r.status = 'succeeded' AND r.at >= $2 AND r.at < $3 ORDER BY r.at, r.rowid";

impl Books {
    /// The payments of a channel that came in within a span.
    pub async fn paid_between(&self, channel: &str, from: i64, until: i64) -> Result<Vec<BilledPayment>, SandboxProblem> {
        Ok(sqlx::query_as(PAID).bind(channel).bind(from).bind(until).fetch_all(&self.pool).await?)
    }

    /// The refunds of a channel that went out within a span.
    pub async fn refunded_between(&self, channel: &str, from: i64, until: i64) -> Result<Vec<BilledRefund>, SandboxProblem> {
        Ok(sqlx::query_as(REFUNDED).bind(channel).bind(from).bind(until).fetch_all(&self.pool).await?)
    }
}
