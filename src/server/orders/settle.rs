//! Money has come through the gateway: by callback, by question or at closing, any number of times, it counts once (B3, B34).

use super::complete::{PaidWith, complete};
use crate::domain::order::{Order, OrderState};
use crate::domain::{Actor, AnomalyKind, Effect, Happening, Money, MoneyCause, Payment, Resolution};
use crate::server::ctx::Ctx;
use crate::server::db::Tx;
use crate::server::error::{Error, Result};
use crate::server::money::anomalies::{self, AnomalyReport};
use crate::server::money::effects::context::EffectContext;
use crate::server::money::refunds;
use crate::server::payments::{CURRENCY, Receipt};
use crate::server::store::money::{payments, wallet};
use crate::server::store::orders::{self as rows, LockedOrder};

/// The gateway has said that a payment was made.
pub async fn settle_payment(ctx: &Ctx, receipt: &Receipt) -> Result<()> {
    settle(ctx, receipt, true).await
}

/// The gateway had said nothing until it was asked, long after the payment was begun.
pub async fn settle_unheard(ctx: &Ctx, receipt: &Receipt) -> Result<()> {
    settle(ctx, receipt, false).await
}

async fn settle(ctx: &Ctx, receipt: &Receipt, heard: bool) -> Result<()> {
    let mut tx = ctx.app.db.write().await?;
    let Some(payment) = payments::by_number(tx.conn(), &receipt.payment_no).await? else { return Err(Error::NotFound) };
    let LockedOrder { order, shop, .. } = rows::lock_by_id(&mut tx, payment.order_id).await?;
    let payment = payments::by_id(tx.conn(), payment.id).await?;
    // A part that finance has accepted is held until the rest is paid.
    if payment.status().is_booked() {
        return Ok(());
    }
    if payment.amount != Money(receipt.amount) || receipt.currency != CURRENCY {
        return differs(ctx, tx, &order, &payment, receipt).await;
    }
    let wanted = matches!(order.state, OrderState::PendingPayment { .. }) && order.due() == payment.amount && payment.is_pending();
    let mut context =
        EffectContext { app: &ctx.app, tx: &mut tx, by: &Actor::System, now: ctx.now, policy: &shop.policy, order, request: None };
    arrive(&mut context, &payment, receipt, wanted).await?;
    anomalies::payment_counts(&mut context, &payment, if heard { Actor::System.name() } else { ctx.actor.name_in_books() }).await?;
    match (wanted, heard) {
        (true, true) => {}
        (true, false) => unheard(&mut context, &payment).await?,
        (false, _) => send_back(&mut context, &payment).await?,
    }
    tx.commit().await?;
    ctx.app.job_wakeup.notify_one();
    Ok(())
}

/// Nothing changes but that finance is told of it (B46).
async fn differs(ctx: &Ctx, mut tx: Tx, order: &Order, payment: &Payment, receipt: &Receipt) -> Result<()> {
    tracing::error!(payment = payment.number, amount = receipt.amount, "a payment does not match; nothing changed");
    let told = Some((Money(receipt.amount), receipt.currency.as_str()));
    let happening = AnomalyReport { told, ..AnomalyReport::of(AnomalyKind::AmountDiffers, order, payment, ctx.now) };
    anomalies::happened(&ctx.app, &mut tx, ctx.now, &happening).await?;
    tx.commit().await?;
    Err(Error::Differs)
}

async fn arrive(context: &mut EffectContext<'_>, payment: &Payment, receipt: &Receipt, wanted: bool) -> Result<()> {
    let (trade_no, now) = (&receipt.trade_no, context.now);
    let booked = if wanted { payment.clone().succeed(trade_no, now) } else { payment.clone().exceed(payment.amount, trade_no, now) };
    payments::save(context.tx.conn(), payment, &booked?).await?;
    let cause = if wanted { MoneyCause::Paid } else { MoneyCause::Surplus };
    let event = context.money(payment.tender, cause, Money(-payment.amount.0), Some(payment.id.0), None);
    wallet::record(context.tx, &event).await?;
    if wanted {
        complete(context, PaidWith::Tender(payment.tender)).await?;
        rows::save(context.tx.conn(), &context.order).await?;
    }
    Ok(())
}

async fn unheard(context: &mut EffectContext<'_>, payment: &Payment) -> Result<()> {
    let missing = AnomalyReport::of(AnomalyKind::CallbackMissing, &context.order, payment, context.now);
    let missing = AnomalyReport { resolved: Some(Resolution::Recorded), ..missing };
    anomalies::happened(context.app, context.tx, context.now, &missing).await
}

/// The order does not want it: it goes back by itself, and finance sees it go (B29).
async fn send_back(context: &mut EffectContext<'_>, payment: &Payment) -> Result<()> {
    let refund = refunds::enqueue_surplus(context, payment).await?;
    let late = Happening::LatePayment { tender: payment.tender, amount: payment.amount };
    context.for_order(vec![Effect::Record { what: late, evidence: Vec::new() }]).await?;
    let paid = context.order.state.paid_at().is_some();
    let kind = if paid { AnomalyKind::PaidTwice } else { AnomalyKind::PaidAfterClosing };
    let surplus = AnomalyReport { refund: Some(refund), ..AnomalyReport::of(kind, &context.order, payment, context.now) };
    anomalies::happened(context.app, context.tx, context.now, &surplus).await
}
