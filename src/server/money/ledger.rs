//! 「账目核对」: the books are checked by a button, every day and by command, and every run is kept with what it found.

use crate::domain::time::{DAY, HOUR};
use crate::domain::{Permission, SeeMoney, ShopId, Timestamp};
use crate::server::app::App;
use crate::server::ctx::{Ctx, Staff};
use crate::server::db::Tx;
use crate::server::error::{Error, Result};
use crate::server::machinery::verify::{self, CheckedInvariant};
use crate::server::store::machinery::periodic::{self, Round};
use crate::server::store::money::ledger_checks::{self as rows, Finished, KeptRun};
use futures_util::{TryStreamExt, pin_mut};
use std::sync::Arc;
use std::time::Instant;

/// Longer than any run takes: whoever still holds the place has died.
const LONGEST: i64 = HOUR;
const DIED: &str = "核对没有完成：运行它的进程已退出";
/// Who began it works in another shop, and is nobody's business here.
const ELSEWHERE: &str = "其他店铺";
const FAILED: &str = "核对没有完成：数据库没有回答，请稍后重试";
/// Runs that the page shows.
const SHOWN: i64 = 10;

/// A run as it is shown: with what concerns this shop, and what concerns all.
#[derive(Clone, Debug)]
pub struct Run {
    pub started_by: String,
    pub started_at: Timestamp,
    /// `None` while it goes on.
    pub finished_at: Option<Timestamp>,
    pub millis: i64,
    pub rows: i64,
    pub checks: Vec<CheckedInvariant>,
    pub trouble: String,
}

impl Run {
    fn of(kept: KeptRun, staff: &Staff) -> Result<Self> {
        let mut checks: Vec<CheckedInvariant> =
            serde_json::from_str(&kept.report).map_err(|_| Error::inconsistent("ledger_checks", "report", kept.started_at))?;
        for check in &mut checks {
            // What is kept of another shop's rows is no business of this one; beyond what is kept nothing is known.
            let all = check.wrong.len();
            check.wrong.retain(|row| row.shop_id == 0 || row.shop_id == staff.shop.id.0);
            check.differences -= i64::try_from(all - check.wrong.len()).unwrap_or(0);
        }
        Ok(Self {
            started_by: if kept.shop_id.is_none_or(|shop| shop == staff.shop.id.0) { kept.started_by } else { ELSEWHERE.to_owned() },
            started_at: Timestamp(kept.started_at),
            finished_at: kept.finished_at.map(Timestamp),
            millis: kept.millis,
            rows: kept.rows_checked,
            checks,
            trouble: kept.trouble,
        })
    }

    /// How many rows break a rule.
    pub fn differences(&self) -> i64 {
        self.checks.iter().map(|check| check.differences).sum()
    }
}

/// The last runs, the newest first.
pub async fn latest(staff: &Staff) -> Result<Vec<Run>> {
    staff.require(Permission::VerifyLedger)?;
    let kept = rows::latest(&mut *staff.app.db.reader().await?, staff.proof(SeeMoney)?, SHOWN).await?;
    kept.into_iter().map(|run| Run::of(run, staff)).collect()
}

/// 「立即核对」: begins in the background, unless a run is under way.
pub async fn begin(staff: &Staff) -> Result<()> {
    staff.require(Permission::VerifyLedger)?;
    begin_alone(staff, staff.app.db.write().await?, staff.actor.name(), Some(staff.shop.id)).await
}

/// Once a day, by one process of all. The day is marked in the transaction that begins the run: one that could not begin is tried again.
pub async fn daily(ctx: &Ctx) -> Result<()> {
    let mut tx = ctx.app.db.write().await?;
    let due = periodic::claim(tx.conn(), Round::LedgerCheck, ctx.now, DAY).await?;
    if due { begin_alone(ctx, tx, "每日自动核对", None).await } else { Ok(()) }
}

async fn begin_alone(ctx: &Ctx, mut tx: Tx, by: &str, shop: Option<ShopId>) -> Result<()> {
    rows::give_up(tx.conn(), ctx.now, ctx.now.plus(-LONGEST), DIED).await?;
    let id = ctx.app.new_id();
    let alone = rows::begin(tx.conn(), id, by, shop, ctx.now, true).await?;
    tx.commit().await?;
    if alone {
        let app: Arc<App> = ctx.app.clone();
        tokio::spawn(async move {
            if let Err(error) = carry_out(&app, id, |_| ()).await {
                tracing::error!(?error, "the ledger could not be checked");
            }
        });
    }
    Ok(())
}

/// Runs now, beside any other; `told` hears of each check as it is done.
pub async fn run(app: &App, by: &str, told: impl FnMut(&CheckedInvariant)) -> Result<Vec<CheckedInvariant>> {
    let id = app.new_id();
    rows::begin(&mut *app.db.single().acquire().await?, id, by, None, app.now(), false).await?;
    carry_out(app, id, told).await
}

async fn carry_out(app: &App, id: i64, told: impl FnMut(&CheckedInvariant)) -> Result<Vec<CheckedInvariant>> {
    let begun = Instant::now();
    let mut done = Vec::with_capacity(verify::checks());
    let outcome = look(app, id, &mut done, told).await;
    let report = in_json(&done)?;
    let end = Finished {
        at: app.now(),
        millis: i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX),
        rows: done.iter().map(|check| check.rows).sum(),
        differences: done.iter().map(|check| check.differences).sum(),
        report: &report,
        trouble: if outcome.is_err() { FAILED } else { "" },
    };
    rows::finish(&mut *app.db.single().acquire().await?, id, &end).await?;
    outcome.map(|()| done)
}

async fn look(app: &App, id: i64, done: &mut Vec<CheckedInvariant>, mut told: impl FnMut(&CheckedInvariant)) -> Result<()> {
    let checks = verify::begin(&app.db).await?;
    pin_mut!(checks);
    while let Some(check) = checks.try_next().await? {
        told(&check);
        done.push(check);
        rows::progress(&mut *app.db.single().acquire().await?, id, &in_json(done)?).await?;
    }
    Ok(())
}

fn in_json(checks: &[CheckedInvariant]) -> Result<String> {
    serde_json::to_string(checks).map_err(|error| Error::Internal(error.to_string()))
}
