//! What the pages of a case show.

use crate::domain::after_sale::{AfterSale, AfterSaleKind, Item, Stage, kinds_for};
use crate::domain::{BuyerId, Permission, Refund, Timestamp};
use crate::server::ctx::{Buyer, Ctx, Staff};
use crate::server::error::{Error, Result};
use crate::server::money::refunds;
use crate::server::orders;
use crate::server::store::Slice;
use crate::server::store::after_sales::{self as rows, BuyerFilter, ListedCase, QueueFilter, QueuedCase};
use crate::server::store::after_sales::{refund_accounts, refund_consents};
use crate::server::store::events::{self, TimelineLine};
use crate::server::store::money::refunds as refund_rows;
use crate::server::store::orders::Scope;
use crate::server::store::people::{self, BookedAddress};

/// One case whole, with its order around it.
#[derive(Clone, Debug)]
pub struct AfterSaleDetail {
    pub case: AfterSale,
    pub timeline: Vec<TimelineLine>,
    pub refunds: Vec<Refund>,
    pub order: orders::OrderDetail,
    /// For the shop: the cases before and behind it that stand where it stands.
    pub neighbours: (Option<String>, Option<String>),
    /// For the shop: where returns can go.
    pub return_addresses: Vec<BookedAddress>,
    /// When the buyer said where money that was paid in cash shall go.
    pub account_given_at: Option<Timestamp>,
    /// When the buyer agreed to the balance instead of the way they paid (S73).
    pub to_balance_at: Option<Timestamp>,
    /// What an agreed refund would give back; empty once there are refunds, and for an exchange.
    pub goes_back: Vec<refunds::Part>,
}

impl AfterSaleDetail {
    /// What becomes of the coupon that the order used, in words; nothing where it used none (M8, B15).
    pub fn coupon_in_words(&self) -> Option<String> {
        let (order, marks) = (&self.order.order, &self.order.marks);
        if !order.totals.coupon.is_positive() || self.case.kind == AfterSaleKind::Exchange {
            return None;
        }
        let (name, coupon) = (&marks.coupon_name, order.totals.coupon.show());
        let whole = order.lines.iter().all(|line| line.shipped_quantity == 0 && line.units_left() == 0);
        Some(match marks.coupon_returned_at {
            Some(at) => format!("「{name}」已退回，{}", at.show(self.order.shop.zone)),
            None if whole && order.open_cases > 0 => format!("「{name}」在整单退款完成后退回，已过有效期的不退"),
            None if whole => format!("「{name}」已过有效期，不再退回"),
            None => format!("「{name}」优惠 {coupon} 已分摊到各件商品，按实付退款，券不退回"),
        })
    }

    /// Points that the goods had earned and that this refund would take along (M7).
    pub fn points_to_go(&self) -> i64 {
        let over = self.case.state.is_over() || self.case.kind == AfterSaleKind::Exchange;
        let of_line = |item: &Item| {
            let mut line = self.order.order.lines.iter().find(|line| line.id == item.line_id)?.clone();
            line.refunded = line.refunded + item.amount();
            Some(line.points_to_take_back())
        };
        if over { 0 } else { self.case.items.iter().filter_map(of_line).sum() }
    }

    /// Freight that goes back with the last of the order's open cases, while it is not in this one (M5).
    pub fn freight_in_words(&self) -> Option<String> {
        let waiting = self.case.waiting_freight(&self.order.order);
        waiting.is_positive().then(|| format!("{} 将在订单其余商品也都退款后，随最后一笔退回", waiting.show()))
    }

    /// Of a cash-on-delivery order that never left nothing was collected: there is nothing to give back.
    pub fn nothing_to_give_back(&self) -> bool {
        let nothing_waits = !self.goes_back.is_empty() && self.goes_back.iter().all(|part| part.never_collected);
        nothing_waits || (!self.refunds.is_empty() && self.refunds.iter().all(Refund::was_never_collected))
    }

    /// What the case gives back, or has given, tender by tender.
    pub fn given_back(&self) -> Vec<refunds::Part> {
        if self.refunds.is_empty() { self.goes_back.clone() } else { self.refunds.iter().map(Refund::part).collect() }
    }
}

/// The case page of its buyer; a foreign number is a 404 (B32).
pub async fn for_buyer(buyer: &Buyer, number: &str) -> Result<AfterSaleDetail> {
    let mut conn = buyer.app.db.reader().await?;
    let case = rows::find(&mut conn, Scope::Buyer(buyer.id), number).await?.ok_or(Error::NotFound)?;
    let order = orders::around(&mut conn, &case).await?;
    drop(conn);
    detail(buyer, case, order).await
}

pub(super) async fn detail(ctx: &Ctx, case: AfterSale, order: orders::OrderDetail) -> Result<AfterSaleDetail> {
    // Whoever looks sees what would be paid now: who gets the freight depends on the other cases of the order (M5).
    let case = case.as_agreed_now(&order.order);
    let mut conn = ctx.app.db.reader().await?;
    let refunds = refund_rows::of_after_sale(&mut conn, case.id).await?;
    let timeline = events::of_after_sale(&mut conn, case.id).await?;
    let account_given_at = refund_accounts::given_at(&mut conn, case.id).await?;
    let to_balance_at = refund_consents::given_at(&mut conn, case.id).await?;
    drop(conn);
    let undecided = refunds.is_empty() && !case.state.is_over() && case.kind != AfterSaleKind::Exchange;
    let goes_back = if undecided { refunds::preview(ctx, &case, &order.order).await? } else { Vec::new() };
    Ok(AfterSaleDetail {
        timeline,
        refunds,
        account_given_at,
        to_balance_at,
        goes_back,
        case,
        order,
        neighbours: (None, None),
        return_addresses: Vec::new(),
    })
}

pub async fn list_for_buyer(buyer: &Buyer, which: BuyerFilter, before: Option<i64>) -> Result<Slice<ListedCase>> {
    let mut conn = buyer.app.db.reader().await?;
    rows::list_for_buyer(&mut conn, buyer.id, which, before.unwrap_or(i64::MAX), 10).await
}

pub async fn list_for_shop(staff: &Staff, filter: &QueueFilter) -> Result<Slice<QueuedCase>> {
    staff.require(Permission::SeeOrders)?;
    let mut conn = staff.app.db.reader().await?;
    rows::list_for_shop(&mut conn, staff.shop.id, filter, 20).await
}

/// What the application form offers for an order: per line how far it is, and the kinds that stage allows (S31).
#[derive(Clone, Debug)]
pub struct Offered {
    pub stage: Stage,
    pub kinds: Vec<AfterSaleKind>,
}

impl Offered {
    /// By the rules of the order's shop; returns need a default return address.
    pub async fn of(ctx: &Ctx, detail: &orders::OrderDetail, stage: Stage) -> Result<Self> {
        let mut conn = ctx.app.db.reader().await?;
        let returns_possible = people::default_return_address(&mut conn, detail.shop.id).await?.is_some();
        Ok(Self { stage, kinds: kinds_for(stage, &detail.shop.policy, returns_possible) })
    }
}

/// What the shop knows of the buyer: completed orders and cases so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastCases {
    pub completed_orders: i64,
    pub open_cases: i64,
}

pub async fn past_cases(staff: &Staff, buyer: BuyerId) -> Result<PastCases> {
    let mut conn = staff.app.db.reader().await?;
    let (completed_orders, open_cases) = people::history_at(&mut conn, staff.shop.id, buyer).await?;
    Ok(PastCases { completed_orders, open_cases })
}
