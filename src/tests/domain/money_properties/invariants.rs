//! What must be true of every order at every moment (M1–M4), asked of the rows alone.

use crate::domain::shop::Shop;
use guitu::domain::Money;
use guitu::domain::after_sale::{AfterSale, Item, StateKind};
use guitu::domain::order::{OrderLine, OrderStatus};

/// Fails with the first sum that does not come out.
pub fn everything_adds_up(shop: &Shop) {
    lines_are_the_order(shop);
    for (index, line) in shop.order.lines.iter().enumerate() {
        nothing_is_claimed_twice(line);
        claims_are_those_of_the_cases(shop, line);
        units_are_somewhere(shop, index);
        points_follow_the_money(line);
        tenders_cover_the_line(shop, index);
    }
    tenders_are_the_order(shop);
    the_coupon_is_in_one_place(shop);
    assert_eq!(shop.order.open_cases, i64::try_from(open_cases(shop).count()).unwrap());
    assert_eq!(shop.order_clock, shop.order.state.runs_out(), "the order's clock is that of its state");
    for (case, clock) in shop.cases.iter().zip(&shop.clocks) {
        assert_eq!(*clock, case.state.due(), "a case's clock is that of its state");
    }
}

fn sum(shop: &Shop, of: impl Fn(&OrderLine) -> Money) -> Money {
    shop.order.lines.iter().map(of).sum()
}

/// M1: Σ lines = order, share by share.
fn lines_are_the_order(shop: &Shop) {
    let totals = shop.order.totals;
    assert_eq!(sum(shop, |line| line.goods), totals.goods);
    assert_eq!(sum(shop, |line| line.adjust), totals.goods_adjust);
    assert_eq!(sum(shop, |line| line.coupon), totals.coupon);
    assert_eq!(sum(shop, |line| line.freight), totals.freight);
    assert_eq!(sum(shop, |line| line.paid), shop.order.paid);
    assert_eq!(sum(shop, |line| line.refunded), shop.order.refunded);
    assert!(shop.order.lines.iter().all(|line| line.goods + line.adjust - line.coupon >= Money::ZERO && line.freight >= Money::ZERO));
}

/// M7: what a line has lost of the money it had at completion, it has lost of its points, rounded once and never too much.
fn points_follow_the_money(line: &OrderLine) {
    assert!((0..=line.points_earned).contains(&line.points_taken_back), "{line:?}");
    assert_eq!(line.points_to_take_back(), 0, "{line:?}");
}

/// M8, B15: the coupon is back once, when the order has closed and its last case has ended, and never before.
fn the_coupon_is_in_one_place(shop: &Shop) {
    let over = shop.order.status() == OrderStatus::Closed && shop.order.open_cases == 0 && shop.order.totals.coupon.is_positive();
    assert_eq!(shop.coupon_returns, i64::from(over), "{:?}", shop.order.state);
}

/// M3: refunded and reserved stay within what was paid, in money, in freight and in units.
fn nothing_is_claimed_twice(line: &OrderLine) {
    assert!(line.refunded >= Money::ZERO && line.reserved >= Money::ZERO && line.left() >= Money::ZERO, "{line:?}");
    assert!(line.freight_claimed >= Money::ZERO && line.freight_claimed <= line.freight, "{line:?}");
    assert!(line.refunded + line.reserved - line.freight_claimed <= line.paid - line.freight, "goods money beyond the goods: {line:?}");
    assert!(line.refunded_quantity >= 0 && line.reserved_quantity >= 0 && line.units_left() >= 0, "{line:?}");
    assert!(line.shipped_quantity >= 0 && line.cancelled_quantity >= 0 && line.units_to_ship() >= 0, "{line:?}");
}

fn open_cases(shop: &Shop) -> impl Iterator<Item = &AfterSale> {
    shop.cases.iter().filter(|case| !case.state.is_over())
}

fn items<'a>(cases: impl Iterator<Item = &'a AfterSale>, line: &OrderLine) -> impl Iterator<Item = &'a Item> {
    cases.flat_map(|case| &case.items).filter(|item| item.line_id == line.id)
}

/// What is set aside is what open cases ask for, what is refunded is what the others got: to the fen and the unit.
fn claims_are_those_of_the_cases(shop: &Shop, line: &OrderLine) {
    assert_eq!(items(open_cases(shop), line).map(Item::amount).sum::<Money>(), line.reserved);
    assert_eq!(items(open_cases(shop), line).map(|item| item.quantity).sum::<i64>(), line.reserved_quantity);
    let paid_back = || shop.cases.iter().enumerate().filter(|(index, _)| shop.was_paid_back(*index)).map(|(_, case)| case);
    assert_eq!(items(paid_back(), line).map(Item::amount).sum::<Money>(), line.refunded);
    assert_eq!(items(paid_back(), line).map(|item| item.settles).sum::<i64>(), line.refunded_quantity);
}

/// B16: every unit is in one place, and no more come back than went out.
fn units_are_somewhere(shop: &Shop, index: usize) {
    let (line, at) = (&shop.order.lines[index], shop.units[index]);
    assert_eq!((at.waiting, at.freed), (line.units_to_ship(), line.cancelled_quantity));
    assert!(at.out >= line.shipped_quantity && at.back >= 0 && at.back <= at.out, "{at:?}");
}

/// M6: what the tenders have left on a line is what was paid for it and did not start to go back.
fn tenders_cover_the_line(shop: &Shop, index: usize) {
    let line = &shop.order.lines[index];
    let begun = open_cases(shop).filter(|case| matches!(case.state.kind(), StateKind::Refunding | StateKind::RefundFailed));
    let on_the_way: Money = items(begun, line).map(Item::amount).sum();
    let left: Money = shop.left.iter().map(|tender| tender[index]).sum();
    assert!(shop.left.iter().all(|tender| tender[index] >= Money::ZERO));
    assert_eq!(left, line.paid - line.refunded - on_the_way);
}

/// M4: each tender gives back what it brought at most, and all together what the lines gave back.
fn tenders_are_the_order(shop: &Shop) {
    assert_eq!(shop.captured.iter().copied().sum::<Money>(), shop.order.paid);
    assert!(shop.returned.iter().zip(&shop.captured).all(|(returned, captured)| *returned >= Money::ZERO && returned <= captured));
    assert_eq!(shop.returned.iter().copied().sum::<Money>(), shop.order.refunded);
}
