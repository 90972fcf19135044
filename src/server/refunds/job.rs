//! The worker's side of a refund: claim a row, ask the gateway outside any transaction, settle. Dying anywhere in between is harmless:
//! the number stays, and what may have happened is asked about before anything is sent again (B2, B5).

use super::queue::{Turn, take_turn};
use super::settle::{fail, settle};
use crate::domain::time::{MINUTE, SECOND};
use crate::domain::{RefundId, Timestamp};
use crate::server::ctx::Ctx;
use crate::server::db::Lock;
use crate::server::error::{Error, Result};
use crate::server::payments::{Channel, GatewayError, RefundOrder, RefundReport, RefundStatus as Reported, Remedy, trouble};
use crate::server::store::refunds::{self as rows, Refund, RefundStatus};
use crate::server::store::{clocks, payments as payment_rows};

/// Longer than any call of the gateway: until then the claim is this worker's.
pub(super) const LEASE: i64 = 60 * SECOND;
/// Minutes between questions about a refund that is under way (gateways.md).
const POLL_MINUTES: [i64; 9] = [1, 1, 1, 1, 1, 5, 10, 20, 30];

/// Runs every refund job that is due; the number of jobs done.
pub async fn scan(ctx: &Ctx) -> Result<usize> {
    let mut done = 0;
    loop {
        let now = ctx.app.now();
        let mut tx = ctx.app.db.write().await?;
        let claimed = clocks::claim_refund(&mut tx, now, LEASE).await?;
        tx.commit().await?;
        let Some((id, attempts)) = claimed else { return Ok(done) };
        done += 1;
        let ctx = Ctx { now, ..ctx.clone() };
        if let Err(error) = run(&ctx, id, attempts).await {
            tracing::error!(refund = id.0, ?error, "refund job");
            postpone(&ctx, id, attempts, trouble::INTERNAL).await?;
        }
    }
}

/// One refund: asked about if it may have been sent before, sent otherwise.
#[tracing::instrument(name = "refund", skip_all, fields(id = id.0))]
pub async fn run(ctx: &Ctx, id: RefundId, attempts: i64) -> Result<()> {
    let mut conn = ctx.app.db.reader().await?;
    let refund = rows::by_id(&mut conn, id).await?;
    let payment = payment_rows::by_id(&mut conn, refund.payment_id).await?;
    drop(conn);
    if matches!(refund.status, RefundStatus::Succeeded | RefundStatus::Failed | RefundStatus::Manual) {
        clocks::finish_refund(&mut *ctx.app.db.single().acquire().await?, id).await?;
        return Ok(());
    }
    let offered = Channel::of(refund.tender).and_then(|channel| Some((channel, ctx.app.gateways.of(channel)?)));
    let Some((channel, gateway)) = offered else { return postpone(ctx, id, attempts, trouble::NO_GATEWAY).await };
    let sent_before = matches!(refund.status, RefundStatus::Submitted | RefundStatus::Unknown);
    if !sent_before && !matches!(take_turn(ctx, id, &payment, channel.refund_limits()).await?, Turn::Go) {
        return Ok(());
    }
    let order = RefundOrder {
        refund_no: refund.number.clone(),
        payment_no: payment.number.clone(),
        amount: refund.amount.0,
        total: payment.amount.0,
        reason: "售后退款".to_owned(),
        notify_url: format!("{}{}", ctx.app.public_url, channel.notices()),
    };
    let answer = if sent_before {
        match gateway.query_refund(&payment.number, &refund.number).await {
            Ok(Some(report)) => Ok(report),
            // Sent again it is a request like any other: it waits for its turn.
            Ok(None) if !matches!(take_turn(ctx, id, &payment, channel.refund_limits()).await?, Turn::Go) => return Ok(()),
            Ok(None) => gateway.refund(&order).await,
            Err(error) => Err(error),
        }
    } else {
        gateway.refund(&order).await
    };
    digest(ctx, id, attempts, answer).await
}

async fn digest(ctx: &Ctx, id: RefundId, attempts: i64, answer: std::result::Result<RefundReport, GatewayError>) -> Result<()> {
    match answer {
        Ok(report) => {
            settle(ctx, &report).await?;
            match report.status {
                Reported::Succeeded => Ok(()),
                Reported::Processing | Reported::Failed(_) => postpone(ctx, id, attempts, "").await,
            }
        }
        Err(error) => {
            tracing::warn!(refund = id.0, %error, "the gateway did not take the refund");
            let remedy = error.remedy();
            if let (GatewayError::Refused(why), Remedy::ByHand | Remedy::Elsewhere | Remedy::NewNumber) = (&error, remedy) {
                let mut tx = ctx.app.db.write().await?;
                let refund = locked(&mut tx, id).await?;
                fail(ctx, &mut tx, &refund, why).await?;
                return tx.commit().await;
            }
            let mut conn = ctx.app.db.reader().await?;
            let refund = rows::by_id(&mut conn, id).await?;
            drop(conn);
            let status = if remedy == Remedy::QueryFirst { RefundStatus::Unknown } else { RefundStatus::Retryable };
            mark(ctx, &refund, status, error.code()).await?;
            postpone(ctx, id, attempts, error.code()).await
        }
    }
}

async fn mark(ctx: &Ctx, refund: &Refund, status: RefundStatus, trouble: &str) -> Result<()> {
    let mut tx = ctx.app.db.write().await?;
    let refund = locked(&mut tx, refund.id).await?;
    if refund.status == RefundStatus::Succeeded {
        return Err(Error::Stale);
    }
    rows::advance(tx.conn(), &refund, status, trouble, ctx.now).await?;
    tx.commit().await
}

pub(super) async fn locked(tx: &mut crate::server::db::Tx, id: RefundId) -> Result<Refund> {
    let refund = rows::by_id(tx.conn(), id).await?;
    tx.lock(Lock::Order, refund.order_id.0).await?;
    rows::by_id(tx.conn(), id).await
}

async fn postpone(ctx: &Ctx, id: RefundId, attempts: i64, trouble: &str) -> Result<()> {
    let step = usize::try_from(attempts).unwrap_or(0).min(POLL_MINUTES.len() - 1);
    let at: Timestamp = ctx.now.plus(POLL_MINUTES[step] * MINUTE);
    clocks::reschedule_refund(&mut *ctx.app.db.single().acquire().await?, id, at, trouble).await
}
