//! What the books keep for WeChat Pay's door alone: how a payment was opened, how often money went back, and the other way for it.

use super::refunds::{TRY_AGAIN, covered};
use super::trade_types::trade_type;
use super::{Accepted, BookedRefund, BookedRefundStatus, Books, OpenRefund, word};
use crate::demo::sandbox::problem::SandboxProblem;

const NOTE: &str = "INSERT INTO wechat_trades (payment_no, trade_type) VALUES ($1, $2) ON CONFLICT (payment_no) DO NOTHING";
const FIND_BY_GATEWAY: &str = "SELECT * FROM refunds WHERE gateway_refund_no = $1";
const BEFORE: &str = "SELECT COUNT(*), MAX(created_at) FROM refunds WHERE payment_no = $1 AND refund_no <> $2";

impl Books {
    /// Notes that a payment came through WeChat Pay's door, and how.
    pub async fn note_wechat(&self, payment_no: &str, trade_type: &str) -> Result<(), SandboxProblem> {
        sqlx::query(NOTE).bind(payment_no).bind(trade_type).execute(&self.pool).await?;
        Ok(())
    }

    /// How a payment was opened, if it came through WeChat Pay's door.
    pub async fn trade_type(&self, payment_no: &str) -> Result<Option<String>, SandboxProblem> {
        trade_type(&mut *self.pool.acquire().await?, payment_no).await
    }

    /// How many other refunds of a payment were accepted, and when the last one was (ms UTC).
    pub async fn refunds_beside(&self, payment_no: &str, refund_no: &str) -> Result<(i64, Option<i64>), SandboxProblem> {
        Ok(sqlx::query_as(BEFORE).bind(payment_no).bind(refund_no).fetch_one(&self.pool).await?)
    }

    /// Sends a refund that the buyer's account did not take somewhere else. `None` if there is no such refund.
    pub async fn send_elsewhere(
        &self,
        gateway_refund_no: &str,
        refund_no: &str,
        fail_with: Option<BookedRefundStatus>,
        now: i64,
    ) -> Result<Option<Accepted>, SandboxProblem> {
        let mut tx = self.pool.begin().await?;
        let found: Option<BookedRefund> = sqlx::query_as(FIND_BY_GATEWAY).bind(gateway_refund_no).fetch_optional(&mut *tx).await?;
        let Some(refund) = found.filter(|refund| refund.refund_no == refund_no) else { return Ok(None) };
        if refund.status != BookedRefundStatus::Abnormal {
            return Ok(Some(Accepted { refund, begins: false }));
        }
        covered(&mut tx, &asked_as(&refund)).await?;
        let refund = sqlx::query_as(TRY_AGAIN).bind(refund_no).bind(fail_with.map(word)).bind(now).fetch_one(&mut *tx).await?;
        tx.commit().await?;
        Ok(Some(Accepted { refund, begins: true }))
    }
}

fn asked_as(refund: &BookedRefund) -> OpenRefund {
    OpenRefund {
        refund_no: refund.refund_no.clone(),
        payment_no: refund.payment_no.clone(),
        amount: refund.amount,
        total: refund.total,
        currency: refund.currency.clone(),
        reason: refund.reason.clone(),
        notify_url: refund.notify_url.clone(),
    }
}
