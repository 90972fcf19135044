//! Money under random fire: whatever is bought, paid, asked for and decided, the sums M1–M5 hold after every step, and what is
//! paid back in the end is what was paid, to the fen (B6).

mod invariants;
mod moves;

use super::paths::Spot;
use super::people::Who;
use super::shop::{MORNING, Shop, goods};
use super::steps::{Event, because};
use guitu::domain::after_sale::{AfterSaleAction as A, AfterSaleKind, Reason, Stage, StateKind};
use guitu::domain::order::{OrderLine, OrderStatus, PriceChange};
use guitu::domain::time::HOUR;
use guitu::domain::{CouponId, CouponTerms, Money, ProductId, ShopPolicy};
use invariants::everything_adds_up;
use moves::a_move;
use proptest::prelude::*;
use proptest::strategy::ValueTree;

/// Prices and quantities, a coupon, freight, the shop's change of price, and how much of it points and balance cover.
#[derive(Clone, Debug)]
struct Purchase {
    cart: Vec<(i64, i64)>,
    coupon: Option<Reduction>,
    freight: i64,
    change: (i64, i64),
    points: i64,
    balance: i64,
}

/// A coupon by its threshold, what it takes off, and which places in the cart it suits; none: all.
#[derive(Clone, Debug)]
struct Reduction {
    threshold: i64,
    amount: i64,
    suits: Vec<usize>,
}

impl Reduction {
    fn coupon(&self, lines: usize) -> CouponTerms {
        let suits = self.suits.iter().map(|place| ProductId(i64::try_from(place % lines).unwrap() + 1)).collect();
        CouponTerms {
            id: CouponId(1),
            name: "优惠券".to_owned(),
            threshold: Money(self.threshold),
            amount: Money(self.amount),
            valid_from: MORNING,
            valid_until: MORNING.plus(HOUR),
            products: suits,
        }
    }
}

fn a_reduction() -> impl Strategy<Value = Reduction> {
    (prop_oneof![Just(0i64), 1i64..80_000], 1i64..50_000, prop::collection::vec(0usize..5, 0..3))
        .prop_map(|(threshold, amount, suits)| Reduction { threshold, amount, suits })
}

fn a_purchase() -> impl Strategy<Value = Purchase> {
    let cart = prop::collection::vec((1i64..60_000, 1i64..=9), 1..=5);
    let coupon = prop::option::weighted(0.7, a_reduction());
    (cart, coupon, 0i64..3_000, (-1_000i64..=500, -1_000i64..=500), 0i64..=1_000, 0i64..=1_000)
        .prop_map(|(cart, coupon, freight, change, points, balance)| Purchase { cart, coupon, freight, change, points, balance })
}

/// The order placed, its price changed if that is allowed, paid by points, balance and the rest online.
fn bought(purchase: &Purchase) -> Shop {
    let policy = ShopPolicy {
        freight: Money(purchase.freight),
        max_applications: 10_000,
        after_sale_days: 36_500,
        exchange_before_receipt: true,
        ..ShopPolicy::default()
    };
    let chosen = (1..).zip(&purchase.cart).map(|(id, (fen, quantity))| goods(id, *fen, *quantity)).collect();
    let coupon = purchase.coupon.as_ref().map(|reduction| reduction.coupon(purchase.cart.len()));
    let mut shop = Shop::with_coupon(MORNING, chosen, coupon.as_ref(), Money::ZERO, policy);
    let payable = shop.order.totals.payable().0;
    let points = payable * purchase.points / 1_000 / 2;
    let balance = (payable - points) * purchase.balance / 1_000 / 2;
    shop.order.held = Money(points + balance);
    let permille = |of: Money, share: i64| Money(of.0 * share / 1_000);
    let totals = shop.order.totals;
    let change = PriceChange { goods: permille(totals.goods, purchase.change.0), freight: permille(totals.freight, purchase.change.1) };
    // A change below what points and balance cover is refused, and leaves the price as it is.
    let _ = shop.order_step(shop.order.clone().adjust_price(&Who::Owner.actor(), change));
    let rest = shop.order.due();
    shop.pay(&[Money(points), Money(balance), rest]);
    shop
}

/// Whatever is open comes to its end, without anybody's help but the gateway's and the buyer's.
fn wind_up(shop: &mut Shop) {
    for index in 0..shop.cases.len() {
        while !shop.cases[index].state.is_over() {
            let event = match Spot::of(&shop.cases[index]) {
                Spot::Refunding => Event::Settle,
                Spot::ReshipOverdue => Event::Act(A::ConvertToRefund, Who::Buyer),
                _ => Event::TimeOut,
            };
            shop.happens(index, event);
            everything_adds_up(shop);
        }
    }
}

/// Everything that is left is asked for at the shop's fault and paid back: together while nothing has left, else line by line.
fn refund_the_rest(shop: &mut Shop) {
    let rest: Vec<(i64, i64)> =
        shop.order.lines.iter().map(|line| (line.id.0, line.units_left())).filter(|(_, units)| *units > 0).collect();
    let whole = shop.order.status() == OrderStatus::AwaitingShipment && shop.order.lines.iter().all(|line| line.shipped_quantity == 0);
    let requests: Vec<Vec<(i64, i64)>> = if whole { vec![rest] } else { rest.into_iter().map(|line| vec![line]).collect() };
    for units in requests.into_iter().filter(|units| !units.is_empty()) {
        let line = shop.order.lines.iter().find(|line| line.id.0 == units[0].0).unwrap();
        let reason = match Stage::of(&shop.order, line) {
            Stage::Unshipped => Reason::TooSlow,
            Stage::InTransit => Reason::Missing,
            Stage::Received => Reason::Quality,
        };
        // A line that was paid back to the last fen in parts has units and no money left.
        if let Ok(index) = shop.apply(because(reason, AfterSaleKind::RefundOnly, &units)) {
            shop.happens(index, Event::Act(A::AgreeRefund, Who::Owner));
            shop.happens(index, Event::Settle);
        }
        everything_adds_up(shop);
    }
}

proptest! {
    #[test]
    fn the_sums_hold_after_every_step_and_what_is_left_at_the_end_is_what_was_haggled_off(
        purchase in a_purchase(), moves in prop::collection::vec(a_move(), 0..40)
    ) {
        let mut shop = bought(&purchase);
        everything_adds_up(&shop);
        let mut haggled = false;
        for step in &moves {
            haggled |= step.go(&mut shop);
            everything_adds_up(&shop);
        }
        wind_up(&mut shop);
        refund_the_rest(&mut shop);
        for line in &shop.order.lines {
            let goods_left = line.left() - (line.freight - line.freight_claimed);
            prop_assert!(haggled || goods_left == Money::ZERO, "{} of {} is lost", goods_left.show(), line.title);
        }
        if shop.order.lines.iter().all(|line| line.shipped_quantity == 0) {
            prop_assert_eq!(shop.order.refunded, shop.order.paid);
            prop_assert_eq!(shop.order.status(), OrderStatus::Closed);
            prop_assert_eq!(&shop.returned, &shop.captured);
            prop_assert_eq!(shop.coupon_returns, i64::from(shop.order.totals.coupon.is_positive()));
        }
    }

    #[test]
    fn refunded_unit_by_unit_at_the_shops_fault_every_tender_gets_back_what_it_gave(
        purchase in a_purchase(), order_of_lines in prop::collection::vec(0usize..5, 0..45)
    ) {
        let mut shop = bought(&purchase);
        let everything: Vec<(i64, i64)> = shop.order.lines.iter().map(|line| (line.id.0, line.quantity)).collect();
        shop.ship(&everything);
        shop.receive();
        for pick in order_of_lines {
            let line = i64::try_from(pick % everything.len()).unwrap() + 1;
            if let Ok(index) = shop.apply(because(Reason::Quality, AfterSaleKind::ReturnRefund, &[(line, 1)])) {
                shop.happens(index, Event::Act(A::RefundManually, Who::Finance));
            }
            everything_adds_up(&shop);
        }
        refund_the_rest(&mut shop);
        prop_assert_eq!(shop.order.refunded, shop.order.paid);
        prop_assert_eq!(&shop.returned, &shop.captured);
        prop_assert!(shop.order.lines.iter().all(|line| line.points_taken_back == line.points_earned));
        prop_assert_eq!(shop.coupon_returns, 0, "it was used, and the goods arrived");
    }

    #[test]
    fn freight_goes_back_before_shipping_only_with_the_last_goods_and_then_all_of_it(
        purchase in a_purchase(), cancelled in prop::collection::vec((0usize..5, 1i64..=9), 1..=8), acts in prop::collection::vec((0usize..8, 0usize..5), 0..=24)
    ) {
        let mut shop = bought(&purchase);
        for (pick, units) in cancelled {
            let line = &shop.order.lines[pick % shop.order.lines.len()];
            let request = because(Reason::Unwanted, AfterSaleKind::RefundOnly, &[(line.id.0, units.min(line.units_left()))]);
            let _ = shop.apply(request);
        }
        for (pick, what) in acts {
            let index = pick % shop.cases.len().max(1);
            let event = [
                Event::Act(A::Withdraw, Who::Buyer),
                Event::Act(A::AgreeRefund, Who::Owner),
                Event::Act(A::Reject, Who::Owner),
                Event::Act(A::RefundManually, Who::Finance),
                Event::Settle,
            ][what];
            let Some(case) = shop.cases.get(index) else { break };
            let (undecided, known) = (case.state.kind() == StateKind::Applied, shop.cases.len());
            let step = shop.attempt(index, event);
            if shop.case_step(index, step).is_err() || !undecided || !matches!(what, 1 | 3) {
                continue;
            }
            prop_assert_eq!(known, shop.cases.len());
            let stays: i64 = shop.order.lines.iter().map(|line| line.units_left() + line.undecided_quantity).sum();
            let freight = shop.cases[index].freight();
            let claimed: Money = shop.order.lines.iter().map(|line| line.freight_claimed).sum();
            prop_assert_eq!(freight, if stays == 0 { shop.order.totals.freight } else { Money::ZERO });
            prop_assert_eq!(claimed, freight);
            everything_adds_up(&shop);
        }
    }

    #[test]
    fn while_other_goods_stay_a_refund_carries_no_freight_but_its_own(
        purchase in a_purchase(), moves in prop::collection::vec(a_move(), 0..30)
    ) {
        let mut shop = bought(&purchase);
        for step in &moves {
            let (before, known) = (shop.order.clone(), shop.cases.len());
            step.go(&mut shop);
            for case in &shop.cases[known..] {
                let units = |id| case.items.iter().find(|item| item.line_id == id).map_or(0, |item| item.quantity);
                let stays = |line: &OrderLine| line.units_left() + line.undecided_quantity - units(line.id);
                let all_stays_home = before.lines.iter().all(|line| line.shipped_quantity == 0 && stays(line) == 0);
                for item in &case.items {
                    let line = before.lines.iter().find(|line| line.id == item.line_id).unwrap();
                    prop_assert!(item.freight <= line.freight - line.freight_claimed);
                    prop_assert!(all_stays_home || (item.quantity > 0 && (case.stage != Stage::Unshipped || item.freight == Money::ZERO)));
                }
            }
        }
    }
}

/// M1, B7: a coupon lies on what it suits and nowhere else, each unit keeps a fen, and all of it is somewhere.
#[test]
fn coupons_are_used_in_many_random_orders_and_lie_on_what_they_suit() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut used, mut in_part) = (0, 0);
    for _ in 0..300 {
        let purchase = a_purchase().new_tree(&mut runner).unwrap().current();
        let order = bought(&purchase).order;
        let Some(reduction) = purchase.coupon.filter(|_| order.totals.coupon.is_positive()) else { continue };
        let terms = reduction.coupon(purchase.cart.len());
        used += 1;
        in_part += i32::from(!terms.products.is_empty() && order.lines.len() > 1);
        for line in &order.lines {
            let most = if terms.suits(line.product_id) { line.goods - Money(line.quantity) } else { Money::ZERO };
            assert!(line.coupon >= Money::ZERO && line.coupon <= most, "{line:?}");
        }
        assert!(order.totals.coupon <= terms.amount);
    }
    assert!(used > 60 && in_part > 10, "{used} of 300 used a coupon, {in_part} for some of their goods");
}

#[test]
fn the_moves_reach_every_end_there_is() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut ends = Vec::new();
    for _ in 0..200 {
        let (purchase, moves) = (a_purchase(), prop::collection::vec(a_move(), 40)).new_tree(&mut runner).unwrap().current();
        let mut shop = bought(&purchase);
        for step in &moves {
            step.go(&mut shop);
        }
        ends.extend(shop.cases.iter().map(|case| (case.kind, case.stage, case.state.kind())));
    }
    for kind in AfterSaleKind::ALL {
        for state in [StateKind::Closed, StateKind::Succeeded] {
            assert!(ends.iter().any(|(known, _, end)| *known == kind && *end == state), "no random {kind:?} ends as {state:?}");
        }
    }
    assert!(Stage::ALL.into_iter().all(|stage| ends.iter().any(|(_, known, _)| *known == stage)));
}
