//! What happens when nobody acts: the clock of each state and its outcome (S43, S56, S58, A27), told to both sides beforehand.

use super::transition::AfterSaleTransition;
use super::{AfterSale, AfterSaleKind, AfterSaleState as State, CloseCause, Freight, StateKind};
use crate::domain::event::{Effect, RefundTrigger, record, tell_buyer, tell_shop};
use crate::domain::happening::{Happening, RefundBasis};
use crate::domain::order::Order;
use crate::domain::people::actor::Actor;
use crate::domain::refusal::Refusal;
use crate::domain::shop::policy::ShopPolicy;
use crate::domain::time::Timestamp;

impl AfterSale {
    /// The clock of this state has reached zero. Too early is refused; a state without a clock has nothing to do.
    pub fn time_out(self, order: &Order, policy: &ShopPolicy, now: Timestamp) -> AfterSaleTransition {
        match self.state.due() {
            Some(due) if due <= now => {}
            _ => return Err(Refusal::NotWhile(self.state_name())),
        }
        match self.state {
            State::Applied { .. } if self.kind.returns_goods() => {
                let to = self.fallback_address.clone().ok_or(Refusal::NoReturnAddress)?;
                self.approve_return(&Actor::System, to, false, policy, now)
            }
            State::Applied { .. } => self.agree_refund(&Actor::System, order, Freight::ByRule, policy, now),
            State::Rejected { .. } | State::ReturnRejected { .. } => Ok(self.close(CloseCause::RejectExpired, now)),
            State::AwaitingReturn { .. } => Ok(self.close(CloseCause::ReturnTimeout, now)),
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
            let effects = vec![record(Happening::ReturnAssumed), tell_shop(Happening::ReturnAssumed)];
            return self.await_reship(effects, policy, now);
        }
        let effects = vec![Effect::ClearClock, Effect::EnqueueRefund(RefundTrigger::Agreed(RefundBasis::NoReceipt))];
        (Self { state: State::Refunding { since: now }, ..self }, effects)
    }

    fn reship_overdue(self, due: Timestamp) -> (Self, Vec<Effect>) {
        let effects = vec![
            Effect::ClearClock,
            record(Happening::ReplacementOverdue),
            tell_shop(Happening::ReplacementOverdue),
            tell_buyer(Happening::ReplacementOverdue),
        ];
        (Self { state: State::AwaitingReship { due, overdue: true }, ..self }, effects)
    }

    /// A day is left to send the goods back: what the buyer is told (T9). `None` once they are on their way, or it is too late.
    pub fn reminder(&self, now: Timestamp) -> Option<Effect> {
        let State::AwaitingReturn { due } = self.state else { return None };
        (due > now).then(|| tell_buyer(Happening::ReturnReminded { due }))
    }

    /// `超时自动退款`: what the running clock does at zero, for both sides; empty without a clock.
    pub fn at_zero(&self) -> &'static str {
        self.state.due().map_or("", |_| self.state.kind().at_zero(self.kind))
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
