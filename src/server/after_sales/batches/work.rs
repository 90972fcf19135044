//! The worker's side of batches: the next cases in turn, a few at once, each taken and decided in one transaction. Whoever dies in between
//! has done nothing of what was not committed, and the next goes on from there.

use super::Batch;
use super::propose::collect;
use crate::domain::time::SECOND;
use crate::domain::{BatchDecision, BatchState, Shop};
use crate::server::after_sales::{Verdict, decide};
use crate::server::app::App;
use crate::server::ctx::Ctx;
use crate::server::db::{begin_anywhere, group_commit};
use crate::server::error::{Error, Result};
use crate::server::store::after_sales::batches::{self as rows, BatchItem};
use crate::server::store::people::{self, FoundStaff};
use futures_util::stream::{self, StreamExt, TryStreamExt};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Cases that are looked at before the worker asks again who decides, and whether it shall go on.
const ROUND: i64 = 64;
/// A proposal that nobody has finished putting together by then was left behind.
const LEFT_BEHIND: i64 = 10 * SECOND;

/// Works until told to stop, looking around every second.
pub async fn work(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    loop {
        let round = async {
            if let Err(error) = run_due(&app).await {
                tracing::error!(?error, "batches");
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        };
        // What is dropped in the middle was never committed.
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = round => {}
        }
    }
}

/// Everything that waits in the batches under way; how many cases this process saw to.
pub async fn run_due(app: &Arc<App>) -> Result<usize> {
    let batches = rows::at_work(&mut *app.db.reader().await?).await?;
    let mut done = 0;
    for batch in batches {
        match batch.state {
            BatchState::Collecting if batch.created_at.plus(LEFT_BEHIND) <= app.now() => collect(app, &batch).await?,
            BatchState::Running => done += carry_on(app, &batch).await?,
            BatchState::Collecting | BatchState::Proposed | BatchState::Stopped | BatchState::Finished | BatchState::Dropped => {}
        }
    }
    Ok(done)
}

async fn carry_on(app: &Arc<App>, batch: &Batch) -> Result<usize> {
    let verdict = verdict(batch)?;
    let mut done = 0;
    loop {
        let Some(FoundStaff { actor, shop, .. }) = people::staff(&app.db, batch.staff_id).await? else {
            rows::stop(&mut *app.db.single().acquire().await?, batch.id, "处理人的账号已停用，请由其他同事继续").await?;
            return Ok(done);
        };
        let ctx = Ctx { app: app.clone(), actor, now: app.now() };
        let mut waiting = rows::in_turn(&mut *app.db.reader().await?, batch.id, ROUND).await?;
        if waiting.is_empty() {
            rows::finish(&mut *app.db.single().acquire().await?, batch.id, ctx.now).await?;
            return Ok(done);
        }
        begin_anywhere(&mut waiting);
        let cases = waiting.into_iter().map(|item| one(&ctx, &shop, batch, &verdict, item));
        let taken = stream::iter(cases).buffer_unordered(app.db.job_concurrency());
        let taken: usize = group_commit(taken.try_fold(0, |sum, taken| async move { Ok(sum + usize::from(taken)) })).await?;
        if taken == 0 {
            // Stopped, or all in other hands.
            return Ok(done);
        }
        done += taken;
    }
}

fn verdict(batch: &Batch) -> Result<Verdict> {
    Ok(match batch.decision {
        BatchDecision::AgreeRefund => Verdict::AgreeRefund,
        BatchDecision::ApproveReturn => {
            Verdict::ApproveReturn(batch.return_to.clone().ok_or_else(|| Error::inconsistent("batches", "return_to", batch.id.0))?)
        }
        BatchDecision::Reject => Verdict::Reject(batch.words.clone()),
    })
}

/// One case. What cannot be stored though the rules allow it is passed over. `false`: it is in other hands, or the batch was stopped.
async fn one(ctx: &Ctx, shop: &Shop, batch: &Batch, verdict: &Verdict, item: BatchItem) -> Result<bool> {
    let refused = match decided(ctx, shop, batch, verdict, item).await {
        Err(error) if !is_passing(&error) => {
            tracing::warn!(batch = batch.number, after_sale = item.after_sale.0, ?error, "a case of a batch is passed over");
            error
        }
        other => return other,
    };
    let mut tx = ctx.app.db.write().await?;
    let taken = rows::take(tx.conn(), batch.id, item).await?;
    if taken {
        rows::pass_over(tx.conn(), batch.id, item, &reason(&refused)).await?;
    }
    tx.commit().await?;
    Ok(taken)
}

/// Taken and decided in one transaction.
async fn decided(ctx: &Ctx, shop: &Shop, batch: &Batch, verdict: &Verdict, item: BatchItem) -> Result<bool> {
    let mut tx = ctx.app.db.write().await?;
    if !rows::take(tx.conn(), batch.id, item).await? {
        return Ok(false);
    }
    if let Some(refused) = decide(ctx, &mut tx, shop, &item, verdict).await? {
        rows::pass_over(tx.conn(), batch.id, item, &reason(&refused)).await?;
    }
    tx.commit().await?;
    ctx.app.job_wakeup.notify_one();
    Ok(true)
}

/// Does it lie at the database rather than at the case? Then it is tried again.
fn is_passing(error: &Error) -> bool {
    matches!(error, Error::Db(_)) && !error.is_duplicate() && !error.is_check()
}

/// Why a case was passed over, for whoever has to see to it now.
fn reason(error: &Error) -> String {
    match error {
        Error::Refused(refusal) => refusal.to_string(),
        Error::Forbidden => "处理人没有执行此操作的权限".to_owned(),
        Error::Stale => "选择之后有了新的进展，请单独处理".to_owned(),
        Error::Overtaken(step) => format!("选择之后有了新的进展，请单独处理：{step}"),
        Error::NotFound
        | Error::Invalid(_)
        | Error::Inconsistent(_)
        | Error::Differs
        | Error::Db(_)
        | Error::Pictures(_)
        | Error::Gateway(_)
        | Error::LogIn(_)
        | Error::Internal(_) => "未能处理，请单独处理".to_owned(),
    }
}
