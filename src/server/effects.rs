//! Effects become rows, in the transaction of the transition that caused them.

use super::anomalies::{self, Happening};
use super::app::App;
use super::error::{Error, Result};
use super::store::clocks::{self, Subject};
use super::store::events::{self, NewEvent};
use super::store::messages::{self, NewMessage};
use super::store::payments::{self as payment_rows, PaymentStatus};
use super::store::stock::{self, StockMove};
use super::store::{orders, wallet};
use super::{coupons, points, refunds};
use crate::domain::after_sale::{AfterSale, Item};
use crate::domain::event::Audience;
use crate::domain::order::Order;
use crate::domain::{Actor, AnomalyKind, Effect, EventKind, Money, OrderLineId, Refusal, Request, ShopPolicy, Timestamp};
use crate::server::db::{Lock, Tx};
use std::collections::VecDeque;

/// The transaction's stage: the order that is held, who acts, and what the form asked that caused it.
pub struct Scene<'a> {
    pub app: &'a App,
    pub tx: &'a mut Tx,
    pub by: &'a Actor,
    pub now: Timestamp,
    pub policy: &'a ShopPolicy,
    pub order: Order,
    pub request: Option<&'a Request>,
}

impl<'a> Scene<'a> {
    /// Carries out the effects of an order's transition.
    pub async fn for_order(&mut self, effects: Vec<Effect>) -> Result<()> {
        self.carry_out(None, effects).await
    }

    /// Carries out the effects of a case's transition; those that touch the order go on with the order's own.
    pub async fn for_case(&mut self, case: &AfterSale, effects: Vec<Effect>) -> Result<()> {
        self.carry_out(Some(case), effects).await
    }

    async fn carry_out(&mut self, case: Option<&AfterSale>, effects: Vec<Effect>) -> Result<()> {
        let mut left: VecDeque<(Option<&AfterSale>, Effect)> = effects.into_iter().map(|effect| (case, effect)).collect();
        while let Some((case, effect)) = left.pop_front() {
            let more = self.one(case, effect).await?;
            // What follows for the order comes at once, before the case's next effect.
            for effect in more.into_iter().rev() {
                left.push_front((None, effect));
            }
        }
        Ok(())
    }

    async fn one(&mut self, case: Option<&AfterSale>, effect: Effect) -> Result<Vec<Effect>> {
        match effect {
            Effect::Record { kind, words, evidence } => self.record(case, kind.code(), &words, &evidence).await?,
            Effect::Notify { to, title, words } => self.notify(case, to, title, words),
            Effect::SetClock(due) => {
                let subject = self.subject(case);
                self.tx.later(clocks::set(subject, due));
            }
            Effect::ClearClock => {
                let subject = self.subject(case);
                self.tx.later(clocks::clear(subject));
            }
            Effect::SetReminder(at) => self.tx.later(clocks::set(Subject::ReturnReminder(case.ok_or(NO_CASE)?.id), at)),
            Effect::ClearReminder => {
                self.tx.later(clocks::clear(Subject::ReturnReminder(case.ok_or(NO_CASE)?.id)));
            }
            Effect::ReleaseStock { line, units } => self.stock(line, "released", units, -units, 0).await?,
            Effect::ShipStock { line, units } => {
                orders::ship_units(self.tx.conn(), line, units).await?;
                self.stock(line, "shipped", 0, -units, 0).await?;
            }
            Effect::Restock { line, sellable, defective } => self.stock(line, "returned", sellable, 0, defective).await?,
            Effect::TakeReplacement { line, units } => self.replacement(line, units).await?,
            Effect::ReturnHeldTenders => self.return_held().await?,
            Effect::ReturnCoupon => return coupons::return_of_order(self).await,
            Effect::GrantPoints => points::grant(self).await?,
            Effect::ReserveRefund(items) => self.reserve(&items).await?,
            Effect::ReserveFreight { line, amount } => self.reserve_freight(line, amount).await?,
            Effect::ReleaseRefund(items) => self.release(&items).await?,
            Effect::SettleRefund { items, refund_only } => return self.settle(&items, refund_only).await,
            Effect::OpenCase => return Ok(self.step(Order::open_case)),
            Effect::CloseCase => return Ok(self.step(Order::close_case)),
            Effect::EnqueueRefund(told) => refunds::enqueue(self, case.ok_or(NO_CASE)?, told).await?,
            Effect::RecordManualRefund { voucher, agreed } => refunds::record_manual(self, case.ok_or(NO_CASE)?, &voucher, agreed).await?,
            Effect::RetryRefund => refunds::retry_failed(self, case.ok_or(NO_CASE)?).await?,
        }
        Ok(Vec::new())
    }

    fn subject(&self, case: Option<&AfterSale>) -> Subject {
        case.map_or(Subject::Order(self.order.id), |case| Subject::AfterSale(case.id))
    }

    fn step(&mut self, go: impl FnOnce(Order, Timestamp) -> (Order, Vec<Effect>)) -> Vec<Effect> {
        let (order, effects) = go(self.order.clone(), self.now);
        self.order = order;
        effects
    }

    /// A line on the timeline.
    pub async fn record(&mut self, case: Option<&AfterSale>, kind: &'static str, words: &str, evidence: &[String]) -> Result<()> {
        let event = NewEvent {
            id: self.app.new_id(),
            shop: self.order.shop_id,
            order: self.order.id,
            after_sale: case.map(|case| case.id),
            by: self.by,
            kind,
            words,
            evidence,
            // The form acts once: its key stands on the first line it causes.
            request: self.request.take().filter(|request| !request.key.is_empty()),
            at: self.now,
        };
        events::insert(self.tx, &event).await
    }

    /// A notice to one side.
    pub fn notify(&mut self, case: Option<&AfterSale>, to: Audience, title: &str, words: String) {
        let message = NewMessage {
            id: self.app.new_id(),
            shop_id: self.order.shop_id,
            buyer_id: (to == Audience::Buyer).then_some(self.order.buyer_id),
            order_id: self.order.id,
            after_sale_id: case.map(|case| case.id),
            title: title.to_owned(),
            words,
            at: self.now,
        };
        self.tx.later(messages::insert(&message));
    }

    async fn stock(&mut self, line: OrderLineId, cause: &'static str, sellable: i64, reserved: i64, defective: i64) -> Result<()> {
        if self.move_stock(line, cause, sellable, reserved, defective).await? { Ok(()) } else { Err(Error::Inconsistent("skus")) }
    }

    async fn replacement(&mut self, line: OrderLineId, units: i64) -> Result<()> {
        if self.move_stock(line, "replaced", -units, 0, 0).await? { Ok(()) } else { Err(Refusal::ReplacementOutOfStock.into()) }
    }

    async fn move_stock(&mut self, line: OrderLineId, cause: &'static str, sellable: i64, reserved: i64, defective: i64) -> Result<bool> {
        let sku =
            self.order.lines.iter().find(|known| known.id == line).map(|line| line.sku_id).ok_or(Error::Inconsistent("order_lines"))?;
        let change = StockMove { id: self.app.new_id(), sku, line: Some(line), cause, sellable, reserved, defective, at: self.now };
        if self.order.lines.len() > 1 {
            self.tx.lock(Lock::Goods, self.order.id.0).await?;
        }
        stock::apply(self.tx.conn(), &change).await
    }

    /// Points and balance of an order that ends unpaid go back, once: their rows leave `held` (S8).
    async fn return_held(&mut self) -> Result<()> {
        for payment in payment_rows::of_order(self.tx.conn(), self.order.id).await? {
            if !matches!(payment.status, PaymentStatus::Held | PaymentStatus::Pending) {
                continue;
            }
            if payment.status == PaymentStatus::Held && payment.tender.is_online() {
                self.send_back(&payment).await?;
                continue;
            }
            payment_rows::advance(self.tx.conn(), &payment, PaymentStatus::Void, None, None).await?;
            if payment.status == PaymentStatus::Held {
                let event = self.money(payment.tender, "released", payment.amount, Some(payment.id.0), None);
                wallet::record(self.tx, &event).await?;
            }
        }
        Ok(())
    }

    /// A part that a gateway took for an order that ends unpaid goes back by it, and finance sees it go.
    async fn send_back(&mut self, payment: &payment_rows::Payment) -> Result<()> {
        payment_rows::advance(self.tx.conn(), payment, PaymentStatus::Surplus, None, Some(self.now)).await?;
        let refund = refunds::enqueue_surplus(self, payment).await?;
        let words = format!("{} 已付的 {} 原路退回", payment.tender.name(), payment.amount.show());
        self.record(None, EventKind::LatePayment.code(), &words, &[]).await?;
        let surplus = Happening::of(AnomalyKind::PaidAfterClosing, &self.order, payment, self.now);
        anomalies::happened(self.app, self.tx, self.now, &Happening { refund: Some(refund), ..surplus }).await
    }

    /// A movement of money of this order, to be recorded.
    pub fn money(
        &self,
        account: crate::domain::Tender,
        cause: &'static str,
        amount: Money,
        payment_id: Option<i64>,
        refund_id: Option<i64>,
    ) -> wallet::MoneyEvent<'a> {
        wallet::MoneyEvent {
            id: self.app.new_id(),
            shop: self.order.shop_id,
            order_id: Some(self.order.id.0),
            payment_id,
            refund_id,
            buyer: self.order.buyer_id,
            account,
            cause,
            amount,
            actor: self.by.kind(),
            actor_name: self.by.name_in_books(),
            reason: "",
            request: None,
            at: self.now,
        }
    }

    async fn reserve(&mut self, items: &[Item]) -> Result<()> {
        for item in items {
            orders::reserve(self.tx.conn(), item).await?;
            self.line(item.line_id, |line| {
                line.reserved = line.reserved + item.amount();
                line.freight_claimed = line.freight_claimed + item.freight;
                line.reserved_quantity += item.quantity;
                line.applications += 1;
            });
        }
        Ok(())
    }

    async fn reserve_freight(&mut self, line: OrderLineId, amount: Money) -> Result<()> {
        orders::reserve_freight(self.tx.conn(), line, amount).await?;
        self.line(line, |line| {
            line.reserved = line.reserved + amount;
            line.freight_claimed = line.freight_claimed + amount;
        });
        Ok(())
    }

    async fn release(&mut self, items: &[Item]) -> Result<()> {
        for item in items {
            orders::release(self.tx.conn(), item).await?;
            self.line(item.line_id, |line| {
                line.reserved = line.reserved - item.amount();
                line.freight_claimed = line.freight_claimed - item.freight;
                line.reserved_quantity -= item.quantity;
            });
        }
        Ok(())
    }

    /// What was set aside is paid back; units that never left are free to sell again, and the order may have nothing left to ship.
    async fn settle(&mut self, items: &[Item], refund_only: bool) -> Result<Vec<Effect>> {
        let mut effects = Vec::new();
        for item in items {
            let to_ship =
                self.order.lines.iter().find(|line| line.id == item.line_id).map_or(0, crate::domain::order::OrderLine::units_to_ship);
            let cancelled = if refund_only { item.settles.min(to_ship) } else { 0 };
            orders::settle(self.tx.conn(), item, cancelled).await?;
            self.line(item.line_id, |line| {
                line.reserved = line.reserved - item.amount();
                line.refunded = line.refunded + item.amount();
                line.reserved_quantity -= item.quantity;
                line.refunded_quantity += item.settles;
                line.cancelled_quantity += cancelled;
            });
            self.order.refunded = self.order.refunded + item.amount();
            if cancelled > 0 {
                effects.push(Effect::ReleaseStock { line: item.line_id, units: cancelled });
            }
        }
        effects.splice(0..0, points::take_back(self).await?);
        let policy = self.policy;
        effects.extend(self.step(|order, now| order.after_refund(policy, now)));
        Ok(effects)
    }

    fn line(&mut self, id: OrderLineId, change: impl FnOnce(&mut crate::domain::order::OrderLine)) {
        if let Some(line) = self.order.lines.iter_mut().find(|line| line.id == id) {
            change(line);
        }
    }
}

const NO_CASE: Error = Error::Inconsistent("after_sales");
