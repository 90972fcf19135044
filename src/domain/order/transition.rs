//! The order machine: each transition takes the order, the actor and the time, and gives the new order with its effects or a refusal.

use super::{CloseReason, Order, OrderAction, OrderState, PriceChange, ReceiptClock, pricing};
use crate::domain::actor::Actor;
use crate::domain::address::Address;
use crate::domain::carrier::Parcel;
use crate::domain::event::{Audience, Effect, EventKind};
use crate::domain::id::OrderLineId;
use crate::domain::money::Money;
use crate::domain::policy::ShopPolicy;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use chrono_tz::Tz;

/// One parcel about to leave: its waybill, and units by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParcelPlan {
    pub parcel: Parcel,
    pub units: Vec<(OrderLineId, i64)>,
}

type Outcome = Result<(Order, Vec<Effect>), Refusal>;

impl Order {
    /// The order has just been placed: its first line on the timeline, its clock, its notice (S1).
    pub fn placed(&self, zone: Tz) -> Vec<Effect> {
        let OrderState::PendingPayment { pay_by } = self.state else { return Vec::new() };
        let words = format!("提交订单，应付 {}", self.totals.payable().show());
        vec![
            record(EventKind::OrderPlaced, words),
            Effect::SetClock(pay_by),
            notify(Audience::Shop, "新订单", format!("订单 {} 已生成，请在 {} 前等待买家付款", self.number, pay_by.in_words(zone))),
        ]
    }

    /// Everything is paid, by whatever tenders (S2, S4): the amounts on the lines are now what refunds count against.
    pub fn pay(self, kind: EventKind, words: String, now: Timestamp) -> Outcome {
        let OrderState::PendingPayment { .. } = self.state else { return Err(self.not_now()) };
        let mut order = Self { state: OrderState::AwaitingShipment { paid_at: now }, paid: self.totals.payable(), ..self };
        for line in &mut order.lines {
            line.paid = line.payable();
        }
        let notice = format!("订单 {} 已付款 {}，请尽快发货", order.number, order.paid.show());
        Ok((order, vec![record(kind, words), Effect::ClearClock, notify(Audience::Shop, "订单已付款", notice)]))
    }

    /// The shop changes what is to be paid, while nothing is (S3, B12).
    pub fn adjust_price(self, by: &Actor, change: PriceChange) -> Outcome {
        if !matches!(self.state, OrderState::PendingPayment { .. }) {
            return Err(Refusal::PriceFixed);
        }
        self.require(OrderAction::AdjustPrice, by)?;
        let mut lines = self.lines.clone();
        let totals = pricing::reprice(self.totals, change, self.held, &mut lines)?;
        let words = format!("商家改价：商品 {}，运费 {}，应付 {}", signed(change.goods), signed(change.freight), totals.payable().show());
        let notice = format!("订单 {} 的应付金额改为 {}", self.number, totals.payable().show());
        let order = Self { totals, lines, ..self };
        Ok((order, vec![record(EventKind::PriceAdjusted, words), notify(Audience::Buyer, "订单价格已修改", notice)]))
    }

    /// Another recipient or place, until the first parcel leaves (S12).
    pub fn edit_address(self, by: &Actor, to: Address) -> Outcome {
        if !matches!(self.state, OrderState::PendingPayment { .. } | OrderState::AwaitingShipment { .. }) {
            return Err(Refusal::AddressFixed);
        }
        self.require(OrderAction::EditAddress, by)?;
        let notice = format!("订单 {} 的收货信息已由商家修改，请核对", self.number);
        let order = Self { recipient: to, ..self };
        Ok((order, vec![record(EventKind::AddressEdited, "修改收货信息".to_owned()), notify(Audience::Buyer, "收货信息已修改", notice)]))
    }

    /// A part came in that finance had to look into first: where the deadline is near or past, the buyer gets a new one for the rest.
    pub fn more_time_to_pay(self, policy: &ShopPolicy, now: Timestamp) -> (Self, Vec<Effect>) {
        let OrderState::PendingPayment { pay_by } = self.state else { return (self, Vec::new()) };
        let pay_by = pay_by.max(now.plus(policy.pay_span()));
        (Self { state: OrderState::PendingPayment { pay_by }, ..self }, vec![Effect::SetClock(pay_by)])
    }

    /// The unpaid order ends: by the buyer, the shop, or its clock (S8).
    pub fn close_unpaid(self, by: &Actor, now: Timestamp) -> Outcome {
        let why = match by {
            Actor::Buyer { .. } => CloseReason::BuyerCancel,
            Actor::Staff { .. } => CloseReason::MerchantCancel,
            Actor::System => CloseReason::Timeout,
        };
        match why {
            CloseReason::BuyerCancel => self.require(OrderAction::Cancel, by)?,
            _ => self.require(OrderAction::Close, by)?,
        }
        if why == CloseReason::Timeout && !self.is_due(now) {
            return Err(self.not_now());
        }
        let mut effects = vec![record(EventKind::OrderClosed, why.name().to_owned()), Effect::ClearClock, Effect::ReturnHeldTenders];
        effects.extend(self.lines.iter().map(|line| Effect::ReleaseStock { line: line.id, units: line.quantity }));
        effects.push(Effect::ReturnCoupon);
        let (to, notice) = match why {
            CloseReason::BuyerCancel => (Audience::Shop, format!("买家取消了订单 {}", self.number)),
            _ => (Audience::Buyer, format!("订单 {} 已关闭：{}", self.number, why.name())),
        };
        effects.push(notify(to, "订单已关闭", notice));
        Ok((Self { state: OrderState::Closed { paid_at: None, at: now, why }, ..self }, effects))
    }

    /// Parcels leave: by line and quantity, never a line with an open case (S5, S13, A13, B22).
    pub fn ship(self, by: &Actor, parcels: &[ParcelPlan], policy: &ShopPolicy, now: Timestamp) -> Outcome {
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
        let parcels_in_words: Vec<String> = parcels.iter().map(|plan| plan.parcel.show()).collect();
        effects.push(record(EventKind::OrderShipped, format!("商家发货：{}", parcels_in_words.join("、"))));
        let notice = format!("订单 {} 已发货：{}", order.number, parcels_in_words.join("、"));
        effects.push(notify(Audience::Buyer, "商品已发货", notice));
        if order.units_to_ship() == 0 {
            effects.push(order.await_receipt(paid_at, policy, now));
        } else {
            order.state = OrderState::PartiallyShipped { paid_at };
        }
        Ok((order, effects))
    }

    /// The goods have arrived: says the buyer, the shop for them, or the clock, which waits for open cases (S6, S7, B23).
    pub fn receive(self, by: &Actor, policy: &ShopPolicy, zone: Tz, now: Timestamp) -> Outcome {
        self.require(OrderAction::ConfirmReceipt, by)?;
        let OrderState::AwaitingReceipt { paid_at, shipped_at, .. } = self.state else { return Err(self.not_now()) };
        if *by == Actor::System && self.open_cases > 0 {
            return Err(Refusal::AfterSaleOpen);
        }
        if *by == Actor::System && !self.is_due(now) {
            return Err(self.not_now());
        }
        let words = match by {
            Actor::Buyer { .. } => "买家确认收货",
            Actor::Staff { .. } => "商家代买家确认收货",
            Actor::System => "超时自动确认收货",
        };
        let after_sale_until = now.end_of_day_after(policy.after_sale_days, zone);
        let no_reason_until =
            if policy.no_reason_days > 0 { now.end_of_day_after(policy.no_reason_days, zone).min(after_sale_until) } else { now };
        let to = if matches!(by, Actor::Buyer { .. }) { Audience::Shop } else { Audience::Buyer };
        let notice = format!("订单 {} 已完成，{} 前可申请售后", self.number, after_sale_until.in_words(zone));
        let order =
            Self { state: OrderState::Completed { paid_at, shipped_at, received_at: now, after_sale_until, no_reason_until }, ..self };
        let effects = vec![
            record(EventKind::OrderReceived, words.to_owned()),
            Effect::ClearClock,
            Effect::GrantPoints,
            notify(to, "订单已完成", notice),
        ];
        Ok((order, effects))
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
        (order, vec![record(EventKind::OrderClosed, why.name().to_owned()), Effect::ClearClock])
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

fn record(kind: EventKind, words: String) -> Effect {
    Effect::Record { kind, words, evidence: Vec::new() }
}

fn notify(to: Audience, title: &'static str, words: String) -> Effect {
    Effect::Notify { to, title, words }
}

fn signed(change: Money) -> String {
    if change.0 > 0 { format!("+{}", change.show()) } else { change.show() }
}
