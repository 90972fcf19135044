//! Lists of orders: one page by index, its lines in a second round trip.

use crate::domain::order::OrderStatus;
use crate::domain::{BuyerId, ShopId, Timestamp};
use crate::server::error::{Error, Result};
use crate::server::store::{Slice, slice};
use sqlx::AnyConnection;

/// An order as lists show it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ListedOrder {
    pub id: i64,
    pub number: String,
    pub shop_id: i64,
    pub shop_name: String,
    pub status: String,
    pub buyer_name: String,
    pub buyer_phone: String,
    pub recipient: String,
    pub tender: Option<String>,
    pub goods_minor: i64,
    pub goods_adjust_minor: i64,
    pub coupon_minor: i64,
    pub freight_minor: i64,
    pub held_minor: i64,
    pub paid_minor: i64,
    pub refunded_minor: i64,
    pub open_cases: i64,
    pub unreviewed: i64,
    pub first_order_at: Option<i64>,
    pub shop_remark: String,
    pub flag: String,
    pub placed_at: i64,
    pub pay_by: Option<i64>,
    pub receive_by: Option<i64>,
    pub after_sale_until: Option<i64>,
    pub version: i64,
}

impl ListedOrder {
    pub fn status(&self) -> Result<OrderStatus> {
        OrderStatus::from_code(&self.status).ok_or(Error::Inconsistent("orders"))
    }
}

/// A line as lists show it, with the state of its newest living case.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CardLine {
    pub order_id: i64,
    pub id: i64,
    pub title: String,
    pub spec: String,
    pub picture: String,
    pub unit_price_minor: i64,
    pub quantity: i64,
    pub refunded_minor: i64,
    pub case_number: Option<String>,
    pub case_status: Option<String>,
    pub case_kind: Option<String>,
    pub case_amount_minor: Option<i64>,
    pub case_due_at: Option<i64>,
}

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

/// What the shop looks for: one box that knows numbers, phones and words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShopSearch {
    Nothing,
    Number(String),
    Phone(String),
    Words(String),
}

impl ShopSearch {
    /// Reads the search box.
    pub fn parse(typed: &str) -> Self {
        let typed = typed.trim();
        let upper = typed.to_ascii_uppercase();
        let is_number = upper.starts_with('G') && upper.len() >= 6 && upper.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if typed.is_empty() {
            Self::Nothing
        } else if is_number {
            Self::Number(upper)
        } else if typed.len() == 11 && typed.bytes().all(|b| b.is_ascii_digit()) {
            Self::Phone(typed.to_owned())
        } else {
            Self::Words(typed.to_owned())
        }
    }
}

const OF_SHOP: &str = listed!(
    "where o.shop_id = $1 and o.id < $2 and ($4 = '' or o.status in ($4, $5)) and o.id >= $6 and o.id < $7 and ($8 = '' or o.flag = $8)
     order by o.id desc limit $3"
);
const OF_SHOP_BY_STATUS: &str = listed!(
    "where o.shop_id = $1 and o.status in ($4, $5) and o.id < $2 and o.id >= $6 and o.id < $7 and ($8 = '' or o.flag = $8)
     order by o.id desc limit $3"
);
const OF_SHOP_BY_NUMBER: &str = listed!(
    "where o.shop_id = $1 and o.number = $9 and o.id < $2 and ($4 = '' or o.status in ($4, $5)) and o.id >= $6 and o.id < $7
        and ($8 = '' or o.flag = $8) order by o.id desc limit $3"
);
const OF_SHOP_BY_PHONE: &str = listed!(
    "where o.shop_id = $1 and (o.buyer_phone = $9 or o.recipient_phone = $9) and o.id < $2 and ($4 = '' or o.status in ($4, $5))
        and o.id >= $6 and o.id < $7 and ($8 = '' or o.flag = $8) order by o.id desc limit $3"
);
const OF_SHOP_BY_WORDS: &str = listed!(
    "where o.shop_id = $1 and o.id < $2 and ($4 = '' or o.status in ($4, $5)) and o.id >= $6 and o.id < $7 and ($8 = '' or o.flag = $8)
        and (o.buyer_name like $9 escape '!' or o.recipient like $9 escape '!'
             or o.id in (select l.order_id from order_lines l where l.shop_id = $1 and l.title like $9 escape '!'))
     order by o.id desc limit $3"
);

/// The filters of the shop's order list.
#[derive(Clone, Debug)]
pub struct ShopFilter {
    pub status: Option<OrderStatus>,
    pub search: ShopSearch,
    /// Placed from here on.
    pub from: Option<Timestamp>,
    /// Placed before.
    pub until: Option<Timestamp>,
    /// A flag's colour, or nothing.
    pub flag: String,
}

/// A shop's orders, newest first.
pub async fn list_for_shop(
    conn: &mut AnyConnection,
    shop: ShopId,
    filter: &ShopFilter,
    before: i64,
    limit: i64,
) -> Result<Slice<ListedOrder>> {
    let (first, second) = filter.status.map_or(("", ""), super::counts::tab);
    let (statement, sought) = match &filter.search {
        ShopSearch::Nothing if filter.status.is_some() => (OF_SHOP_BY_STATUS, None),
        ShopSearch::Nothing => (OF_SHOP, None),
        ShopSearch::Number(number) => (OF_SHOP_BY_NUMBER, Some(number.clone())),
        ShopSearch::Phone(phone) => (OF_SHOP_BY_PHONE, Some(phone.clone())),
        ShopSearch::Words(words) => (OF_SHOP_BY_WORDS, Some(like(words))),
    };
    let query = sqlx::query_as(statement)
        .bind(shop.0)
        .bind(before)
        .bind(limit + 1)
        .bind(first)
        .bind(second)
        .bind(filter.from.map_or(0, |from| from.0 << 20))
        .bind(filter.until.map_or(i64::MAX, |until| until.0 << 20))
        .bind(&filter.flag);
    let query = match sought {
        Some(sought) => query.bind(sought),
        None => query,
    };
    Ok(slice(query.fetch_all(conn).await?, limit, |row: &ListedOrder| row.id))
}

const TO_SHIP: &str = listed!("where o.shop_id = $1 and o.status in ('awaiting_shipment', 'partially_shipped') order by o.id limit $2");

/// What a shop still has to ship, the longest waiting first.
pub async fn list_to_ship(conn: &mut AnyConnection, shop: ShopId, limit: i64) -> Result<Slice<ListedOrder>> {
    let rows = sqlx::query_as(TO_SHIP).bind(shop.0).bind(limit + 1).fetch_all(conn).await?;
    Ok(slice(rows, limit, |row: &ListedOrder| row.id))
}

/// `%words%`, with the signs that LIKE knows taken as themselves.
pub(in crate::server::store) fn like(words: &str) -> String {
    let escaped: String = words.chars().flat_map(|c| if matches!(c, '%' | '_' | '!') { vec!['!', c] } else { vec![c] }).collect();
    format!("%{escaped}%")
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
