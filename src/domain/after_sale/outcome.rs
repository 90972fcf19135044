//! How the money of a case ended: it arrived, the gateway refused, it is tried again, it needs another way (T18).

use super::transition::{Outcome, record};
use super::{AfterSale, AfterSaleAction as Action, AfterSaleState as State};
use crate::domain::actor::Actor;
use crate::domain::event::{Effect, EventKind};
use crate::domain::money::Money;
use crate::domain::refusal::Refusal;
use crate::domain::time::{HOUR, Timestamp};

impl AfterSale {
    /// T18: every refund of the case has arrived; `given` says what the buyer got, and is empty if all of it is cash that was never collected.
    pub fn settle(self, given: &str, now: Timestamp) -> Outcome {
        if !matches!(self.state, State::Refunding { .. } | State::RefundFailed { .. }) {
            return Err(Refusal::NotWhile(self.state_name()));
        }
        let told = if given.is_empty() {
            [
                record(EventKind::RefundSucceeded, "取消成功，货到付款未收款，无需退款".to_owned(), Vec::new()),
                self.tell_buyer("取消成功", "货到付款未收取任何费用，无需退款"),
            ]
        } else {
            [
                record(EventKind::RefundSucceeded, format!("退款成功 {given}"), Vec::new()),
                self.tell_buyer("退款成功", &format!("{given} 已退回，请查收")),
            ]
        };
        let mut effects = vec![Effect::ClearClock];
        effects.extend(told);
        effects.extend(self.settled_effects());
        Ok((Self { state: State::Succeeded { at: now }, ..self }, effects))
    }

    /// T18: the gateway finally refused; visible, and tried again with the same number (B4).
    pub fn fail(self, why: &str, now: Timestamp) -> Outcome {
        if !matches!(self.state, State::Refunding { .. }) {
            return Err(Refusal::NotWhile(self.state_name()));
        }
        let due = now.plus(24 * HOUR);
        let effects = vec![
            Effect::SetClock(due),
            record(EventKind::RefundFailed, format!("退款失败：{why}，系统将在 24 小时后重试，商家也可手动处理"), Vec::new()),
            self.tell_shop("退款失败", &format!("{why}。可立即重试或手动退款")),
        ];
        Ok((Self { state: State::RefundFailed { due }, ..self }, effects))
    }

    /// The failed refund is tried again.
    pub fn retry_refund(self, by: &Actor, now: Timestamp) -> Outcome {
        self.require(Action::RetryRefund, by)?;
        let effects =
            vec![Effect::ClearClock, record(EventKind::RefundRetried, "重新发起退款".to_owned(), Vec::new()), Effect::RetryRefund];
        Ok((Self { state: State::Refunding { since: now }, ..self }, effects))
    }

    /// The buyer's account did not take the money: it is on its way to another one, as `to` says; what else had failed is tried again.
    pub fn send_elsewhere(self, by: &Actor, to: &str, amount: Money, now: Timestamp) -> Outcome {
        self.require(Action::RetryRefund, by)?;
        let words = format!("{} 未能退到原账户，改退到{to}", amount.show());
        let effects = vec![
            Effect::ClearClock,
            record(EventKind::RefundRetried, words.clone(), Vec::new()),
            self.tell_buyer("退款改退到其他账户", &words.replace("买家的", "您的")),
            Effect::RetryRefund,
        ];
        Ok((Self { state: State::Refunding { since: now }, ..self }, effects))
    }

    /// A tender's channel takes no refund of this payment any more, and never will: the buyer agrees to another way (M11, S73).
    pub fn needs_another_way(&self, why: &str) -> Vec<Effect> {
        vec![
            record(EventKind::RefundFailed, format!("无法原路退回：{why}"), Vec::new()),
            self.tell_buyer("退款方式待确认", "付款渠道已不能原路退回，可在售后详情中同意退到本店余额，或由商家与您联系后线下退款"),
        ]
    }
}
