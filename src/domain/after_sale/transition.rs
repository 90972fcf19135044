//! The after-sale machine, transition by transition; pure, complete, in the order it happens.

use super::{
    AfterSale, AfterSaleAction as Action, AfterSaleKind, AfterSaleState as State, CloseCause, Freight, Inspected, ReturnLeg, Stage,
};
use crate::domain::carrier::Parcel;
use crate::domain::event::{Effect, RefundTrigger, record, tell_buyer, tell_shop};
use crate::domain::happening::{Decider, Happening, RefundBasis};
use crate::domain::order::Order;
use crate::domain::people::actor::Actor;
use crate::domain::people::address::Address;
use crate::domain::refusal::Refusal;
use crate::domain::shop::policy::ShopPolicy;
use crate::domain::time::{DAY, HOUR, Timestamp};
use serde::{Deserialize, Serialize};

/// Why the shop said no, with its proof (S42).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectionGrounds {
    pub words: String,
    pub evidence: Vec<String>,
}

pub(super) type AfterSaleTransition = Result<(AfterSale, Vec<Effect>), Refusal>;

impl AfterSale {
    /// T7: the shop says no; the buyer may revise or withdraw.
    pub fn reject(self, by: &Actor, grounds: RejectionGrounds, policy: &ShopPolicy, now: Timestamp) -> AfterSaleTransition {
        self.require(Action::Reject, by)?;
        if self.stage != Stage::Unshipped && grounds.evidence.is_empty() {
            return Err(Refusal::EvidenceMissing);
        }
        let due = now.plus(policy.revise_days * DAY);
        let rejected = Happening::AfterSaleRejected { words: grounds.words.clone(), due };
        let line = Effect::Record { what: rejected.clone(), evidence: grounds.evidence.clone() };
        let effects = vec![Effect::SetClock(due), line, tell_buyer(rejected)];
        Ok((Self { state: State::Rejected { due }, rejection: Some(grounds), ..self }, effects))
    }

    /// T5: the shop takes the goods back and says where to; 通过申请（需要客户寄回商品）.
    pub fn approve_return(self, by: &Actor, to: Address, refuse_collect: bool, policy: &ShopPolicy, now: Timestamp) -> AfterSaleTransition {
        self.require(Action::ApproveReturn, by)?;
        let due = now.plus(policy.return_days * DAY);
        let decider = if *by == Actor::System { Decider::Deadline } else { Decider::Staff };
        let effects = vec![
            Effect::SetClock(due),
            record(Happening::ReturnApproved { by: decider, due }),
            tell_buyer(Happening::ReturnAddressGiven { to: to.clone(), refuse_collect, due }),
        ];
        let day_before = due.plus(-DAY);
        let reminder = (day_before > now).then_some(Effect::SetReminder(day_before));
        let effects = effects.into_iter().chain(reminder).collect();
        let leg = ReturnLeg { to, refuse_collect, parcel: None, shipped_at: None, waybill: Vec::new(), inspection: None };
        Ok((Self { state: State::AwaitingReturn { due }, return_leg: Some(leg), ..self }, effects))
    }

    /// T4, and after the goods are back T11: the money goes back the way it came.
    pub fn agree_refund(self, by: &Actor, order: &Order, freight: Freight, policy: &ShopPolicy, now: Timestamp) -> AfterSaleTransition {
        self.require(Action::AgreeRefund, by)?;
        let (case, settled) = self.with_freight(order, freight);
        case.within_limit(by, policy)?;
        let (case, agreed) = case.agreed(by, now);
        Ok((case, settled.into_iter().chain(agreed).collect()))
    }

    fn agreed(self, by: &Actor, now: Timestamp) -> (Self, Vec<Effect>) {
        let basis = match (by, self.inspection()) {
            (Actor::System, _) => RefundBasis::NoAnswer,
            (Actor::Buyer { .. } | Actor::Staff { .. }, Some(_)) => RefundBasis::AfterInspection,
            (Actor::Buyer { .. } | Actor::Staff { .. }, None) if self.return_leg.is_some() => RefundBasis::BeforeReturn,
            (Actor::Buyer { .. } | Actor::Staff { .. }, None) => RefundBasis::NoReturn,
        };
        let mut effects = vec![Effect::ClearClock];
        if matches!(self.state, State::AwaitingReturn { .. }) {
            effects.push(Effect::ClearReminder);
        }
        effects.extend(self.restock());
        effects.push(Effect::EnqueueRefund(RefundTrigger::Agreed(basis)));
        (Self { state: State::Refunding { since: now }, ..self }, effects)
    }

    /// T19: settled with the buyer outside; counted as refunded, with a voucher (S74).
    /// `agreed`: the buyer consents to another way than the money came by (S73).
    pub fn refund_manually(self, by: &Actor, order: &Order, voucher: String, agreed: bool, now: Timestamp) -> AfterSaleTransition {
        self.require(Action::RefundManually, by)?;
        let (case, settled) = self.with_freight(order, Freight::ByRule);
        let (case, paid) = case.refunded_manually(voucher, agreed, now);
        Ok((case, settled.into_iter().chain(paid).collect()))
    }

    fn refunded_manually(self, voucher: String, agreed: bool, now: Timestamp) -> (Self, Vec<Effect>) {
        let mut effects = vec![Effect::ClearClock];
        if !matches!(self.state, State::RefundFailed { .. }) {
            effects.extend(self.restock());
        }
        effects.push(Effect::RecordManualRefund { voucher, agreed });
        effects.extend(self.settled_effects());
        (Self { state: State::Succeeded { at: now }, ..self }, effects)
    }

    /// T9: the goods are on their way back; not with the parcel they came in. Pictures of its waybill stay with it.
    pub fn ship_return(
        self,
        by: &Actor,
        (parcel, waybill): (Parcel, Vec<String>),
        outgoing: &[Parcel],
        policy: &ShopPolicy,
        now: Timestamp,
    ) -> AfterSaleTransition {
        self.require(Action::ShipReturn, by)?;
        if outgoing.iter().any(|sent| sent.is_with(&parcel)) {
            return Err(Refusal::ForwardParcel);
        }
        let due = now.plus(policy.receive_days * DAY);
        let shipped = Happening::ReturnShipped { parcel: parcel.clone(), of: self.kind, due };
        let line = Effect::Record { what: shipped.clone(), evidence: waybill.clone() };
        let effects = vec![Effect::SetClock(due), Effect::ClearReminder, line, tell_shop(shipped)];
        let leg = self.return_leg.clone().map(|leg| ReturnLeg { parcel: Some(parcel), shipped_at: Some(now), waybill, ..leg });
        Ok((Self { state: State::ReturnInTransit { due }, return_leg: leg, ..self }, effects))
    }

    /// T10, T11: the goods are here; what was found is written down. An exchange goes on to the replacement.
    pub fn receive(self, by: &Actor, found: Vec<Inspected>, policy: &ShopPolicy, now: Timestamp) -> AfterSaleTransition {
        self.require(Action::Receive, by)?;
        for item in self.items.iter().filter(|item| item.quantity > 0) {
            let counted = found.iter().find(|one| one.line_id == item.line_id && one.good.min(one.defective).min(one.missing) >= 0);
            if counted.map(|one| one.good + one.defective + one.missing) != Some(item.quantity) {
                return Err(Refusal::InspectionIncomplete { title: item.title.clone(), expected: item.quantity });
            }
        }
        let (good, defective, missing) =
            found.iter().fold((0, 0, 0), |sum, one| (sum.0 + one.good, sum.1 + one.defective, sum.2 + one.missing));
        let received = Happening::ReturnReceived { good, defective, missing };
        let mut effects = vec![Effect::ClearReminder, record(received.clone()), tell_buyer(received)];
        let leg = self.return_leg.clone().map(|leg| ReturnLeg { inspection: Some(found), ..leg });
        let case = Self { return_leg: leg, ..self };
        if case.kind == AfterSaleKind::Exchange {
            effects.extend(case.restock());
            return Ok(case.await_reship(effects, policy, now));
        }
        let due = case.state.due().unwrap_or(now).max(now.plus(DAY));
        effects.push(Effect::SetClock(due));
        Ok((Self { state: State::ReturnInTransit { due }, ..case }, effects))
    }

    /// T13: what came back is not what may come back (S60).
    pub fn reject_return(self, by: &Actor, grounds: RejectionGrounds, policy: &ShopPolicy, now: Timestamp) -> AfterSaleTransition {
        self.require(Action::RejectReturn, by)?;
        if grounds.evidence.is_empty() {
            return Err(Refusal::EvidenceMissing);
        }
        let due = now.plus(policy.revise_days * DAY);
        let rejected = Happening::ReturnRejected { words: grounds.words.clone(), due };
        let line = Effect::Record { what: rejected.clone(), evidence: grounds.evidence.clone() };
        let effects = vec![Effect::SetClock(due), line, tell_buyer(rejected)];
        Ok((Self { state: State::ReturnRejected { due }, rejection: Some(grounds), ..self }, effects))
    }

    /// T14: the replacement leaves.
    pub fn ship_replacement(self, by: &Actor, parcel: Parcel, policy: &ShopPolicy, now: Timestamp) -> AfterSaleTransition {
        self.require(Action::ShipReplacement, by)?;
        let due = now.plus(policy.replacement_days * DAY);
        let shipped = Happening::ReplacementShipped { parcel: parcel.clone(), due };
        let mut effects = vec![Effect::SetClock(due), record(shipped.clone()), tell_buyer(shipped)];
        let units = self.items.iter().filter(|item| item.quantity > 0);
        effects.extend(units.map(|item| Effect::TakeReplacement { line: item.line_id, units: item.quantity }));
        Ok((Self { state: State::AwaitingBuyerReceipt { due }, replacement: Some(parcel), ..self }, effects))
    }

    /// T15: the replacement has arrived; the exchange is done and its money free again (M18).
    pub fn confirm_replacement(self, by: &Actor, now: Timestamp) -> AfterSaleTransition {
        self.require(Action::ConfirmReplacement, by)?;
        let decider = if *by == Actor::System { Decider::Deadline } else { Decider::Buyer };
        let received = Happening::ReplacementReceived { by: decider };
        let effects = vec![
            Effect::ClearClock,
            record(received.clone()),
            Effect::ReleaseRefund(self.items.clone()),
            Effect::CloseCase,
            tell_shop(received),
        ];
        Ok((Self { state: State::Succeeded { at: now }, ..self }, effects))
    }

    /// The replacement is overdue: the buyer takes the money instead (A19).
    pub fn convert_to_refund(self, by: &Actor, now: Timestamp) -> AfterSaleTransition {
        self.require(Action::ConvertToRefund, by)?;
        let effects = vec![Effect::ClearClock, Effect::EnqueueRefund(RefundTrigger::Converted)];
        Ok((Self { kind: AfterSaleKind::ReturnRefund, state: State::Refunding { since: now }, ..self }, effects))
    }

    /// T16: the buyer takes the application back.
    pub fn withdraw(self, by: &Actor, now: Timestamp) -> AfterSaleTransition {
        self.require(Action::Withdraw, by)?;
        Ok(self.close(CloseCause::Withdrawn, now))
    }

    pub(super) fn await_reship(self, mut effects: Vec<Effect>, policy: &ShopPolicy, now: Timestamp) -> (Self, Vec<Effect>) {
        let due = now.plus(policy.reship_hours * HOUR);
        effects.push(Effect::SetClock(due));
        (Self { state: State::AwaitingReship { due, overdue: false }, ..self }, effects)
    }

    pub(super) fn close(self, why: CloseCause, now: Timestamp) -> (Self, Vec<Effect>) {
        let (line, told) = match why {
            CloseCause::Withdrawn => (record(Happening::AfterSaleWithdrawn), tell_shop(Happening::AfterSaleWithdrawn)),
            CloseCause::ReturnTimeout | CloseCause::RejectExpired => {
                (record(Happening::AfterSaleClosed { why }), tell_buyer(Happening::AfterSaleClosed { why }))
            }
        };
        let effects =
            vec![Effect::ClearClock, Effect::ClearReminder, line, Effect::ReleaseRefund(self.items.clone()), Effect::CloseCase, told];
        (Self { state: State::Closed { at: now, why }, ..self }, effects)
    }

    /// Goods that came back and were looked at go on the shelf, once: here the case moves on for good (B16).
    fn restock(&self) -> Vec<Effect> {
        let found = self.inspection().unwrap_or_default().iter();
        found
            .filter(|one| one.good + one.defective > 0)
            .map(|one| Effect::Restock { line: one.line_id, sellable: one.good, defective: one.defective })
            .collect()
    }

    pub(super) fn settled_effects(&self) -> Vec<Effect> {
        vec![Effect::SettleRefund { items: self.items.clone(), refund_only: self.kind == AfterSaleKind::RefundOnly }, Effect::CloseCase]
    }
}
