//! Every status of an order, everything that can be done to it, by everybody: what is allowed written out, and all else refused (R6, B20).

use super::paths::{TEA, plan, shop_at};
use super::people::Who;
use super::shop::{Shop, Step, ZONE, address};
use super::steps::{asks, day};
use Who::{Buyer, Finance, Owner, Service, System, Warehouse};
use guitu::domain::after_sale::{AfterSale, AfterSaleKind, Opening, Stage};
use guitu::domain::order::{CloseReason, Order, OrderAction as A, OrderState, OrderStatus as S, PriceChange};
use guitu::domain::{AfterSaleId, Effect, Happening, Money, Refusal};

/// The action, the statuses that know it, and whose it is; `System` is a clock at zero.
const TABLE: [(A, &[S], &[Who]); 10] = [
    (A::Cancel, &[S::PendingPayment], &[Buyer]),
    (A::Pay, &[S::PendingPayment], &[Buyer]),
    (A::ConfirmPayment, &[S::PendingPayment], &[Owner, Finance]),
    (A::AdjustPrice, &[S::PendingPayment], &[Owner, Service]),
    (A::Close, &[S::PendingPayment], &[Owner, Service, System]),
    (A::EditAddress, &[S::PendingPayment, S::AwaitingShipment], &[Owner, Service]),
    (A::Ship, &[S::AwaitingShipment, S::PartiallyShipped], &[Owner, Warehouse]),
    (A::ConfirmReceipt, &[S::AwaitingReceipt], &[Buyer, Owner, Service, System]),
    (A::ApplyAfterSale, &[S::AwaitingShipment, S::PartiallyShipped, S::AwaitingReceipt, S::Completed], &[Buyer]),
    (A::Review, &[S::Completed], &[Buyer]),
];

/// What happens to an order through somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    Close,
    AdjustPrice,
    EditAddress,
    ShipTheRest,
    Receive,
}

/// An event, the ways it may lead, and whose it is.
type Rule = (Event, &'static [(S, S)], &'static [Who]);

const EVENTS: [Rule; 5] = [
    (Event::Close, &[(S::PendingPayment, S::Closed)], &[Buyer, Owner, Service, System]),
    (Event::AdjustPrice, &[(S::PendingPayment, S::PendingPayment)], &[Owner, Service]),
    (Event::EditAddress, &[(S::PendingPayment, S::PendingPayment), (S::AwaitingShipment, S::AwaitingShipment)], &[Owner, Service]),
    (Event::ShipTheRest, &[(S::AwaitingShipment, S::AwaitingReceipt), (S::PartiallyShipped, S::AwaitingReceipt)], &[Owner, Warehouse]),
    (Event::Receive, &[(S::AwaitingReceipt, S::Completed)], &[Buyer, Owner, Service, System]),
];

/// Every clock has run out by then.
fn late(status: S) -> Shop {
    Shop { now: day(60), ..shop_at(status) }
}

fn attempt(shop: &Shop, event: Event, who: Who) -> Step<Order> {
    let (order, by) = (shop.order.clone(), who.actor());
    match event {
        Event::Close => order.close_unpaid(&by, shop.now),
        Event::AdjustPrice => order.adjust_price(&by, PriceChange { goods: Money(-100), freight: Money::ZERO }),
        Event::EditAddress => order.edit_address(&by, address()),
        Event::ShipTheRest => {
            let rest: Vec<(i64, i64)> = order.lines.iter().map(|line| (line.id.0, line.units_to_ship())).collect();
            order.ship(&by, &[plan(&rest)], &shop.policy, shop.now)
        }
        Event::Receive => order.receive(&by, &shop.policy, ZONE, shop.now),
    }
}

#[test]
fn everybody_sees_the_buttons_of_their_table_and_no_others() {
    for (status, who) in S::ALL.into_iter().flat_map(|status| Who::ALL.map(|who| (status, who))) {
        let order = shop_at(status).order;
        let expected: Vec<A> =
            TABLE.into_iter().filter(|(_, known, theirs)| known.contains(&status) && theirs.contains(&who)).map(|row| row.0).collect();
        assert_eq!(order.allowed_actions(&who.actor()), expected, "{who:?} before an order {status:?}");
    }
}

#[test]
fn everything_anybody_tries_leads_where_the_table_says_or_is_refused() {
    for (status, who) in S::ALL.into_iter().flat_map(|status| Who::ALL.map(|who| (status, who))) {
        let shop = late(status);
        for (event, ways, theirs) in EVENTS {
            let way = ways.iter().find(|(from, _)| *from == status && theirs.contains(&who));
            let outcome = attempt(&shop, event, who).map(|(order, _)| order.status()).ok();
            assert_eq!(outcome, way.map(|(_, to)| *to), "{who:?} tries {event:?} on an order {status:?}");
        }
    }
}

#[test]
fn the_buttons_shown_are_what_the_machine_accepts() {
    for (status, who) in S::ALL.into_iter().flat_map(|status| Who::ALL.map(|who| (status, who))) {
        let shop = late(status);
        let closing = if who == Buyer { A::Cancel } else { A::Close };
        let pairs = [
            (closing, Event::Close),
            (A::AdjustPrice, Event::AdjustPrice),
            (A::EditAddress, Event::EditAddress),
            (A::Ship, Event::ShipTheRest),
            (A::ConfirmReceipt, Event::Receive),
        ];
        for (action, event) in pairs {
            assert_eq!(shop.order.permits(action, &who.actor()), attempt(&shop, event, who).is_ok(), "{who:?}, {event:?}, {status:?}");
        }
    }
}

#[test]
fn only_the_buyer_of_a_paid_order_applies_for_an_after_sale() {
    for (status, who) in S::ALL.into_iter().flat_map(|status| Who::ALL.map(|who| (status, who))) {
        let shop = shop_at(status);
        let stage = match status {
            S::Completed => Stage::Received,
            S::AwaitingReceipt => Stage::InTransit,
            _ => Stage::Unshipped,
        };
        let opening = Opening { id: AfterSaleId(1), number: "AS-1".to_owned(), return_address: None };
        let request = asks(AfterSaleKind::RefundOnly, stage, &[(TEA, 1)]);
        let applied = AfterSale::apply(&who.actor(), &shop.order, request, opening, &shop.policy, ZONE, shop.now);
        assert_eq!(applied.is_ok(), shop.order.permits(A::ApplyAfterSale, &who.actor()), "{who:?}, {status:?}");
    }
}

#[test]
fn an_order_is_paid_once() {
    for status in S::ALL {
        let shop = shop_at(status);
        let outcome = shop.order.pay(Happening::AddressEdited, shop.now).map(|(order, _)| order.status());
        assert_eq!(outcome.ok(), (status == S::PendingPayment).then_some(S::AwaitingShipment));
    }
}

#[test]
fn who_closes_an_unpaid_order_is_the_reason_it_closed_for() {
    let reasons = [(Buyer, CloseReason::BuyerCancel), (Service, CloseReason::MerchantCancel), (System, CloseReason::Timeout)];
    for (who, expected) in reasons {
        let (order, effects) = attempt(&late(S::PendingPayment), Event::Close, who).unwrap();
        assert!(matches!(order.state, OrderState::Closed { why, paid_at: None, .. } if why == expected));
        assert_eq!(effects.iter().filter(|effect| **effect == Effect::ReturnHeldTenders).count(), 1);
        let freed: Vec<i64> =
            effects.iter().filter_map(|effect| if let Effect::ReleaseStock { units, .. } = effect { Some(*units) } else { None }).collect();
        assert_eq!(freed, [2, 3], "what was reserved is free again, once");
    }
}

#[test]
fn every_step_leaves_one_line_on_the_timeline_and_the_clock_of_the_new_state() {
    for (status, who) in S::ALL.into_iter().flat_map(|status| Who::ALL.map(|who| (status, who))) {
        for (event, ..) in EVENTS {
            let mut shop = late(status);
            let Ok((order, effects)) = attempt(&shop, event, who) else { continue };
            assert_eq!(effects.iter().filter(|effect| matches!(effect, Effect::Record { .. })).count(), 1, "{who:?}, {event:?}");
            shop.order_step(Ok((order, effects))).unwrap();
            assert_eq!(shop.order_clock, shop.order.state.runs_out(), "{who:?}, {event:?} on an order {status:?}");
        }
    }
}

#[test]
fn a_paid_price_is_fixed_and_a_shipped_address_too() {
    let shop = shop_at(S::AwaitingShipment);
    assert_eq!(attempt(&shop, Event::AdjustPrice, Owner).map(drop), Err(Refusal::PriceFixed));
    assert_eq!(attempt(&shop_at(S::PartiallyShipped), Event::EditAddress, Owner).map(drop), Err(Refusal::AddressFixed));
}
