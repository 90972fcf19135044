//! What a buyer asks for, read once into a type that cannot be wrong, and the case it opens or revises.

use super::{AfterSale, AfterSaleKind, AfterSaleState, Item, Offer, Reason, Stage, eligibility};
use crate::domain::event::{Effect, tell_shop};
use crate::domain::field_error::{FieldErrors, Parsed};
use crate::domain::happening::{Asking, Happening};
use crate::domain::id::{AfterSaleId, OrderLineId};
use crate::domain::money::{Money, allocate};
use crate::domain::order::{Order, OrderAction};
use crate::domain::people::actor::Actor;
use crate::domain::people::address::Address;
use crate::domain::refusal::Refusal;
use crate::domain::shop::policy::ShopPolicy;
use crate::domain::text;
use crate::domain::time::Timestamp;
use chrono_tz::Tz;

/// A complete application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AfterSaleRequest {
    pub kind: AfterSaleKind,
    pub reason: Reason,
    /// Units of each line; `None`: what was typed is no number.
    pub chosen: Vec<(OrderLineId, Option<i64>)>,
    /// `None`: as much as can be.
    pub amount: Option<Money>,
    pub note: String,
    pub evidence: Vec<String>,
}

impl AfterSaleRequest {
    /// Reads 处理方式, 退款原因, 退款金额 and 说明 (fields `kind`, `reason`, `amount`, `note`); the first two are mandatory (S32).
    pub fn parse(
        kind: &str,
        reason: &str,
        chosen: Vec<(OrderLineId, Option<i64>)>,
        amount: &str,
        note: &str,
        evidence: Vec<String>,
    ) -> Parsed<Self> {
        let mut errors = FieldErrors::default();
        if chosen.iter().all(|(_, units)| *units == Some(0)) {
            errors.add("lines", "请选择要申请售后的商品");
        }
        let kind = errors.check("kind", AfterSaleKind::from_code(kind).ok_or("请选择处理方式"));
        let reason = errors.check("reason", Reason::from_code(reason).ok_or("请选择退款原因"));
        let amount = match amount {
            blank if text::is_blank(blank) => Some(None),
            typed => errors.check("amount", Money::parse(typed)).map(Some),
        };
        if amount == Some(Some(Money::ZERO)) && kind != Some(AfterSaleKind::Exchange) {
            errors.add("amount", "退款金额必须大于 0");
        }
        let note = errors.text("note", note, 0, 500, "");
        match (kind, reason, amount, note) {
            (Some(kind), Some(reason), Some(amount), Some(note)) if errors.is_empty() => {
                Ok(Self { kind, reason, chosen, amount, note, evidence })
            }
            _ => Err(errors),
        }
    }

    /// The items of the case: all of the offer, or the typed amount laid on its goods first, its freight last (M3).
    fn items(&self, offer: &Offer) -> Result<Vec<Item>, Refusal> {
        let most = offer.most();
        let amount = if self.kind == AfterSaleKind::Exchange { most } else { self.amount.unwrap_or(most) };
        if !amount.is_positive() {
            return Err(Refusal::AmountNotPositive);
        }
        // Unshipped goods stay in the shop: what goes back for them is not for haggling.
        if amount > most || (offer.stage == Stage::Unshipped && amount != most) {
            return Err(Refusal::AmountTooHigh(most));
        }
        let goods_most: Vec<Money> = offer.lines.iter().map(|line| line.goods).collect();
        let goods = amount.min(goods_most.iter().copied().sum());
        let freight_most: Vec<Money> = offer.lines.iter().map(|line| line.freight).collect();
        let goods_parts = allocate(goods, &goods_most);
        let freight_parts = allocate(amount - goods, &freight_most);
        let item = |((line, goods), freight): ((&super::OfferedLine, Money), Money)| Item {
            line_id: line.line_id,
            title: line.title.clone(),
            quantity: line.quantity,
            goods,
            freight,
            settles: if self.kind.returns_goods() || goods == line.goods { line.quantity } else { 0 },
        };
        Ok(offer
            .lines
            .iter()
            .zip(goods_parts)
            .zip(freight_parts)
            .map(item)
            .filter(|item| item.quantity > 0 || item.freight.is_positive())
            .collect())
    }

    fn units_of(&self, id: OrderLineId) -> i64 {
        self.chosen.iter().filter(|(line, _)| *line == id).filter_map(|(_, units)| *units).sum()
    }

    fn check_kind(&self, order: &Order, stage: Stage, policy: &ShopPolicy, returns_possible: bool) -> Result<(), Refusal> {
        if !eligibility::kinds_for(stage, policy, returns_possible).contains(&self.kind) {
            let too_early = self.kind == AfterSaleKind::Exchange && stage == Stage::InTransit;
            return Err(if too_early { Refusal::ExchangeBeforeReceipt } else { Refusal::KindNotOffered(self.kind.name()) });
        }
        for line in order.lines.iter().filter(|_| self.kind.returns_goods()) {
            let (units, left): (i64, i64) = (self.units_of(line.id), line.units_to_return());
            if units > left {
                return Err(Refusal::TooManyUnits { title: line.title.clone(), left });
            }
        }
        if self.reason.suits(self.kind, stage) { Ok(()) } else { Err(Refusal::ReasonDoesNotSuit(self.reason.name())) }
    }
}

/// What a case is opened with besides the request.
#[derive(Clone, Debug)]
pub struct Opening {
    pub id: AfterSaleId,
    pub number: String,
    /// The shop's default return address, if it has one.
    pub return_address: Option<Address>,
}

impl AfterSale {
    /// T1: the buyer applies.
    pub fn apply(
        by: &Actor,
        order: &Order,
        request: AfterSaleRequest,
        opening: Opening,
        policy: &ShopPolicy,
        zone: Tz,
        now: Timestamp,
    ) -> Result<(Self, Vec<Effect>), Refusal> {
        if !order.permits(OrderAction::ApplyAfterSale, by) {
            return Err(Refusal::NotWhile(order.status().name()));
        }
        let offer = eligibility::offer(order, &request.chosen, Some(request.reason), policy, zone, now)?;
        request.check_kind(order, offer.stage, policy, opening.return_address.is_some())?;
        eligibility::reason_in_time(order, (request.reason, request.kind, offer.stage), policy, zone, now)?;
        let items = request.items(&offer)?;
        let due = now.plus(policy.answer_span());
        let case = Self {
            id: opening.id,
            number: opening.number,
            shop_id: order.shop_id,
            order_id: order.id,
            buyer_id: order.buyer_id,
            kind: request.kind,
            stage: offer.stage,
            reason: request.reason,
            note: request.note,
            evidence: request.evidence,
            items,
            state: AfterSaleState::Applied { due },
            fallback_address: opening.return_address,
            return_leg: None,
            replacement: None,
            rejection: None,
            applied_at: now,
            version: 1,
        };
        let effects = vec![
            Effect::ReserveRefund(case.items.clone()),
            Effect::OpenCase,
            Effect::SetClock(due),
            case.record(Happening::AfterSaleApplied(case.asking(due))),
            tell_shop(Happening::AfterSaleApplied(case.asking(due))),
        ];
        Ok((case, effects))
    }

    /// T8: after a rejection the buyer asks again; what was set aside is set aside anew (A4). An application made in time
    /// may be revised in time, whatever the window says meanwhile; a reason that was not given then must be open now.
    pub fn revise(
        self,
        by: &Actor,
        order: &Order,
        request: AfterSaleRequest,
        policy: &ShopPolicy,
        zone: Tz,
        now: Timestamp,
    ) -> Result<(Self, Vec<Effect>), Refusal> {
        if !by.is_buyer(self.buyer_id) {
            return Err(Refusal::NotAllowed);
        }
        if !matches!(self.state, AfterSaleState::Rejected { .. }) {
            return Err(Refusal::NotWhile(self.state_name()));
        }
        let freed = order.without_claims(&self.items);
        let offer = eligibility::offer(&freed, &request.chosen, Some(request.reason), policy, zone, now.min(self.applied_at))?;
        request.check_kind(&freed, offer.stage, policy, self.fallback_address.is_some())?;
        if request.reason != self.reason {
            eligibility::reason_in_time(order, (request.reason, request.kind, offer.stage), policy, zone, now)?;
        }
        let items = request.items(&offer)?;
        let due = now.plus(policy.answer_span());
        let before = self.items;
        let case = Self {
            kind: request.kind,
            stage: offer.stage,
            reason: request.reason,
            note: request.note,
            evidence: request.evidence,
            items,
            state: AfterSaleState::Applied { due },
            rejection: None,
            ..Self { items: Vec::new(), ..self }
        };
        let effects = vec![
            Effect::ReleaseRefund(before),
            Effect::ReserveRefund(case.items.clone()),
            Effect::SetClock(due),
            case.record(Happening::AfterSaleRevised(case.asking(due))),
            tell_shop(Happening::AfterSaleRevised(case.asking(due))),
        ];
        Ok((case, effects))
    }

    fn record(&self, what: Happening) -> Effect {
        Effect::Record { what, evidence: self.evidence.clone() }
    }

    fn asking(&self, due: Timestamp) -> Asking {
        Asking { of: self.kind, amount: self.amount(), reason: self.reason, note: self.note.clone(), due }
    }
}
