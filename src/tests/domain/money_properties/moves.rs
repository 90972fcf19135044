//! Random moves of buyer, shop, gateway and clocks. What the rules refuse changes nothing, so any move may be tried at any time.

use crate::domain::paths::plan;
use crate::domain::people::Who;
use crate::domain::shop::{Shop, ZONE};
use crate::domain::steps::Event;
use guitu::domain::after_sale::{AfterSale, AfterSaleKind, AfterSaleRequest, Reason, Stage, StateKind};
use guitu::domain::time::HOUR;
use guitu::domain::{Money, OrderLineId};
use proptest::prelude::*;

/// What a buyer might type: lines by their place, any kind, any reason, a share of what can be had in permille.
#[derive(Clone, Debug)]
pub struct Wish {
    units: Vec<(usize, i64)>,
    kind: usize,
    reason: usize,
    share: Option<i64>,
}

#[derive(Clone, Debug)]
pub enum Move {
    Apply(Wish),
    // Here and below `case` counts through the open cases.
    Revise { case: usize, wish: Wish },
    Happen { case: usize, pick: usize },
    TimeOut { case: usize },
    Ship { line: usize, units: i64 },
    Receive(Who),
    Wait { hours: i64 },
}

fn a_wish() -> impl Strategy<Value = Wish> {
    let units = prop::collection::vec((0usize..5, 0i64..=5), 1..=4);
    (units, 0usize..3, 0usize..16, prop::option::weighted(0.3, 1i64..=1_050)).prop_map(|(units, kind, reason, share)| Wish {
        units,
        kind,
        reason,
        share,
    })
}

/// What may happen to a case now: what its buyer and the shop's owner may do, and the gateway.
fn possible(case: &AfterSale) -> Vec<Event> {
    let acts = |who: Who| case.allowed_actions(&who.actor()).into_iter().map(move |action| Event::Act(action, who));
    let mut events: Vec<Event> = acts(Who::Buyer).chain(acts(Who::Owner)).collect();
    if matches!(case.state.kind(), StateKind::Refunding | StateKind::RefundFailed) {
        events.extend([Event::Settle, Event::Fail]);
    }
    events
}

pub fn a_move() -> impl Strategy<Value = Move> {
    let case = || 0usize..20;
    prop_oneof![
        8 => a_wish().prop_map(Move::Apply),
        2 => (case(), a_wish()).prop_map(|(case, wish)| Move::Revise { case, wish }),
        16 => (case(), 0usize..60).prop_map(|(case, pick)| Move::Happen { case, pick }),
        3 => case().prop_map(|case| Move::TimeOut { case }),
        3 => (0usize..5, 0i64..=9).prop_map(|(line, units)| Move::Ship { line, units }),
        1 => prop::sample::select(vec![Who::Buyer, Who::Service, Who::System]).prop_map(Move::Receive),
        1 => (1i64..100).prop_map(|hours| Move::Wait { hours }),
    ]
}

impl Wish {
    /// The request it makes of this order; a reason that suits is taken if there is one, to get further than the door.
    fn request(&self, shop: &Shop) -> AfterSaleRequest {
        let lines = &shop.order.lines;
        let chosen: Vec<(OrderLineId, i64)> = self.units.iter().map(|(pick, units)| (lines[pick % lines.len()].id, *units)).collect();
        let kind = AfterSaleKind::ALL[self.kind];
        let stage = Stage::of(&shop.order, &lines[self.units[0].0 % lines.len()]);
        let suitable: Vec<Reason> = Reason::ALL.iter().copied().filter(|reason| reason.suits(kind, stage)).collect();
        let reason = suitable.get(self.reason % suitable.len().max(1)).copied().unwrap_or(Reason::ALL[self.reason]);
        let most: i64 = chosen.iter().filter_map(|(id, units)| Some(lines.iter().find(|line| line.id == *id)?.goods_share(*units).0)).sum();
        let amount = self.share.map(|share| Money(most * share / 1_000));
        let chosen = chosen.into_iter().map(|(line, units)| (line, Some(units))).collect();
        AfterSaleRequest { kind, reason, chosen, amount, note: String::new(), evidence: Vec::new() }
    }
}

impl Move {
    /// Goes, if the rules let it; `true` if goods are to come back for less than their price, so that something stays with the shop.
    pub fn go(&self, shop: &mut Shop) -> bool {
        let open: Vec<usize> = (0..shop.cases.len()).filter(|index| !shop.cases[*index].state.is_over()).collect();
        let at = |case: &usize| open.get(case % open.len().max(1)).copied();
        let moved = match self {
            Self::Apply(wish) => shop.apply(wish.request(shop)).map(drop),
            Self::Revise { case, wish } => at(case).map_or(Ok(()), |index| {
                let step =
                    shop.cases[index].clone().revise(&Who::Buyer.actor(), &shop.order, wish.request(shop), &shop.policy, ZONE, shop.now);
                shop.case_step(index, step)
            }),
            Self::Happen { case, pick } => at(case).map_or(Ok(()), |index| {
                let events = possible(&shop.cases[index]);
                events.get(pick % events.len().max(1)).map_or(Ok(()), |event| shop.case_step(index, shop.attempt(index, *event)))
            }),
            Self::TimeOut { case } => at(case).map_or(Ok(()), |index| {
                shop.now = shop.cases[index].state.due().map_or(shop.now, |due| due.max(shop.now));
                shop.case_step(index, shop.attempt(index, Event::TimeOut))
            }),
            Self::Ship { line, units } => {
                let id = shop.order.lines[line % shop.order.lines.len()].id.0;
                let parcel = plan(&[(id, *units)]);
                shop.order_step(shop.order.clone().ship(&Who::Warehouse.actor(), &[parcel], &shop.policy, shop.now))
            }
            Self::Receive(who) => shop.order_step(shop.order.clone().receive(&who.actor(), &shop.policy, ZONE, shop.now)),
            Self::Wait { hours } => {
                shop.now = shop.now.plus(hours * HOUR);
                Ok(())
            }
        };
        let (Self::Apply(wish) | Self::Revise { wish, .. }) = self else { return false };
        moved.is_ok() && wish.share.is_some() && AfterSaleKind::ALL[wish.kind] == AfterSaleKind::ReturnRefund
    }
}
