//! How much waits where, for badges: counted no further than anybody reads, all of a page in one round trip.

use super::COUNT_LIMIT;
use crate::domain::after_sale::Queue;
use crate::domain::order::OrderStatus;
use crate::domain::{BuyerId, ShopId};
use crate::server::error::Result;
use sqlx::{AnyConnection, Row};

/// What waits for a buyer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
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

/// Rows of a table, of the buyer or shop `$1`, up to the limit `$2`.
macro_rules! few {
    ($rows:literal) => {
        concat!("(select count(*) from (select 1 as one from ", $rows, " limit $2) as few)")
    };
}

const OF_BUYER: &str = concat!(
    "select ",
    few!("orders where buyer_id = $1 and status = 'pending_payment'"),
    " as to_pay, ",
    few!("orders where buyer_id = $1 and status in ('awaiting_shipment', 'partially_shipped')"),
    " as to_ship, ",
    few!("orders where buyer_id = $1 and status = 'awaiting_receipt'"),
    " as to_receive, ",
    few!("orders where buyer_id = $1 and status = 'completed' and unreviewed > 0"),
    " as to_review, ",
    few!("after_sales where buyer_id = $1 and status not in ('succeeded', 'closed')"),
    " as after_sales, ",
    few!("messages where buyer_id = $1 and read_at is null"),
    " as messages"
);

pub async fn of_buyer(conn: &mut AnyConnection, buyer: BuyerId) -> Result<BuyerCounts> {
    Ok(sqlx::query_as(OF_BUYER).bind(buyer.0).bind(COUNT_LIMIT).fetch_one(conn).await?)
}

/// The statuses that orders of a shop are counted in; 部分发货 stands among 待发货.
const STATUSES: [OrderStatus; 5] =
    [OrderStatus::PendingPayment, OrderStatus::AwaitingShipment, OrderStatus::AwaitingReceipt, OrderStatus::Completed, OrderStatus::Closed];

const BY_STATUS: &str = concat!(
    "select ",
    few!("orders where shop_id = $1 and status = 'pending_payment'"),
    ", ",
    few!("orders where shop_id = $1 and status in ('awaiting_shipment', 'partially_shipped')"),
    ", ",
    few!("orders where shop_id = $1 and status = 'awaiting_receipt'"),
    ", ",
    few!("orders where shop_id = $1 and status = 'completed'"),
    ", ",
    few!("orders where shop_id = $1 and status = 'closed'")
);

/// A shop's orders by status.
pub async fn by_status(conn: &mut AnyConnection, shop: ShopId) -> Result<Vec<(OrderStatus, i64)>> {
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

const BY_QUEUE: &str = concat!(
    "select ",
    few!("after_sales where shop_id = $1 and status = 'applied' and kind = 'refund_only' and stage = 'unshipped'"),
    ", ",
    few!("after_sales where shop_id = $1 and status = 'applied' and kind = 'refund_only' and stage in ('in_transit', 'received')"),
    ", ",
    few!("after_sales where shop_id = $1 and status = 'applied' and kind = 'return_refund'"),
    ", ",
    few!("after_sales where shop_id = $1 and status = 'applied' and kind = 'exchange'"),
    ", ",
    few!("after_sales where shop_id = $1 and status = 'awaiting_return'"),
    ", ",
    few!("after_sales where shop_id = $1 and status = 'return_in_transit'"),
    ", ",
    few!("after_sales where shop_id = $1 and status in ('refunding', 'refund_failed', 'awaiting_reship', 'awaiting_buyer_receipt')")
);

/// A shop's cases by queue.
pub async fn by_queue(conn: &mut AnyConnection, shop: ShopId) -> Result<Vec<(Queue, i64)>> {
    counted(BY_QUEUE, &QUEUES, conn, shop).await
}

/// A column for each of them, in their order.
async fn counted<T: Copy>(statement: &'static str, each: &[T], conn: &mut AnyConnection, shop: ShopId) -> Result<Vec<(T, i64)>> {
    let row = sqlx::query(statement).bind(shop.0).bind(COUNT_LIMIT).fetch_one(conn).await?;
    each.iter().enumerate().map(|(column, one)| Ok((*one, row.try_get(column)?))).collect()
}

/// A member of staff with their shop and what waits there.
pub(super) const STAFF: &str = concat!(
    "select f.name as staff_name, f.roles, f.generation, s.id, s.name, s.phone, s.time_zone, s.policy, ",
    few!("orders where shop_id = s.id and status in ('awaiting_shipment', 'partially_shipped')"),
    " as to_ship, ",
    few!("after_sales where shop_id = s.id and status in ('applied', 'return_in_transit', 'awaiting_reship', 'refund_failed')"),
    " as after_sales, ",
    few!("payment_anomalies where shop_id = s.id and resolved_at is null"),
    " as anomalies, ",
    few!("messages where shop_id = s.id and buyer_id is null and read_at is null"),
    " as messages from staff f join shops s on s.id = f.shop_id where f.id = $1 and f.disabled_at is null"
);
