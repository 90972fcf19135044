//! Every state of a case, everything that can happen to it, by everybody: what is allowed written out, and all else refused (R6, B20).

use super::paths::{ASKS, Spot, case_at};
use super::people::Who;
use super::shop::Shop;
use super::steps::Event;
use Spot::{
    Applied, AwaitingBuyerReceipt, AwaitingReship, AwaitingReturn, Closed, Inspected, RefundFailed, Refunding, Rejected, ReshipOverdue,
    ReturnInTransit, ReturnRejected, Succeeded,
};
use Who::{Buyer, Finance, Owner, Service, System, Warehouse};
use guitu::domain::after_sale::{AfterSaleAction as A, AfterSaleKind};
use guitu::domain::{Effect, Refusal};

const REFUND: &[AfterSaleKind] = &[AfterSaleKind::RefundOnly];
const RETURN: &[AfterSaleKind] = &[AfterSaleKind::ReturnRefund];
const EXCHANGE: &[AfterSaleKind] = &[AfterSaleKind::Exchange];
const MONEY: &[AfterSaleKind] = &[AfterSaleKind::RefundOnly, AfterSaleKind::ReturnRefund];
const GOODS: &[AfterSaleKind] = &[AfterSaleKind::ReturnRefund, AfterSaleKind::Exchange];
const ANY: &[AfterSaleKind] = &AfterSaleKind::ALL;

/// Where a case of each kind can stand; an exchange whose replacement is overdue may go on as a return.
#[rustfmt::skip]
const SPOTS: [(&[AfterSaleKind], &[Spot]); 3] = [
    (REFUND, &[Applied, Rejected, Refunding, RefundFailed, Succeeded, Closed]),
    (RETURN, &[Applied, Rejected, AwaitingReturn, ReturnInTransit, Inspected, ReturnRejected, Refunding, RefundFailed, Succeeded, Closed]),
    (EXCHANGE, &[Applied, Rejected, AwaitingReturn, ReturnInTransit, ReturnRejected, AwaitingReship, ReshipOverdue,
                 AwaitingBuyerReceipt, Refunding, RefundFailed, Succeeded, Closed]),
];

/// Whose an action is, wherever the case stands; `System` is a clock at zero.
const WHOSE: [(A, &[Who]); 13] = [
    (A::Revise, &[Buyer]),
    (A::Withdraw, &[Buyer]),
    (A::ShipReturn, &[Buyer]),
    (A::ConfirmReplacement, &[Buyer, System]),
    (A::ConvertToRefund, &[Buyer]),
    (A::Reject, &[Owner, Service]),
    (A::ApproveReturn, &[Owner, Service, System]),
    (A::AgreeRefund, &[Owner, Service, Finance, System]),
    (A::RefundManually, &[Owner, Finance]),
    (A::Receive, &[Owner, Warehouse]),
    (A::RejectReturn, &[Owner, Service]),
    (A::ShipReplacement, &[Owner, Warehouse]),
    (A::RetryRefund, &[Owner, Finance, System]),
];

/// The action, the state it is for, the kinds of case it is for, and the state it leads to.
const MOVES: [(A, Spot, &[AfterSaleKind], Spot); 26] = [
    (A::Revise, Rejected, ANY, Applied),
    (A::Withdraw, Applied, ANY, Closed),
    (A::Withdraw, Rejected, ANY, Closed),
    (A::Withdraw, AwaitingReturn, GOODS, Closed),
    (A::Withdraw, ReturnInTransit, GOODS, Closed),
    (A::ShipReturn, AwaitingReturn, GOODS, ReturnInTransit),
    (A::ConfirmReplacement, AwaitingBuyerReceipt, EXCHANGE, Succeeded),
    (A::ConvertToRefund, ReshipOverdue, EXCHANGE, Refunding),
    (A::Reject, Applied, ANY, Rejected),
    (A::ApproveReturn, Applied, GOODS, AwaitingReturn),
    (A::AgreeRefund, Applied, MONEY, Refunding),
    (A::AgreeRefund, AwaitingReturn, RETURN, Refunding),
    (A::AgreeRefund, ReturnInTransit, RETURN, Refunding),
    (A::AgreeRefund, Inspected, RETURN, Refunding),
    (A::RefundManually, Applied, MONEY, Succeeded),
    (A::RefundManually, ReturnInTransit, RETURN, Succeeded),
    (A::RefundManually, Inspected, RETURN, Succeeded),
    (A::RefundManually, RefundFailed, ANY, Succeeded),
    (A::Receive, AwaitingReturn, RETURN, Inspected),
    (A::Receive, ReturnInTransit, RETURN, Inspected),
    (A::Receive, ReturnInTransit, EXCHANGE, AwaitingReship),
    (A::RejectReturn, ReturnInTransit, GOODS, ReturnRejected),
    (A::RejectReturn, Inspected, RETURN, ReturnRejected),
    (A::ShipReplacement, AwaitingReship, EXCHANGE, AwaitingBuyerReceipt),
    (A::ShipReplacement, ReshipOverdue, EXCHANGE, AwaitingBuyerReceipt),
    (A::RetryRefund, RefundFailed, ANY, Refunding),
];

fn led_to(action: A, from: Spot, kind: AfterSaleKind) -> Option<Spot> {
    MOVES.iter().find(|(known, spot, kinds, _)| *known == action && *spot == from && kinds.contains(&kind)).map(|(.., to)| *to)
}

fn whose(action: A) -> &'static [Who] {
    WHOSE.iter().find(|(known, _)| *known == action).unwrap().1
}

/// Every place there is, with a case that walked there.
pub fn everywhere() -> impl Iterator<Item = (AfterSaleKind, Spot, Shop)> {
    ASKS.into_iter().flat_map(|ask| {
        let spots = SPOTS.iter().find(|(kinds, _)| kinds.contains(&ask.0)).unwrap().1;
        spots.iter().map(move |spot| (ask.0, *spot, case_at(ask, *spot)))
    })
}

#[test]
fn everything_anybody_tries_anywhere_leads_where_the_table_says_or_is_refused_for_the_right_reason() {
    for (kind, spot, shop) in everywhere() {
        for (action, who) in A::ALL.into_iter().flat_map(|action| Who::ALL.map(|who| (action, who))) {
            let outcome = shop.attempt(0, Event::Act(action, who)).map(|(case, _)| Spot::of(&case));
            let expected = match (whose(action).contains(&who), led_to(action, spot, kind)) {
                (false, _) => Err(Refusal::NotAllowed),
                (true, None) => Err(Refusal::NotWhile(shop.cases[0].state_name())),
                (true, Some(to)) => Ok(to),
            };
            assert_eq!(outcome, expected, "{who:?} tries {action:?} on {kind:?} at {spot:?}");
        }
    }
}

#[test]
fn the_buttons_shown_are_what_the_machine_accepts() {
    for (kind, spot, shop) in everywhere() {
        for who in Who::ALL {
            let accepted: Vec<A> = A::ALL.into_iter().filter(|action| shop.attempt(0, Event::Act(*action, who)).is_ok()).collect();
            assert_eq!(shop.cases[0].allowed_actions(&who.actor()), accepted, "{who:?} before {kind:?} at {spot:?}");
        }
    }
}

#[test]
fn the_gateway_settles_what_is_being_paid_back_and_fails_it_once() {
    for (kind, spot, shop) in everywhere() {
        let settled = shop.attempt(0, Event::Settle).map(|(case, _)| Spot::of(&case)).ok();
        // A success that comes after all the refusals is still a success (T18, M10).
        assert_eq!(settled, matches!(spot, Refunding | RefundFailed).then_some(Succeeded), "{kind:?} at {spot:?}");
        let failed = shop.attempt(0, Event::Fail).map(|(case, _)| Spot::of(&case)).ok();
        assert_eq!(failed, (spot == Refunding).then_some(RefundFailed), "{kind:?} at {spot:?}");
    }
}

fn events() -> impl Iterator<Item = Event> {
    let acts = A::ALL.into_iter().flat_map(|action| Who::ALL.map(|who| Event::Act(action, who)));
    acts.chain([Event::TimeOut, Event::Settle, Event::Fail])
}

#[test]
fn whatever_happens_a_case_stands_where_its_kind_can_stand() {
    for ask in ASKS {
        let mut seen = vec![Applied];
        let mut to_visit = vec![case_at(ask, Applied)];
        while let Some(mut shop) = to_visit.pop() {
            shop.now = shop.cases[0].state.due().unwrap_or(shop.now);
            for event in events() {
                let mut next = shop.clone();
                if next.case_step(0, next.attempt(0, event)).is_ok() && !seen.contains(&Spot::of(&next.cases[0])) {
                    seen.push(Spot::of(&next.cases[0]));
                    to_visit.push(next);
                }
            }
        }
        let (_, known) = SPOTS.iter().find(|(kinds, _)| kinds.contains(&ask.0)).unwrap();
        assert!(known.iter().all(|spot| seen.contains(spot)) && seen.len() == known.len(), "{ask:?} was seen at {seen:?}");
    }
}

#[test]
fn every_step_leaves_one_line_on_the_timeline_and_the_clock_of_the_state_it_leads_to() {
    for (kind, spot, mut shop) in everywhere() {
        shop.now = shop.cases[0].state.due().unwrap_or(shop.now);
        for (event, (case, effects)) in events().filter_map(|event| Some((event, shop.attempt(0, event).ok()?))) {
            let count = |wanted: fn(&Effect) -> bool| effects.iter().filter(|effect| wanted(effect)).count();
            let context = format!("{event:?} on {kind:?} at {spot:?}");
            let told =
                |effect: &Effect| matches!(effect, Effect::Record { .. } | Effect::EnqueueRefund(_) | Effect::RecordManualRefund { .. });
            assert_eq!(count(told), 1, "{context}");
            let clocks: Vec<Option<_>> = effects
                .iter()
                .filter_map(|effect| match effect {
                    Effect::SetClock(due) => Some(Some(*due)),
                    Effect::ClearClock => Some(None),
                    _ => None,
                })
                .collect();
            assert_eq!(clocks, [case.state.due()], "{context}");
            let over = usize::from(case.state.is_over());
            assert_eq!(count(|effect| matches!(effect, Effect::CloseCase)), over, "{context}");
            // A revision frees the old claim to make a new one; otherwise claims end with the case.
            let claims_end = over + usize::from(matches!(event, Event::Act(A::Revise, _)));
            assert_eq!(count(|effect| matches!(effect, Effect::ReleaseRefund(_) | Effect::SettleRefund { .. })), claims_end, "{context}");
            let paid_back = usize::from(Spot::of(&case) == Refunding);
            assert_eq!(count(|effect| matches!(effect, Effect::EnqueueRefund(_) | Effect::RetryRefund)), paid_back, "{context}");
        }
    }
}
