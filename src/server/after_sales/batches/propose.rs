//! What a batch would come to, before anybody says yes: its cases are put down as they are now, a part at a time.

use super::Batch;
use crate::domain::{BatchDecision, BatchId, BatchState, Money, Request, SeeMoney};
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::error::{Error, Result};
use crate::server::store::COUNT_LIMIT;
use crate::server::store::after_sales::{QueueFilter, batches as rows};

/// Cases of one batch, and of one transaction that puts them down.
pub const MOST: i64 = 10_000;
const PART: i64 = 1_000;
/// Ticked on one page, with room to spare.
const MOST_TICKED: usize = 100;

/// What is to be decided, and on which cases: the ticked ones, or all that match.
pub struct BatchSelection {
    pub decision: BatchDecision,
    pub filter: QueueFilter,
    pub ticked: Option<Vec<String>>,
}

/// How many cases of the queue match, counted no further than anybody reads: the proposal says it exactly.
pub async fn matching(staff: &Staff, filter: &QueueFilter) -> Result<i64> {
    let mut conn = staff.app.db.reader().await?;
    rows::count_matching(&mut conn, staff.shop.id, filter, COUNT_LIMIT).await
}

/// Proposes a batch; sending the form again finds the first. Returns its number.
pub async fn propose(staff: &Staff, chosen: &BatchSelection, asked: &Request) -> Result<String> {
    staff.require(chosen.decision.permission())?;
    if !chosen.filter.queue.batch_decisions().contains(&chosen.decision) {
        return Err(Error::field("decision", "这个队列不支持批量处理，请逐笔处理"));
    }
    match &chosen.ticked {
        Some(ticked) if ticked.is_empty() => return Err(Error::field("case", "请勾选要处理的售后，或选择本队列全部")),
        Some(ticked) if ticked.len() > MOST_TICKED => return Err(Error::field("case", "一次勾选过多，请改用「选择本队列全部」")),
        _ => {}
    }
    asked.require_key()?;
    let batch = match insert(staff, chosen, asked).await {
        Err(error) if error.is_duplicate() => {
            let mut conn = staff.app.db.reader().await?;
            let Some(number) = rows::number_of_request(&mut conn, staff.shop.id, asked).await? else { return Err(error) };
            rows::find(&mut conn, staff.proof(SeeMoney)?, &number).await?.ok_or(Error::NotFound)?
        }
        other => other?,
    };
    collect(&staff.app, &batch).await?;
    Ok(batch.number)
}

async fn insert(staff: &Staff, chosen: &BatchSelection, asked: &Request) -> Result<Batch> {
    let letters = staff.app.letters(8);
    let batch = Batch {
        id: BatchId(staff.app.new_id()),
        number: format!("BT{}-{}", &letters[..4], &letters[4..]),
        shop_id: staff.shop.id,
        decision: chosen.decision,
        queue: chosen.filter.queue,
        ticked: chosen.ticked.is_some(),
        sought: chosen.filter.search.words().to_owned(),
        from: chosen.filter.from,
        until: chosen.filter.until,
        state: BatchState::Collecting,
        cases: 0,
        amount: Money::ZERO,
        words: String::new(),
        return_to: None,
        staff_id: staff.actor.id().ok_or(Error::Forbidden)?,
        staff_name: staff.actor.name().to_owned(),
        created_at: staff.now,
        started_at: None,
        ended_at: None,
        trouble: String::new(),
    };
    let mut tx = staff.app.db.write().await?;
    rows::insert(tx.conn(), &batch, asked).await?;
    for number in chosen.ticked.iter().flatten() {
        if !rows::pick(tx.conn(), &batch, number).await? {
            return Err(Error::NotFound);
        }
    }
    tx.commit().await?;
    Ok(batch)
}

/// Puts down what is still missing, in short transactions, and then proposes it. Whoever finds a batch half put together goes on with it.
pub(super) async fn collect(app: &App, batch: &Batch) -> Result<()> {
    let mut missing = if batch.ticked { 0 } else { MOST };
    loop {
        let mut tx = app.db.write().await?;
        if !rows::hold(tx.conn(), batch.id).await? {
            return Ok(());
        }
        let part = missing.min(PART);
        let found = if part > 0 { rows::collect(tx.conn(), batch, part).await? } else { 0 };
        missing -= found;
        if found < part || missing <= 0 {
            rows::propose(tx.conn(), batch.id).await?;
            return tx.commit().await;
        }
        tx.commit().await?;
    }
}
