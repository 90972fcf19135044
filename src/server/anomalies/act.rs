//! What finance does about an anomaly: one button each, harmless when pressed twice.

use super::decide::is_unbooked;
use super::{find, first};
use crate::domain::{AnomalyKind, FieldErrors, Refund, RefundId, RefundStatus, Resolution};
use crate::server::ctx::Staff;
use crate::server::db::Lock;
use crate::server::error::{Error, Result};
use crate::server::money::refunds;
use crate::server::payments::PaymentOutcome;
use crate::server::store::after_sales as case_rows;
use crate::server::store::machinery::clocks;
use crate::server::store::money::anomalies::{self as rows, AnomalyEnd, ListedAnomaly};
use crate::server::store::money::{payments as payment_rows, refunds as refund_rows};
use crate::server::{after_sales, orders};

/// The way out that fits where payment and refund stand now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnomalyAction {
    /// Ask the gateway what became of the payment.
    AskAboutPayment,
    /// The same, for money that is known to be there: it comes into the books.
    Record,
    /// The refund of what nobody wanted goes out now.
    SendBack,
    AskAboutRefund,
    Retry,
    /// The buyer's account did not take it: 「处理异常退款」 among the refunds.
    Elsewhere,
    /// No channel takes it any more: 「线下退款」 among the refunds.
    ByHand,
}

impl AnomalyAction {
    /// As its button is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::AskAboutPayment | Self::AskAboutRefund => "立即查询",
            Self::Record => "入账",
            Self::SendBack => "原路退回",
            Self::Retry => "重新退款",
            Self::Elsewhere => "处理异常退款",
            Self::ByHand => "线下退款",
        }
    }
}

/// The one thing to do about an open anomaly.
pub fn way(anomaly: &ListedAnomaly) -> Option<AnomalyAction> {
    if anomaly.resolved_at.is_some() {
        return None;
    }
    let kind = anomaly.kind;
    let trouble = anomaly.refund_trouble.as_deref().unwrap_or_default();
    match anomaly.refund_status {
        Some(status) if refunds::waits_for_elsewhere(status, trouble) => Some(AnomalyAction::Elsewhere),
        None if kind == AnomalyKind::CallbackMissing => Some(AnomalyAction::Record),
        None => Some(AnomalyAction::AskAboutPayment),
        Some(RefundStatus::Created | RefundStatus::Retryable) if kind.is_surplus() => Some(AnomalyAction::SendBack),
        Some(RefundStatus::Created | RefundStatus::Retryable | RefundStatus::Failed) => Some(AnomalyAction::Retry),
        Some(RefundStatus::Submitted | RefundStatus::Unknown) => Some(AnomalyAction::AskAboutRefund),
        Some(RefundStatus::Manual) => Some(AnomalyAction::ByHand),
        Some(RefundStatus::Succeeded) => None,
    }
}

/// What asking about a payment has brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InquiryOutcome {
    Recorded,
    StillDiffers,
    NotPaid,
}

/// 「立即查询」 and 「入账」: the gateway is asked, and what it says goes the way of every callback.
pub async fn query(staff: &Staff, id: i64) -> Result<InquiryOutcome> {
    let anomaly = find(staff, id).await?;
    if anomaly.resolved_at.is_some() {
        return Ok(InquiryOutcome::Recorded);
    }
    let mut conn = staff.app.db.reader().await?;
    let payment = payment_rows::by_number(&mut conn, &anomaly.payment_number).await?.ok_or(Error::NotFound)?;
    drop(conn);
    let PaymentOutcome::Paid(receipt) = orders::ask(staff, &payment).await? else { return Ok(InquiryOutcome::NotPaid) };
    match orders::settle_unheard(staff, &receipt).await {
        Ok(()) => Ok(InquiryOutcome::Recorded),
        Err(Error::Differs) => Ok(InquiryOutcome::StillDiffers),
        Err(error) => Err(error),
    }
}

/// 「原路退回」, 「重新退款」, 「立即查询」 of a refund: the worker sees to it at once, with the same number unless the gateway closed it.
pub async fn refund(staff: &Staff, id: i64) -> Result<()> {
    let anomaly = find(staff, id).await?;
    let mut conn = staff.app.db.reader().await?;
    // Its number may change while somebody presses the button a second time.
    let refund = refund_rows::by_id(&mut conn, RefundId(anomaly.refund_id.ok_or(Error::Stale)?)).await?;
    drop(conn);
    match refund.status() {
        RefundStatus::Succeeded => return Ok(()),
        RefundStatus::Manual => return Err(Error::Stale),
        RefundStatus::Failed => try_again(staff, &refund).await?,
        RefundStatus::Created | RefundStatus::Submitted | RefundStatus::Unknown | RefundStatus::Retryable => {
            let conn = &mut *staff.app.db.single().acquire().await?;
            clocks::enqueue_refund(conn, staff.app.new_id(), refund.id, staff.now).await?;
        }
    }
    staff.app.job_wakeup.notify_one();
    Ok(())
}

/// A case takes all its refunds that failed along; a surplus has none.
async fn try_again(staff: &Staff, refund: &Refund) -> Result<()> {
    let Some(id) = refund.after_sale_id else { return refunds::retry_surplus(staff, refund).await };
    let case = case_rows::by_id(&mut *staff.app.db.reader().await?, id).await?;
    after_sales::retry_refund(staff, &case.number, &orders::Precondition::at(case.version)).await
}

/// May a person say that it was settled elsewhere? Money of a known amount is booked instead.
pub fn can_be_marked(anomaly: &ListedAnomaly) -> bool {
    anomaly.resolved_at.is_none() && anomaly.kind.can_be_marked() && !is_unbooked(anomaly)
}

/// 「标记已处理」: settled elsewhere, in words; only where no money of ours is at stake. A payment that the gateway took in another currency is
/// void with it: its order may be paid anew, or closed.
pub async fn mark(staff: &Staff, id: i64, note: &str) -> Result<()> {
    let anomaly = find(staff, id).await?;
    let mut errors = FieldErrors::default();
    let Some(note) = errors.text("note", note, 2, 200, "请写明怎样处理的，至少两个字") else { return Err(errors.into()) };
    if !can_be_marked(&anomaly) {
        return Err(Error::Stale);
    }
    let end = AnomalyEnd { how: Resolution::Marked, by: staff.actor.name(), note: &note, at: staff.now };
    let mut tx = staff.app.db.write().await?;
    let payment = payment_rows::by_number(tx.conn(), &anomaly.payment_number).await?.ok_or(Error::NotFound)?;
    tx.lock(Lock::Order, payment.order_id.0).await?;
    let payment = payment_rows::by_id(tx.conn(), payment.id).await?;
    match rows::mark(tx.conn(), staff.shop.id, id, end).await {
        Err(Error::Stale) => return Err(first(&find(staff, id).await?, staff)),
        other => other?,
    }
    if anomaly.kind == AnomalyKind::AmountDiffers
        && let Ok(void) = payment.clone().close()
    {
        payment_rows::save(tx.conn(), &payment, &void).await?;
    }
    tx.commit().await
}
