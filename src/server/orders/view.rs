//! What the pages of an order show: lists with counts, and one order whole.

use crate::domain::after_sale::{AfterSale, Queue, StateKind};
use crate::domain::order::{Order, OrderStatus};
use crate::domain::{AfterSaleId, Guarded, Money, OrderLineId, Payment, Refund, SeeMoney, Shop, Timestamp};
use crate::server::ctx::{Buyer, Staff};
use crate::server::db::Conn;
use crate::server::error::{Error, Result};
pub use crate::server::store::counts::BuyerCounts;
use crate::server::store::events::TimelineLine;
use crate::server::store::money::{anomalies, payments, refunds};
use crate::server::store::orders::cart;
use crate::server::store::orders::shipments::{self, Shipment};
use crate::server::store::orders::{self as rows, CardLine, ListedOrder, OrderMarks, Scope};
use crate::server::store::{Slice, after_sales, counts, events, goods, people};

/// Orders of a page of a list.
const PAGE: i64 = 10;

/// One order in a list, with its lines.
#[derive(Clone, Debug)]
pub struct OrderSummary {
    pub order: ListedOrder,
    pub status: OrderStatus,
    pub lines: Vec<CardLine>,
}

impl OrderSummary {
    /// What is to be paid, or was.
    pub fn payable(&self) -> Money {
        Money(self.order.goods_minor + self.order.goods_adjust_minor - self.order.coupon_minor + self.order.freight_minor)
    }

    pub fn units(&self) -> i64 {
        self.lines.iter().map(|line| line.quantity).sum()
    }
}

/// The tabs of a buyer's order list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuyerOrdersTab {
    All,
    Status(OrderStatus),
    ToReview,
}

/// Each with its lines.
pub(super) async fn cards(conn: &mut Conn, listed: Slice<ListedOrder>) -> Result<Slice<OrderSummary>> {
    let mut lines = rows::lines_of(conn, &listed.rows).await?;
    let mut cards = Vec::with_capacity(listed.rows.len());
    for order in listed.rows {
        let (own, others) = lines.into_iter().partition(|line| line.order_id == order.id);
        lines = others;
        cards.push(OrderSummary { status: order.status, order, lines: own });
    }
    Ok(Slice { rows: cards, next: listed.next })
}

pub async fn list_for_buyer(buyer: &Buyer, tab: BuyerOrdersTab, before: Option<i64>) -> Result<Slice<OrderSummary>> {
    let mut conn = buyer.app.db.reader().await?;
    let before = before.unwrap_or(i64::MAX);
    let listed = match tab {
        BuyerOrdersTab::All => rows::list_for_buyer(&mut conn, buyer.id, None, before, PAGE).await?,
        BuyerOrdersTab::Status(status) => rows::list_for_buyer(&mut conn, buyer.id, Some(status), before, PAGE).await?,
        BuyerOrdersTab::ToReview => rows::list_to_review(&mut conn, buyer.id, before, PAGE).await?,
    };
    cards(&mut conn, listed).await
}

/// How many orders stand where, each up to the limit of counting (100 reads 99+).
pub async fn counts_for_buyer(buyer: &Buyer) -> Result<BuyerCounts> {
    counts::of_buyer(&mut *buyer.app.db.reader().await?, buyer.id).await
}

/// The shop's orders by status; every status but 部分发货, which stands among 待发货.
pub async fn counts_by_status(staff: &Staff) -> Result<Vec<(OrderStatus, i64)>> {
    counts::by_status(&mut *staff.app.db.reader().await?, staff.shop.id).await
}

/// The shop's cases by queue, in the order of [`Queue::ALL`], without those that are over.
pub async fn counts_by_queue(staff: &Staff) -> Result<Vec<(Queue, i64)>> {
    counts::by_queue(&mut *staff.app.db.reader().await?, staff.shop.id).await
}

/// Today's orders and refunds of the shop, since midnight of its own zone.
#[derive(Clone, Copy, Debug)]
pub struct Today {
    pub orders: i64,
    pub paid: Guarded<Money, SeeMoney>,
    pub refunds: i64,
    pub refunded: Guarded<Money, SeeMoney>,
}

pub async fn today(staff: &Staff) -> Result<Today> {
    let date = staff.now.show(staff.shop.zone);
    let midnight = Timestamp::start_of_date(date.get(..10).unwrap_or_default(), staff.shop.zone).unwrap_or(staff.now);
    let mut conn = staff.app.db.reader().await?;
    let (orders, paid) = rows::since(&mut conn, staff.shop.id, midnight).await?;
    let (refunds, refunded) = refunds::since(&mut conn, staff.shop.id, midnight).await?;
    let sum = |minor| Guarded::of(staff.shop.id, Money(minor));
    Ok(Today { orders, paid: sum(paid), refunds, refunded: sum(refunded) })
}

/// A case of the order, as its lines and its page link to it.
#[derive(Clone, Debug)]
pub struct CaseLink {
    pub id: AfterSaleId,
    pub number: String,
    pub lines: Vec<OrderLineId>,
    pub state: StateKind,
    pub state_name: &'static str,
    pub over: bool,
    pub amount: Money,
    pub due: Option<Timestamp>,
    pub at_zero: &'static str,
    pub exchange: bool,
}

/// One order whole.
#[derive(Clone, Debug)]
pub struct OrderDetail {
    pub order: Order,
    pub marks: OrderMarks,
    pub shop: Shop,
    pub timeline: Vec<TimelineLine>,
    pub parcels: Vec<Shipment>,
    pub payments: Vec<Payment>,
    pub refunds: Vec<Refund>,
    pub cases: Vec<CaseLink>,
    /// The gateway names another sum than was asked for, and finance has not decided yet.
    pub awaits_finance: bool,
}

impl OrderDetail {
    /// Is it paid in cash when the goods are handed over, and not yet?
    pub fn awaits_cash(&self) -> bool {
        self.payments.iter().any(Payment::awaits_cash)
    }

    /// What the moment is called at which the order was settled with its buyer.
    pub fn paid_at_in_words(&self) -> &'static str {
        if self.awaits_cash() { "选择货到付款" } else { "付款时间" }
    }
}

/// The order page of its buyer; a foreign number is a 404 (B32).
pub async fn for_buyer(buyer: &Buyer, number: &str) -> Result<OrderDetail> {
    let mut conn = buyer.app.db.reader().await?;
    let found = rows::find(&mut conn, Scope::Buyer(buyer.id), number).await?.ok_or(Error::NotFound)?;
    detail(&mut conn, found).await
}

/// The order around a case that is theirs to see.
pub(in crate::server) async fn around(conn: &mut Conn, case: &AfterSale) -> Result<OrderDetail> {
    let found = rows::by_id(conn, case.order_id).await?;
    detail(conn, found).await
}

pub(super) async fn detail(conn: &mut Conn, (order, marks): (Order, OrderMarks)) -> Result<OrderDetail> {
    let cases = after_sales::of_order(conn, order.id).await?;
    let link = |case: &AfterSale| CaseLink {
        id: case.id,
        number: case.number.clone(),
        lines: case.items.iter().filter(|item| item.quantity > 0).map(|item| item.line_id).collect(),
        state: case.state.kind(),
        state_name: case.state_name(),
        over: case.state.is_over(),
        amount: case.clone().as_agreed_now(&order).amount(),
        due: case.state.due(),
        at_zero: case.at_zero(),
        exchange: case.kind == crate::domain::after_sale::AfterSaleKind::Exchange,
    };
    let payments = payments::of_order(conn, order.id).await?;
    let under_way = payments.iter().any(Payment::is_pending);
    Ok(OrderDetail {
        awaits_finance: under_way && anomalies::awaits_finance(conn, order.id).await?,
        shop: people::shop(conn, order.shop_id).await?,
        timeline: events::of_order(conn, order.id).await?,
        parcels: shipments::of_order(conn, order.id).await?,
        payments,
        refunds: refunds::of_order(conn, order.id).await?,
        cases: cases.iter().map(link).collect(),
        order,
        marks,
    })
}

/// 「再次购买」: what is still sold of the order is then in the cart, as often as it was bought and however often this is asked for;
/// the words for what is not sold.
pub async fn buy_again(buyer: &Buyer, number: &str) -> Result<Vec<String>> {
    let detail = for_buyer(buyer, number).await?;
    let mut tx = buyer.app.db.write().await?;
    let mut missing = Vec::new();
    for line in &detail.order.lines {
        match goods::sku(tx.conn(), line.sku_id).await? {
            Some(offer) if offer.listed && offer.sellable > 0 => {
                let have = cart::quantity(tx.conn(), buyer.id, offer.id).await?;
                cart::set(tx.conn(), buyer.id, offer.id, have.max(line.quantity.min(offer.sellable)), buyer.now).await?;
            }
            _ => missing.push(format!("「{} {}」暂时无货，没有加入购物车", line.title, line.spec)),
        }
    }
    tx.commit().await?;
    Ok(missing)
}
