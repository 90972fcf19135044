//! The worker of a process: fires due clocks and runs refunds; several processes share the work without knowing of each other.

use super::app::App;
use super::ctx::Ctx;
use super::db::{Trouble, begin_anywhere, group_commit};
use super::error::{Error, Result};
use super::money::{ledger, refunds};
use super::people::{erasure, uploads};
use super::store::machinery::clocks::{self, Subject};
use super::store::people::{attempts, one_time_links, sessions};
use super::{after_sales, anomalies, orders};
use crate::domain::Refusal;
use crate::domain::time::{MINUTE, SECOND};
use futures_util::stream::{self, StreamExt, TryStreamExt};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Clocks that are looked at before the worker asks again what is due.
const ROUND: i64 = 256;
/// Of a full round so many are fired, begun anywhere: few of them are in the hands of another process meanwhile.
const FIRED: usize = 64;

const BETWEEN_SWEEPS: Duration = Duration::from_mins(10);

/// Works until told to stop: at once when woken, every second otherwise.
pub async fn work(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    let mut next_sweep = Instant::now();
    while !*stop.borrow() {
        if let Err(error) = run_due(&app).await {
            tracing::error!(?error, "worker");
        }
        if Instant::now() >= next_sweep {
            sweep(&app).await;
            next_sweep = Instant::now() + BETWEEN_SWEEPS;
        }
        tokio::select! {
            _ = stop.changed() => break,
            () = app.job_wakeup.notified() => {}
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
    }
}

/// Everything that is due now, once; who is told to stop meanwhile begins nothing more. What it did: clocks fired and refunds seen to.
pub async fn run_due(app: &Arc<App>) -> Result<(usize, usize)> {
    let mut fired = 0;
    while !app.is_leaving() {
        let ctx = Ctx::system(app);
        let mut due = clocks::due(&app.db, ctx.now, ROUND).await?;
        if due.is_empty() {
            break;
        }
        if i64::try_from(due.len()).is_ok_and(|found| found == ROUND) {
            begin_anywhere(&mut due);
            due.truncate(FIRED);
        }
        fired += due.len();
        let all = stream::iter(due).map(|subject| fire(&ctx, subject)).buffer_unordered(app.db.job_concurrency());
        group_commit(all.try_collect::<()>()).await?;
    }
    let refunded = refunds::scan(&Ctx::system(app)).await?;
    anomalies::scan(&Ctx::system(app)).await?;
    erasure::remove_pictures(&Ctx::system(app)).await?;
    Ok((fired, refunded))
}

/// One clock. What cannot be done now (the gateway is down, a rule refuses) is tried again in a minute, and seen in the log.
#[tracing::instrument(name = "clock", skip_all, fields(?subject))]
async fn fire(ctx: &Ctx, subject: Subject) -> Result<()> {
    let fired = match subject {
        Subject::Order(id) => orders::time_out(ctx, id).await,
        Subject::AfterSale(id) => after_sales::time_out(ctx, id).await,
        Subject::ReturnReminder(id) => after_sales::remind(ctx, id).await,
    };
    let wait = match fired {
        Ok(()) => return Ok(()),
        // Somebody acted in the same moment: the clock that is left, if any, is a new one.
        Err(Error::Stale | Error::Refused(Refusal::NotWhile(_))) => SECOND,
        Err(error) => match error.trouble() {
            // This one is held by somebody; the others need not wait for it.
            Some(Trouble::Locked) => SECOND,
            // None can fire: the whole round is tried again.
            Some(_) => return Err(error),
            None => {
                tracing::warn!(?subject, ?error, "a clock could not fire");
                MINUTE
            }
        },
    };
    clocks::postpone(&ctx.app.db, subject, ctx.now.plus(wait)).await
}

/// What is done every ten minutes: removes what has run out and pictures that nobody uses, looks through closed accounts again, and has the ledger
/// checked once a day.
pub async fn sweep(app: &Arc<App>) {
    if let Err(error) = sessions::sweep(&app.db, app.machine_now()).await {
        tracing::warn!(?error, "sessions were not swept");
    }
    if let Err(error) = one_time_links::sweep(&app.db, app.machine_now()).await {
        tracing::warn!(?error, "links that have run out were not swept");
    }
    if let Err(error) = attempts::sweep(&app.db, app.now()).await {
        tracing::warn!(?error, "attempts were not swept");
    }
    if let Err(error) = erasure::erase_again(&Ctx::system(app)).await {
        tracing::warn!(?error, "closed accounts were not looked through again");
    }
    if let Err(error) = ledger::daily(&Ctx::system(app)).await {
        tracing::warn!(?error, "the ledger's check was not begun");
    }
    if let Err(error) = uploads::sweep(&Ctx::system(app)).await {
        tracing::warn!(?error, "unused pictures were not swept");
    }
}
