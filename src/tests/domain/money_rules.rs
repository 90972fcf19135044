//! What goes back, in yuan and fen: M2, M3, M5, M6 and the defects of other shops, by example (B7–B13).

use super::paths::{CUPS, TEA, shop_at};
use super::people::Who;
use super::shop::{Shop, goods};
use super::steps::{Event, asks, because, of_amount};
use guitu::domain::after_sale::AfterSaleKind::{self, RefundOnly, ReturnRefund};
use guitu::domain::after_sale::Stage::{InTransit, Received, Unshipped};
use guitu::domain::after_sale::{AfterSaleAction as A, AfterSaleRequest, Reason};
use guitu::domain::order::{OrderStatus, PriceChange};
use guitu::domain::{Money, Refusal, ShopPolicy};

/// Two cups of ¥100 and three teas of ¥20, with ¥10 freight: ¥7.69 of it lies on the cups, ¥2.31 on the tea.
fn with_freight() -> Shop {
    let policy = ShopPolicy { free_freight_from: Money::ZERO, ..ShopPolicy::default() };
    let mut shop = Shop::with_order(vec![goods(CUPS, 10_000, 2), goods(TEA, 2_000, 3)], Money::ZERO, policy);
    shop.pay(&[Money(27_000)]);
    shop
}

/// What the buyer gets for it: goods and freight.
fn gets(shop: &mut Shop, request: AfterSaleRequest) -> (i64, i64) {
    let index = shop.apply(request).unwrap();
    let case = shop.cases[index].clone();
    shop.happens(index, Event::Act(A::RefundManually, Who::Finance));
    ((case.amount() - case.freight()).0, case.freight().0)
}

#[test]
fn freight_is_laid_on_the_lines_to_the_fen() {
    let lines = with_freight().order.lines;
    assert_eq!([lines[0].freight, lines[1].freight], [Money(769), Money(231)]);
    assert_eq!([lines[0].paid, lines[1].paid], [Money(20_769), Money(6_231)]);
}

#[test]
fn while_something_will_still_be_shipped_no_freight_goes_back() {
    assert_eq!(gets(&mut with_freight(), asks(RefundOnly, Unshipped, &[(CUPS, 2)])), (20_000, 0));
    assert_eq!(gets(&mut with_freight(), because(Reason::OutOfStock, RefundOnly, &[(CUPS, 2), (TEA, 2)])), (24_000, 0));
}

#[test]
fn when_nothing_is_shipped_at_all_all_freight_goes_back_once_with_the_last() {
    assert_eq!(gets(&mut with_freight(), asks(RefundOnly, Unshipped, &[(CUPS, 2), (TEA, 3)])), (26_000, 1_000));
    let mut shop = with_freight();
    assert_eq!(gets(&mut shop, asks(RefundOnly, Unshipped, &[(CUPS, 2)])), (20_000, 0));
    assert_eq!(gets(&mut shop, asks(RefundOnly, Unshipped, &[(TEA, 1)])), (2_000, 0));
    assert_eq!(gets(&mut shop, asks(RefundOnly, Unshipped, &[(TEA, 2)])), (4_000, 1_000));
    assert_eq!((shop.order.refunded, shop.order.status()), (shop.order.paid, OrderStatus::Closed));
}

#[test]
fn once_something_has_left_its_journey_is_not_given_back_with_the_last_unshipped_goods() {
    let mut shop = with_freight();
    shop.ship(&[(CUPS, 2)]);
    assert_eq!(gets(&mut shop, asks(RefundOnly, InTransit, &[(CUPS, 2)])), (20_000, 0));
    assert_eq!(gets(&mut shop, asks(RefundOnly, Unshipped, &[(TEA, 3)])), (6_000, 0));
}

#[test]
fn after_shipping_freight_follows_the_fault_and_is_that_of_the_units_alone() {
    let mut shop = with_freight();
    shop.ship(&[(CUPS, 2), (TEA, 3)]);
    assert_eq!(gets(&mut shop, because(Reason::NoReason, ReturnRefund, &[(TEA, 1)])), (2_000, 0));
    assert_eq!(gets(&mut shop, because(Reason::Quality, ReturnRefund, &[(CUPS, 1)])), (10_000, 384));
    assert_eq!(gets(&mut shop, because(Reason::Quality, ReturnRefund, &[(CUPS, 1)])), (10_000, 385));
    assert_eq!(shop.order.lines[0].left(), Money::ZERO);
}

#[test]
fn a_part_of_the_amount_is_of_the_goods_first_and_freight_only_with_the_whole() {
    let mut shop = with_freight();
    shop.ship(&[(CUPS, 2), (TEA, 3)]);
    let both = because(Reason::Quality, RefundOnly, &[(CUPS, 2)]);
    assert_eq!(gets(&mut shop, of_amount(5_000, both.clone())), (5_000, 0));
    assert_eq!(gets(&mut shop, of_amount(15_700, both)), (15_000, 700));
}

#[test]
fn one_of_two_cups_paid_with_points_and_wechat_gives_back_a_half_of_each() {
    let mut shop = Shop::with_order(vec![goods(CUPS, 29_900, 2)], Money(3_000), ShopPolicy::default());
    let reduced = PriceChange { goods: Money(-3_000), freight: Money::ZERO };
    shop.order_step(shop.order.clone().adjust_price(&Who::Service.actor(), reduced)).unwrap();
    assert_eq!(shop.order.due(), Money(53_800));
    shop.pay(&[Money(3_000), Money(53_800)]);
    shop.ship(&[(CUPS, 2)]);
    assert_eq!(gets(&mut shop, asks(ReturnRefund, InTransit, &[(CUPS, 1)])), (28_400, 0));
    assert_eq!(shop.returned, [Money(1_500), Money(26_900)]);
    assert_eq!(gets(&mut shop, asks(ReturnRefund, InTransit, &[(CUPS, 1)])), (28_400, 0));
    assert_eq!(shop.returned, shop.captured);
}

#[test]
fn three_for_a_yuan_give_back_a_yuan_one_by_one() {
    let mut shop = Shop::with_order(vec![goods(CUPS, 34, 3)], Money::ZERO, ShopPolicy { freight: Money::ZERO, ..ShopPolicy::default() });
    let to_a_yuan = PriceChange { goods: Money(-2), freight: Money::ZERO };
    shop.order_step(shop.order.clone().adjust_price(&Who::Owner.actor(), to_a_yuan)).unwrap();
    shop.pay(&[Money(100)]);
    shop.ship(&[(CUPS, 3)]);
    let parts = [(); 3].map(|()| gets(&mut shop, asks(ReturnRefund, InTransit, &[(CUPS, 1)])).0);
    assert_eq!((parts, shop.order.paid - shop.order.refunded), ([33, 33, 34], Money::ZERO));
}

#[test]
fn an_application_taken_back_between_others_loses_no_fen() {
    let mut shop = Shop::with_order(vec![goods(CUPS, 25, 4)], Money::ZERO, ShopPolicy { freight: Money(2), ..ShopPolicy::default() });
    let freight_into_goods = PriceChange { goods: Money(2), freight: Money(-2) };
    shop.order_step(shop.order.clone().adjust_price(&Who::Owner.actor(), freight_into_goods)).unwrap();
    shop.pay(&[Money(102)]);
    shop.ship(&[(CUPS, 4)]);
    let asks_for_one = |shop: &mut Shop| shop.apply(asks(ReturnRefund, InTransit, &[(CUPS, 1)])).unwrap();
    let [_, second, _] = [(); 3].map(|()| asks_for_one(&mut shop));
    shop.happens(second, Event::Act(A::Withdraw, Who::Buyer));
    let again = [(); 2].map(|()| asks_for_one(&mut shop));
    assert_eq!(again.map(|case| shop.cases[case].amount()), [Money(25), Money(27)]);
    assert_eq!(shop.order.lines[0].left(), Money::ZERO);
}

#[test]
fn an_exhausted_tender_passes_the_refund_on_to_the_next() {
    let mut shop = Shop::with_order(vec![goods(CUPS, 10_000, 1)], Money(10), ShopPolicy::default());
    shop.pay(&[Money(10), Money(9_990)]);
    shop.ship(&[(CUPS, 1)]);
    shop.receive();
    for fen in [9_000, 999] {
        gets(&mut shop, of_amount(fen, asks(RefundOnly, Received, &[(CUPS, 1)])));
    }
    assert_eq!(gets(&mut shop, asks(RefundOnly, Received, &[(CUPS, 1)])), (1, 0));
    assert_eq!(shop.returned, shop.captured);
}

#[test]
fn the_same_line_twice_in_one_request_counts_once_with_both_quantities() {
    let mut shop = shop_at(OrderStatus::Completed);
    shop.apply(asks(ReturnRefund, Received, &[(CUPS, 1), (TEA, 1), (CUPS, 1)])).unwrap();
    let items: Vec<_> = shop.cases[0].items.iter().map(|item| (item.line_id.0, item.quantity, item.amount().0)).collect();
    assert_eq!(items, [(CUPS, 2, 20_000), (TEA, 1, 2_000)]);
}

#[test]
fn impossible_quantities_are_refused_however_they_are_wrapped() {
    let left = |left| Refusal::TooManyUnits { title: "商品 1".to_owned(), left };
    let apply = |units: &[(i64, i64)]| shop_at(OrderStatus::Completed).apply(asks(RefundOnly, Received, units)).map(drop);
    for units in [&[(CUPS, -1)][..], &[(CUPS, 3)], &[(CUPS, 3), (CUPS, -2)], &[(CUPS, i64::MAX), (CUPS, i64::MAX)], &[(CUPS, i64::MIN)]] {
        assert_eq!(apply(units), Err(left(2)), "{units:?}");
    }
    for units in [&[][..], &[(CUPS, 0)], &[(99, 1)]] {
        assert_eq!(apply(units), Err(Refusal::NothingChosen), "{units:?}");
    }
}

#[test]
fn impossible_amounts_are_refused_and_unshipped_goods_are_not_haggled_over() {
    let apply = |status, stage, fen| shop_at(status).apply(of_amount(fen, asks(RefundOnly, stage, &[(CUPS, 1)]))).map(drop);
    let completed = |fen| apply(OrderStatus::Completed, Received, fen);
    assert_eq!([completed(1), completed(10_000)], [Ok(()), Ok(())]);
    assert_eq!([completed(0), completed(-1)], [const { Err(Refusal::AmountNotPositive) }; 2]);
    assert_eq!([completed(10_001), completed(i64::MAX)], [const { Err(Refusal::AmountTooHigh(Money(10_000))) }; 2]);
    assert_eq!(apply(OrderStatus::AwaitingShipment, Unshipped, 9_999), Err(Refusal::AmountTooHigh(Money(10_000))));
}

#[test]
fn after_a_part_was_paid_back_the_rest_still_can_be() {
    let mut shop = shop_at(OrderStatus::Completed);
    assert_eq!(gets(&mut shop, of_amount(555, asks(RefundOnly, Received, &[(CUPS, 2)]))), (555, 0));
    assert_eq!(gets(&mut shop, asks(ReturnRefund, Received, &[(CUPS, 1)])), (10_000, 0));
    assert_eq!(gets(&mut shop, asks(ReturnRefund, Received, &[(CUPS, 1)])), (9_445, 0));
}

#[test]
fn what_an_open_case_asks_too_little_for_is_not_offered_with_another_unit() {
    let mut shop = shop_at(OrderStatus::Completed);
    shop.apply(of_amount(1, asks(RefundOnly, Received, &[(CUPS, 1)]))).unwrap();
    let other = shop.apply(asks(ReturnRefund, Received, &[(CUPS, 1)])).unwrap();
    assert_eq!(shop.cases[other].amount(), Money(10_000));
}

#[test]
fn an_exchange_claims_what_was_paid_for_the_goods_and_asks_for_no_amount() {
    let mut shop = shop_at(OrderStatus::Completed);
    let case = shop.apply(of_amount(1, asks(AfterSaleKind::Exchange, Received, &[(CUPS, 1)]))).unwrap();
    assert_eq!(shop.cases[case].amount(), Money(10_000));
}

/// The index of a case for everything that can be had for these unshipped units.
fn cancels(shop: &mut Shop, units: &[(i64, i64)]) -> usize {
    shop.apply(asks(RefundOnly, Unshipped, units)).unwrap()
}

fn agree(shop: &mut Shop, case: usize) -> i64 {
    shop.happens(case, Event::Act(A::AgreeRefund, Who::Owner));
    shop.cases[case].freight().0
}

#[test]
fn freight_stays_when_the_other_case_that_made_this_the_last_is_taken_back() {
    let mut shop = with_freight();
    let (cups, tea) = (cancels(&mut shop, &[(CUPS, 2)]), cancels(&mut shop, &[(TEA, 3)]));
    assert_eq!(shop.cases[tea].waiting_freight(&shop.order), Money(1_000));
    shop.happens(cups, Event::Act(A::Withdraw, Who::Buyer));
    assert_eq!(shop.cases[tea].waiting_freight(&shop.order), Money::ZERO);
    assert_eq!(agree(&mut shop, tea), 0);
    shop.happens(tea, Event::Settle);
    shop.ship(&[(CUPS, 2)]);
    assert_eq!((shop.order.refunded, shop.order.lines[1].left()), (Money(6_000), Money(231)));
}

#[test]
fn of_two_cases_whichever_is_agreed_last_takes_all_freight_along() {
    for last in [0, 1] {
        let mut shop = with_freight();
        cancels(&mut shop, &[(CUPS, 2)]);
        cancels(&mut shop, &[(TEA, 3)]);
        assert_eq!(agree(&mut shop, 1 - last), 0);
        let agreed_now = shop.cases[last].clone().as_agreed_now(&shop.order);
        assert_eq!(agreed_now.freight(), Money(1_000), "as the pages show it before");
        assert_eq!(agree(&mut shop, last), 1_000);
        shop.happens(0, Event::Settle);
        shop.happens(1, Event::Settle);
        assert_eq!((shop.order.refunded, shop.order.status()), (shop.order.paid, OrderStatus::Closed));
    }
}

#[test]
fn a_rejected_case_may_still_ship_so_the_other_is_not_the_last() {
    let mut shop = with_freight();
    let (cups, tea) = (cancels(&mut shop, &[(CUPS, 2)]), cancels(&mut shop, &[(TEA, 3)]));
    shop.happens(cups, Event::Act(A::Reject, Who::Owner));
    assert_eq!(agree(&mut shop, tea), 0);
    shop.happens(cups, Event::Act(A::Revise, Who::Buyer));
    assert_eq!(agree(&mut shop, cups), 1_000, "asked for again, and agreed to as the last");
}

#[test]
fn the_clock_settles_freight_like_a_person() {
    let mut shop = with_freight();
    let (cups, tea) = (cancels(&mut shop, &[(CUPS, 2)]), cancels(&mut shop, &[(TEA, 3)]));
    shop.happens(cups, Event::TimeOut);
    shop.happens(tea, Event::TimeOut);
    assert_eq!([cups, tea].map(|case| shop.cases[case].freight()), [Money::ZERO, Money(1_000)]);
}

#[test]
fn freight_that_a_case_had_set_aside_too_early_is_let_go_when_it_is_agreed() {
    let mut shop = with_freight();
    let (cups, tea) = (cancels(&mut shop, &[(CUPS, 2)]), cancels(&mut shop, &[(TEA, 3)]));
    // As cases were opened before freight was settled with the agreement.
    for (line, freight) in [(0, Money(769)), (1, Money(231))] {
        let line = &mut shop.order.lines[line];
        line.reserved = line.reserved + freight;
        line.freight_claimed = line.freight_claimed + freight;
    }
    shop.cases[tea].items[0].freight = Money(231);
    let of_cups = shop.cases[cups].items[0].clone();
    shop.cases[tea].items.push(guitu::domain::after_sale::Item {
        quantity: 0,
        goods: Money::ZERO,
        freight: Money(769),
        settles: 0,
        ..of_cups
    });
    shop.happens(cups, Event::Act(A::Withdraw, Who::Buyer));
    assert_eq!(agree(&mut shop, tea), 0);
    assert_eq!(shop.cases[tea].items.len(), 1);
    assert!(shop.order.lines.iter().all(|line| line.freight_claimed == Money::ZERO));
}

#[test]
fn the_last_unit_of_a_line_takes_its_own_freight_and_not_that_of_units_the_buyer_sent_back() {
    let mut shop = with_freight();
    shop.ship(&[(CUPS, 2), (TEA, 3)]);
    assert_eq!(gets(&mut shop, because(Reason::NoReason, ReturnRefund, &[(CUPS, 1)])), (10_000, 0));
    assert_eq!(gets(&mut shop, because(Reason::Quality, ReturnRefund, &[(CUPS, 1)])), (10_000, 385));
}
