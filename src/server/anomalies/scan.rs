//! The worker's look around: payments that the gateway has not spoken of, and refunds that come to nothing.

use crate::domain::order::OrderState;
use crate::domain::time::{DAY, HOUR, MINUTE};
use crate::domain::{AnomalyKind, Payment, PaymentStatus, RefundId, Timestamp};
use crate::server::ctx::Ctx;
use crate::server::db::Lock;
use crate::server::error::{Error, Result};
use crate::server::money::anomalies::{AnomalyReport, happened};
use crate::server::orders;
use crate::server::payments::{PaymentOutcome, Receipt};
use crate::server::store::machinery::periodic::{self, Round};
use crate::server::store::money::{anomalies as rows, payments, refunds as refund_rows};
use crate::server::store::orders as order_rows;

/// A bank takes up to three working days; a refund that was taken for longer than this is looked into.
const LONGEST_UNDER_WAY: i64 = 5 * DAY;
/// A gateway that has not taken a refund for so long, or not answered, is looked into.
const LONGEST_UNTAKEN: i64 = HOUR;
/// An order's own clock closes its payment; the scan does it only for one that was left behind.
const MARGIN: i64 = 10 * MINUTE;
const BETWEEN_ROUNDS: i64 = 5 * MINUTE;

/// Looks into everything that is due; of several processes each sees to some of it, and to none of it twice.
pub async fn scan(ctx: &Ctx) -> Result<()> {
    if ctx.app.gateways.are_any() {
        ask_about_payments(ctx).await?;
    }
    let due = periodic::claim(&mut *ctx.app.db.single().acquire().await?, Round::StuckRefunds, ctx.now, BETWEEN_ROUNDS).await?;
    if due { list_stuck_refunds(ctx).await } else { Ok(()) }
}

async fn ask_about_payments(ctx: &Ctx) -> Result<()> {
    loop {
        let ctx = Ctx { now: ctx.app.now(), ..ctx.clone() };
        let claimed = payments::claim_to_ask(&mut *ctx.app.db.single().acquire().await?, ctx.now).await?;
        let Some(payment) = claimed else { return Ok(()) };
        if let Err(error) = see_to(&ctx, &payment).await {
            tracing::warn!(payment = payment.number, ?error, "a payment could not be looked into");
            if matches!(error, Error::Differs) {
                // Asking again soon would bring the same answer.
                let later = (payment.status() != PaymentStatus::Void).then(|| ctx.now.plus(HOUR));
                payments::ask_again(&mut *ctx.app.db.single().acquire().await?, payment.id, later).await?;
            }
        }
    }
}

/// What the gateway knows is settled; what nobody can pay any more is void. A void payment is looked at once, and then forgotten.
async fn see_to(ctx: &Ctx, payment: &Payment) -> Result<()> {
    match orders::ask(ctx, payment).await? {
        PaymentOutcome::Paid(receipt) => record(ctx, payment, &receipt).await,
        PaymentOutcome::NotFound | PaymentOutcome::Pending | PaymentOutcome::Closed if payment.status() == PaymentStatus::Void => {
            payments::ask_again(&mut *ctx.app.db.single().acquire().await?, payment.id, None).await
        }
        PaymentOutcome::Pending if may_still_be_paid(ctx, payment).await? => Ok(()),
        // Alipay hears of a payment only when the buyer opens its page: not known there is not over.
        PaymentOutcome::NotFound if !payment.cashier_url.is_empty() && may_still_be_paid(ctx, payment).await? => Ok(()),
        PaymentOutcome::NotFound | PaymentOutcome::Pending | PaymentOutcome::Closed => orders::close_payment(ctx, payment).await.map(drop),
    }
}

async fn may_still_be_paid(ctx: &Ctx, payment: &Payment) -> Result<bool> {
    let order = order_rows::by_id(&mut *ctx.app.db.reader().await?, payment.order_id).await?.0;
    Ok(matches!(order.state, OrderState::PendingPayment { pay_by } if pay_by.plus(MARGIN) > ctx.now))
}

/// Money without a callback counts; where it cannot be made to count, finance has to look.
async fn record(ctx: &Ctx, payment: &Payment, receipt: &Receipt) -> Result<()> {
    match orders::settle_unheard(ctx, receipt).await {
        Ok(()) => Ok(()),
        // What differs is listed already; what was busy is asked about again.
        Err(error) if matches!(error, Error::Differs) || error.trouble().is_some() => Err(error),
        Err(error) => {
            let mut tx = ctx.app.db.write().await?;
            tx.lock(Lock::Order, payment.order_id.0).await?;
            let order = order_rows::by_id(tx.conn(), payment.order_id).await?.0;
            let missing = AnomalyReport::of(AnomalyKind::CallbackMissing, &order, payment, Timestamp(receipt.at));
            happened(&ctx.app, &mut tx, ctx.now, &missing).await?;
            tx.commit().await?;
            Err(error)
        }
    }
}

async fn list_stuck_refunds(ctx: &Ctx) -> Result<()> {
    let (taken, not_taken) = (ctx.now.plus(-LONGEST_UNDER_WAY), ctx.now.plus(-LONGEST_UNTAKEN));
    let stuck = rows::stuck(&mut *ctx.app.db.reader().await?, taken, not_taken).await?;
    for (id, since) in stuck {
        list_stuck(ctx, id, since).await?;
    }
    Ok(())
}

async fn list_stuck(ctx: &Ctx, id: RefundId, since: Timestamp) -> Result<()> {
    let mut tx = ctx.app.db.write().await?;
    let refund = refund_rows::by_id(tx.conn(), id).await?;
    tx.lock(Lock::Order, refund.order_id.0).await?;
    let refund = refund_rows::by_id(tx.conn(), id).await?;
    if !refund.status().is_for_worker() {
        return Ok(());
    }
    let order = order_rows::by_id(tx.conn(), refund.order_id).await?.0;
    happened(&ctx.app, &mut tx, ctx.now, &AnomalyReport::of_refund(AnomalyKind::RefundStuck, &order, &refund, since)).await?;
    tx.commit().await
}
