//! What an action needs besides the right person in the right state (S42, S56, S60, B16, B26, B27).

use super::paths::{ASKS, CUPS, Spot, case_at, shop_at};
use super::people::Who;
use super::shop::{ZONE, parcel};
use super::steps::{Event, all_good, asks, grounds};
use guitu::domain::after_sale::{AfterSale, AfterSaleAction as A, AfterSaleKind, Inspected, Opening, RejectionGrounds, Stage};
use guitu::domain::order::OrderStatus;
use guitu::domain::{AfterSaleId, Effect, Money, OrderLineId, Refusal};

const UNSHIPPED: (AfterSaleKind, Stage) = ASKS[0];
const RETURN: (AfterSaleKind, Stage) = ASKS[4];
const EXCHANGE: (AfterSaleKind, Stage) = ASKS[5];

#[test]
fn a_rejection_needs_pictures_once_the_goods_have_left() {
    let words_alone = RejectionGrounds { evidence: Vec::new(), ..grounds() };
    for ask in ASKS {
        let shop = case_at(ask, Spot::Applied);
        let outcome = shop.cases[0].clone().reject(&Who::Service.actor(), words_alone.clone(), &shop.policy, shop.now).map(drop);
        assert_eq!(outcome, if ask == UNSHIPPED { Ok(()) } else { Err(Refusal::EvidenceMissing) });
    }
    let shop = case_at(RETURN, Spot::Inspected);
    let outcome = shop.cases[0].clone().reject_return(&Who::Service.actor(), words_alone, &shop.policy, shop.now);
    assert_eq!(outcome.map(drop), Err(Refusal::EvidenceMissing));
}

#[test]
fn what_came_back_is_counted_to_the_last_unit() {
    let shop = case_at(RETURN, Spot::ReturnInTransit);
    let found = |good, defective, missing| vec![Inspected { line_id: OrderLineId(CUPS), good, defective, missing }];
    let elsewhere = vec![Inspected { line_id: OrderLineId(99), good: 1, defective: 0, missing: 0 }];
    for wrong in [Vec::new(), found(0, 0, 0), found(2, 0, 0), found(2, -1, 0), elsewhere] {
        let outcome = shop.cases[0].clone().receive(&Who::Warehouse.actor(), wrong.clone(), &shop.policy, shop.now).map(drop);
        assert!(matches!(outcome, Err(Refusal::InspectionIncomplete { expected: 1, .. })), "{wrong:?} was accepted");
    }
}

#[test]
fn goods_go_back_on_the_shelf_once_as_they_were_found_and_never_if_they_were_not_sent_back() {
    let mut shop = case_at(RETURN, Spot::ReturnInTransit);
    let found = vec![Inspected { line_id: OrderLineId(CUPS), good: 0, defective: 1, missing: 0 }];
    let (case, effects) = shop.cases[0].clone().receive(&Who::Warehouse.actor(), found, &shop.policy, shop.now).unwrap();
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Restock { .. })), "the decision is still open");
    shop.cases[0] = case;
    let (_, effects) = shop.attempt(0, Event::Act(A::AgreeRefund, Who::Service)).unwrap();
    let restocked: Vec<&Effect> = effects.iter().filter(|effect| matches!(effect, Effect::Restock { .. })).collect();
    assert_eq!(restocked, [&Effect::Restock { line: OrderLineId(CUPS), sellable: 0, defective: 1 }]);
    for ask in [ASKS[1], ASKS[2]] {
        let (_, effects) = case_at(ask, Spot::Applied).attempt(0, Event::Act(A::AgreeRefund, Who::Service)).unwrap();
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::Restock { .. })));
    }
}

#[test]
fn the_parcel_the_goods_came_in_is_not_the_parcel_they_go_back_in() {
    let shop = case_at(RETURN, Spot::AwaitingReturn);
    let sent = [parcel("YT1000000000001"), parcel("YT1000000000002")];
    let send_back = |tracking: &str| {
        shop.cases[0].clone().ship_return(&Who::Buyer.actor(), (parcel(tracking), Vec::new()), &sent, &shop.policy, shop.now).map(drop)
    };
    assert_eq!(send_back("YT1000000000002"), Err(Refusal::ForwardParcel));
    assert_eq!(send_back("YT9000000000009"), Ok(()));
}

#[test]
fn customer_service_agrees_up_to_the_limit_finance_and_the_owner_above_it() {
    let mut shop = case_at(UNSHIPPED, Spot::Applied);
    let amount = shop.cases[0].amount();
    let agreed = |shop: &super::shop::Shop, who| shop.attempt(0, Event::Act(A::AgreeRefund, who)).map(drop);
    shop.policy.service_refund_limit = amount;
    assert_eq!(agreed(&shop, Who::Service), Ok(()));
    shop.policy.service_refund_limit = amount - Money(1);
    assert_eq!(agreed(&shop, Who::Service), Err(Refusal::AboveLimit(amount - Money(1))));
    assert_eq!([agreed(&shop, Who::Finance), agreed(&shop, Who::Owner)], [Ok(()), Ok(())]);
}

#[test]
fn a_shop_without_a_return_address_is_not_asked_for_returns() {
    let shop = shop_at(OrderStatus::Completed);
    for kind in [AfterSaleKind::ReturnRefund, AfterSaleKind::Exchange] {
        let opening = Opening { id: AfterSaleId(1), number: "AS-1".to_owned(), return_address: None };
        let request = asks(kind, Stage::Received, &[(CUPS, 1)]);
        let outcome = AfterSale::apply(&Who::Buyer.actor(), &shop.order, request, opening, &shop.policy, ZONE, shop.now);
        assert_eq!(outcome.map(drop), Err(Refusal::KindNotOffered(kind.name())));
    }
}

#[test]
fn an_exchange_frees_its_money_and_sends_out_what_came_back() {
    let mut shop = case_at(EXCHANGE, Spot::AwaitingReship);
    assert_eq!((shop.units[0].back, shop.order.lines[0].reserved_quantity), (1, 1));
    shop.happens(0, Event::Act(A::ShipReplacement, Who::Warehouse));
    assert_eq!(shop.units[0].out, 3);
    shop.happens(0, Event::Act(A::ConfirmReplacement, Who::Buyer));
    let line = &shop.order.lines[0];
    assert_eq!((line.reserved, line.refunded, line.left(), line.units_to_return()), (Money::ZERO, Money::ZERO, line.paid, 2));
}

#[test]
fn withdrawing_frees_what_was_set_aside_and_comes_too_late_once_the_goods_were_looked_at() {
    let mut shop = case_at(RETURN, Spot::ReturnInTransit);
    let late = case_at(RETURN, Spot::Inspected).attempt(0, Event::Act(A::Withdraw, Who::Buyer));
    assert_eq!(late.map(drop), Err(Refusal::NotWhile("待商家收货")));
    shop.happens(0, Event::Act(A::Withdraw, Who::Buyer));
    assert_eq!((shop.order.lines[0].reserved, shop.order.lines[0].reserved_quantity, shop.order.open_cases), (Money::ZERO, 0, 0));
    assert_eq!(all_good(&shop.cases[0]).len(), 1);
}
