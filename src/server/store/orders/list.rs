//! Lists of orders: one page by index, its lines in a second round trip.

use super::filter::OrderFilter;
use super::listed::{CardLine, ListedOrder};
use crate::domain::order::OrderStatus;
use crate::domain::{BuyerId, ShopId};
use crate::server::error::Result;
use crate::server::store::{Slice, slice};
use sqlx::AnyConnection;

macro_rules! listed {
    ($rest:literal) => {
        concat!(
            "select o.id, o.number, o.shop_id, s.name as shop_name, o.status, o.buyer_name, o.buyer_phone, o.recipient, o.tender, o.goods_minor,
                o.goods_adjust_minor, o.coupon_minor, o.freight_minor, o.held_minor, o.paid_minor, o.refunded_minor, o.open_cases, o.unreviewed, o.first_order_at,
                o.shop_remark, o.flag, o.placed_at, o.pay_by, o.receive_by, o.after_sale_until, o.version
            from orders o join shops s on s.id = o.shop_id ",
            $rest
        )
    };
}

const OF_BUYER: &str = listed!("where o.buyer_id = $1 and o.id < $2 order by o.id desc limit $3");
const OF_BUYER_BY_STATUS: &str = listed!("where o.buyer_id = $1 and o.status in ($4, $5) and o.id < $2 order by o.id desc limit $3");
const TO_REVIEW: &str =
    listed!("where o.buyer_id = $1 and o.status = 'completed' and o.unreviewed > 0 and o.id < $2 order by o.id desc limit $3");

/// A buyer's orders, newest first, all or of one tab.
pub async fn list_for_buyer(
    conn: &mut AnyConnection,
    buyer: BuyerId,
    status: Option<OrderStatus>,
    before: i64,
    limit: i64,
) -> Result<Slice<ListedOrder>> {
    let rows = match status.map(super::counts::tab) {
        None => sqlx::query_as(OF_BUYER).bind(buyer.0).bind(before).bind(limit + 1).fetch_all(conn).await?,
        Some((first, second)) => {
            sqlx::query_as(OF_BUYER_BY_STATUS).bind(buyer.0).bind(before).bind(limit + 1).bind(first).bind(second).fetch_all(conn).await?
        }
    };
    Ok(slice(rows, limit, |row: &ListedOrder| row.id))
}

/// A buyer's completed orders with something left to review.
pub async fn list_to_review(conn: &mut AnyConnection, buyer: BuyerId, before: i64, limit: i64) -> Result<Slice<ListedOrder>> {
    let rows = sqlx::query_as(TO_REVIEW).bind(buyer.0).bind(before).bind(limit + 1).fetch_all(conn).await?;
    Ok(slice(rows, limit, |row: &ListedOrder| row.id))
}

const THESE: &str =
    listed!("where o.id in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) order by o.id desc");

/// A shop's orders, newest first, at most twenty: which ones, and then what is shown of them.
pub async fn list_for_shop(
    conn: &mut AnyConnection,
    shop: ShopId,
    filter: &OrderFilter,
    before: i64,
    limit: i64,
) -> Result<Slice<ListedOrder>> {
    let Slice { rows: ids, next } = slice(super::sought::ids(conn, shop, filter, before, limit + 1).await?, limit, |id| *id);
    if ids.is_empty() {
        return Ok(Slice { rows: Vec::new(), next });
    }
    let query = (0..20).fold(sqlx::query_as(THESE), |query, nth| query.bind(ids.get(nth).copied().unwrap_or(0)));
    Ok(Slice { rows: query.fetch_all(conn).await?, next })
}

const TO_SHIP: &str = listed!(
    "where o.id in (select id from (
        select id from (select id from orders where shop_id = $1 and status = 'awaiting_shipment' order by id limit $2) whole
        union all
        select id from (select id from orders where shop_id = $1 and status = 'partially_shipped' order by id limit $2) partly
    ) waiting order by id limit $2) order by o.id"
);

/// What a shop still has to ship, the longest waiting first.
pub async fn list_to_ship(conn: &mut AnyConnection, shop: ShopId, limit: i64) -> Result<Slice<ListedOrder>> {
    let rows = sqlx::query_as(TO_SHIP).bind(shop.0).bind(limit + 1).fetch_all(conn).await?;
    Ok(slice(rows, limit, |row: &ListedOrder| row.id))
}

const LINES_OF: &str = "select l.order_id, l.id, l.title, l.spec, l.picture, l.unit_price_minor, l.quantity, l.refunded_minor,
        a.number as case_number, a.status as case_status, a.kind as case_kind, a.amount_minor as case_amount_minor, a.due_at as case_due_at
    from order_lines l
    left join after_sales a on a.id = (select max(i.after_sale_id) from after_sale_items i where i.order_line_id = l.id and i.quantity > 0)
    where l.order_id in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
    order by l.order_id desc, l.id";

/// The lines of up to twenty listed orders.
pub async fn lines_of(conn: &mut AnyConnection, orders: &[ListedOrder]) -> Result<Vec<CardLine>> {
    let mut query = sqlx::query_as(LINES_OF);
    for index in 0..20 {
        query = query.bind(orders.get(index).map_or(0, |order| order.id));
    }
    Ok(query.fetch_all(conn).await?)
}
