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
use futures_util::stream::{self, StreamExt};
use std::future::ready;

/// Longer than any call of the gateway: until then the claim is this worker's.
pub(super) const LEASE: i64 = 60 * SECOND;
/// So many refunds of a process are under way at once; each needs a connection to the database before and after the call, and none meanwhile.
const AT_ONCE: usize = 8;
/// Minutes between questions about a refund that is under way (gateways.md).
const POLL_MINUTES: [i64; 9] = [1, 1, 1, 1, 1, 5, 10, 20, 30];

const _: () = assert!(LEASE == POLL_MINUTES[0] * MINUTE, "a first claim lasts until the first question");

/// Runs every refund job that is due, several at once: most of a refund is waiting for the gateway. The number of jobs done.
pub async fn scan(ctx: &Ctx) -> Result<usize> {
    // The next one is claimed while the others go on: who waited for it alone would keep them from giving back the connection it waits for.
    stream::try_unfold(ctx.clone(), |ctx| async move { Ok::<_, Error>(claim(&ctx).await?.map(|job| (job, ctx))) })
        .map(|claimed| async move { see_to(claimed?).await })
        .buffer_unordered(AT_ONCE)
        // What was claimed is brought to its end, whatever became of another.
        .fold(Ok(0), |done, ended: Result<()>| ready(done.and_then(|done| ended.map(|()| done + 1))))
        .await
}

/// A job that is this worker's alone until the lease is over.
struct Claimed {
    ctx: Ctx,
    id: RefundId,
    attempts: i64,
}

async fn claim(ctx: &Ctx) -> Result<Option<Claimed>> {
    let ctx = Ctx { now: ctx.app.now(), ..ctx.clone() };
    let mut tx = ctx.app.db.write().await?;
    let claimed = clocks::claim_refund(&mut tx, ctx.now, LEASE).await?;
    tx.commit().await?;
    Ok(claimed.map(|(id, attempts)| Claimed { ctx, id, attempts }))
}

async fn see_to(Claimed { ctx, id, attempts }: Claimed) -> Result<()> {
    let Err(error) = run(&ctx, id, attempts).await else { return Ok(()) };
    tracing::error!(refund = id.0, ?error, "refund job");
    postpone(&ctx, id, attempts, trouble::INTERNAL).await
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
                // The claim is as long as the first pause, and says the same already.
                _ if attempts == 0 => Ok(()),
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
