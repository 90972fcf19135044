//! The clocks of an order: payment, receipt, and the standstill while a case is open (S7, S8, S11, A14, B21–B25).

use super::paths::{CUPS, TEA, plan, shop_at};
use super::people::Who;
use super::shop::{MORNING, Shop, ZONE};
use super::steps::{Event, asks};
use guitu::domain::after_sale::{AfterSaleAction as A, AfterSaleKind, Stage};
use guitu::domain::order::{OrderState, OrderStatus};
use guitu::domain::time::{DAY, MINUTE};
use guitu::domain::{Money, OrderLineId, Refusal};

fn close_by_clock(shop: &Shop) -> bool {
    shop.order.clone().close_unpaid(&Who::System.actor(), shop.now).is_ok()
}

fn receive_by_clock(shop: &Shop) -> Result<(), Refusal> {
    shop.order.clone().receive(&Who::System.actor(), &shop.policy, ZONE, shop.now).map(drop)
}

#[test]
fn an_unpaid_order_closes_after_half_an_hour_and_not_a_millisecond_before() {
    let mut shop = shop_at(OrderStatus::PendingPayment);
    assert_eq!(shop.order_clock, Some(MORNING.plus(30 * MINUTE)));
    shop.now = MORNING.plus(30 * MINUTE - 1);
    assert!(!close_by_clock(&shop));
    shop.now = MORNING.plus(30 * MINUTE);
    assert!(close_by_clock(&shop));
}

#[test]
fn a_shipped_order_is_received_after_a_fortnight_and_not_a_millisecond_before() {
    let mut shop = shop_at(OrderStatus::AwaitingReceipt);
    assert_eq!(shop.order_clock, Some(MORNING.plus(14 * DAY)));
    shop.now = MORNING.plus(14 * DAY - 1);
    assert_eq!(receive_by_clock(&shop), Err(Refusal::NotWhile("待收货")));
    shop.now = MORNING.plus(14 * DAY);
    assert_eq!(receive_by_clock(&shop), Ok(()));
}

#[test]
fn the_receipt_clock_stands_still_while_a_case_is_open_and_goes_on_with_what_was_left() {
    let mut shop = shop_at(OrderStatus::AwaitingReceipt);
    shop.now = MORNING.plus(4 * DAY);
    let cups = shop.apply(asks(AfterSaleKind::ReturnRefund, Stage::InTransit, &[(CUPS, 1)])).unwrap();
    let tea = shop.apply(asks(AfterSaleKind::RefundOnly, Stage::InTransit, &[(TEA, 1)])).unwrap();
    assert_eq!(shop.order_clock, None);
    shop.now = MORNING.plus(20 * DAY);
    assert_eq!(receive_by_clock(&shop), Err(Refusal::AfterSaleOpen));
    shop.happens(cups, Event::Act(A::Withdraw, Who::Buyer));
    assert_eq!(shop.order_clock, None, "one case is still open");
    shop.happens(tea, Event::Act(A::Withdraw, Who::Buyer));
    assert_eq!(shop.order_clock, Some(MORNING.plus(30 * DAY)), "ten of fourteen days were left");
}

#[test]
fn the_buyer_may_confirm_receipt_with_a_case_open() {
    let mut shop = shop_at(OrderStatus::AwaitingReceipt);
    shop.apply(asks(AfterSaleKind::ReturnRefund, Stage::InTransit, &[(CUPS, 1)])).unwrap();
    shop.receive();
    assert_eq!((shop.order.status(), shop.order_clock), (OrderStatus::Completed, None));
}

#[test]
fn a_line_with_an_open_refund_does_not_leave_the_house_the_others_do() {
    let mut shop = shop_at(OrderStatus::AwaitingShipment);
    shop.apply(asks(AfterSaleKind::RefundOnly, Stage::Unshipped, &[(CUPS, 1)])).unwrap();
    let send = |shop: &Shop, id, units| {
        shop.order.clone().ship(&Who::Warehouse.actor(), &[plan(&[(id, units)])], &shop.policy, shop.now).map(drop)
    };
    assert_eq!(send(&shop, CUPS, 1), Err(Refusal::LineInAfterSale("商品 1".to_owned())));
    assert_eq!(send(&shop, TEA, 3), Ok(()));
    shop.happens(0, Event::Act(A::Reject, Who::Service));
    assert_eq!(send(&shop, CUPS, 2), Ok(()), "a refused application holds nothing back");
}

#[test]
fn parcels_hold_what_is_there_and_no_more() {
    let shop = shop_at(OrderStatus::PartiallyShipped);
    let send = |units: &[(i64, i64)]| shop.order.clone().ship(&Who::Warehouse.actor(), &[plan(units)], &shop.policy, shop.now).map(drop);
    let too_many = |title: &str, left| Err(Refusal::TooManyToShip { title: title.to_owned(), left });
    assert_eq!(send(&[(CUPS, 1)]), too_many("商品 1", 0));
    assert_eq!(send(&[(TEA, 4)]), too_many("商品 2", 3));
    assert_eq!(send(&[(TEA, 2), (TEA, 2)]), too_many("商品 2", 1));
    assert_eq!(send(&[(TEA, -1)]), too_many("商品 2", 3));
    assert_eq!([send(&[]), send(&[(TEA, 0)]), send(&[(99, 1)])], [const { Err(Refusal::NothingToShip) }; 3]);
}

#[test]
fn a_full_refund_closes_an_order_before_shipping_and_nothing_but_that() {
    let everything = [(CUPS, 2), (TEA, 3)];
    let refund_all = |status, stage| {
        let mut shop = shop_at(status);
        shop.policy.service_refund_limit = Money(10_000_000);
        let case = shop.apply(asks(AfterSaleKind::RefundOnly, stage, &everything)).unwrap();
        shop.happens(case, Event::Act(A::AgreeRefund, Who::Owner));
        shop.happens(case, Event::Settle);
        assert_eq!(shop.order.refunded, shop.order.paid);
        shop
    };
    let closed = refund_all(OrderStatus::AwaitingShipment, Stage::Unshipped);
    assert!(matches!(closed.order.state, OrderState::Closed { paid_at: Some(_), .. }));
    assert_eq!(closed.units.iter().map(|at| at.freed).sum::<i64>(), 5);
    let travelling = refund_all(OrderStatus::AwaitingReceipt, Stage::InTransit);
    assert_eq!(travelling.order.status(), OrderStatus::AwaitingReceipt);
    let completed = refund_all(OrderStatus::Completed, Stage::Received);
    assert_eq!(completed.order.status(), OrderStatus::Completed);
    assert_eq!(completed.units.iter().map(|at| at.back + at.freed).sum::<i64>(), 0, "what was not sent back is not restocked");
}

#[test]
fn when_the_last_unshipped_line_is_refunded_the_rest_awaits_its_receipt() {
    let mut shop = shop_at(OrderStatus::PartiallyShipped);
    let case = shop.apply(asks(AfterSaleKind::RefundOnly, Stage::Unshipped, &[(TEA, 3)])).unwrap();
    shop.happens(case, Event::Act(A::AgreeRefund, Who::Service));
    shop.now = MORNING.plus(DAY);
    shop.happens(case, Event::Settle);
    assert_eq!((shop.order.status(), shop.order_clock), (OrderStatus::AwaitingReceipt, Some(MORNING.plus(15 * DAY))));
    assert_eq!(shop.order.lines.iter().find(|line| line.id == OrderLineId(TEA)).unwrap().cancelled_quantity, 3);
}
