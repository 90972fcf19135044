//! Rows of batches: many after-sales decided at once (S52).

mod collect;
mod items;

pub use collect::{collect, count_matching, hold, pick, propose};
pub use items::{BatchItem, SkippedCase, Tally, above, in_turn, pass_over, skipped, take, tally};

use crate::domain::after_sale::Queue;
use crate::domain::{Actor, Address, BatchDecision, BatchId, BatchState, Granted, Money, Request, SeeMoney, ShopId, Timestamp};
use crate::server::db::Conn;
use crate::server::error::{Error, Result};
use crate::server::store::{Slice, coded, json, slice, to_json};

/// One batch; its cases are rows of their own.
#[derive(Clone, Debug)]
pub struct Batch {
    pub id: BatchId,
    pub number: String,
    pub shop_id: ShopId,
    pub decision: BatchDecision,
    pub queue: Queue,
    /// Case by case, or everything that matched.
    pub ticked: bool,
    pub sought: String,
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
    pub state: BatchState,
    pub cases: i64,
    /// What its cases ask for in all.
    pub amount: Money,
    /// Why the shop says no, where it does.
    pub words: String,
    pub return_to: Option<Address>,
    pub staff_id: i64,
    pub staff_name: String,
    pub created_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// Why it does not go on by itself.
    pub trouble: String,
}

#[derive(sqlx_macros::FromRow)]
struct BatchRow {
    id: i64,
    number: String,
    shop_id: i64,
    decision: String,
    queue: String,
    ticked: i64,
    sought: String,
    from_at: Option<i64>,
    until_at: Option<i64>,
    status: String,
    cases: i64,
    amount_minor: i64,
    words: String,
    return_to: Option<String>,
    staff_id: i64,
    staff_name: String,
    created_at: i64,
    started_at: Option<i64>,
    ended_at: Option<i64>,
    trouble: String,
}

const TABLE: &str = "batches";

impl TryFrom<BatchRow> for Batch {
    type Error = Error;
    fn try_from(row: BatchRow) -> Result<Self> {
        Ok(Self {
            id: BatchId(row.id),
            shop_id: ShopId(row.shop_id),
            decision: coded(TABLE, "decision", row.id, &row.decision, BatchDecision::from_code)?,
            queue: coded(TABLE, "queue", row.id, &row.queue, Queue::from_code)?,
            ticked: row.ticked == 1,
            from: row.from_at.map(Timestamp),
            until: row.until_at.map(Timestamp),
            state: coded(TABLE, "status", row.id, &row.status, BatchState::from_code)?,
            amount: Money(row.amount_minor),
            return_to: row.return_to.as_deref().map(|text| json(TABLE, "return_to", row.id, text)).transpose()?,
            created_at: Timestamp(row.created_at),
            started_at: row.started_at.map(Timestamp),
            ended_at: row.ended_at.map(Timestamp),
            number: row.number,
            sought: row.sought,
            cases: row.cases,
            words: row.words,
            staff_id: row.staff_id,
            staff_name: row.staff_name,
            trouble: row.trouble,
        })
    }
}

const INSERT: &str = "insert into batches (id, number, shop_id, request_key, decision, queue, ticked, sought, from_at, until_at, status,
        staff_id, staff_name, created_at, request_fingerprint)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";

/// A new batch without cases; sending its form again meets its unique key.
pub async fn insert(conn: &mut Conn, batch: &Batch, request: &Request) -> Result<()> {
    sqlx::query(INSERT)
        .bind(batch.id.0)
        .bind(&batch.number)
        .bind(batch.shop_id.0)
        .bind(&request.key)
        .bind(batch.decision.code())
        .bind(batch.queue.code())
        .bind(i64::from(batch.ticked))
        .bind(&batch.sought)
        .bind(batch.from.map(|at| at.0))
        .bind(batch.until.map(|at| at.0))
        .bind(batch.state.code())
        .bind(batch.staff_id)
        .bind(&batch.staff_name)
        .bind(batch.created_at.0)
        .bind(&request.fingerprint)
        .execute(conn)
        .await?;
    Ok(())
}

const OF_REQUEST: &str = "select number, request_fingerprint from batches where shop_id = $1 and request_key = $2";
const BY_NUMBER: &str = "select * from batches where shop_id = $1 and number = $2";
const OF_SHOP: &str = "select * from batches where shop_id = $1 and id < $2 order by id desc limit $3";
const IN_VIEW: &str = "select * from batches where shop_id = $1 and status in ('collecting', 'proposed', 'running', 'stopped')
    order by id desc limit 5";
const AT_WORK: &str = "select * from batches where status in ('collecting', 'running') order by id";

/// The number of the batch that this form made before, if it did; another form under its key is refused (M9).
pub async fn number_of_request(conn: &mut Conn, shop: ShopId, request: &Request) -> Result<Option<String>> {
    let found = sqlx::query_as(OF_REQUEST).bind(shop.0).bind(&request.key).fetch_optional(conn).await?;
    Ok(request.first_effect(found)?)
}

/// One of the shop's.
pub async fn find(conn: &mut Conn, seen: Granted<SeeMoney>, number: &str) -> Result<Option<Batch>> {
    let row: Option<BatchRow> = sqlx::query_as(BY_NUMBER).bind(seen.shop().0).bind(number).fetch_optional(conn).await?;
    row.map(Batch::try_from).transpose()
}

/// A page of the shop's, the newest first.
pub async fn list(conn: &mut Conn, seen: Granted<SeeMoney>, before: i64, limit: i64) -> Result<Slice<Batch>> {
    let rows: Vec<BatchRow> = sqlx::query_as(OF_SHOP).bind(seen.shop().0).bind(before).bind(limit + 1).fetch_all(conn).await?;
    let batches = rows.into_iter().map(Batch::try_from).collect::<Result<Vec<_>>>()?;
    Ok(slice(batches, limit, |batch: &Batch| batch.id.0))
}

/// Those of the shop that are not over, the newest first.
pub async fn in_view(conn: &mut Conn, seen: Granted<SeeMoney>) -> Result<Vec<Batch>> {
    let rows: Vec<BatchRow> = sqlx::query_as(IN_VIEW).bind(seen.shop().0).fetch_all(conn).await?;
    rows.into_iter().map(Batch::try_from).collect()
}

/// What the workers of all processes share, the oldest first.
pub async fn at_work(conn: &mut Conn) -> Result<Vec<Batch>> {
    let rows: Vec<BatchRow> = sqlx::query_as(AT_WORK).fetch_all(conn).await?;
    rows.into_iter().map(Batch::try_from).collect()
}

const ADVANCE: &str = "update batches set status = $3, staff_id = $4, staff_name = $5, started_at = coalesce(started_at, $6),
        ended_at = $7, words = $8, return_to = $9, trouble = ''
    where id = $1 and status = $2";

/// From one state to the next by a person, who answers for it from now on; `false` if it does not stand there any more.
pub async fn advance(conn: &mut Conn, batch: &Batch, to: BatchState, by: &Actor, now: Timestamp) -> Result<bool> {
    let done = sqlx::query(ADVANCE)
        .bind(batch.id.0)
        .bind(batch.state.code())
        .bind(to.code())
        .bind(by.id().unwrap_or(batch.staff_id))
        .bind(by.name())
        .bind((to == BatchState::Running).then_some(now.0))
        .bind((to == BatchState::Dropped).then_some(now.0))
        .bind(&batch.words)
        .bind(batch.return_to.as_ref().map(to_json).transpose()?)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

const STOP: &str = "update batches set status = 'stopped', trouble = $2 where id = $1 and status = 'running'";

/// It cannot go on by itself, and says why.
pub async fn stop(conn: &mut Conn, id: BatchId, trouble: &str) -> Result<()> {
    sqlx::query(STOP).bind(id.0).bind(trouble).execute(conn).await?;
    Ok(())
}

const FINISH: &str = "update batches set status = 'finished', ended_at = $2 where id = $1 and status = 'running'
    and not exists (select 1 from batch_items where batch_id = $1 and status = 'waiting')";

/// Nothing waits any more.
pub async fn finish(conn: &mut Conn, id: BatchId, now: Timestamp) -> Result<()> {
    sqlx::query(FINISH).bind(id.0).bind(now.0).execute(conn).await?;
    Ok(())
}
