//! Who may ask for what, and until when: S31, S34, S35, A2–A4 written out.

use super::paths::{ASKS, CUPS, Spot, TEA, case_at, shop_at};
use super::people::Who;
use super::shop::{MORNING, Shop, ZONE, goods};
use super::steps::{Event, asks, because};
use guitu::domain::after_sale::AfterSaleKind::{self, Exchange, RefundOnly, ReturnRefund};
use guitu::domain::after_sale::Stage::{self, InTransit, Received, Unshipped};
use guitu::domain::after_sale::{AfterSaleAction as A, AfterSaleRequest, Reason, kinds_for};
use guitu::domain::order::OrderStatus as S;
use guitu::domain::time::{DAY, HOUR, SECOND};
use guitu::domain::{Money, OrderLineId, Refusal, ShopPolicy, Timestamp};

#[test]
fn each_status_allows_its_kinds_and_refuses_the_others_in_words() {
    let not_offered = |kind: AfterSaleKind| Err(Refusal::KindNotOffered(kind.name()));
    let nothing_paid = || Err(Refusal::NotWhile("待付款"));
    let closed = || Err(Refusal::NotWhile("已关闭"));
    let matrix = [
        (S::PendingPayment, Unshipped, [nothing_paid(), nothing_paid(), nothing_paid()]),
        (S::AwaitingShipment, Unshipped, [Ok(()), not_offered(ReturnRefund), not_offered(Exchange)]),
        (S::PartiallyShipped, InTransit, [Ok(()), Ok(()), Err(Refusal::ExchangeBeforeReceipt)]),
        (S::AwaitingReceipt, InTransit, [Ok(()), Ok(()), Err(Refusal::ExchangeBeforeReceipt)]),
        (S::Completed, Received, [Ok(()), Ok(()), Ok(())]),
        (S::Closed, Unshipped, [closed(), closed(), closed()]),
    ];
    for (status, stage, expected) in matrix {
        let outcomes = AfterSaleKind::ALL.map(|kind| shop_at(status).apply(asks(kind, stage, &[(CUPS, 1)])).map(drop));
        assert_eq!(outcomes, expected, "{status:?}");
    }
}

#[test]
fn of_a_partly_shipped_order_what_left_and_what_did_not_are_asked_for_apart() {
    let both = shop_at(S::PartiallyShipped).apply(asks(RefundOnly, InTransit, &[(CUPS, 1), (TEA, 1)]));
    assert_eq!(both.map(drop), Err(Refusal::MixedStages));
    let tea = shop_at(S::PartiallyShipped).apply(asks(RefundOnly, Unshipped, &[(TEA, 1)]));
    assert_eq!(tea.map(drop), Ok(()));
    let unshipped_return = shop_at(S::PartiallyShipped).apply(asks(ReturnRefund, Unshipped, &[(TEA, 1)]));
    assert_eq!(unshipped_return.map(drop), Err(Refusal::KindNotOffered("退货退款")));
}

#[test]
fn an_exchange_before_receipt_is_the_shops_to_allow() {
    let mut shop = shop_at(S::AwaitingReceipt);
    let exchange = because(Reason::WrongGoods, Exchange, &[(CUPS, 1)]);
    assert_eq!(shop.apply(exchange.clone()).map(drop), Err(Refusal::ExchangeBeforeReceipt));
    shop.policy.exchange_before_receipt = true;
    assert_eq!(shop.apply(exchange).map(drop), Ok(()));
    assert_eq!(kinds_for(InTransit, &shop.policy, false), [RefundOnly], "nothing comes back without an address to come to");
}

#[test]
fn a_reason_has_to_suit_what_is_asked_for_and_how_far_the_goods_are() {
    let wrong = [
        (S::AwaitingShipment, RefundOnly, Reason::Quality),
        (S::AwaitingReceipt, RefundOnly, Reason::NoReason),
        (S::AwaitingReceipt, ReturnRefund, Reason::Intercepted),
        (S::Completed, RefundOnly, Reason::TooSlow),
        (S::Completed, ReturnRefund, Reason::Refused),
        (S::Completed, Exchange, Reason::Missing),
    ];
    for (status, kind, reason) in wrong {
        let outcome = shop_at(status).apply(because(reason, kind, &[(CUPS, 1)])).map(drop);
        assert_eq!(outcome, Err(Refusal::ReasonDoesNotSuit(reason.name())), "{status:?} {kind:?}");
    }
}

#[test]
fn without_kind_reason_or_goods_there_is_no_application_and_each_field_says_so() {
    let cup = vec![(OrderLineId(CUPS), Some(1))];
    let fields = |kind, reason, chosen, amount| {
        let refused = AfterSaleRequest::parse(kind, reason, chosen, amount, "", Vec::new()).unwrap_err();
        refused.fields().into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(fields("", "", cup.clone(), ""), ["kind", "reason"]);
    assert_eq!(fields("repair", "whim", Vec::new(), ""), ["lines", "kind", "reason"]);
    for amount in ["0", "0.00", "-1", "1.005", "NaN", "1e9", "99999999999"] {
        assert_eq!(fields("refund_only", "agreed", cup.clone(), amount), ["amount"], "{amount}");
    }
}

/// Received at `at`; the day's last second of the fifteenth day after is the last to apply in.
fn received(at: Timestamp, policy: ShopPolicy) -> Shop {
    let mut shop = Shop { policy, now: at, ..shop_at(S::AwaitingReceipt) };
    shop.receive();
    shop
}

fn applies_at(shop: &Shop, now: Timestamp) -> Result<(), Refusal> {
    asks_because(shop, Reason::Quality, now)
}

fn asks_because(shop: &Shop, reason: Reason, now: Timestamp) -> Result<(), Refusal> {
    Shop { now, ..shop.clone() }.apply(because(reason, ReturnRefund, &[(CUPS, 1)])).map(drop)
}

#[test]
fn the_reason_for_none_has_a_window_of_its_own_and_the_others_stay_open() {
    let last_second = Timestamp::start_of_date("2026-11-09", ZONE).unwrap().plus(-SECOND);
    let shop = received(MORNING, ShopPolicy::default());
    assert_eq!(asks_because(&shop, Reason::NoReason, last_second), Ok(()));
    let Err(Refusal::ReasonTooLate { until, others, .. }) = asks_because(&shop, Reason::NoReason, last_second.plus(SECOND)) else {
        panic!("it was taken")
    };
    assert_eq!(until, "11 月 8 日 23:59");
    assert!(others.starts_with("11 月 16 日 23:59 前仍可选择") && others.contains("商品质量问题"), "{others}");
    assert_eq!(asks_because(&shop, Reason::Quality, last_second.plus(SECOND)), Ok(()));
    // What the shop sets later moves nothing, and a shop that takes nothing back says so from the beginning.
    let longer = Shop { policy: ShopPolicy { no_reason_days: 15, ..ShopPolicy::default() }, ..shop.clone() };
    assert!(asks_because(&longer, Reason::NoReason, last_second.plus(SECOND)).is_err());
    let never = received(MORNING, ShopPolicy { no_reason_days: 0, ..ShopPolicy::default() });
    assert!(matches!(asks_because(&never, Reason::NoReason, MORNING.plus(SECOND)), Err(Refusal::ReasonNotOffered { .. })));
}

#[test]
fn the_window_ends_with_the_last_second_of_its_last_day_in_the_shops_zone() {
    let last_second = Timestamp::start_of_date("2026-11-17", ZONE).unwrap().plus(-SECOND);
    // In the evening it is still the same day in the shop, though not where the clocks of computers are.
    for at in [MORNING, MORNING.plus(13 * HOUR + 59 * 60 * SECOND)] {
        let shop = received(at, ShopPolicy::default());
        assert_eq!(applies_at(&shop, last_second), Ok(()));
        assert_eq!(applies_at(&shop, last_second.plus(SECOND)), Err(Refusal::WindowClosed("2026-11-16 23:59".to_owned())));
    }
}

#[test]
fn the_window_is_that_of_the_day_of_receipt_whatever_the_shop_sets_later() {
    let mut shop = received(MORNING, ShopPolicy { after_sale_days: 1, ..ShopPolicy::default() });
    shop.policy.after_sale_days = 365;
    assert!(applies_at(&shop, MORNING.plus(3 * DAY)).is_err());
}

#[test]
fn an_application_made_in_time_is_revised_in_time_whatever_the_window_says_meanwhile() {
    let mut shop = received(MORNING, ShopPolicy { after_sale_days: 0, ..ShopPolicy::default() });
    shop.apply(asks(ReturnRefund, Received, &[(CUPS, 1)])).unwrap();
    shop.happens(0, Event::Act(A::Reject, Who::Service));
    shop.now = MORNING.plus(3 * DAY);
    assert!(shop.attempt(0, Event::Act(A::Revise, Who::Buyer)).is_ok());
    assert!(applies_at(&shop, shop.now).is_err(), "a new application comes too late");
}

#[test]
fn before_receipt_there_is_no_window_to_close() {
    let shop = shop_at(S::AwaitingReceipt);
    let asked = Shop { now: MORNING.plus(400 * DAY), ..shop }.apply(asks(ReturnRefund, InTransit, &[(CUPS, 1)]));
    assert!(asked.is_ok());
}

fn applies_and_withdraws(shop: &mut Shop, line: i64) -> Result<(), Refusal> {
    let case = shop.apply(asks(ReturnRefund, Received, &[(line, 1)]))?;
    shop.happens(case, Event::Act(A::Withdraw, Who::Buyer));
    Ok(())
}

#[test]
fn a_line_is_applied_for_as_often_as_the_policy_allows_and_its_neighbour_as_often_again() {
    for most in [1, 5] {
        let mut shop = shop_at(S::Completed);
        shop.policy.max_applications = most;
        for _ in 0..most {
            assert_eq!(applies_and_withdraws(&mut shop, CUPS), Ok(()));
        }
        assert_eq!(applies_and_withdraws(&mut shop, CUPS), Err(Refusal::NoApplicationsLeft("商品 1".to_owned())));
        assert_eq!(applies_and_withdraws(&mut shop, TEA), Ok(()));
    }
}

#[test]
fn a_revision_counts_as_an_application() {
    for (most, revised) in [(1, Err(Refusal::NoApplicationsLeft("商品 1".to_owned()))), (2, Ok(()))] {
        let mut shop = case_at(ASKS[4], Spot::Rejected);
        shop.policy.max_applications = most;
        assert_eq!(shop.attempt(0, Event::Act(A::Revise, Who::Buyer)).map(drop), revised, "of {most}");
    }
}

#[test]
fn units_that_are_spoken_for_are_not_asked_for_again() {
    let mut shop = Shop::with_order(vec![goods(CUPS, 10_000, 3)], Money::ZERO, ShopPolicy::default());
    shop.pay(&[Money(30_000)]);
    shop.ship(&[(CUPS, 2)]);
    let too_many = |left| Err(Refusal::TooManyUnits { title: "商品 1".to_owned(), left });
    assert_eq!(shop.apply(asks(RefundOnly, Stage::InTransit, &[(CUPS, 4)])).map(drop), too_many(3));
    assert_eq!(shop.apply(asks(ReturnRefund, Stage::InTransit, &[(CUPS, 3)])).map(drop), too_many(2), "one cup has not left yet");
    shop.apply(asks(ReturnRefund, Stage::InTransit, &[(CUPS, 2)])).unwrap();
    assert_eq!(shop.apply(asks(ReturnRefund, Stage::InTransit, &[(CUPS, 1)])).map(drop), too_many(0));
}
