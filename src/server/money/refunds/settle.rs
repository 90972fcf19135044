//! Where every word about a refund's outcome ends: from the gateway's answer, its callback, or a person. Once, whichever comes first.

use super::lock::may_be_of_before;
use super::queue::goes_another_way;
use crate::domain::after_sale::{AfterSale, AfterSaleState};
use crate::domain::money::refund::Arrival;
use crate::domain::{Actor, AfterSaleId, AnomalyKind, Money, MoneyCause, Refund, RefundStatus};
use crate::server::ctx::Ctx;
use crate::server::db::{Lock, Tx};
use crate::server::error::{Error, Result};
use crate::server::money::anomalies::{self, AnomalyReport};
use crate::server::money::effects::context::EffectContext;
use crate::server::payments::trouble::OwnTrouble;
use crate::server::payments::{CURRENCY, GatewayRefusal, RefundOutcome, RefundReport, Remedy};
use crate::server::store::machinery::clocks;
use crate::server::store::money::{payments as payment_rows, refunds as rows, wallet};
use crate::server::store::orders::LockedOrder;
use crate::server::store::{after_sales, orders};

/// The gateway has spoken of a refund. What does not match is an alarm and changes nothing.
pub async fn settle(ctx: &Ctx, report: &RefundReport) -> Result<()> {
    let mut tx = ctx.app.db.write().await?;
    let Some(refund) = rows::by_number(tx.conn(), &report.refund_no).await? else { return Err(Error::NotFound) };
    tx.lock(Lock::Order, refund.order_id.0).await?;
    let refund = rows::by_id(tx.conn(), refund.id).await?;
    if refund.has_arrived() {
        return Ok(());
    }
    if refund.amount != Money(report.amount) || report.currency != CURRENCY {
        return differs(ctx, tx, &refund, report).await;
    }
    match &report.status {
        RefundOutcome::Processing => match refund.clone().accept() {
            Ok(taken) if taken.state != refund.state => {
                rows::save(tx.conn(), &refund, &taken, ctx.now).await?;
                tx.commit().await
            }
            // As it was noted before it was sent; or a callback has overtaken the answer and told the outcome (B3).
            Ok(_) | Err(_) => Ok(()),
        },
        // The shop has the money, and the buyer not yet.
        RefundOutcome::Succeeded if refund.goes_to_shop() => {
            if refund.status() != RefundStatus::Manual {
                goes_another_way(ctx, &mut tx, &refund, OwnTrouble::BackAtShop).await?;
            }
            tx.commit().await
        }
        RefundOutcome::Succeeded => {
            let LockedOrder { order, shop, .. } = orders::lock_by_id(&mut tx, refund.order_id).await?;
            let mut context =
                EffectContext { app: &ctx.app, tx: &mut tx, by: &Actor::System, now: ctx.now, policy: &shop.policy, order, request: None };
            succeed(&mut context, &refund, &report.gateway_refund_no).await?;
            orders::save(context.tx.conn(), &context.order).await?;
            tx.commit().await
        }
        RefundOutcome::Failed(_) if may_be_of_before(ctx, &refund) => Ok(()),
        RefundOutcome::Failed(why) => {
            fail(ctx, &mut tx, &refund, why).await?;
            tx.commit().await
        }
    }
}

/// Nothing changes but that finance is told of it (B46).
async fn differs(ctx: &Ctx, mut tx: Tx, refund: &Refund, report: &RefundReport) -> Result<()> {
    tracing::error!(refund = refund.number, amount = report.amount, "a refund report does not match; nothing changed");
    let order = orders::by_id(tx.conn(), refund.order_id).await?.0;
    let told = Some((Money(report.amount), report.currency.as_str()));
    let happening = AnomalyReport { told, ..AnomalyReport::of_refund(AnomalyKind::AmountDiffers, &order, refund, ctx.now) };
    anomalies::happened(&ctx.app, &mut tx, ctx.now, &happening).await?;
    tx.commit().await?;
    Err(Error::Differs)
}

async fn succeed(context: &mut EffectContext<'_>, refund: &Refund, gateway_no: &str) -> Result<()> {
    let voucher = if refund.elsewhere.is_some() { "经买家同意，改退到银行卡" } else { "" };
    let arrival = Arrival {
        at: context.now,
        gateway_no: Some(gateway_no.to_owned()),
        voucher: voucher.to_owned(),
        operator: Actor::System.name_in_books().to_owned(),
    };
    rows::save(context.tx.conn(), refund, &refund.clone().arrive(arrival)?, context.now).await?;
    payment_rows::add_refund(context.tx.conn(), refund.payment_id, refund.amount).await?;
    let event = context.money(refund.tender, MoneyCause::Refunded, refund.amount, Some(refund.payment_id.0), Some(refund.id.0));
    wallet::record(context.tx, &event).await?;
    clocks::finish_refund(context.tx.conn(), refund.id).await?;
    anomalies::refund_arrived(context, refund, refund.tender, "").await?;
    match refund.after_sale_id {
        Some(case) => finish_case(context, case).await,
        None => Ok(()),
    }
}

/// A refusal of the gateway: tried again later with the same number, or final and visible.
pub(super) async fn fail(ctx: &Ctx, tx: &mut Tx, refund: &Refund, why: &GatewayRefusal) -> Result<()> {
    if matches!(why.remedy(), Remedy::RetryUnchanged | Remedy::TopUp | Remedy::QueryFirst) {
        return rows::save(tx.conn(), refund, &refund.clone().retry_later(&why.code)?, ctx.now).await;
    }
    rows::save(tx.conn(), refund, &refund.clone().fail(&why.code)?, ctx.now).await?;
    clocks::finish_refund(tx.conn(), refund.id).await?;
    let LockedOrder { order, shop, .. } = orders::lock_by_id(tx, refund.order_id).await?;
    let refused = AnomalyReport::of_refund(AnomalyKind::RefundRefused, &order, refund, ctx.now);
    let refused = AnomalyReport { told_already: refund.after_sale_id.is_some(), ..refused };
    anomalies::happened(&ctx.app, tx, ctx.now, &refused).await?;
    let Some(id) = refund.after_sale_id else { return Ok(()) };
    let case = after_sales::by_id(tx.conn(), id).await?;
    if !matches!(case.state, AfterSaleState::Refunding { .. }) {
        return Ok(());
    }
    let (case, effects) = case.fail(&why.code, &why.words, ctx.now)?;
    let mut context = EffectContext { app: &ctx.app, tx, by: &Actor::System, now: ctx.now, policy: &shop.policy, order, request: None };
    context.for_case(&case, effects).await?;
    after_sales::save(context.tx.conn(), &case).await
}

/// If nothing of the case is under way any more, it has succeeded. Needs the case as stored.
pub async fn finish_case(context: &mut EffectContext<'_>, id: AfterSaleId) -> Result<()> {
    let refunds = rows::of_after_sale(context.tx.conn(), id).await?;
    if refunds.is_empty() || !refunds.iter().all(Refund::has_arrived) {
        return Ok(());
    }
    let case: AfterSale = after_sales::by_id(context.tx.conn(), id).await?;
    if !matches!(case.state, AfterSaleState::Refunding { .. } | AfterSaleState::RefundFailed { .. }) {
        return Ok(());
    }
    let (case, effects) = case.settle(refunds.iter().map(Refund::part).collect(), context.now)?;
    context.for_case(&case, effects).await?;
    after_sales::save(context.tx.conn(), &case).await
}
