//! What happens when nobody acts: the clock of each state and its outcome (S43, S56, S58, A27), told to both sides beforehand.

use super::transition::{Outcome, record};
use super::{AfterSale, AfterSaleKind, AfterSaleState as State, CloseCause, Freight, StateKind};
use crate::domain::actor::Actor;
use crate::domain::event::{Audience, Effect, EventKind, RefundTold};
use crate::domain::order::Order;
use crate::domain::policy::ShopPolicy;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use chrono_tz::Tz;

impl AfterSale {
    /// The clock of this state has reached zero. Too early is refused; a state without a clock has nothing to do.
    pub fn time_out(self, order: &Order, policy: &ShopPolicy, zone: Tz, now: Timestamp) -> Outcome {
        match self.state.due() {
            Some(due) if due <= now => {}
            _ => return Err(Refusal::NotWhile(self.state_name())),
        }
        match self.state {
            State::Applied { .. } if self.kind.returns_goods() => {
                let to = self.fallback_address.clone().ok_or(Refusal::NoReturnAddress)?;
                self.approve_return(&Actor::System, to, false, policy, zone, now)
            }
            State::Applied { .. } => self.agree_refund(&Actor::System, order, Freight::ByRule, policy, now),
            State::Rejected { .. } | State::ReturnRejected { .. } => {
                Ok(self.close(CloseCause::RejectExpired, EventKind::AfterSaleClosed, now))
            }
            State::AwaitingReturn { .. } => Ok(self.close(CloseCause::ReturnTimeout, EventKind::AfterSaleClosed, now)),
            State::ReturnInTransit { .. } if self.inspection().is_some() => {
                self.agree_refund(&Actor::System, order, Freight::ByRule, policy, now)
            }
            State::ReturnInTransit { .. } => Ok(self.receive_by_clock(policy, now)),
            State::AwaitingReship { due, .. } => Ok(self.reship_overdue(due)),
            State::AwaitingBuyerReceipt { .. } => self.confirm_replacement(&Actor::System, now),
            State::RefundFailed { .. } => self.retry_refund(&Actor::System, now),
            State::Refunding { .. } | State::Succeeded { .. } | State::Closed { .. } => Err(Refusal::NotWhile(self.state_name())),
        }
    }

    /// The shop did not say a word about the parcel: the buyer is not made to wait. Nothing was seen, nothing is restocked.
    fn receive_by_clock(self, policy: &ShopPolicy, now: Timestamp) -> (Self, Vec<Effect>) {
        if self.kind == AfterSaleKind::Exchange {
            let words = "商家超时未确认收货，请尽快发出换货";
            let effects = vec![record(EventKind::ReturnReceived, words.to_owned(), Vec::new()), self.tell_shop("换货待发出", words)];
            return self.await_reship(effects, policy, now);
        }
        let who = "商家超时未确认收货，系统自动退款";
        let told = RefundTold { kind: EventKind::RefundAgreed, who, to: Audience::Buyer, title: "系统自动退款" };
        let effects = vec![Effect::ClearClock, Effect::EnqueueRefund(told)];
        (Self { state: State::Refunding { since: now }, ..self }, effects)
    }

    fn reship_overdue(self, due: Timestamp) -> (Self, Vec<Effect>) {
        let effects = vec![
            Effect::ClearClock,
            record(EventKind::ReplacementOverdue, "商家超时未发出换货，买家可改为退款".to_owned(), Vec::new()),
            self.tell_shop("换货超时未发出", "请立即发出，买家现在可以改为退款"),
            self.tell_buyer("换货超时未发出", "可继续等待，或改为退款"),
        ];
        (Self { state: State::AwaitingReship { due, overdue: true }, ..self }, effects)
    }

    /// A day is left to send the goods back: what the buyer is told (T9). `None` once they are on their way, or it is too late.
    pub fn reminder(&self, zone: Tz, now: Timestamp) -> Option<Effect> {
        let State::AwaitingReturn { due } = self.state else { return None };
        if due <= now {
            return None;
        }
        Some(self.tell_buyer("请尽快寄回商品", &format!("请在 {} 前寄回并填写退货信息，{}", due.in_words(zone), self.at_zero())))
    }

    /// `超时自动退款`: what the running clock does at zero, for both sides; empty without a clock.
    pub fn at_zero(&self) -> &'static str {
        match self.state {
            State::AwaitingReship { overdue: true, .. } => "",
            state => state.kind().at_zero(self.kind),
        }
    }

    pub(super) fn after_receipt_in_words(&self) -> &'static str {
        StateKind::ReturnInTransit.at_zero(self.kind)
    }
}

impl StateKind {
    /// What the clock of this state does at zero, for lists that know no more of a case than its state and kind.
    pub fn at_zero(self, kind: AfterSaleKind) -> &'static str {
        match self {
            Self::Applied if kind.returns_goods() => "超时自动同意退货",
            Self::ReturnInTransit if kind == AfterSaleKind::Exchange => "超时视为已收到，进入换货",
            Self::Applied | Self::ReturnInTransit => "超时自动退款",
            Self::Rejected | Self::AwaitingReturn | Self::ReturnRejected => "逾期售后将关闭",
            Self::AwaitingReship => "超时买家可改为退款",
            Self::AwaitingBuyerReceipt => "到期自动确认收到换货",
            Self::RefundFailed => "到时自动重试退款",
            Self::Refunding | Self::Succeeded | Self::Closed => "",
        }
    }
}
