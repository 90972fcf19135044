//! One step of a case, with its papers in order: what is refused is refused for who asks and where the case stands.

use super::people::Who;
use super::shop::{MORNING, Shop, Step, ZONE, address, parcel};
use guitu::domain::after_sale::{
    AfterSale, AfterSaleAction as A, AfterSaleKind, AfterSaleRequest, Freight, Inspected, Reason, RejectionGrounds, Stage,
};
use guitu::domain::money::way_back::Part;
use guitu::domain::{Money, Tender};

/// What may happen to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    Act(A, Who),
    /// Its clock reaches zero, now.
    TimeOut,
    /// The gateway has paid everything back.
    Settle,
    /// The gateway has refused for good.
    Fail,
}

impl Shop {
    /// Tries `event` on case `index`; nothing is taken over yet.
    pub fn attempt(&self, index: usize, event: Event) -> Step<AfterSale> {
        let case = self.cases[index].clone();
        match event {
            Event::Act(action, who) => self.act(case, action, who),
            Event::TimeOut => case.time_out(&self.order, &self.policy, self.now),
            Event::Settle => {
                let part = Part { tender: Tender::Wechat, amount: case.amount(), never_collected: false };
                case.settle(vec![part], self.now)
            }
            Event::Fail => case.fail("NOTENOUGH", "余额不足", self.now),
        }
    }

    /// `event` happens; a clock is waited for.
    pub fn happens(&mut self, index: usize, event: Event) {
        if event == Event::TimeOut {
            self.now = self.cases[index].state.due().unwrap().max(self.now);
        }
        self.case_step(index, self.attempt(index, event)).unwrap();
    }

    fn act(&self, case: AfterSale, action: A, who: Who) -> Step<AfterSale> {
        let (by, policy, now) = (&who.actor(), &self.policy, self.now);
        match action {
            A::Revise => {
                let again = AfterSaleRequest { note: "请再看一下".to_owned(), ..request(&case) };
                case.revise(by, &self.order, again, policy, ZONE, now)
            }
            A::Withdraw => case.withdraw(by, now),
            A::ShipReturn => case.ship_return(by, (parcel("YT9000000000001"), Vec::new()), &[parcel("YT1000000000001")], policy, now),
            A::ConfirmReplacement => case.confirm_replacement(by, now),
            A::ConvertToRefund => case.convert_to_refund(by, now),
            A::Reject => case.reject(by, grounds(), policy, now),
            A::ApproveReturn => case.approve_return(by, address(), true, policy, now),
            A::AgreeRefund => case.agree_refund(by, &self.order, Freight::ByRule, policy, now),
            A::RefundManually => case.refund_manually(by, &self.order, "银行转账 20261101".to_owned(), true, now),
            A::Receive => {
                let found = all_good(&case);
                case.receive(by, found, policy, now)
            }
            A::RejectReturn => case.reject_return(by, grounds(), policy, now),
            A::ShipReplacement => case.ship_replacement(by, parcel("YT5000000000001"), policy, now),
            A::RetryRefund => case.retry_refund(by, now),
        }
    }
}

/// Everything that came back is as it left.
pub fn all_good(case: &AfterSale) -> Vec<Inspected> {
    case.items.iter().map(|item| Inspected { line_id: item.line_id, good: item.quantity, defective: 0, missing: 0 }).collect()
}

pub fn grounds() -> RejectionGrounds {
    RejectionGrounds { words: "人为损坏".to_owned(), evidence: vec!["picture-1".to_owned()] }
}

/// A request that asks for what the case asks for already.
fn request(case: &AfterSale) -> AfterSaleRequest {
    let chosen = case.items.iter().map(|item| (item.line_id, Some(item.quantity))).collect();
    AfterSaleRequest { kind: case.kind, reason: case.reason, chosen, amount: None, note: String::new(), evidence: Vec::new() }
}

/// A request for everything that can be had for these units.
pub fn asks(kind: AfterSaleKind, stage: Stage, units: &[(i64, i64)]) -> AfterSaleRequest {
    let reason = match (kind, stage) {
        (AfterSaleKind::RefundOnly, Stage::Unshipped) => Reason::Unwanted,
        (AfterSaleKind::RefundOnly, Stage::InTransit) => Reason::Intercepted,
        (AfterSaleKind::RefundOnly, Stage::Received) => Reason::Agreed,
        (AfterSaleKind::ReturnRefund, _) => Reason::NoReason,
        (AfterSaleKind::Exchange, _) => Reason::DoesNotFit,
    };
    because(reason, kind, units)
}

pub fn because(reason: Reason, kind: AfterSaleKind, units: &[(i64, i64)]) -> AfterSaleRequest {
    let chosen = units.iter().map(|(id, units)| (guitu::domain::OrderLineId(*id), Some(*units))).collect();
    AfterSaleRequest { kind, reason, chosen, amount: None, note: String::new(), evidence: Vec::new() }
}

/// The same request, for less or more.
pub fn of_amount(fen: i64, request: AfterSaleRequest) -> AfterSaleRequest {
    AfterSaleRequest { amount: Some(Money(fen)), ..request }
}

/// Days after the order was placed.
pub fn day(days: i64) -> guitu::domain::Timestamp {
    MORNING.plus(days * guitu::domain::time::DAY)
}
