//! Rows of the timeline: the same lines on both sides of the counter.

use super::{coded, json, to_json};
use crate::domain::{Actor, ActorKind, AfterSaleId, Happening, OrderId, Refusal, Request, ShopId, Timestamp};
use crate::server::db::{Conn, DeferredStatement, Tx};
use crate::server::error::{Error, Result};
use chrono_tz::Tz;

/// What is written down.
pub struct NewEvent<'a> {
    pub id: i64,
    pub shop: ShopId,
    pub order: OrderId,
    pub after_sale: Option<AfterSaleId>,
    pub by: &'a Actor,
    pub what: &'a Happening,
    pub evidence: &'a [String],
    pub request: Option<&'a Request>,
    pub at: Timestamp,
}

/// One line of a timeline.
#[derive(Clone, Debug)]
pub struct TimelineLine {
    pub what: Happening,
    pub actor_kind: ActorKind,
    pub actor_name: String,
    pub evidence: Vec<String>,
    pub at: Timestamp,
}

const INSERT: &str =
    "insert into events (id, shop_id, order_id, after_sale_id, actor_kind, actor_id, actor_name, kind, facts, words, evidence, request_key,
        request_fingerprint, at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', $10, $11, $12, $13)";

/// The line on which a form's key stands is written at once, for another may have taken the key; the others at the end.
pub async fn insert(tx: &mut Tx, event: &NewEvent<'_>) -> Result<()> {
    let line = DeferredStatement::new(INSERT)
        .bind(event.id)
        .bind(event.shop.0)
        .bind(event.order.0)
        .bind(event.after_sale.map(|id| id.0))
        .bind(event.by.kind().code())
        .bind(event.by.id())
        .bind(event.by.name())
        .bind(event.what.kind().code())
        .bind(to_json(event.what)?)
        .bind(to_json(&event.evidence)?)
        .bind(event.request.map(|request| &request.key))
        .bind(event.request.map(|request| &request.fingerprint))
        .bind(event.at.0);
    if event.request.is_none() {
        tx.defer(line);
        return Ok(());
    }
    match line.now(tx.conn()).await {
        // At this very moment the form acts on another order.
        Err(error) if error.is_duplicate() => Err(Refusal::FormUsed.into()),
        other => other,
    }
}

const OF_REQUEST: &str = "select order_id, request_fingerprint from events where request_key = $1";

/// Did this very form act on the order before? One that did anything else is refused (M9).
pub async fn done_by(conn: &mut Conn, order: OrderId, request: &Request) -> Result<bool> {
    if request.key.is_empty() {
        return Ok(false);
    }
    let found: Option<(i64, Option<String>)> = sqlx::query_as(OF_REQUEST).bind(&request.key).fetch_optional(conn).await?;
    match request.first_effect(found)? {
        Some(of) if of != order.0 => Err(Refusal::FormUsed.into()),
        effect => Ok(effect.is_some()),
    }
}

/// What happened last, and who did it.
#[derive(Clone, Debug)]
pub struct LastEvent {
    pub what: Happening,
    pub actor_kind: ActorKind,
    pub actor_id: Option<i64>,
    pub actor_name: String,
    pub at: Timestamp,
    pub shop: ShopId,
    pub zone: Tz,
}

/// `$2` is a case of the order, or 0 for the order with all of them.
const LAST: &str = "select e.facts, e.words, e.actor_kind, e.actor_id, e.actor_name, e.at, e.shop_id, s.time_zone
    from events e join shops s on s.id = e.shop_id where e.order_id = $1 and (e.after_sale_id = $2 or $2 = 0) order by e.id desc limit 20";

/// The last step: of the lines that one moment wrote, the first tells what was decided and the others what followed.
pub async fn last_step(conn: &mut Conn, order: OrderId, case: Option<AfterSaleId>) -> Result<Option<LastEvent>> {
    type EventRow = (Option<String>, String, String, Option<i64>, String, i64, i64, String);
    let rows: Vec<EventRow> = sqlx::query_as(LAST).bind(order.0).bind(case.map_or(0, |case| case.0)).fetch_all(conn).await?;
    let latest = rows.first().map(|row| row.5);
    let Some((facts, words, actor_kind, actor_id, actor_name, at, shop, zone)) =
        rows.into_iter().take_while(|row| Some(row.5) == latest).last()
    else {
        return Ok(None);
    };
    let zone = zone.parse().map_err(|_| Error::inconsistent("shops", "time_zone", shop))?;
    let what = told("events", at, facts, String::new(), words)?;
    let actor_kind = actor_kind_of(at, &actor_kind)?;
    Ok(Some(LastEvent { what, actor_kind, actor_id, actor_name, at: Timestamp(at), shop: ShopId(shop), zone }))
}

type EventRow = (Option<String>, String, String, String, String, i64);

const OF_ORDER: &str =
    "select facts, words, actor_kind, actor_name, evidence, at from events where order_id = $1 order by id desc limit 100";
const OF_AFTER_SALE: &str =
    "select facts, words, actor_kind, actor_name, evidence, at from events where after_sale_id = $1 order by id desc limit 100";

/// Newest first, its after-sales included.
pub async fn of_order(conn: &mut Conn, order: OrderId) -> Result<Vec<TimelineLine>> {
    read(sqlx::query_as(OF_ORDER).bind(order.0).fetch_all(conn).await?)
}

/// Newest first.
pub async fn of_after_sale(conn: &mut Conn, id: AfterSaleId) -> Result<Vec<TimelineLine>> {
    read(sqlx::query_as(OF_AFTER_SALE).bind(id.0).fetch_all(conn).await?)
}

fn read(rows: Vec<EventRow>) -> Result<Vec<TimelineLine>> {
    rows.into_iter()
        .map(|(facts, words, actor_kind, actor_name, evidence, at)| {
            Ok(TimelineLine {
                what: told("events", at, facts, String::new(), words)?,
                actor_kind: actor_kind_of(at, &actor_kind)?,
                actor_name,
                evidence: json("events", "evidence", at, &evidence)?,
                at: Timestamp(at),
            })
        })
        .collect()
}

fn actor_kind_of(row: i64, code: &str) -> Result<ActorKind> {
    coded("events", "actor_kind", row, code, ActorKind::from_code)
}

/// What a row tells: by its facts, or in the words of a row that was written before facts were kept, or was erased since.
pub(super) fn told(table: &'static str, row: i64, facts: Option<String>, title: String, words: String) -> Result<Happening> {
    facts.map_or_else(|| Ok(Happening::Told { title, words }), |facts| json(table, "facts", row, &facts))
}
