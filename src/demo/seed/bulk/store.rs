//! Many orders at once, for measuring: a draft row says how an order's life went, and whole tables are filled from the drafts, a batch a transaction.

mod cases;
mod orders;
mod totals;
mod words;

use crate::domain::{AfterSaleId, BuyerId, OrderId, ShopId, Timestamp};
use crate::server::db::{Conn, Db, Tx};
use crate::server::error::Result;

/// How an order's life went so far.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its lowest four bits are zero: what belongs to the order counts on from here.
    pub id: OrderId,
    pub number: String,
    pub shop: ShopId,
    pub buyer: BuyerId,
    pub name: String,
    pub phone: String,
    pub region: &'static str,
    pub detail: String,
    pub status: &'static str,
    pub close_reason: Option<&'static str>,
    pub tender: Option<&'static str>,
    pub placed_at: Timestamp,
    pub paid_at: Option<Timestamp>,
    pub shipped_at: Option<Timestamp>,
    pub received_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub pay_by: Option<Timestamp>,
    pub receive_by: Option<Timestamp>,
    /// Milliseconds on a receipt clock that an open case holds.
    pub receive_left: Option<i64>,
    pub after_sale_until: Option<Timestamp>,
    pub goods: i64,
    pub freight: i64,
    /// Which of the shop's goods, and how many units; one to three lines.
    pub lines: Vec<(usize, i64)>,
    /// So many of the lines have left the house.
    pub left: i64,
    /// Stars of the reviews of all lines; zero: none written.
    pub stars: i64,
    pub review: &'static str,
    pub case: Option<CaseDraft>,
}

/// How the order's after-sale went so far.
#[derive(Clone, Debug)]
pub struct CaseDraft {
    pub id: AfterSaleId,
    pub number: String,
    pub kind: &'static str,
    pub stage: &'static str,
    pub status: &'static str,
    pub reason: &'static str,
    /// Every line and the freight, or the first line alone.
    pub whole: bool,
    pub amount: i64,
    pub applied_at: Timestamp,
    /// When it came to where it stands.
    pub decided_at: Timestamp,
    pub due_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub close_cause: Option<&'static str>,
    pub return_leg: Option<String>,
    pub return_tracking: Option<String>,
    pub replacement: Option<String>,
    pub rejection: Option<String>,
    /// The last line of its timeline: who, what, and its facts.
    pub by: &'static str,
    pub event: &'static str,
    pub facts: String,
}

/// The batch under way; gone with its transaction.
pub const TABLES: [&str; 3] = [
    "create temporary table draft (id bigint primary key, number text, shop_id bigint, buyer_id bigint, name text, phone text, region text, detail text,
        status text, close_reason text, tender text, placed_at bigint, paid_at bigint, shipped_at bigint, received_at bigint, closed_at bigint,
        pay_by bigint, receive_by bigint, receive_left bigint, until_at bigint, goods bigint, freight bigint, stars bigint, review text, lines bigint,
        sent bigint, good_1 bigint, units_1 bigint, good_2 bigint, units_2 bigint, good_3 bigint, units_3 bigint)",
    "create temporary table draft_case (id bigint primary key, order_id bigint, number text, kind text, stage text, status text, reason text, whole bigint,
        amount bigint, applied_at bigint, decided_at bigint, due_at bigint, ended_at bigint, close_cause text, return_leg text,
        return_tracking text, replacement text, rejection text, by_kind text, event text, facts text)",
    "create temporary table draft_line (id bigint primary key, order_id bigint, nth bigint, product_id bigint, sku_id bigint, title text, spec text,
        picture text, price bigint, units bigint, freight bigint)",
];
const DROPPED: [&str; 3] = ["drop table draft", "drop table draft_case", "drop table draft_line"];

/// Everything of one batch, in the order in which rows need each other.
const FILLED: [&[&str]; 3] = [orders::FILL, cases::FILL, words::FILL];

/// Writes a batch down.
pub async fn fill(tx: &mut Tx, drafts: &[Draft]) -> Result<()> {
    for table in TABLES {
        sqlx::query(table).execute(tx.conn()).await?;
    }
    for draft in drafts {
        insert(tx.conn(), draft).await?;
    }
    for statement in FILLED.into_iter().flatten().copied().chain(DROPPED) {
        sqlx::query(statement).execute(tx.conn()).await?;
    }
    Ok(())
}

/// Once all are written: what is kept as sums, and what the engine wants to know of its tables.
pub async fn finish(db: &Db) -> Result<()> {
    let mut tx = db.write().await?;
    for statement in totals::SUMS.iter().copied() {
        sqlx::query(statement).execute(tx.conn()).await?;
    }
    tx.commit().await?;
    db.analyze().await
}

const DRAFT: &str =
    "insert into draft values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
    $24, $25, $26, $27, $28, $29, $30, $31, $32)";

async fn insert(conn: &mut Conn, draft: &Draft) -> Result<()> {
    let at = |moment: Option<Timestamp>| moment.map(|moment| moment.0);
    let mut query = sqlx::query(DRAFT)
        .bind(draft.id.0)
        .bind(&draft.number)
        .bind(draft.shop.0)
        .bind(draft.buyer.0)
        .bind(&draft.name)
        .bind(&draft.phone)
        .bind(draft.region)
        .bind(&draft.detail)
        .bind(draft.status)
        .bind(draft.close_reason)
        .bind(draft.tender)
        .bind(draft.placed_at.0)
        .bind(at(draft.paid_at))
        .bind(at(draft.shipped_at))
        .bind(at(draft.received_at))
        .bind(at(draft.closed_at))
        .bind(at(draft.pay_by))
        .bind(at(draft.receive_by))
        .bind(draft.receive_left)
        .bind(at(draft.after_sale_until))
        .bind(draft.goods)
        .bind(draft.freight)
        .bind(draft.stars)
        .bind(draft.review)
        .bind(i64::try_from(draft.lines.len()).unwrap_or(0))
        .bind(draft.left);
    for nth in 0..3 {
        let (good, units) = draft.lines.get(nth).copied().unwrap_or_default();
        query = query.bind(i64::try_from(good).unwrap_or(0)).bind(units);
    }
    query.execute(&mut *conn).await?;
    match &draft.case {
        Some(case) => insert_case(conn, draft.id, case).await,
        None => Ok(()),
    }
}

const DRAFT_CASE: &str =
    "insert into draft_case values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)";

async fn insert_case(conn: &mut Conn, order: OrderId, case: &CaseDraft) -> Result<()> {
    sqlx::query(DRAFT_CASE)
        .bind(case.id.0)
        .bind(order.0)
        .bind(&case.number)
        .bind(case.kind)
        .bind(case.stage)
        .bind(case.status)
        .bind(case.reason)
        .bind(i64::from(case.whole))
        .bind(case.amount)
        .bind(case.applied_at.0)
        .bind(case.decided_at.0)
        .bind(case.due_at.map(|due| due.0))
        .bind(case.ended_at.map(|ended| ended.0))
        .bind(case.close_cause)
        .bind(&case.return_leg)
        .bind(&case.return_tracking)
        .bind(&case.replacement)
        .bind(&case.rejection)
        .bind(case.by)
        .bind(case.event)
        .bind(&case.facts)
        .execute(conn)
        .await?;
    Ok(())
}
