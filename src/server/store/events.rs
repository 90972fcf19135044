//! Rows of the timeline: the same lines on both sides of the counter.

use super::{json, to_json};
use crate::domain::{Actor, AfterSaleId, OrderId, ShopId, Timestamp};
use crate::server::error::Result;
use sqlx::AnyConnection;

/// What is written down.
pub struct NewEvent<'a> {
    pub id: i64,
    pub shop: ShopId,
    pub order: OrderId,
    pub after_sale: Option<AfterSaleId>,
    pub by: &'a Actor,
    pub kind: &'static str,
    pub words: &'a str,
    pub evidence: &'a [String],
    pub request_key: Option<&'a str>,
    pub at: Timestamp,
}

/// One line of a timeline.
#[derive(Clone, Debug)]
pub struct TimelineLine {
    pub words: String,
    pub actor_kind: String,
    pub actor_name: String,
    pub evidence: Vec<String>,
    pub at: Timestamp,
}

const INSERT: &str =
    "insert into events (id, shop_id, order_id, after_sale_id, actor_kind, actor_id, actor_name, kind, words, evidence, request_key, at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

pub async fn insert(conn: &mut AnyConnection, event: &NewEvent<'_>) -> Result<()> {
    sqlx::query(INSERT)
        .bind(event.id)
        .bind(event.shop.0)
        .bind(event.order.0)
        .bind(event.after_sale.map(|id| id.0))
        .bind(event.by.kind())
        .bind(event.by.id())
        .bind(event.by.name())
        .bind(event.kind)
        .bind(event.words)
        .bind(to_json(&event.evidence)?)
        .bind(event.request_key)
        .bind(event.at.0)
        .execute(conn)
        .await?;
    Ok(())
}

const KEY_USED: &str = "select id from events where request_key = $1 and order_id = $2";

/// Did this very form act on the order before? (M9)
pub async fn key_used(conn: &mut AnyConnection, order: OrderId, key: &str) -> Result<bool> {
    if key.is_empty() {
        return Ok(false);
    }
    let found: Option<i64> = sqlx::query_scalar(KEY_USED).bind(key).bind(order.0).fetch_optional(conn).await?;
    Ok(found.is_some())
}

type Row = (String, String, String, String, i64);

const OF_ORDER: &str = "select words, actor_kind, actor_name, evidence, at from events where order_id = $1 order by id desc limit 100";
const OF_AFTER_SALE: &str =
    "select words, actor_kind, actor_name, evidence, at from events where after_sale_id = $1 order by id desc limit 100";

/// Newest first, its after-sales included.
pub async fn of_order(conn: &mut AnyConnection, order: OrderId) -> Result<Vec<TimelineLine>> {
    read(sqlx::query_as(OF_ORDER).bind(order.0).fetch_all(conn).await?)
}

/// Newest first.
pub async fn of_after_sale(conn: &mut AnyConnection, id: AfterSaleId) -> Result<Vec<TimelineLine>> {
    read(sqlx::query_as(OF_AFTER_SALE).bind(id.0).fetch_all(conn).await?)
}

fn read(rows: Vec<Row>) -> Result<Vec<TimelineLine>> {
    rows.into_iter()
        .map(|(words, actor_kind, actor_name, evidence, at)| {
            Ok(TimelineLine { words, actor_kind, actor_name, evidence: json("events", &evidence)?, at: Timestamp(at) })
        })
        .collect()
}
