//! What an order's lines carry while it goes on: prices, units on their way, and what is set aside and paid back.

use crate::domain::after_sale::Item;
use crate::domain::order::OrderLine;
use crate::domain::{Money, OrderLineId};
use crate::server::db::Conn;
use crate::server::db::expect_one;
use crate::server::error::{Error, Result};

const SAVE_PRICES: &str =
    "update order_lines set adjust_minor = $2, freight_minor = $3, paid_minor = $4 where id = $1 and refunded_minor + reserved_minor = 0";

/// The money of the lines, while nothing was refunded yet.
pub async fn save_prices(conn: &mut Conn, lines: &[OrderLine]) -> Result<()> {
    for line in lines {
        let done =
            sqlx::query(SAVE_PRICES).bind(line.id.0).bind(line.adjust.0).bind(line.freight.0).bind(line.paid.0).execute(&mut *conn).await?;
        expect_one(&done)?;
    }
    Ok(())
}

const SHIP: &str = "update order_lines set shipped_quantity = shipped_quantity + $2
    where id = $1 and shipped_quantity + cancelled_quantity + $2 <= quantity";

pub async fn ship_units(conn: &mut Conn, line: OrderLineId, units: i64) -> Result<()> {
    expect_one(&sqlx::query(SHIP).bind(line.0).bind(units).execute(conn).await?)
}

const RESERVE: &str = "update order_lines set reserved_minor = reserved_minor + $2, freight_claimed_minor = freight_claimed_minor + $3,
        reserved_quantity = reserved_quantity + $4, applications = applications + 1
    where id = $1 and refunded_minor + reserved_minor + $2 <= paid_minor and refunded_quantity + reserved_quantity + $4 <= quantity
        and freight_claimed_minor + $3 <= freight_minor";
const RELEASE: &str = "update order_lines set reserved_minor = reserved_minor - $2, freight_claimed_minor = freight_claimed_minor - $3,
        reserved_quantity = reserved_quantity - $4 where id = $1 and reserved_minor >= $2 and reserved_quantity >= $4";
const SETTLE: &str = "update order_lines set reserved_minor = reserved_minor - $2, refunded_minor = refunded_minor + $2,
        reserved_quantity = reserved_quantity - $3, refunded_quantity = refunded_quantity + $4, cancelled_quantity = cancelled_quantity + $5
    where id = $1 and reserved_minor >= $2 and reserved_quantity >= $3 and refunded_minor + $2 <= paid_minor";

/// Sets amounts and units aside for a case, if they are still there (M3).
pub async fn reserve(conn: &mut Conn, item: &Item) -> Result<()> {
    let query = sqlx::query(RESERVE).bind(item.line_id.0).bind(item.amount().0).bind(item.freight.0).bind(item.quantity);
    expect_one(&query.execute(conn).await?)
}

const RESERVE_FREIGHT: &str =
    "update order_lines set reserved_minor = reserved_minor + $2, freight_claimed_minor = freight_claimed_minor + $2
    where id = $1 and refunded_minor + reserved_minor + $2 <= paid_minor and freight_claimed_minor + $2 <= freight_minor";

/// Sets a line's freight aside for a case that has its goods already (M5).
pub async fn reserve_freight(conn: &mut Conn, line: OrderLineId, amount: Money) -> Result<()> {
    expect_one(&sqlx::query(RESERVE_FREIGHT).bind(line.0).bind(amount.0).execute(conn).await?)
}

/// Gives back what was set aside.
pub async fn release(conn: &mut Conn, item: &Item) -> Result<()> {
    let query = sqlx::query(RELEASE).bind(item.line_id.0).bind(item.amount().0).bind(item.freight.0).bind(item.quantity);
    expect_one(&query.execute(conn).await?)
}

/// What was set aside has been paid back; `cancelled` units will never be shipped.
pub async fn settle(conn: &mut Conn, item: &Item, cancelled: i64) -> Result<()> {
    let query = sqlx::query(SETTLE).bind(item.line_id.0).bind(item.amount().0).bind(item.quantity).bind(item.settles).bind(cancelled);
    expect_one(&query.execute(conn).await?)
}

const GRANT_POINTS: &str = "update order_lines set points_earned = case id when $1 then $2 when $4 then $5 else cast($8 as bigint) end,
        points_base_minor = case id when $1 then $3 when $4 then $6 else cast($9 as bigint) end
    where id in ($1, $4, $7) and points_earned = 0 and points_base_minor = 0";
/// How many lines that is told of at once; few orders have more.
const GRANTED: usize = 3;

/// What the lines earned with their order's completion, and what was left of their payment then; once (M7).
pub async fn grant_points(conn: &mut Conn, lines: &[&OrderLine]) -> Result<()> {
    for few in lines.chunks(GRANTED) {
        let mut query = sqlx::query(GRANT_POINTS);
        for place in 0..GRANTED {
            let (id, points, base) = few.get(place).map_or((0, 0, 0), |line| (line.id.0, line.points_earned, line.points_base.0));
            query = query.bind(id).bind(points).bind(base);
        }
        let done = query.execute(&mut *conn).await?;
        if done.rows_affected() != few.len() as u64 {
            return Err(Error::Stale);
        }
    }
    Ok(())
}

const TAKE_POINTS_BACK: &str = "update order_lines set points_taken_back = points_taken_back + $3
    where id = $1 and points_taken_back = $2 and points_taken_back + $3 <= points_earned";

/// A refund takes points of the line back; never more than it earned.
pub async fn take_points_back(conn: &mut Conn, line: OrderLineId, before: i64, points: i64) -> Result<()> {
    expect_one(&sqlx::query(TAKE_POINTS_BACK).bind(line.0).bind(before).bind(points).execute(conn).await?)
}
