//! How much waits where, for badges: counted no further than anybody reads, all of a page in one round trip.

use super::COUNT_LIMIT;
use crate::domain::after_sale::Queue;
use crate::domain::order::OrderStatus;
use crate::domain::{BuyerId, ShopId};
use crate::server::db::Conn;
use crate::server::error::Result;
use sqlx::Row;

/// What waits for a buyer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct BuyerCounts {
    pub to_pay: i64,
    pub to_ship: i64,
    pub to_receive: i64,
    pub to_review: i64,
    pub after_sales: i64,
    pub messages: i64,
}

/// What waits for the shop, counted to the limit: the counters at the side of every page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StaffCounts {
    pub to_ship: i64,
    pub after_sales: i64,
    /// Payments and refunds that went wrong; for those who may settle them.
    pub anomalies: i64,
    pub messages: i64,
}

const OF_BUYER: &str = include_str!("counts/of_buyer.sql");

pub async fn of_buyer(conn: &mut Conn, buyer: BuyerId) -> Result<BuyerCounts> {
    Ok(sqlx::query_as(OF_BUYER).bind(buyer.0).bind(COUNT_LIMIT).fetch_one(conn).await?)
}

/// The statuses that orders of a shop are counted in; 部分发货 stands among 待发货.
const STATUSES: [OrderStatus; 5] =
    [OrderStatus::PendingPayment, OrderStatus::AwaitingShipment, OrderStatus::AwaitingReceipt, OrderStatus::Completed, OrderStatus::Closed];

const BY_STATUS: &str = include_str!("counts/by_status.sql");

/// A shop's orders by status.
pub async fn by_status(conn: &mut Conn, shop: ShopId) -> Result<Vec<(OrderStatus, i64)>> {
    counted(BY_STATUS, &STATUSES, conn, shop).await
}

/// The queues that are counted; what is over is not.
const QUEUES: [Queue; 7] = [
    Queue::Unshipped,
    Queue::ShippedRefund,
    Queue::Return,
    Queue::Exchange,
    Queue::AwaitingReturn,
    Queue::AwaitingReceipt,
    Queue::ToFinish,
];

const BY_QUEUE: &str = include_str!("counts/by_queue.sql");

/// A shop's cases by queue.
pub async fn by_queue(conn: &mut Conn, shop: ShopId) -> Result<Vec<(Queue, i64)>> {
    counted(BY_QUEUE, &QUEUES, conn, shop).await
}

/// A column for each of them, in their order.
async fn counted<T: Copy>(statement: &'static str, each: &[T], conn: &mut Conn, shop: ShopId) -> Result<Vec<(T, i64)>> {
    let row = sqlx::query(statement).bind(shop.0).bind(COUNT_LIMIT).fetch_one(conn).await?;
    each.iter().enumerate().map(|(column, one)| Ok((*one, row.try_get(column)?))).collect()
}

/// A member of staff with their shop and what waits there.
pub(super) const STAFF: &str = include_str!("counts/staff.sql");
