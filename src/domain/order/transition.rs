//! The order machine: each transition takes the order, the actor and the time, and gives the new order with its effects or a refusal.

use super::{CloseReason, Order, OrderAction, OrderState, PriceChange, ReceiptClock, pricing};
use crate::domain::carrier::Parcel;
use crate::domain::event::{Audience, Effect, record, tell_buyer, tell_shop};
use crate::domain::happening::{Decider, Happening};
use crate::domain::id::OrderLineId;
use crate::domain::people::actor::Actor;
use crate::domain::people::address::Address;
use crate::domain::refusal::Refusal;
use crate::domain::shop::policy::ShopPolicy;
use crate::domain::time::Timestamp;
use chrono_tz::Tz;

/// One parcel about to leave: its waybill, and units by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParcelPlan {
    pub parcel: Parcel,
    pub units: Vec<(OrderLineId, i64)>,
}

type OrderTransition = Result<(Order, Vec<Effect>), Refusal>;

impl Order {
    /// The order has just been placed: its first line on the timeline, its clock, its notice (S1).
    pub fn placed(&self) -> Vec<Effect> {
        let OrderState::PendingPayment { pay_by } = self.state else { return Vec::new() };
        let placed = Happening::OrderPlaced { payable: self.totals.payable(), pay_by };
        vec![record(placed.clone()), Effect::SetClock(pay_by), tell_shop(placed)]
    }

    /// Everything is paid, by whatever tenders (S2, S4): the amounts on the lines are now what refunds count against.
    pub fn pay(self, paid: Happening, now: Timestamp) -> OrderTransition {
        let OrderState::PendingPayment { .. } = self.state else { return Err(self.not_now()) };
        let mut order = Self { state: OrderState::AwaitingShipment { paid_at: now }, paid: self.totals.payable(), ..self };
        for line in &mut order.lines {
            line.paid = line.payable();
        }
        Ok((order, vec![record(paid.clone()), Effect::ClearClock, tell_shop(paid)]))
    }

    /// The shop changes what is to be paid, while nothing is (S3, B12).
    pub fn adjust_price(self, by: &Actor, change: PriceChange) -> OrderTransition {
        if !matches!(self.state, OrderState::PendingPayment { .. }) {
            return Err(Refusal::PriceFixed);
        }
        self.require(OrderAction::AdjustPrice, by)?;
        let mut lines = self.lines.clone();
        let totals = pricing::reprice(self.totals, change, self.held, &mut lines)?;
        let adjusted = Happening::PriceAdjusted { goods: change.goods, freight: change.freight, payable: totals.payable() };
        let order = Self { totals, lines, ..self };
        Ok((order, vec![record(adjusted.clone()), tell_buyer(adjusted)]))
    }

    /// Another recipient or place, until the first parcel leaves (S12).
    pub fn edit_address(self, by: &Actor, to: Address) -> OrderTransition {
        if !matches!(self.state, OrderState::PendingPayment { .. } | OrderState::AwaitingShipment { .. }) {
            return Err(Refusal::AddressFixed);
        }
        self.require(OrderAction::EditAddress, by)?;
        let order = Self { recipient: to, ..self };
        Ok((order, vec![record(Happening::AddressEdited), tell_buyer(Happening::AddressEdited)]))
    }

    /// A part came in that finance had to look into first: where the deadline is near or past, the buyer gets a new one for the rest.
    pub fn more_time_to_pay(self, policy: &ShopPolicy, now: Timestamp) -> (Self, Vec<Effect>) {
        let OrderState::PendingPayment { pay_by } = self.state else { return (self, Vec::new()) };
        let pay_by = pay_by.max(now.plus(policy.pay_span()));
        (Self { state: OrderState::PendingPayment { pay_by }, ..self }, vec![Effect::SetClock(pay_by)])
    }

    /// The unpaid order ends: by the buyer, the shop, or its clock (S8).
    pub fn close_unpaid(self, by: &Actor, now: Timestamp) -> OrderTransition {
        let why = match by {
            Actor::Buyer { .. } => CloseReason::BuyerCancel,
            Actor::Staff { .. } => CloseReason::MerchantCancel,
            Actor::System => CloseReason::Timeout,
        };
        self.require(if why == CloseReason::BuyerCancel { OrderAction::Cancel } else { OrderAction::Close }, by)?;
        if why == CloseReason::Timeout && !self.is_due(now) {
            return Err(self.not_now());
        }
        let mut effects = vec![record(Happening::OrderClosed { why }), Effect::ClearClock, Effect::ReturnHeldTenders];
        effects.extend(self.lines.iter().map(|line| Effect::ReleaseStock { line: line.id, units: line.quantity }));
        effects.push(Effect::ReturnCoupon);
        let to = if why == CloseReason::BuyerCancel { Audience::Shop } else { Audience::Buyer };
        effects.push(Effect::Notify { to, what: Happening::OrderClosed { why } });
        Ok((Self { state: OrderState::Closed { paid_at: None, at: now, why }, ..self }, effects))
    }

    /// Parcels leave: by line and quantity, never a line with an open case (S5, S13, A13, B22).
    pub fn ship(self, by: &Actor, parcels: &[ParcelPlan], policy: &ShopPolicy, now: Timestamp) -> OrderTransition {
        self.require(OrderAction::Ship, by)?;
        let (OrderState::AwaitingShipment { paid_at } | OrderState::PartiallyShipped { paid_at }) = self.state else {
            return Err(self.not_now());
        };
        let mut order = self;
        let mut effects = Vec::new();
        for plan in parcels {
            order.load(plan, &mut effects)?;
        }
        if effects.is_empty() {
            return Err(Refusal::NothingToShip);
        }
        let shipped = Happening::OrderShipped { parcels: parcels.iter().map(|plan| plan.parcel.clone()).collect() };
        effects.extend([record(shipped.clone()), tell_buyer(shipped)]);
        if order.units_to_ship() == 0 {
            effects.push(order.await_receipt(paid_at, policy, now));
        } else {
            order.state = OrderState::PartiallyShipped { paid_at };
        }
        Ok((order, effects))
    }

    /// Confirmed by the buyer, by the shop for them, or by the clock. The clock waits until no case is open (S6, S7, B23).
    pub fn receive(self, by: &Actor, policy: &ShopPolicy, zone: Tz, now: Timestamp) -> OrderTransition {
        self.require(OrderAction::ConfirmReceipt, by)?;
        let OrderState::AwaitingReceipt { paid_at, shipped_at, .. } = self.state else { return Err(self.not_now()) };
        if *by == Actor::System && self.open_cases > 0 {
            return Err(Refusal::AfterSaleOpen);
        }
        if *by == Actor::System && !self.is_due(now) {
            return Err(self.not_now());
        }
        let after_sale_until = now.end_of_day_after(policy.after_sale_days, zone);
        let no_reason_until =
            if policy.no_reason_days > 0 { now.end_of_day_after(policy.no_reason_days, zone).min(after_sale_until) } else { now };
        let (by, to) = match by {
            Actor::Buyer { .. } => (Decider::Buyer, Audience::Shop),
            Actor::Staff { .. } => (Decider::Staff, Audience::Buyer),
            Actor::System => (Decider::Deadline, Audience::Buyer),
        };
        let received = Happening::OrderReceived { by, after_sale_until };
        let order =
            Self { state: OrderState::Completed { paid_at, shipped_at, received_at: now, after_sale_until, no_reason_until }, ..self };
        let told = Effect::Notify { to, what: received.clone() };
        Ok((order, vec![record(received), Effect::ClearClock, Effect::GrantPoints, told]))
    }

    /// Money went back: an order with nothing left to ship moves on, wholly refunded before shipping it closes.
    pub fn after_refund(self, policy: &ShopPolicy, now: Timestamp) -> (Self, Vec<Effect>) {
        let (OrderState::AwaitingShipment { paid_at } | OrderState::PartiallyShipped { paid_at }) = self.state else {
            return (self, Vec::new());
        };
        if self.units_to_ship() > 0 {
            return (self, Vec::new());
        }
        let mut order = self;
        if order.lines.iter().any(|line| line.shipped_quantity > 0) {
            let clock = order.await_receipt(paid_at, policy, now);
            return (order, vec![clock]);
        }
        let why = CloseReason::RefundedBeforeShip;
        order.state = OrderState::Closed { paid_at: Some(paid_at), at: now, why };
        (order, vec![record(Happening::OrderClosed { why }), Effect::ClearClock])
    }

    /// A case was opened: the receipt clock stands still.
    pub fn open_case(mut self, now: Timestamp) -> (Self, Vec<Effect>) {
        self.open_cases += 1;
        let OrderState::AwaitingReceipt { paid_at, shipped_at, receipt: ReceiptClock::Running { until } } = self.state else {
            return (self, Vec::new());
        };
        self.state = OrderState::AwaitingReceipt { paid_at, shipped_at, receipt: ReceiptClock::Paused { left: now.until(until) } };
        (self, vec![Effect::ClearClock])
    }

    /// A case ended: with the last one the receipt clock goes on with what was left, and an order that was wholly refunded
    /// before shipping gives its coupon back (B15).
    pub fn close_case(mut self, now: Timestamp) -> (Self, Vec<Effect>) {
        self.open_cases -= 1;
        if self.open_cases > 0 {
            return (self, Vec::new());
        }
        if let OrderState::Closed { why: CloseReason::RefundedBeforeShip, .. } = self.state {
            return (self, vec![Effect::ReturnCoupon]);
        }
        let OrderState::AwaitingReceipt { paid_at, shipped_at, receipt: ReceiptClock::Paused { left } } = self.state else {
            return (self, Vec::new());
        };
        let until = now.plus(left);
        self.state = OrderState::AwaitingReceipt { paid_at, shipped_at, receipt: ReceiptClock::Running { until } };
        (self, vec![Effect::SetClock(until)])
    }

    /// Has the running clock reached zero? A clock that stands still never does.
    fn is_due(&self, now: Timestamp) -> bool {
        self.state.runs_out().is_some_and(|due| due <= now)
    }

    fn await_receipt(&mut self, paid_at: Timestamp, policy: &ShopPolicy, now: Timestamp) -> Effect {
        let span = policy.auto_receive_span();
        if self.open_cases > 0 {
            self.state = OrderState::AwaitingReceipt { paid_at, shipped_at: now, receipt: ReceiptClock::Paused { left: span } };
            return Effect::ClearClock;
        }
        let until = now.plus(span);
        self.state = OrderState::AwaitingReceipt { paid_at, shipped_at: now, receipt: ReceiptClock::Running { until } };
        Effect::SetClock(until)
    }

    fn load(&mut self, plan: &ParcelPlan, effects: &mut Vec<Effect>) -> Result<(), Refusal> {
        let chosen: Vec<&(OrderLineId, i64)> = plan.units.iter().filter(|(_, units)| *units != 0).collect();
        if chosen.is_empty() {
            return Err(Refusal::NothingToShip);
        }
        for (id, units) in chosen {
            let line = self.lines.iter_mut().find(|line| line.id == *id).ok_or(Refusal::NothingToShip)?;
            if line.held {
                return Err(Refusal::LineInAfterSale(line.title.clone()));
            }
            let left = line.units_to_ship();
            if *units < 0 || *units > left {
                return Err(Refusal::TooManyToShip { title: line.title.clone(), left });
            }
            line.shipped_quantity += units;
            effects.push(Effect::ShipStock { line: line.id, units: *units });
        }
        Ok(())
    }

    fn require(&self, action: OrderAction, by: &Actor) -> Result<(), Refusal> {
        match (self.permits(action, by), self.is_for(action, by)) {
            (true, _) => Ok(()),
            (false, true) if matches!(by, Actor::Staff { .. }) => Err(Refusal::NotWhile(self.status().name_for_shop())),
            (false, true) => Err(self.not_now()),
            (false, false) => Err(Refusal::NotAllowed),
        }
    }

    fn not_now(&self) -> Refusal {
        Refusal::NotWhile(self.status().name())
    }
}
