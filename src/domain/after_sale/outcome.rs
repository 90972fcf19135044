//! How the money of a case ended: it arrived, the gateway refused, it is tried again, it needs another way (T18).

use super::transition::AfterSaleTransition;
use super::{AfterSale, AfterSaleAction as Action, AfterSaleState as State};
use crate::domain::event::{Effect, record, tell_buyer, tell_shop};
use crate::domain::happening::Happening;
use crate::domain::money::Money;
use crate::domain::money::way_back::{Elsewhere, Part};
use crate::domain::people::actor::Actor;
use crate::domain::refusal::Refusal;
use crate::domain::time::{HOUR, Timestamp};

impl AfterSale {
    /// T18: every refund of the case has arrived, each part as the buyer got it.
    pub fn settle(self, parts: Vec<Part>, now: Timestamp) -> AfterSaleTransition {
        if !matches!(self.state, State::Refunding { .. } | State::RefundFailed { .. }) {
            return Err(Refusal::NotWhile(self.state_name()));
        }
        let succeeded = Happening::RefundSucceeded { parts };
        let mut effects = vec![Effect::ClearClock, record(succeeded.clone()), tell_buyer(succeeded)];
        effects.extend(self.settled_effects());
        Ok((Self { state: State::Succeeded { at: now }, ..self }, effects))
    }

    /// T18: the gateway finally refused; visible, and tried again with the same number (B4).
    pub fn fail(self, trouble: &str, why: &str, now: Timestamp) -> AfterSaleTransition {
        if !matches!(self.state, State::Refunding { .. }) {
            return Err(Refusal::NotWhile(self.state_name()));
        }
        let due = now.plus(24 * HOUR);
        let failed = Happening::RefundFailed { trouble: trouble.to_owned(), why: why.to_owned() };
        let effects = vec![Effect::SetClock(due), record(failed.clone()), tell_shop(failed)];
        Ok((Self { state: State::RefundFailed { due }, ..self }, effects))
    }

    /// The failed refund is tried again.
    pub fn retry_refund(self, by: &Actor, now: Timestamp) -> AfterSaleTransition {
        self.require(Action::RetryRefund, by)?;
        let effects = vec![Effect::ClearClock, record(Happening::RefundRetried), Effect::RetryRefund];
        Ok((Self { state: State::Refunding { since: now }, ..self }, effects))
    }

    /// The buyer's account did not take the money: it is on its way to another one; what else had failed is tried again.
    pub fn send_elsewhere(self, by: &Actor, to: Elsewhere, amount: Money, now: Timestamp) -> AfterSaleTransition {
        self.require(Action::RetryRefund, by)?;
        let mut effects = Self::sent_elsewhere(to, amount);
        effects.extend([Effect::ClearClock, Effect::RetryRefund]);
        Ok((Self { state: State::Refunding { since: now }, ..self }, effects))
    }

    /// What is told of it, whatever has become of the case since.
    pub fn sent_elsewhere(to: Elsewhere, amount: Money) -> Vec<Effect> {
        let sent = Happening::RefundSentElsewhere { amount, to };
        vec![record(sent.clone()), tell_buyer(sent)]
    }

    /// A tender's channel takes no refund of this payment any more, and never will: the buyer agrees to another way (M11, S73).
    pub fn needs_another_way(trouble: &str, why: &str) -> Vec<Effect> {
        let needed = Happening::RefundNeedsAnotherWay { trouble: trouble.to_owned(), why: why.to_owned() };
        vec![record(needed.clone()), tell_buyer(needed)]
    }
}
