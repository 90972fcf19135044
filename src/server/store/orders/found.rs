//! One order, by whoever may see it: whole, or as much as a clock has to know before it is held.

use super::OrderMarks;
use super::row::{LineRow, OrderRow};
use crate::domain::order::{Order, OrderStatus};
use crate::domain::{BuyerId, OrderId, ShopId, Timestamp};
use crate::server::db::Conn;
use crate::server::error::Result;
use crate::server::store::coded;

/// Whose order it must be to be found.
#[derive(Clone, Copy, Debug)]
pub enum Scope {
    Buyer(BuyerId),
    Shop(ShopId),
    /// The system's own look: callbacks and clocks.
    Anyone,
}

impl Scope {
    /// As statements are told: the buyer and the shop it must be of; zero is any.
    pub(in crate::server::store) fn parts(self) -> (i64, i64) {
        match self {
            Self::Buyer(id) => (id.0, 0),
            Self::Shop(id) => (0, id.0),
            Self::Anyone => (0, 0),
        }
    }
}

const COLUMNS_BY_NUMBER: &str = "select * from orders where number = $1 and ($2 = 0 or buyer_id = $2) and ($3 = 0 or shop_id = $3)";
const BY_ID: &str = "select * from orders where id = $1";
const LINES: &str = include_str!("found/lines.sql");

/// The order with this number, if it is theirs (B32).
pub async fn find(conn: &mut Conn, scope: Scope, number: &str) -> Result<Option<(Order, OrderMarks)>> {
    let (buyer, shop) = scope.parts();
    let row: Option<OrderRow> = sqlx::query_as(COLUMNS_BY_NUMBER).bind(number).bind(buyer).bind(shop).fetch_optional(&mut *conn).await?;
    match row {
        Some(row) => Ok(Some(with_lines(conn, row).await?)),
        None => Ok(None),
    }
}

const DUE_OF: &str = "select number, status,
        case status when 'pending_payment' then pay_by when 'awaiting_receipt' then receive_by end as due
    from orders where id = $1";

/// What a clock has to know before it asks for the order: its number, where it stands, and until when, if it has a deadline.
pub async fn due_of(conn: &mut Conn, id: OrderId) -> Result<(String, OrderStatus, Option<Timestamp>)> {
    let (number, status, due): (String, String, Option<i64>) = sqlx::query_as(DUE_OF).bind(id.0).fetch_one(conn).await?;
    Ok((number, coded("orders", "status", id.0, &status, OrderStatus::from_code)?, due.map(Timestamp)))
}

/// The order with this id.
pub async fn by_id(conn: &mut Conn, id: OrderId) -> Result<(Order, OrderMarks)> {
    let row: OrderRow = sqlx::query_as(BY_ID).bind(id.0).fetch_one(&mut *conn).await?;
    with_lines(conn, row).await
}

pub(super) async fn with_lines(conn: &mut Conn, row: OrderRow) -> Result<(Order, OrderMarks)> {
    let lines: Vec<LineRow> = sqlx::query_as(LINES).bind(row.id).fetch_all(conn).await?;
    row.into_order(lines.into_iter().map(LineRow::into_line).collect())
}
