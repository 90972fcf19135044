//! The worker's side of a refund: claim a row, ask the gateway outside any transaction, settle. Dying anywhere in between is harmless:
//! the number stays, and what may have happened is asked about before anything is sent again (B2, B5).

use super::lock::{LEASE, locked};
use super::queue::{RefundTurn, take_turn};
use super::settle::{fail, settle};
use crate::domain::time::{MINUTE, SECOND};
use crate::domain::{PaymentId, RefundId, Timestamp};
use crate::server::ctx::Ctx;
use crate::server::error::{Error, Result};
use crate::server::payments::trouble::OwnTrouble;
use crate::server::payments::{GatewayError, RefundOrder, RefundOutcome, RefundReport, Remedy, notices, refund_limits};
use crate::server::store::machinery::clocks;
use crate::server::store::money::{payments as payment_rows, refunds as rows};
use futures_util::stream::{self, Stream, StreamExt, TryStreamExt};
use std::future::ready;

/// A job that has waited so long for those before it is left to its next claim: its calls could outlive this one.
const BEGUN_WITHIN: i64 = 30 * SECOND;
/// So many refunds of a process are under way at once; each needs a connection to the database before and after the call, and none meanwhile.
const AT_ONCE: usize = 8;
/// Minutes between questions about a refund that is under way.
const POLL_MINUTES: [i64; 9] = [1, 1, 1, 1, 1, 5, 10, 20, 30];

const _: () = assert!(LEASE == POLL_MINUTES[0] * MINUTE, "a first claim lasts until the first question");

/// Runs every refund job that is due, several at once: most of a refund is waiting for the gateway. The number of jobs done.
pub async fn scan(ctx: &Ctx) -> Result<usize> {
    // More are claimed while the others go on: who waited for that alone would keep them from giving back the connection it waits for.
    claims(ctx.clone())
        .map(|claimed| async move { see_to(claimed?).await })
        .buffer_unordered(AT_ONCE)
        // What was claimed is brought to its end, whatever became of another.
        .fold(Ok(0), |done, more: Result<usize>| ready(done.and_then(|done| more.map(|more| done + more))))
        .await
}

/// Jobs of one payment, in their order, that are this worker's alone until the lease is over.
struct Claimed {
    /// As of the claim.
    ctx: Ctx,
    payment: PaymentId,
    jobs: Vec<(RefundId, i64)>,
}

/// What is due, a handful after the other.
fn claims(ctx: Ctx) -> impl Stream<Item = Result<Claimed>> {
    stream::try_unfold(ctx, |ctx| async move {
        let claimed = claim(&ctx).await?;
        Ok::<_, Error>((!claimed.is_empty()).then(|| (stream::iter(claimed.into_iter().map(Ok)), ctx)))
    })
    .try_flatten()
}

/// Takes as many as can be seen to at once: beside a queue of writers a turn for each of them would be most of the wait.
async fn claim(ctx: &Ctx) -> Result<Vec<Claimed>> {
    let ctx = Ctx { now: ctx.app.now(), ..ctx.clone() };
    let mut claimed = Vec::<Claimed>::new();
    if ctx.app.is_leaving() {
        return Ok(claimed);
    }
    let mut tx = ctx.app.db.write().await?;
    for _ in 0..AT_ONCE {
        let Some((id, attempts)) = clocks::claim_refund(&mut tx, ctx.now, LEASE).await? else { break };
        let payment = rows::by_id(tx.conn(), id).await?.payment_id;
        match claimed.iter_mut().find(|of| of.payment == payment) {
            Some(of) => of.jobs.push((id, attempts)),
            None => claimed.push(Claimed { ctx: ctx.clone(), payment, jobs: vec![(id, attempts)] }),
        }
    }
    tx.commit().await?;
    Ok(claimed)
}

/// One after the other: of one payment, who came first goes first.
async fn see_to(claimed: Claimed) -> Result<usize> {
    let mut done = 0;
    for (id, attempts) in &claimed.jobs {
        let ctx = Ctx { now: claimed.ctx.app.now(), ..claimed.ctx.clone() };
        if ctx.now > claimed.ctx.now.plus(BEGUN_WITHIN) {
            break;
        }
        done += 1;
        if let Err(error) = run(&ctx, *id, *attempts).await {
            tracing::error!(refund = id.0, ?error, "refund job");
            postpone(&ctx, *id, *attempts, OwnTrouble::Internal.code()).await?;
        }
    }
    Ok(done)
}

/// One refund: asked about if it may have been sent before, sent otherwise.
#[tracing::instrument(name = "refund", skip_all, fields(id = id.0))]
async fn run(ctx: &Ctx, id: RefundId, attempts: i64) -> Result<()> {
    let mut conn = ctx.app.db.reader().await?;
    let refund = rows::by_id(&mut conn, id).await?;
    let payment = payment_rows::by_id(&mut conn, refund.payment_id).await?;
    drop(conn);
    if !refund.status().is_for_worker() {
        clocks::finish_refund(&mut *ctx.app.db.single().acquire().await?, id).await?;
        return Ok(());
    }
    let Some((channel, gateway)) = ctx.app.gateways.with_channel(refund.tender) else {
        return postpone(ctx, id, attempts, OwnTrouble::NoGateway.code()).await;
    };
    let sent_before = refund.status().may_be_sent();
    if !sent_before && !matches!(take_turn(ctx, id, &payment, refund_limits(channel)).await?, RefundTurn::Go) {
        return Ok(());
    }
    let order = RefundOrder {
        refund_no: refund.number.clone(),
        payment_no: payment.number.clone(),
        amount: refund.amount.0,
        total: payment.amount.0,
        reason: "售后退款".to_owned(),
        notify_url: format!("{}{}", ctx.app.public_url, notices(channel)),
    };
    let answer = if sent_before {
        match gateway.query_refund(&payment.number, &refund.number).await {
            Ok(Some(report)) => Ok(report),
            // Sent again it is a request like any other: it waits for its turn.
            Ok(None) if !matches!(take_turn(ctx, id, &payment, refund_limits(channel)).await?, RefundTurn::Go) => return Ok(()),
            Ok(None) => gateway.refund(&order).await,
            Err(error) => Err(error),
        }
    } else {
        gateway.refund(&order).await
    };
    let was_asked_before = sent_before || refund.asked_at.is_some();
    let answer = answer.map_err(|error| if was_asked_before { error.of_earlier_call() } else { error });
    digest(ctx, id, attempts, answer).await
}

async fn digest(ctx: &Ctx, id: RefundId, attempts: i64, answer: std::result::Result<RefundReport, GatewayError>) -> Result<()> {
    match answer {
        Ok(report) => {
            settle(ctx, &report).await?;
            match report.status {
                RefundOutcome::Succeeded => Ok(()),
                // The claim is as long as the first pause, and says the same already.
                RefundOutcome::Processing | RefundOutcome::Failed(_) if attempts == 0 => Ok(()),
                RefundOutcome::Processing | RefundOutcome::Failed(_) => postpone(ctx, id, attempts, "").await,
            }
        }
        Err(error) => {
            tracing::warn!(refund = id.0, %error, "the gateway did not take the refund");
            if let Some(why) = error.final_refusal() {
                let mut tx = ctx.app.db.write().await?;
                let refund = locked(&mut tx, id).await?;
                fail(ctx, &mut tx, &refund, &why).await?;
                return tx.commit().await;
            }
            mark(ctx, id, error.remedy(), error.code()).await?;
            postpone(ctx, id, attempts, error.code()).await
        }
    }
}

async fn mark(ctx: &Ctx, id: RefundId, remedy: Remedy, trouble: &str) -> Result<()> {
    let mut tx = ctx.app.db.write().await?;
    let refund = locked(&mut tx, id).await?;
    let marked = if remedy == Remedy::QueryFirst { refund.clone().lose_answer(trouble) } else { refund.clone().retry_later(trouble) };
    rows::save(tx.conn(), &refund, &marked?, ctx.now).await?;
    tx.commit().await
}

async fn postpone(ctx: &Ctx, id: RefundId, attempts: i64, trouble: &str) -> Result<()> {
    let step = usize::try_from(attempts).unwrap_or(0).min(POLL_MINUTES.len() - 1);
    let at: Timestamp = ctx.now.plus(POLL_MINUTES[step] * MINUTE);
    clocks::reschedule_refund(&mut *ctx.app.db.single().acquire().await?, id, at, trouble).await
}
