//! Money that a gateway took and our books do not hold: it goes back, is counted towards the order, or was given back outside. Whatever finance
//! decides ends in rows that sum to what the gateway took (S16, M4).

use super::{find, first};
use crate::domain::event::Audience;
use crate::domain::happening::DifferenceEnd;
use crate::domain::order::{Order, OrderState, OrderStatus};
use crate::domain::{AnomalyKind, Happening, Money, MoneyCause, Payment, Resolution, Shop, Voucher};
use crate::server::ctx::Staff;
use crate::server::db::Tx;
use crate::server::error::{Error, Result};
use crate::server::money::effects::context::EffectContext;
use crate::server::money::refunds;
use crate::server::orders::{self, PaidWith};
use crate::server::payments::{CURRENCY, PaymentOutcome, Receipt};
use crate::server::store::money::anomalies::{self as rows, AnomalyEnd, ListedAnomaly};
use crate::server::store::money::{payments as payment_rows, wallet};
use crate::server::store::orders::{self as order_rows, LockedOrder};

/// What becomes of money that is in no books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnbookedDecision {
    /// By the gateway, to where it came from.
    SendBack,
    /// Towards the order; the buyer pays the rest.
    Accept,
    /// Given back outside; the buyer agreed to it.
    Outside(Voucher),
}

/// Is it about money that is at the gateway, in our currency, and in none of our rows?
pub fn is_unbooked(anomaly: &ListedAnomaly) -> bool {
    let ours = anomaly.told_currency.as_deref().is_none_or(|currency| currency == CURRENCY);
    let something = anomaly.told_minor.is_none_or(|told| told > 0);
    let about_payment = anomaly.refund_id.is_none() && matches!(anomaly.kind, AnomalyKind::AmountDiffers | AnomalyKind::CallbackMissing);
    anomaly.resolved_at.is_none() && about_payment && !anomaly.payment_status.is_booked() && ours && something
}

/// What the gateway took, as the anomaly has it.
pub fn taken(anomaly: &ListedAnomaly) -> Money {
    Money(anomaly.told_minor.unwrap_or(anomaly.amount_minor))
}

/// Could it count towards an order that stands there, with so much still due?
pub fn is_acceptable(anomaly: &ListedAnomaly, order: OrderStatus, due: Money) -> bool {
    order == OrderStatus::PendingPayment && taken(anomaly) <= due
}

/// The gateway is asked once more; then its money is booked and goes the way that finance has chosen. Pressed twice, it goes once.
pub async fn decide(staff: &Staff, id: i64, decision: &UnbookedDecision) -> Result<()> {
    let anomaly = find(staff, id).await?;
    if !is_unbooked(&anomaly) {
        return Err(first(&anomaly, staff));
    }
    let receipt = receipt(staff, &anomaly).await?;
    let mut tx = staff.app.db.write().await?;
    let payment = payment_rows::by_number(tx.conn(), &anomaly.payment_number).await?.ok_or(Error::NotFound)?;
    let LockedOrder { order, shop, .. } = order_rows::lock_by_id(&mut tx, payment.order_id).await?;
    let payment = payment_rows::by_id(tx.conn(), payment.id).await?;
    if payment.status().is_booked() {
        return Err(Error::Stale);
    }
    let end = book(staff, &mut tx, (order, &shop), &payment, &receipt, decision).await?;
    let by = staff.actor.name();
    let note = match decision {
        UnbookedDecision::SendBack => "按实收登记，原路退回",
        UnbookedDecision::Accept => "按实收计入订单",
        UnbookedDecision::Outside(voucher) => voucher.words(),
    };
    rows::end_of_payment(tx.conn(), payment.order_id, payment.id, AnomalyEnd { how: end, by, note, at: staff.now }).await?;
    tx.commit().await?;
    staff.app.job_wakeup.notify_one();
    Ok(())
}

/// What the gateway says of it now; it must still be what finance saw.
async fn receipt(staff: &Staff, anomaly: &ListedAnomaly) -> Result<Receipt> {
    let mut conn = staff.app.db.reader().await?;
    let payment = payment_rows::by_number(&mut conn, &anomaly.payment_number).await?.ok_or(Error::NotFound)?;
    drop(conn);
    match orders::ask(staff, &payment).await? {
        PaymentOutcome::Paid(receipt) if Money(receipt.amount) == taken(anomaly) && receipt.currency == CURRENCY => Ok(receipt),
        PaymentOutcome::Paid(_) => Err(Error::field("decision", "支付渠道现在的金额与这里不同，请先「立即查询」")),
        PaymentOutcome::NotFound | PaymentOutcome::Pending | PaymentOutcome::Closed => {
            Err(Error::field("decision", "支付渠道没有查到这笔付款，请稍后再试"))
        }
    }
}

async fn book(
    staff: &Staff,
    tx: &mut Tx,
    (order, shop): (Order, &Shop),
    payment: &Payment,
    receipt: &Receipt,
    decision: &UnbookedDecision,
) -> Result<Resolution> {
    let took = Money(receipt.amount);
    let accepted = *decision == UnbookedDecision::Accept;
    if accepted && (!matches!(order.state, OrderState::PendingPayment { .. }) || took > order.due()) {
        return Err(Error::field("decision", "订单现在不能收下这笔钱，请原路退回"));
    }
    let (found, trade_no) = (payment, &receipt.trade_no);
    let booked = if accepted { found.clone().hold(took, trade_no, staff.now) } else { found.clone().exceed(took, trade_no, staff.now) };
    let payment = booked?;
    payment_rows::save(tx.conn(), found, &payment).await?;
    let mut context = EffectContext { app: &staff.app, tx, by: &staff.actor, now: staff.now, policy: &shop.policy, order, request: None };
    let cause = if accepted { MoneyCause::Held } else { MoneyCause::Surplus };
    let event = context.money(payment.tender, cause, Money(-took.0), Some(payment.id.0), None);
    wallet::record(context.tx, &event).await?;
    let end = match decision {
        UnbookedDecision::SendBack => {
            refunds::enqueue_surplus(&mut context, &payment).await?;
            tell(&mut context, &payment, DifferenceEnd::SentBack).await?;
            Resolution::Recorded
        }
        UnbookedDecision::Outside(voucher) => {
            refunds::give_back_outside(&mut context, &payment, voucher.words()).await?;
            tell(&mut context, &payment, DifferenceEnd::Outside { voucher: voucher.words().to_owned() }).await?;
            Resolution::SettledOutside
        }
        UnbookedDecision::Accept => {
            accept(&mut context, &payment).await?;
            Resolution::Recorded
        }
    };
    // Finance may have taken longer than the buyer had to pay: there is time for it again.
    let (order, effects) = context.order.clone().more_time_to_pay(context.policy, context.now);
    context.order = order;
    context.for_order(effects).await?;
    order_rows::save(context.tx.conn(), &context.order).await?;
    Ok(end)
}

/// The order has so much less to be paid.
async fn accept(context: &mut EffectContext<'_>, payment: &Payment) -> Result<()> {
    order_rows::hold_more(context.tx.conn(), context.order.id, payment.amount).await?;
    context.order.held = context.order.held + payment.amount;
    if context.order.due() == Money::ZERO {
        return orders::complete(context, PaidWith::Tender(payment.tender)).await;
    }
    let rest = context.order.due();
    tell(context, payment, DifferenceEnd::Counted { rest }).await
}

/// The payment as it was booked: its amount is what the gateway took.
async fn tell(context: &mut EffectContext<'_>, payment: &Payment, end: DifferenceEnd) -> Result<()> {
    let differed = Happening::PaymentDiffered { tender: payment.tender, took: payment.amount, end };
    context.record(None, &differed, &[]).await?;
    context.notify(None, Audience::Buyer, differed)
}
