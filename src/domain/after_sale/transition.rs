//! The after-sale machine, transition by transition; pure, complete, in the order it happens.

use super::{
    AfterSale, AfterSaleAction as Action, AfterSaleKind, AfterSaleState as State, CloseCause, Freight, Inspected, REFUSE_COLLECT,
    ReturnLeg, Stage,
};
use crate::domain::actor::Actor;
use crate::domain::address::Address;
use crate::domain::carrier::Parcel;
use crate::domain::event::{Audience, Effect, EventKind, RefundTold, address_in_words};
use crate::domain::order::Order;
use crate::domain::policy::ShopPolicy;
use crate::domain::refusal::Refusal;
use crate::domain::text::isolated;
use crate::domain::time::{DAY, HOUR, Timestamp};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// Why the shop said no, with its proof (S42).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectionGrounds {
    pub words: String,
    pub evidence: Vec<String>,
}

pub(super) type Outcome = Result<(AfterSale, Vec<Effect>), Refusal>;

impl AfterSale {
    /// T7: the shop says no; the buyer may revise or withdraw.
    pub fn reject(self, by: &Actor, grounds: RejectionGrounds, policy: &ShopPolicy, zone: Tz, now: Timestamp) -> Outcome {
        self.require(Action::Reject, by)?;
        if self.stage != Stage::Unshipped && grounds.evidence.is_empty() {
            return Err(Refusal::EvidenceMissing);
        }
        let due = now.plus(policy.revise_days * DAY);
        let effects = vec![
            Effect::SetClock(due),
            record(EventKind::AfterSaleRejected, format!("商家驳回：{}", isolated(&grounds.words)), grounds.evidence.clone()),
            self.tell_buyer(
                "售后申请已驳回",
                &format!("{}。请在 {} 前修改申请，逾期售后将关闭", isolated(&grounds.words), due.in_words(zone)),
            ),
        ];
        Ok((Self { state: State::Rejected { due }, rejection: Some(grounds), ..self }, effects))
    }

    /// T5: the shop takes the goods back and says where to; 通过申请（需要客户寄回商品）.
    pub fn approve_return(self, by: &Actor, to: Address, refuse_collect: bool, policy: &ShopPolicy, zone: Tz, now: Timestamp) -> Outcome {
        self.require(Action::ApproveReturn, by)?;
        let due = now.plus(policy.return_days * DAY);
        let who = if *by == Actor::System { "超时未处理，系统自动同意退货" } else { "商家同意退货" };
        let warning = if refuse_collect { format!("（{REFUSE_COLLECT}）") } else { String::new() };
        let effects = vec![
            Effect::SetClock(due),
            record(EventKind::ReturnApproved, format!("{who}，请在 {} 前寄回", due.in_words(zone)), Vec::new()),
            self.tell_buyer("请寄回商品", &format!("寄到：{}{warning}，请在 {} 前填写退货信息", address_in_words(&to), due.in_words(zone))),
        ];
        let day_before = due.plus(-DAY);
        let reminder = (day_before > now).then_some(Effect::SetReminder(day_before));
        let effects = effects.into_iter().chain(reminder).collect();
        let leg = ReturnLeg { to, refuse_collect, parcel: None, shipped_at: None, waybill: Vec::new(), inspection: None };
        Ok((Self { state: State::AwaitingReturn { due }, return_leg: Some(leg), ..self }, effects))
    }

    /// T4, and after the goods are back T11: the money goes back the way it came.
    pub fn agree_refund(self, by: &Actor, order: &Order, freight: Freight, policy: &ShopPolicy, now: Timestamp) -> Outcome {
        self.require(Action::AgreeRefund, by)?;
        let (case, settled) = self.with_freight(order, freight);
        case.within_limit(by, policy)?;
        let (case, agreed) = case.agreed(by, now);
        Ok((case, settled.into_iter().chain(agreed).collect()))
    }

    fn agreed(self, by: &Actor, now: Timestamp) -> (Self, Vec<Effect>) {
        let who = match (by, self.inspection()) {
            (Actor::System, _) => "超时未处理，系统自动同意退款",
            (_, Some(_)) => "商家已收到退货，同意退款",
            (_, None) if self.return_leg.is_some() => "商家在收到退货前同意退款",
            (_, None) => "商家同意退款（无需寄回商品）",
        };
        let mut effects = vec![Effect::ClearClock];
        if matches!(self.state, State::AwaitingReturn { .. }) {
            effects.push(Effect::ClearReminder);
        }
        effects.extend(self.restock());
        let told = RefundTold { kind: EventKind::RefundAgreed, who, to: Audience::Buyer, title: "商家同意退款" };
        effects.push(Effect::EnqueueRefund(told));
        (Self { state: State::Refunding { since: now }, ..self }, effects)
    }

    /// T19: settled with the buyer outside; counted as refunded, with a voucher (S74).
    /// `agreed`: the buyer consents to another way than the money came by (S73).
    pub fn refund_manually(self, by: &Actor, order: &Order, voucher: String, agreed: bool, now: Timestamp) -> Outcome {
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
        zone: Tz,
        now: Timestamp,
    ) -> Outcome {
        self.require(Action::ShipReturn, by)?;
        if outgoing.iter().any(|sent| sent.is_with(&parcel)) {
            return Err(Refusal::ForwardParcel);
        }
        let due = now.plus(policy.receive_days * DAY);
        let effects = vec![
            Effect::SetClock(due),
            Effect::ClearReminder,
            record(EventKind::ReturnShipped, format!("买家寄回商品：{}", parcel.show()), waybill.clone()),
            self.tell_shop(
                "买家已寄回商品",
                &format!("{}，请在 {} 前确认收货，{}", parcel.show(), due.in_words(zone), self.after_receipt_in_words()),
            ),
        ];
        let leg = self.return_leg.clone().map(|leg| ReturnLeg { parcel: Some(parcel), shipped_at: Some(now), waybill, ..leg });
        Ok((Self { state: State::ReturnInTransit { due }, return_leg: leg, ..self }, effects))
    }

    /// T10, T11: the goods are here; what was found is written down. An exchange goes on to the replacement.
    pub fn receive(self, by: &Actor, found: Vec<Inspected>, policy: &ShopPolicy, now: Timestamp) -> Outcome {
        self.require(Action::Receive, by)?;
        for item in self.items.iter().filter(|item| item.quantity > 0) {
            let counted = found.iter().find(|one| one.line_id == item.line_id).map_or(-1, |one| {
                if one.good.min(one.defective).min(one.missing) < 0 { -1 } else { one.good + one.defective + one.missing }
            });
            if counted != item.quantity {
                return Err(Refusal::InspectionIncomplete { title: item.title.clone(), expected: item.quantity });
            }
        }
        let (good, defective, missing) =
            found.iter().fold((0, 0, 0), |sum, one| (sum.0 + one.good, sum.1 + one.defective, sum.2 + one.missing));
        let words = format!("商家确认收到退货：完好 {good} 件，瑕疵 {defective} 件，缺件 {missing} 件");
        let mut effects = vec![
            Effect::ClearReminder,
            record(EventKind::ReturnReceived, words.clone(), Vec::new()),
            self.tell_buyer("商家已收到退货", &words),
        ];
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
    pub fn reject_return(self, by: &Actor, grounds: RejectionGrounds, policy: &ShopPolicy, zone: Tz, now: Timestamp) -> Outcome {
        self.require(Action::RejectReturn, by)?;
        if grounds.evidence.is_empty() {
            return Err(Refusal::EvidenceMissing);
        }
        let due = now.plus(policy.revise_days * DAY);
        let effects = vec![
            Effect::SetClock(due),
            record(EventKind::ReturnRejected, format!("商家验货后驳回：{}", isolated(&grounds.words)), grounds.evidence.clone()),
            self.tell_buyer("退货验收未通过", &format!("{}。如有异议请在 {} 前与商家协商", isolated(&grounds.words), due.in_words(zone))),
        ];
        Ok((Self { state: State::ReturnRejected { due }, rejection: Some(grounds), ..self }, effects))
    }

    /// T14: the replacement leaves.
    pub fn ship_replacement(self, by: &Actor, parcel: Parcel, policy: &ShopPolicy, zone: Tz, now: Timestamp) -> Outcome {
        self.require(Action::ShipReplacement, by)?;
        let due = now.plus(policy.replacement_days * DAY);
        let mut effects = vec![
            Effect::SetClock(due),
            record(EventKind::ReplacementShipped, format!("换货已发出：{}", parcel.show()), Vec::new()),
            self.tell_buyer("换货已发出", &format!("{}，收到后请确认，{} 自动确认", parcel.show(), due.in_words(zone))),
        ];
        let units = self.items.iter().filter(|item| item.quantity > 0);
        effects.extend(units.map(|item| Effect::TakeReplacement { line: item.line_id, units: item.quantity }));
        Ok((Self { state: State::AwaitingBuyerReceipt { due }, replacement: Some(parcel), ..self }, effects))
    }

    /// T15: the replacement has arrived; the exchange is done and its money free again (M18).
    pub fn confirm_replacement(self, by: &Actor, now: Timestamp) -> Outcome {
        self.require(Action::ConfirmReplacement, by)?;
        let words =
            if *by == Actor::System { "超时自动确认收到换货，换货完成" } else { "买家确认收到换货，换货完成" };
        let effects = vec![
            Effect::ClearClock,
            record(EventKind::ReplacementReceived, words.to_owned(), Vec::new()),
            Effect::ReleaseRefund(self.items.clone()),
            Effect::CloseCase,
            self.tell_shop("换货完成", words),
        ];
        Ok((Self { state: State::Succeeded { at: now }, ..self }, effects))
    }

    /// The replacement is overdue: the buyer takes the money instead (A19).
    pub fn convert_to_refund(self, by: &Actor, now: Timestamp) -> Outcome {
        self.require(Action::ConvertToRefund, by)?;
        let who = "买家改为退款";
        let told = RefundTold { kind: EventKind::ConvertedToRefund, who, to: Audience::Shop, title: "换货改为退款" };
        let effects = vec![Effect::ClearClock, Effect::EnqueueRefund(told)];
        Ok((Self { kind: AfterSaleKind::ReturnRefund, state: State::Refunding { since: now }, ..self }, effects))
    }

    /// T16: the buyer takes the application back.
    pub fn withdraw(self, by: &Actor, now: Timestamp) -> Outcome {
        self.require(Action::Withdraw, by)?;
        Ok(self.close(CloseCause::Withdrawn, EventKind::AfterSaleWithdrawn, now))
    }

    pub(super) fn await_reship(self, mut effects: Vec<Effect>, policy: &ShopPolicy, now: Timestamp) -> (Self, Vec<Effect>) {
        let due = now.plus(policy.reship_hours * HOUR);
        effects.push(Effect::SetClock(due));
        (Self { state: State::AwaitingReship { due, overdue: false }, ..self }, effects)
    }

    pub(super) fn close(self, why: CloseCause, kind: EventKind, now: Timestamp) -> (Self, Vec<Effect>) {
        let told = if why == CloseCause::Withdrawn {
            self.tell_shop("售后已撤销", why.name())
        } else {
            self.tell_buyer("售后已关闭", why.name())
        };
        let effects = vec![
            Effect::ClearClock,
            Effect::ClearReminder,
            record(kind, why.name().to_owned(), Vec::new()),
            Effect::ReleaseRefund(self.items.clone()),
            Effect::CloseCase,
            told,
        ];
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

    pub(super) fn tell_buyer(&self, title: &'static str, words: &str) -> Effect {
        Effect::Notify { to: Audience::Buyer, title, words: format!("售后 {}：{words}", self.number) }
    }

    pub(super) fn tell_shop(&self, title: &'static str, words: &str) -> Effect {
        Effect::Notify { to: Audience::Shop, title, words: format!("售后 {}：{words}", self.number) }
    }
}

pub(super) fn record(kind: EventKind, words: String, evidence: Vec<String>) -> Effect {
    Effect::Record { kind, words, evidence }
}
