//! Lists of orders: one page by index, its lines in a second round trip.

use super::filter::OrderFilter;
use super::listed::{CardLine, ListedOrder};
use crate::domain::order::OrderStatus;
use crate::domain::{BuyerId, ShopId};
use crate::server::db::Conn;
use crate::server::error::Result;
use crate::server::store::{Slice, slice};
use sqlx::any::AnyRow;

const OF_BUYER: &str = include_str!("list/of_buyer.sql");
const OF_BUYER_BY_STATUS: &str = include_str!("list/of_buyer_by_status.sql");
const TO_REVIEW: &str = include_str!("list/to_review.sql");

fn listed(rows: &[AnyRow]) -> Result<Vec<ListedOrder>> {
    rows.iter().map(ListedOrder::of).collect()
}

/// A buyer's orders, newest first, all or of one tab.
pub async fn list_for_buyer(
    conn: &mut Conn,
    buyer: BuyerId,
    status: Option<OrderStatus>,
    before: i64,
    limit: i64,
) -> Result<Slice<ListedOrder>> {
    let rows = match status.map(super::counts::tab) {
        None => sqlx::query(OF_BUYER).bind(buyer.0).bind(before).bind(limit + 1).fetch_all(conn).await?,
        Some((first, second)) => {
            sqlx::query(OF_BUYER_BY_STATUS).bind(buyer.0).bind(before).bind(limit + 1).bind(first).bind(second).fetch_all(conn).await?
        }
    };
    Ok(slice(listed(&rows)?, limit, |row| row.id))
}

/// A buyer's completed orders with something left to review.
pub async fn list_to_review(conn: &mut Conn, buyer: BuyerId, before: i64, limit: i64) -> Result<Slice<ListedOrder>> {
    let rows = sqlx::query(TO_REVIEW).bind(buyer.0).bind(before).bind(limit + 1).fetch_all(conn).await?;
    Ok(slice(listed(&rows)?, limit, |row| row.id))
}

const THESE: &str = include_str!("list/these.sql");

/// A shop's orders, newest first, at most twenty: which ones, and then what is shown of them.
pub async fn list_for_shop(conn: &mut Conn, shop: ShopId, filter: &OrderFilter, before: i64, limit: i64) -> Result<Slice<ListedOrder>> {
    let Slice { rows: ids, next } = slice(super::search::ids(conn, shop, filter, before, limit + 1).await?, limit, |id| *id);
    if ids.is_empty() {
        return Ok(Slice { rows: Vec::new(), next });
    }
    let query = (0..20).fold(sqlx::query(THESE), |query, nth| query.bind(ids.get(nth).copied().unwrap_or(0)));
    Ok(Slice { rows: listed(&query.fetch_all(conn).await?)?, next })
}

const TO_SHIP: &str = include_str!("list/to_ship.sql");

/// What a shop still has to ship, the longest waiting first.
pub async fn list_to_ship(conn: &mut Conn, shop: ShopId, limit: i64) -> Result<Slice<ListedOrder>> {
    let rows = sqlx::query(TO_SHIP).bind(shop.0).bind(limit + 1).fetch_all(conn).await?;
    Ok(slice(listed(&rows)?, limit, |row| row.id))
}

const LINES_OF: &str = include_str!("list/lines_of.sql");

/// The lines of up to twenty listed orders.
pub async fn lines_of(conn: &mut Conn, orders: &[ListedOrder]) -> Result<Vec<CardLine>> {
    let mut query = sqlx::query(LINES_OF);
    for index in 0..20 {
        query = query.bind(orders.get(index).map_or(0, |order| order.id));
    }
    query.fetch_all(conn).await?.iter().map(CardLine::of).collect()
}
