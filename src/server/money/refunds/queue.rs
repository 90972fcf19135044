//! The queue before a gateway: refunds of one payment go out one after the other, within what its channel allows (M11, M12).

use super::lock::locked;
use crate::domain::after_sale::{AfterSale, AfterSaleState};
use crate::domain::{Actor, AnomalyKind, Payment, Refund, RefundId, Timestamp};
use crate::server::ctx::Ctx;
use crate::server::db::Tx;
use crate::server::error::Result;
use crate::server::money::anomalies::{self, AnomalyReport};
use crate::server::money::effects::context::EffectContext;
use crate::server::payments::RefundLimits;
use crate::server::payments::trouble::OwnTrouble;
use crate::server::store::machinery::clocks;
use crate::server::store::money::refunds as rows;
use crate::server::store::orders::LockedOrder;
use crate::server::store::{after_sales, orders};

/// May this refund go to the gateway now?
pub(super) enum RefundTurn {
    Go,
    /// Another refund of the payment has just gone; until then the gateway sees nothing of this one.
    Wait(Timestamp),
    /// Never: the buyer is asked for another way, and a person settles it.
    Never(OwnTrouble),
}

/// Takes the turn of a refund that the gateway knows nothing of, in one transaction under the lock of its order.
pub(super) async fn take_turn(ctx: &Ctx, id: RefundId, payment: &Payment, limits: RefundLimits) -> Result<RefundTurn> {
    let mut tx = ctx.app.db.write().await?;
    let refund = locked(&mut tx, id).await?;
    let asked_for = refund.clone().ask(ctx.now)?;
    let (asked, last) = rows::asked_of_payment(tx.conn(), payment.id, id).await?;
    let turn = turn(payment, limits, asked, last, ctx.now);
    match turn {
        RefundTurn::Go => rows::save(tx.conn(), &refund, &asked_for, ctx.now).await?,
        RefundTurn::Wait(at) => clocks::reschedule_refund(tx.conn(), id, at, "").await?,
        RefundTurn::Never(why) => goes_another_way(ctx, &mut tx, &refund, why).await?,
    }
    tx.commit().await?;
    Ok(turn)
}

fn turn(payment: &Payment, limits: RefundLimits, asked: i64, last: Option<Timestamp>, now: Timestamp) -> RefundTurn {
    if payment.paid_at().is_some_and(|paid| now.0 - paid.0 > limits.longest) {
        return RefundTurn::Never(OwnTrouble::TooOld);
    }
    if limits.parts.is_some_and(|parts| asked >= parts) {
        return RefundTurn::Never(OwnTrouble::TooMany);
    }
    match last.map(|last| last.plus(limits.apart)) {
        Some(free) if free.0 > now.0 => RefundTurn::Wait(free),
        _ => RefundTurn::Go,
    }
}

/// The refund is finance's from here on; finance, the case and its buyer are told.
pub(super) async fn goes_another_way(ctx: &Ctx, tx: &mut Tx, refund: &Refund, why: OwnTrouble) -> Result<()> {
    rows::save(tx.conn(), refund, &refund.clone().leave_to_person(why.code())?, ctx.now).await?;
    clocks::finish_refund(tx.conn(), refund.id).await?;
    let LockedOrder { order, shop, .. } = orders::lock_by_id(tx, refund.order_id).await?;
    anomalies::happened(&ctx.app, tx, ctx.now, &AnomalyReport::of_refund(AnomalyKind::RefundRefused, &order, refund, ctx.now)).await?;
    let Some(case) = refund.after_sale_id else { return Ok(()) };
    let case = after_sales::by_id(tx.conn(), case).await?;
    if !matches!(case.state, AfterSaleState::Refunding { .. }) {
        return Ok(());
    }
    let effects = AfterSale::needs_another_way(why.code(), why.words());
    let mut context = EffectContext { app: &ctx.app, tx, by: &Actor::System, now: ctx.now, policy: &shop.policy, order, request: None };
    context.for_case(&case, effects).await
}
