//! Effects become rows, in the transaction of the transition that caused them.

pub mod context;

use self::context::EffectContext;
use super::anomalies::{self, AnomalyReport};
use super::{coupons, points, refunds};
use crate::domain::after_sale::{AfterSale, Item};
use crate::domain::order::Order;
use crate::domain::{AnomalyKind, Effect, Happening, Money, MoneyCause, OrderLineId, Payment, PaymentStatus, Refusal, StockCause};
use crate::server::error::{Error, Result};
use crate::server::store::machinery::clocks::{self, Subject};
use crate::server::store::money::{payments as payment_rows, wallet};
use crate::server::store::orders;
use std::collections::VecDeque;

impl EffectContext<'_> {
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
        let of_order = self.order.id.0;
        let needed = || case.ok_or_else(|| Error::inconsistent("after_sales", "order_id", of_order));
        match effect {
            Effect::Record { what, evidence } => self.record(case, &what, &evidence).await?,
            Effect::Notify { to, what } => self.notify(case, to, what)?,
            Effect::SetClock(due) => {
                let subject = self.subject(case);
                self.tx.defer(clocks::set(subject, due));
            }
            Effect::ClearClock => {
                let subject = self.subject(case);
                self.tx.defer(clocks::clear(subject));
            }
            Effect::SetReminder(at) => self.tx.defer(clocks::set(Subject::ReturnReminder(needed()?.id), at)),
            Effect::ClearReminder => {
                self.tx.defer(clocks::clear(Subject::ReturnReminder(needed()?.id)));
            }
            Effect::ReleaseStock { line, units } => self.stock(line, StockCause::Released, units, -units, 0).await?,
            Effect::ShipStock { line, units } => {
                orders::ship_units(self.tx.conn(), line, units).await?;
                self.stock(line, StockCause::Shipped, 0, -units, 0).await?;
            }
            Effect::Restock { line, sellable, defective } => self.stock(line, StockCause::Returned, sellable, 0, defective).await?,
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
            Effect::EnqueueRefund(why) => refunds::enqueue(self, needed()?, why).await?,
            Effect::RecordManualRefund { voucher, agreed } => refunds::record_manual(self, needed()?, &voucher, agreed).await?,
            Effect::RetryRefund => refunds::retry_failed(self, needed()?).await?,
        }
        Ok(Vec::new())
    }

    async fn replacement(&mut self, line: OrderLineId, units: i64) -> Result<()> {
        if self.move_stock(line, StockCause::Replaced, -units, 0, 0).await? { Ok(()) } else { Err(Refusal::ReplacementOutOfStock.into()) }
    }

    /// Points and balance of an order that ends unpaid go back, once: their rows leave `held` (S8).
    async fn return_held(&mut self) -> Result<()> {
        for payment in payment_rows::of_order(self.tx.conn(), self.order.id).await? {
            let Ok(ended) = payment.clone().end_unpaid(self.now) else { continue };
            payment_rows::save(self.tx.conn(), &payment, &ended).await?;
            if ended.status() == PaymentStatus::Surplus {
                self.send_back(&ended).await?;
            } else if payment.status() == PaymentStatus::Held {
                let event = self.money(payment.tender, MoneyCause::Released, payment.amount, Some(payment.id.0), None);
                wallet::record(self.tx, &event).await?;
            }
        }
        Ok(())
    }

    /// A part that a gateway took for an order that ends unpaid goes back by it, and finance sees it go.
    async fn send_back(&mut self, payment: &Payment) -> Result<()> {
        let refund = refunds::enqueue_surplus(self, payment).await?;
        self.record(None, &Happening::HeldPaymentReturned { tender: payment.tender, amount: payment.amount }, &[]).await?;
        let surplus = AnomalyReport::of(AnomalyKind::PaidAfterClosing, &self.order, payment, self.now);
        anomalies::happened(self.app, self.tx, self.now, &AnomalyReport { refund: Some(refund), ..surplus }).await
    }

    async fn reserve(&mut self, items: &[Item]) -> Result<()> {
        for item in items {
            orders::reserve(self.tx.conn(), item).await?;
            if let Some(line) = self.order.line_mut(item.line_id) {
                line.reserve(item);
            }
        }
        Ok(())
    }

    async fn reserve_freight(&mut self, line: OrderLineId, amount: Money) -> Result<()> {
        orders::reserve_freight(self.tx.conn(), line, amount).await?;
        if let Some(line) = self.order.line_mut(line) {
            line.reserve_freight(amount);
        }
        Ok(())
    }

    async fn release(&mut self, items: &[Item]) -> Result<()> {
        for item in items {
            orders::release(self.tx.conn(), item).await?;
            if let Some(line) = self.order.line_mut(item.line_id) {
                line.release(item);
            }
        }
        Ok(())
    }

    /// What was set aside is paid back; units that never left are free to sell again, and the order may have nothing left to ship.
    async fn settle(&mut self, items: &[Item], refund_only: bool) -> Result<Vec<Effect>> {
        let mut effects = Vec::new();
        for item in items {
            let cancelled = self.order.settle(item, refund_only);
            orders::settle(self.tx.conn(), item, cancelled).await?;
            if cancelled > 0 {
                effects.push(Effect::ReleaseStock { line: item.line_id, units: cancelled });
            }
        }
        effects.splice(0..0, points::take_back(self).await?);
        let policy = self.policy;
        effects.extend(self.step(|order, now| order.after_refund(policy, now)));
        Ok(effects)
    }
}
