//! How often and how long a payment can be paid back (M11), where the account keeps to it.

use axum::http::StatusCode;

use super::refusal::invalid;
use super::{WechatEndpoint, bodies};
use crate::demo::sandbox::books::BookedPayment;
use crate::demo::sandbox::problem::SandboxProblem;
use crate::domain::time::{DAY, MINUTE};

const MOST_PARTS: i64 = 50;
const LONGEST: i64 = 365 * DAY;

impl WechatEndpoint {
    /// Whether this refund may be accepted now; one that was accepted before may be sent again at any time.
    pub(super) async fn within_limits(&self, asked: &bodies::WechatRefundBody, payment: &BookedPayment) -> Result<(), SandboxProblem> {
        let books = &self.bank.books;
        if !self.account.keeps_limits || books.refund(&asked.out_refund_no).await?.is_some() {
            return Ok(());
        }
        let now = self.bank.clock.now();
        if payment.paid_at.is_some_and(|paid_at| now - paid_at > LONGEST) {
            return Err(invalid("订单已经超过可退款的最大期限"));
        }
        let (parts, newest) = books.refunds_beside(&payment.payment_no, &asked.out_refund_no).await?;
        if parts >= MOST_PARTS {
            return Err(invalid("订单部分退款次数超过 50 次"));
        }
        if newest.is_some_and(|newest| now - newest < MINUTE) {
            return Err(SandboxProblem::refused(StatusCode::TOO_MANY_REQUESTS, "FREQUENCY_LIMITED", "同一笔订单多次退款须间隔 1 分钟"));
        }
        Ok(())
    }
}
