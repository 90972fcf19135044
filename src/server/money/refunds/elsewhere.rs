//! 「异常退款」: the buyer's account did not take the money. Finance says where it goes instead; the gateway is asked once, from a row that says
//! so, and what became of it is settled like every refund. The card passes through to the gateway and is kept nowhere.

use super::lock::{LEASE, locked};
use super::redirection::Redirection;
use super::settle::settle;
use crate::domain::after_sale::{AfterSale, AfterSaleState};
use crate::domain::money::way_back::Elsewhere;
use crate::domain::{AuditedDeed, Permission, Refund, RefundStatus};
use crate::server::ctx::{Ctx, Staff, overtaken};
use crate::server::error::{Error, Result};
use crate::server::money::effects::context::EffectContext;
use crate::server::payments::{AbnormalRefund, Gateway, GatewayError, RefundOutcome, RefundReport, Remedy, trouble};
use crate::server::store::machinery::clocks;
use crate::server::store::money::{payments as payment_rows, refunds as rows};
use crate::server::store::people::audits::{self, Audit};
use crate::server::store::{after_sales, orders};

/// Does a refund that stands there, with this trouble, wait to be told where else to go?
pub fn waits_for_elsewhere(status: RefundStatus, why: &str) -> bool {
    status == RefundStatus::Failed && trouble::known(why).is_some_and(|known| known.remedy == Remedy::Elsewhere)
}

/// Sends a refund of the shop elsewhere; `version` is what finance has seen of it. Pressed twice, it goes once.
pub async fn send_elsewhere(staff: &Staff, number: &str, redirection: Redirection, version: Option<i64>) -> Result<()> {
    staff.require(Permission::SettleMoney)?;
    let mut conn = staff.app.db.reader().await?;
    let found = rows::by_number(&mut conn, number).await?;
    let refund = found.filter(|refund| refund.shop_id == staff.shop.id).ok_or(Error::NotFound)?;
    let payment = payment_rows::by_id(&mut conn, refund.payment_id).await?;
    drop(conn);
    if is_on_its_way(&refund) {
        return Ok(());
    }
    if !waits_for_elsewhere(refund.status(), refund.trouble()) {
        return Err(Error::Stale);
    }
    let gateway = staff.app.gateways.of_tender(refund.tender).ok_or_else(|| Error::field("to", "该支付渠道未接入，请检查商户配置"))?;
    // Whatever the gateway says of it by now counts first; its own number is told with it.
    let report = gateway.query_refund(&payment.number, &refund.number).await?.ok_or(Error::Stale)?;
    if !matches!(&report.status, RefundOutcome::Failed(why) if why.remedy() == Remedy::Elsewhere) {
        settle(&Ctx::system(&staff.app), &report).await?;
        return Err(Error::Stale);
    }
    if !claim(staff, &refund, version, &redirection).await? {
        return Ok(());
    }
    let to = redirection.to();
    let (refund_no, gateway_refund_no) = (refund.number.clone(), report.gateway_refund_no);
    let order = AbnormalRefund { refund_no, gateway_refund_no, to: redirection.into_target() };
    digest(staff, gateway.as_ref(), &refund, to, &order).await
}

fn is_on_its_way(refund: &Refund) -> bool {
    refund.elsewhere.is_some() && refund.status() != RefundStatus::Failed
}

/// The row first, and who wished what. `false`: somebody has sent it already.
async fn claim(staff: &Staff, refund: &Refund, version: Option<i64>, redirection: &Redirection) -> Result<bool> {
    let mut tx = staff.app.db.write().await?;
    let refund = locked(&mut tx, refund.id).await?;
    if is_on_its_way(&refund) {
        return Ok(false);
    }
    if version != Some(refund.version) || !waits_for_elsewhere(refund.status(), refund.trouble()) {
        return Err(overtaken::in_trail(tx.conn(), staff, &refund.number, "处理了这笔退款").await);
    }
    rows::save(tx.conn(), &refund, &refund.clone().send_elsewhere(redirection.to(), staff.now)?, staff.now).await?;
    // If this process dies here, the worker asks what became of it, and not before the call can be over.
    clocks::enqueue_refund(tx.conn(), staff.app.new_id(), refund.id, staff.now.plus(LEASE)).await?;
    let (shop, actor, deed) = (staff.shop.id, &staff.actor, AuditedDeed::RefundSentElsewhere);
    let audit = Audit { shop, actor, deed, subject: &refund.number, detail: &redirection.in_words(), at: staff.now };
    audits::record(tx.conn(), staff.app.new_id(), &audit).await?;
    tx.commit().await?;
    Ok(true)
}

async fn digest(staff: &Staff, gateway: &dyn Gateway, refund: &Refund, to: Elsewhere, order: &AbnormalRefund) -> Result<()> {
    match gateway.refund_abnormal(order).await {
        Ok(report) => {
            goes_on(staff, refund, to).await?;
            settle(&Ctx::system(&staff.app), &report).await
        }
        Err(error) if error.remedy() == Remedy::QueryFirst => {
            tracing::warn!(refund = refund.number, %error, "what became of an abnormal refund has to be asked");
            goes_on(staff, refund, to).await
        }
        Err(error) => {
            tracing::warn!(refund = refund.number, %error, "the gateway did not send the refund elsewhere");
            let mut tx = staff.app.db.write().await?;
            let now = locked(&mut tx, refund.id).await?;
            if let Ok(failed) = now.clone().come_back(refund.trouble()) {
                rows::save(tx.conn(), &now, &failed, staff.now).await?;
                clocks::finish_refund(tx.conn(), now.id).await?;
            }
            tx.commit().await?;
            match error {
                GatewayError::Refused(why) => Err(Error::field("to", format!("支付渠道没有受理：{}", why.words))),
                error @ (GatewayError::Unknown(_) | GatewayError::Down(_) | GatewayError::NotBuilt(_) | GatewayError::BadSignature(_)) => {
                    Err(error.into())
                }
            }
        }
    }
}

/// The case waits for its refund again; what else of it had failed goes along.
async fn goes_on(staff: &Staff, refund: &Refund, to: Elsewhere) -> Result<()> {
    let Some(id) = refund.after_sale_id else { return Ok(()) };
    let mut tx = staff.app.db.write().await?;
    let refund = locked(&mut tx, refund.id).await?;
    let case = after_sales::by_id(tx.conn(), id).await?;
    // The notice that it has arrived may be faster than the answer: then the case waits for nothing, and what was done is told all the same.
    let waits = matches!(case.state, AfterSaleState::RefundFailed { .. });
    let (case, effects) = if waits {
        case.send_elsewhere(&staff.actor, to, refund.amount, staff.now)?
    } else {
        (case, AfterSale::sent_elsewhere(to, refund.amount))
    };
    let order = orders::by_id(tx.conn(), refund.order_id).await?.0;
    let (app, by, policy) = (&staff.app, &staff.actor, &staff.shop.policy);
    let mut context = EffectContext { app, tx: &mut tx, by, now: staff.now, policy, order, request: None };
    context.for_case(&case, effects).await?;
    if waits {
        after_sales::save(context.tx.conn(), &case).await?;
    }
    tx.commit().await
}

/// A notice of failure may come again for a day: about a refund that was sent elsewhere since, the gateway is asked instead, by the number of its
/// payment.
pub async fn payment_to_ask(ctx: &Ctx, report: &RefundReport) -> Result<Option<String>> {
    if !matches!(report.status, RefundOutcome::Failed(_)) {
        return Ok(None);
    }
    let mut conn = ctx.app.db.reader().await?;
    match rows::by_number(&mut conn, &report.refund_no).await? {
        Some(refund) if is_on_its_way(&refund) => Ok(Some(payment_rows::by_id(&mut conn, refund.payment_id).await?.number)),
        _ => Ok(None),
    }
}
