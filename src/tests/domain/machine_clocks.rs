//! What happens to a case when nobody acts: every wait has an end, in time and never early (S43, S56, S58, A1, A26, A27).

use super::machine_after_sale::everywhere;
use super::paths::{ASKS, Spot, case_at};
use super::people::Who::{Buyer, Service, Warehouse};
use super::shop::Shop;
use super::steps::Event;
use Spot::{
    Applied, AwaitingBuyerReceipt, AwaitingReship, AwaitingReturn, Closed, Inspected, RefundFailed, Refunding, Rejected, ReshipOverdue,
    ReturnInTransit, ReturnRejected, Succeeded,
};
use guitu::domain::after_sale::AfterSaleAction as A;
use guitu::domain::after_sale::AfterSaleKind::{self, Exchange, RefundOnly, ReturnRefund};
use guitu::domain::time::{DAY, HOUR};
use guitu::domain::{Effect, Money, ShopPolicy};

/// How long each state waits by the policies of a fresh shop, and what it comes to.
const WAITS: [(Spot, &[AfterSaleKind], i64, Spot); 13] = [
    (Applied, &[RefundOnly], 48 * HOUR, Refunding),
    (Applied, &[ReturnRefund, Exchange], 48 * HOUR, AwaitingReturn),
    (Rejected, &[RefundOnly, ReturnRefund, Exchange], 7 * DAY, Closed),
    (AwaitingReturn, &[ReturnRefund, Exchange], 7 * DAY, Closed),
    (ReturnInTransit, &[ReturnRefund], 10 * DAY, Refunding),
    (ReturnInTransit, &[Exchange], 10 * DAY, AwaitingReship),
    (Inspected, &[ReturnRefund], 10 * DAY, Refunding),
    (ReturnRejected, &[ReturnRefund, Exchange], 7 * DAY, Closed),
    (AwaitingReship, &[Exchange], 48 * HOUR, ReshipOverdue),
    (AwaitingBuyerReceipt, &[Exchange], 14 * DAY, Succeeded),
    (RefundFailed, &[RefundOnly], 24 * HOUR, Refunding),
    (RefundFailed, &[ReturnRefund], 24 * HOUR, Refunding),
    (RefundFailed, &[Exchange], 24 * HOUR, Refunding),
];

/// Where no clock runs: the worker is at it, the buyer has the choice since the shop's time is over, or it is over.
const STILL: [Spot; 4] = [Refunding, ReshipOverdue, Succeeded, Closed];

fn wait(spot: Spot, kind: AfterSaleKind) -> Option<(i64, Spot)> {
    WAITS.iter().find(|(known, kinds, ..)| *known == spot && kinds.contains(&kind)).map(|(_, _, span, to)| (*span, *to))
}

#[test]
fn every_state_waits_as_long_as_the_policy_says_and_then_goes_on_by_itself() {
    for (kind, spot, mut shop) in everywhere() {
        let Some((span, to)) = wait(spot, kind) else {
            assert!(STILL.contains(&spot), "{kind:?} waits at {spot:?} for ever");
            continue;
        };
        let due = shop.cases[0].state.due().unwrap();
        assert_eq!(due, shop.now.plus(span), "{kind:?} at {spot:?}");
        assert_ne!(shop.cases[0].at_zero(), "", "nobody is told what happens to {kind:?} at {spot:?}");
        shop.now = due.plus(-1);
        assert!(shop.attempt(0, Event::TimeOut).is_err(), "{kind:?} left {spot:?} a millisecond early");
        shop.now = due;
        assert_eq!(shop.attempt(0, Event::TimeOut).map(|(case, _)| Spot::of(&case)), Ok(to), "{kind:?} at {spot:?}");
    }
}

#[test]
fn a_clock_that_catches_up_after_a_week_asleep_finds_the_same_end_and_none_twice() {
    for (kind, spot, mut shop) in everywhere() {
        shop.now = shop.now.plus(400 * DAY);
        let outcome = shop.attempt(0, Event::TimeOut).map(|(case, _)| Spot::of(&case)).ok();
        assert_eq!(outcome, wait(spot, kind).map(|(_, to)| to), "{kind:?} at {spot:?}");
    }
}

#[test]
fn a_case_that_nobody_touches_comes_to_its_end() {
    for (kind, _, mut shop) in everywhere() {
        for _ in 0..6 {
            match Spot::of(&shop.cases[0]) {
                // The shop has been silent for days over an overdue replacement: what is left is the buyer's choice.
                Succeeded | Closed | ReshipOverdue => break,
                Refunding => shop.happens(0, Event::Settle),
                _ => shop.happens(0, Event::TimeOut),
            }
        }
        assert!(matches!(Spot::of(&shop.cases[0]), Succeeded | Closed | ReshipOverdue), "{kind:?}");
    }
}

#[test]
fn a_running_clock_keeps_the_time_it_was_given_whatever_the_shop_sets_later() {
    for ask in ASKS {
        let mut shop = case_at(ask, Applied);
        let due = shop.cases[0].state.due().unwrap();
        shop.policy = ShopPolicy { answer_hours: 1, ..ShopPolicy::default() };
        shop.now = due.plus(-1);
        assert!(shop.attempt(0, Event::TimeOut).is_err());
        shop.policy = ShopPolicy { answer_hours: 240, ..ShopPolicy::default() };
        shop.now = due;
        assert!(shop.attempt(0, Event::TimeOut).is_ok());
    }
}

#[test]
fn deadlines_are_those_of_the_shops_own_policy() {
    let policy =
        ShopPolicy { answer_hours: 120, return_days: 3, receive_days: 4, revise_days: 5, reship_hours: 6, ..ShopPolicy::default() };
    let span = |mut shop: Shop, event: Event| {
        shop.policy = policy.clone();
        shop.happens(0, event);
        shop.now.until(shop.cases[0].state.due().unwrap())
    };
    let (returned, exchanged) = (ASKS[4], ASKS[5]);
    assert_eq!(span(case_at(returned, Rejected), Event::Act(A::Revise, Buyer)), 120 * HOUR);
    assert_eq!(span(case_at(returned, Applied), Event::Act(A::ApproveReturn, Service)), 3 * DAY);
    assert_eq!(span(case_at(returned, AwaitingReturn), Event::Act(A::ShipReturn, Buyer)), 4 * DAY);
    assert_eq!(span(case_at(returned, Applied), Event::Act(A::Reject, Service)), 5 * DAY);
    assert_eq!(span(case_at(returned, ReturnInTransit), Event::Act(A::RejectReturn, Service)), 5 * DAY);
    assert_eq!(span(case_at(exchanged, ReturnInTransit), Event::Act(A::Receive, Warehouse)), 6 * HOUR);
}

#[test]
fn after_an_inspection_at_the_last_minute_there_is_still_a_day_to_decide() {
    let mut shop = case_at(ASKS[4], ReturnInTransit);
    shop.now = shop.cases[0].state.due().unwrap().plus(-1);
    shop.happens(0, Event::Act(A::Receive, Warehouse));
    assert_eq!(shop.cases[0].state.due(), Some(shop.now.plus(DAY)));
}

#[test]
fn silence_sends_the_goods_to_the_address_of_the_day_of_the_application_even_if_it_is_gone_since() {
    let mut shop = case_at(ASKS[3], Applied);
    let promised = shop.cases[0].fallback_address.clone();
    shop.happens(0, Event::TimeOut);
    assert_eq!(shop.cases[0].return_leg.clone().map(|leg| leg.to), promised);
}

#[test]
fn silence_pays_back_above_the_limit_of_customer_service_and_restocks_nothing_unseen() {
    let mut shop = case_at(ASKS[3], ReturnInTransit);
    shop.policy.service_refund_limit = Money(1);
    shop.now = shop.cases[0].state.due().unwrap();
    let (case, effects) = shop.cases[0].clone().time_out(&shop.order, &shop.policy, shop.now).unwrap();
    assert_eq!(Spot::of(&case), Refunding);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Restock { .. })));
}
