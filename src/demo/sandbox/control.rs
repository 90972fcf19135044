//! The switches as JSON, for the seeder, tests and scripts.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};

use super::bank::Bank;
use super::books::{BookedPaymentStatus, BookedRefundStatus, Operation, Paying, PlannedFault, SentNotice};
use super::problem::{JsonAnswer, SandboxProblem, read};
use axum::http::StatusCode;

/// A payment as a test looks at it.
#[derive(Serialize)]
pub struct PaymentView {
    payment_no: String,
    status: BookedPaymentStatus,
    amount: i64,
    paid_amount: Option<i64>,
    refunded: i64,
    trade_no: Option<String>,
    paid_at: Option<i64>,
    cashier_url: String,
    asked: i64,
    notices: Vec<SentNotice>,
}

/// A refund as a test looks at it; one that was only asked for has no status.
#[derive(Serialize)]
pub struct RefundView {
    refund_no: String,
    payment_no: Option<String>,
    status: Option<BookedRefundStatus>,
    amount: Option<i64>,
    asked: i64,
    payouts: i64,
    gateway_refund_no: Option<String>,
    settled_at: Option<i64>,
    notices: Vec<SentNotice>,
}

/// How to mark something as done.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Marking {
    quiet: bool,
    amount: Option<i64>,
}

#[derive(Deserialize)]
pub struct Advance {
    advance_ms: i64,
}

#[derive(Serialize)]
pub struct Now {
    now: i64,
}

pub async fn payment(State(bank): State<Arc<Bank>>, Path(payment_no): Path<String>) -> Result<JsonAnswer<PaymentView>, SandboxProblem> {
    let payment = bank.books.payment(&payment_no, bank.clock.now()).await?.ok_or_else(SandboxProblem::not_found)?;
    Ok(JsonAnswer(PaymentView {
        refunded: bank.books.refunded(&payment_no).await?,
        asked: bank.books.asked(Operation::Pay, &payment_no).await?,
        notices: bank.books.notices_of(&payment_no).await?,
        cashier_url: bank.cashier_url(&payment),
        payment_no,
        status: payment.status,
        amount: payment.amount,
        paid_amount: payment.paid_amount,
        trade_no: payment.trade_no,
        paid_at: payment.paid_at,
    }))
}

/// Pays as if the person at the cashier had confirmed.
pub async fn pay(
    State(bank): State<Arc<Bank>>,
    Path(payment_no): Path<String>,
    body: Bytes,
) -> Result<JsonAnswer<PaymentView>, SandboxProblem> {
    let marking: Marking = read(&body)?;
    if marking.amount.is_some_and(|amount| amount <= 0) {
        return Err(SandboxProblem::param("金额须大于 0"));
    }
    bank.pay(&payment_no, Paying { at: bank.clock.now(), amount: marking.amount, quiet: marking.quiet }).await?;
    let JsonAnswer(payment) = self::payment(State(bank), Path(payment_no)).await?;
    if payment.status == BookedPaymentStatus::Paid {
        Ok(JsonAnswer(payment))
    } else {
        Err(SandboxProblem::refused(StatusCode::CONFLICT, "ORDER_CLOSED", "该订单已关闭"))
    }
}

pub async fn refund(State(bank): State<Arc<Bank>>, Path(refund_no): Path<String>) -> Result<JsonAnswer<RefundView>, SandboxProblem> {
    let refund = bank.books.refund(&refund_no).await?;
    let asked = bank.books.asked(Operation::Refund, &refund_no).await?;
    if refund.is_none() && asked == 0 {
        return Err(SandboxProblem::not_found());
    }
    let notices = bank.books.notices_of(&refund_no).await?;
    let settled = refund.as_ref().filter(|refund| refund.status != BookedRefundStatus::Processing);
    Ok(JsonAnswer(RefundView {
        asked,
        notices,
        settled_at: settled.map(|refund| refund.at),
        payouts: refund.as_ref().map_or(0, |refund| refund.payouts),
        status: refund.as_ref().map(|refund| refund.status),
        amount: refund.as_ref().map(|refund| refund.amount),
        payment_no: refund.as_ref().map(|refund| refund.payment_no.clone()),
        gateway_refund_no: refund.map(|refund| refund.gateway_refund_no),
        refund_no,
    }))
}

/// Settles a refund without waiting.
pub async fn settle(
    State(bank): State<Arc<Bank>>,
    Path(refund_no): Path<String>,
    body: Bytes,
) -> Result<JsonAnswer<RefundView>, SandboxProblem> {
    let marking: Marking = read(&body)?;
    bank.settle(&refund_no, bank.clock.now(), marking.quiet).await?;
    refund(State(bank), Path(refund_no)).await
}

pub async fn faults(State(bank): State<Arc<Bank>>) -> Result<JsonAnswer<Vec<PlannedFault>>, SandboxProblem> {
    Ok(JsonAnswer(bank.books.planned_faults().await?))
}

pub async fn plan_fault(State(bank): State<Arc<Bank>>, body: Bytes) -> Result<JsonAnswer<Vec<PlannedFault>>, SandboxProblem> {
    bank.books.plan_fault(&read(&body)?).await?;
    faults(State(bank)).await
}

pub async fn clear_faults(State(bank): State<Arc<Bank>>) -> Result<JsonAnswer<Vec<PlannedFault>>, SandboxProblem> {
    bank.books.clear_faults().await?;
    faults(State(bank)).await
}

pub async fn clock(State(bank): State<Arc<Bank>>) -> JsonAnswer<Now> {
    JsonAnswer(Now { now: bank.clock.now() })
}

pub async fn advance_clock(State(bank): State<Arc<Bank>>, body: Bytes) -> Result<JsonAnswer<Now>, SandboxProblem> {
    let Advance { advance_ms } = read(&body)?;
    Ok(JsonAnswer(Now { now: bank.advance_clock(advance_ms).await? }))
}
