//! Many after-sales decided at once (S52): proposed with what it comes to, begun by a person, worked off by whichever process is there.

mod propose;
mod work;

pub use propose::{BatchSelection, MOST, matching, propose};
pub use work::{run_due, work};

pub use crate::server::store::after_sales::batches::{Batch, SkippedCase, Tally};

use crate::domain::{BatchAction, BatchAnswer, BatchDecision, BatchState, Permission, SeeMoney};
use crate::server::ctx::{Staff, overtaken};
use crate::server::error::{Error, Result};
use crate::server::store::Slice;
use crate::server::store::after_sales::batches as rows;
use crate::server::store::people::audits::{self, Audit};
use crate::server::store::people::{self, AddressBookOwner, BookedAddress};

/// Batches of a page of the list, and passed-over cases of a page of one.
const PAGE: i64 = 20;

/// One batch, how far it is, and what it could not do.
#[derive(Clone, Debug)]
pub struct BatchDetail {
    pub batch: Batch,
    pub tally: Tally,
    pub skipped: Slice<SkippedCase>,
    /// Cases of a proposal above what this member of staff may agree to; they will be passed over.
    pub above_limit: i64,
    /// Where returns can go.
    pub return_addresses: Vec<BookedAddress>,
}

/// The shop's batches, the newest first.
pub async fn list(staff: &Staff, before: Option<i64>) -> Result<Slice<Batch>> {
    let seen = staff.proof(SeeMoney)?;
    rows::list(&mut *staff.app.db.reader().await?, seen, before.unwrap_or(i64::MAX), PAGE).await
}

/// Those that are not over, for the workbench; nothing for who may not see them.
pub async fn in_view(staff: &Staff) -> Result<Vec<Batch>> {
    match staff.granted(SeeMoney) {
        Some(seen) => rows::in_view(&mut *staff.app.db.reader().await?, seen).await,
        None => Ok(Vec::new()),
    }
}

/// A batch of the shop; `behind` is the passed-over case to go on behind.
pub async fn for_shop(staff: &Staff, number: &str, behind: Option<i64>) -> Result<BatchDetail> {
    let seen = staff.proof(SeeMoney)?;
    let mut conn = staff.app.db.reader().await?;
    let batch = rows::find(&mut conn, seen, number).await?.ok_or(Error::NotFound)?;
    let limited = batch.decision == BatchDecision::AgreeRefund && !staff.may(Permission::ApproveLargeRefund);
    let above_limit = if batch.state == BatchState::Proposed && limited {
        rows::above(&mut conn, batch.id, staff.shop.policy.service_refund_limit).await?
    } else {
        0
    };
    Ok(BatchDetail {
        tally: rows::tally(&mut conn, batch.id).await?,
        skipped: rows::skipped(&mut conn, batch.id, behind.unwrap_or(0), PAGE).await?,
        return_addresses: people::addresses(&mut conn, AddressBookOwner::Shop(staff.shop.id)).await?,
        above_limit,
        batch,
    })
}

/// A batch that somebody wants to begin.
pub async fn to_begin(staff: &Staff, number: &str) -> Result<Batch> {
    let batch = theirs(staff, number).await?;
    if batch.state == BatchState::Proposed && batch.cases == 0 {
        return Err(Error::field("cases", "没有可以处理的售后，请返回工作台重新选择"));
    }
    Ok(batch)
}

/// 「确认」, with what the decision says: why the shop rejects, or where the goods go.
pub async fn start(staff: &Staff, number: &str, answer: BatchAnswer) -> Result<()> {
    let batch = to_begin(staff, number).await?;
    if answer.decision() != batch.decision {
        return Err(Error::Stale);
    }
    let batch = match answer {
        BatchAnswer::AgreeRefund => batch,
        BatchAnswer::ApproveReturn(chosen) => {
            let to = people::return_address(&mut *staff.app.db.reader().await?, staff.shop.id, chosen).await?;
            let to = to.ok_or_else(|| Error::field("return_address", "这个退货地址已不存在，请重新选择"))?;
            Batch { return_to: Some(to), ..batch }
        }
        BatchAnswer::Reject(why) => Batch { words: why.into_words(), ..batch },
    };
    go(staff, batch, BatchAction::Start).await
}

/// 「停止」: what is under way is finished, the rest waits.
pub async fn stop(staff: &Staff, number: &str) -> Result<()> {
    go(staff, theirs(staff, number).await?, BatchAction::Stop).await
}

/// 「继续」: whoever says it answers for the rest.
pub async fn resume(staff: &Staff, number: &str) -> Result<()> {
    go(staff, theirs(staff, number).await?, BatchAction::Resume).await
}

/// 「放弃」: a proposal that nobody wants.
pub async fn drop(staff: &Staff, number: &str) -> Result<()> {
    go(staff, theirs(staff, number).await?, BatchAction::Drop).await
}

async fn theirs(staff: &Staff, number: &str) -> Result<Batch> {
    let mut conn = staff.app.db.reader().await?;
    let batch = rows::find(&mut conn, staff.proof(SeeMoney)?, number).await?.ok_or(Error::NotFound)?;
    staff.require(batch.decision.permission())?;
    Ok(batch)
}

/// One step of the batch, kept with who took it. What leads to where it stands already was sent twice.
async fn go(staff: &Staff, batch: Batch, action: BatchAction) -> Result<()> {
    let (from, to) = action.step();
    let been_there = |batch: &Batch| batch.state == to || (action == BatchAction::Start && batch.started_at.is_some());
    let mut tx = staff.app.db.write().await?;
    if batch.state != from || !rows::advance(tx.conn(), &batch, to, &staff.actor, staff.now).await? {
        let now = rows::find(tx.conn(), staff.proof(SeeMoney)?, &batch.number).await?.ok_or(Error::NotFound)?;
        if been_there(&now) {
            return Ok(());
        }
        let at = now.ended_at.or(now.started_at).unwrap_or(now.created_at);
        let what = format!("批次{}", now.state.name());
        return Err(overtaken::by_colleague(staff, &now.staff_name, at, &what));
    }
    let detail = format!("{} {} 笔 {}", batch.decision.name(), batch.cases, batch.amount.show());
    let audit =
        Audit { shop: staff.shop.id, actor: &staff.actor, deed: action.deed(), subject: &batch.number, detail: &detail, at: staff.now };
    audits::record(tx.conn(), staff.app.new_id(), &audit).await?;
    tx.commit().await
}
