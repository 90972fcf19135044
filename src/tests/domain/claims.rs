//! What after-sales claim of a line: set aside, given back, paid back (M3).

use super::shop::{Shop, goods};
use guitu::domain::after_sale::Item;
use guitu::domain::order::{Order, OrderLine};
use guitu::domain::{Money, OrderLineId, ShopPolicy};

/// Three of ¥20, with ¥3 freight, paid; so many of them shipped.
fn order(shipped: i64) -> Order {
    let policy = ShopPolicy { freight: Money(300), free_freight_from: Money::ZERO, ..ShopPolicy::default() };
    let mut shop = Shop::with_order(vec![goods(1, 2_000, 3)], Money::ZERO, policy);
    shop.pay(&[Money(6_300)]);
    shop.order.lines[0].shipped_quantity = shipped;
    shop.order
}

fn two(settles: i64) -> Item {
    Item { line_id: OrderLineId(1), title: "商品 1".to_owned(), quantity: 2, goods: Money(4_000), freight: Money(200), settles }
}

#[test]
fn what_is_released_is_as_if_nobody_had_asked_but_for_the_application() {
    let before = order(0).lines.remove(0);
    let mut line = before.clone();
    line.reserve(&two(2));
    assert_eq!((line.reserved, line.freight_claimed, line.reserved_quantity), (Money(4_200), Money(200), 2));
    assert_eq!((line.left(), line.units_left()), (Money(2_100), 1));
    line.release(&two(2));
    assert_eq!(line, OrderLine { applications: 1, ..before });
}

#[test]
fn freight_that_comes_to_a_case_is_released_with_it() {
    let before = order(0).lines.remove(0);
    let mut line = before.clone();
    line.reserve(&Item { freight: Money::ZERO, ..two(2) });
    line.reserve_freight(Money(200));
    line.release(&two(2));
    assert_eq!(line, OrderLine { applications: 1, ..before });
}

#[test]
fn what_is_paid_back_is_reserved_no_more_and_its_freight_stays_claimed() {
    let mut order = order(0);
    order.lines[0].reserve(&two(2));
    assert_eq!(order.settle(&two(2), true), 2);
    let line = &order.lines[0];
    assert_eq!((order.refunded, line.refunded, line.reserved, line.freight_claimed), (Money(4_200), Money(4_200), Money::ZERO, Money(200)));
    assert_eq!((line.reserved_quantity, line.refunded_quantity, line.cancelled_quantity, line.units_to_ship()), (0, 2, 2, 1));
}

#[test]
fn only_units_that_never_left_and_are_paid_for_in_full_are_cancelled() {
    let settled = |shipped: i64, item: Item, refund_only: bool| {
        let mut order = order(shipped);
        order.lines[0].reserve(&item);
        order.settle(&item, refund_only)
    };
    assert_eq!([settled(0, two(2), true), settled(2, two(2), true), settled(3, two(2), true)], [2, 1, 0]);
    assert_eq!((settled(0, two(0), true), settled(0, two(2), false)), (0, 0));
}

#[test]
fn a_claim_that_is_taken_back_for_the_asking_leaves_the_order_itself_alone() {
    let mut order = order(0);
    order.lines[0].reserve(&two(2));
    order.lines[0].undecided_quantity = 2;
    let freed = order.without_claims(&[two(2)]);
    assert_eq!((freed.lines[0].units_left(), freed.lines[0].undecided_quantity, freed.lines[0].left()), (3, 0, Money(6_300)));
    assert_eq!((order.lines[0].units_left(), order.lines[0].undecided_quantity), (1, 2));
}
