//! Rows of orders and their lines, of carts and parcels. May name rows of `people`.

pub mod cart;
mod counts;
mod days;
mod filter;
mod found;
mod lines;
mod list;
mod listed;
mod lock;
mod row;
mod search;
pub mod shipments;

pub use super::search::ShopSearch;
pub use counts::since;
pub use days::by_day;
pub use filter::OrderFilter;
pub use found::{Scope, by_id, due_of, find};
pub use lines::{grant_points, release, reserve, reserve_freight, save_prices, settle, ship_units, take_points_back};
pub use list::{lines_of, list_for_buyer, list_for_shop, list_to_review, list_to_ship};
pub use listed::{CardLine, LineCase, ListedOrder};
pub use lock::{LockedOrder, lock, lock_by_id};

use crate::domain::order::{Order, OrderLine, OrderState, ReceiptClock};
use crate::domain::review::unreviewed;
use crate::domain::{Address, BuyerId, Money, OrderFlag, OrderId, Request, ShopId, Tender, Timestamp};
use crate::server::db::Conn;
use crate::server::db::expect_one;
use crate::server::error::{Error, Result};

/// What a new order is stored with besides itself.
pub struct Placement<'a> {
    pub request: &'a Request,
    pub buyer_name: &'a str,
    pub buyer_phone: &'a str,
    pub remark: &'a str,
    pub first_order: bool,
    /// Empty without a coupon.
    pub coupon_name: &'a str,
}

/// What hangs on an order beside its machine.
#[derive(Clone, Debug)]
pub struct OrderMarks {
    pub buyer_name: String,
    pub buyer_phone: String,
    pub buyer_remark: String,
    pub first_order: bool,
    pub shop_remark: String,
    pub flag: Option<OrderFlag>,
    pub tender: Option<Tender>,
    pub unreviewed: i64,
    /// The coupon that the order used; empty without one.
    pub coupon_name: String,
    /// When the coupon went back to the buyer.
    pub coupon_returned_at: Option<Timestamp>,
}

const OF_REQUEST: &str = "select number, request_fingerprint from orders where buyer_id = $1 and request_key = $2";

/// The order that this form placed before, if it did; another form under its key is refused (M9).
pub async fn number_of_request(conn: &mut Conn, buyer: BuyerId, request: &Request) -> Result<Option<String>> {
    let found = sqlx::query_as(OF_REQUEST).bind(buyer.0).bind(&request.key).fetch_optional(conn).await?;
    Ok(request.first_effect(found)?)
}

const ANY_ORDER: &str = "select id from orders where buyer_id = $1 and shop_id = $2 limit 1";

/// Has this buyer ordered at the shop before? (首单, S18)
pub async fn has_ordered(conn: &mut Conn, buyer: BuyerId, shop: ShopId) -> Result<bool> {
    let found: Option<i64> = sqlx::query_scalar(ANY_ORDER).bind(buyer.0).bind(shop.0).fetch_optional(conn).await?;
    Ok(found.is_some())
}

const INSERT: &str = "insert into orders (id, number, shop_id, buyer_id, request_key, status, recipient, recipient_phone, region, detail,
        buyer_name, buyer_phone, buyer_remark, first_order_at, goods_minor, freight_minor, held_minor, placed_at, pay_by,
        coupon_minor, coupon_name, request_fingerprint, recipient_extension)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)";
const INSERT_LINE: &str =
    "insert into order_lines (id, order_id, shop_id, product_id, sku_id, title, spec, picture, unit_price_minor, quantity,
        goods_minor, adjust_minor, freight_minor, coupon_minor) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

/// A new order, unpaid.
pub async fn insert(conn: &mut Conn, order: &Order, with: &Placement<'_>) -> Result<()> {
    let OrderState::PendingPayment { pay_by } = order.state else { return Err(Error::inconsistent("orders", "status", order.id.0)) };
    sqlx::query(INSERT)
        .bind(order.id.0)
        .bind(&order.number)
        .bind(order.shop_id.0)
        .bind(order.buyer_id.0)
        .bind(&with.request.key)
        .bind(order.status().code())
        .bind(&order.recipient.recipient)
        .bind(&order.recipient.phone)
        .bind(&order.recipient.region)
        .bind(&order.recipient.detail)
        .bind(with.buyer_name)
        .bind(with.buyer_phone)
        .bind(with.remark)
        .bind(with.first_order.then_some(order.placed_at.0))
        .bind(order.totals.goods.0)
        .bind(order.totals.freight.0)
        .bind(order.held.0)
        .bind(order.placed_at.0)
        .bind(pay_by.0)
        .bind(order.totals.coupon.0)
        .bind(with.coupon_name)
        .bind(&with.request.fingerprint)
        .bind(&order.recipient.extension)
        .execute(&mut *conn)
        .await?;
    for line in &order.lines {
        insert_line(conn, order, line).await?;
    }
    Ok(())
}

async fn insert_line(conn: &mut Conn, order: &Order, line: &OrderLine) -> Result<()> {
    sqlx::query(INSERT_LINE)
        .bind(line.id.0)
        .bind(order.id.0)
        .bind(order.shop_id.0)
        .bind(line.product_id.0)
        .bind(line.sku_id.0)
        .bind(&line.title)
        .bind(&line.spec)
        .bind(&line.picture)
        .bind(line.unit_price.0)
        .bind(line.quantity)
        .bind(line.goods.0)
        .bind(line.adjust.0)
        .bind(line.freight.0)
        .bind(line.coupon.0)
        .execute(conn)
        .await?;
    Ok(())
}

const SAVE: &str = include_str!("save.sql");

/// Stores the order as it now is, if nobody changed it since it was read. Whom it goes to is stored apart.
pub async fn save(conn: &mut Conn, order: &Order) -> Result<()> {
    let facts = Facts::of(&order.state);
    let done = sqlx::query(SAVE)
        .bind(order.id.0)
        .bind(order.version)
        .bind(order.status().code())
        .bind(order.totals.goods_adjust.0)
        .bind(order.totals.freight.0)
        .bind(order.totals.freight_adjust.0)
        .bind(order.paid.0)
        .bind(order.refunded.0)
        .bind(order.open_cases)
        .bind(facts.pay_by)
        .bind(facts.paid_at)
        .bind(facts.shipped_at)
        .bind(facts.receive_by)
        .bind(facts.receive_left)
        .bind(facts.received_at)
        .bind(facts.after_sale_until)
        .bind(facts.closed_at)
        .bind(facts.close_reason)
        .bind(unreviewed(order))
        .bind(facts.no_reason_until)
        .execute(conn)
        .await?;
    expect_one(&done)
}

const HOLD_MORE: &str = "update orders set held_minor = held_minor + $2 where id = $1 and status = 'pending_payment'";

/// A tender pays a part of an order that waits for the rest.
pub async fn hold_more(conn: &mut Conn, order: OrderId, amount: Money) -> Result<()> {
    expect_one(&sqlx::query(HOLD_MORE).bind(order.0).bind(amount.0).execute(conn).await?)
}

const SAVE_RECIPIENT: &str = "update orders set recipient = $2, recipient_phone = $3, region = $4, detail = $5, recipient_extension = $6
    where id = $1";

/// Stores whom the order goes to, when that has changed: people look for orders by it, and SQLite writes an index anew whose columns are named.
pub async fn save_recipient(conn: &mut Conn, order: &Order) -> Result<()> {
    let Address { recipient, phone, extension, region, detail } = &order.recipient;
    let query = sqlx::query(SAVE_RECIPIENT).bind(order.id.0).bind(recipient).bind(phone).bind(region).bind(detail).bind(extension);
    expect_one(&query.execute(conn).await?)
}

/// The columns that hold a state's facts; what a state does not know is null, but for the payment that stays on record.
#[derive(Default)]
struct Facts {
    pay_by: Option<i64>,
    paid_at: Option<i64>,
    shipped_at: Option<i64>,
    receive_by: Option<i64>,
    receive_left: Option<i64>,
    received_at: Option<i64>,
    after_sale_until: Option<i64>,
    no_reason_until: Option<i64>,
    closed_at: Option<i64>,
    close_reason: Option<&'static str>,
}

impl Facts {
    fn of(state: &OrderState) -> Self {
        let mut facts = Self { paid_at: state.paid_at().map(|at| at.0), ..Self::default() };
        match *state {
            OrderState::PendingPayment { pay_by } => facts.pay_by = Some(pay_by.0),
            OrderState::AwaitingShipment { .. } | OrderState::PartiallyShipped { .. } => {}
            OrderState::AwaitingReceipt { shipped_at, receipt, .. } => {
                facts.shipped_at = Some(shipped_at.0);
                match receipt {
                    ReceiptClock::Running { until } => facts.receive_by = Some(until.0),
                    ReceiptClock::Paused { left } => facts.receive_left = Some(left),
                }
            }
            OrderState::Completed { shipped_at, received_at, after_sale_until, no_reason_until, .. } => {
                facts.shipped_at = Some(shipped_at.0);
                facts.received_at = Some(received_at.0);
                facts.after_sale_until = Some(after_sale_until.0);
                facts.no_reason_until = Some(no_reason_until.0);
            }
            OrderState::Closed { at, why, .. } => {
                facts.closed_at = Some(at.0);
                facts.close_reason = Some(why.code());
            }
        }
        facts
    }
}

const MARK: &str = "update orders set shop_remark = $3, flag = $4 where id = $1 and shop_id = $2";

/// The shop's own remark and flag; they are not part of the machine and need no version.
pub async fn mark(conn: &mut Conn, shop: ShopId, order: OrderId, remark: &str, flag: Option<OrderFlag>) -> Result<()> {
    expect_one(&sqlx::query(MARK).bind(order.0).bind(shop.0).bind(remark).bind(flag.map_or("", OrderFlag::code)).execute(conn).await?)
}

const SET_TENDER: &str = "update orders set tender = $2 where id = $1";

/// The tender that lists and filters show: the last one that paid.
pub async fn set_tender(conn: &mut Conn, order: OrderId, tender: Tender) -> Result<()> {
    expect_one(&sqlx::query(SET_TENDER).bind(order.0).bind(tender.code()).execute(conn).await?)
}

const COUPON_RETURNED: &str = "update orders set coupon_returned_at = $2 where id = $1 and coupon_minor > 0 and coupon_returned_at is null";

/// The coupon of the order is the buyer's again; once (B15).
pub async fn coupon_returned(conn: &mut Conn, order: OrderId, at: Timestamp) -> Result<()> {
    expect_one(&sqlx::query(COUPON_RETURNED).bind(order.0).bind(at.0).execute(conn).await?)
}
