//! M8, B15, S20: a coupon belongs to the order that used it, and comes back once if the order came to nothing.

use crate::support::{Buyer, CHEN, OUT, TestApp, on_both_engines};
use guitu::domain::Role;
use guitu::domain::order::OrderStatus;
use guitu::domain::time::{DAY, MINUTE};

on_both_engines!(
    it_comes_back_when_the_buyer_cancels,
    it_comes_back_when_nobody_pays_in_time,
    it_comes_back_when_the_shop_closes_the_order,
    whose_time_is_over_is_not_revived,
    it_comes_back_when_all_is_refunded_before_it_is_shipped,
    it_stays_when_a_part_is_refunded,
    it_stays_once_the_goods_have_left,
    money_that_comes_after_closing_takes_no_coupon_along,
    a_change_of_price_keeps_the_coupon,
);

/// A coupon of ¥10 in the buyer's hands, and an order that uses it.
async fn used(app: &TestApp, buyer: &Buyer, units: i64) -> String {
    let coupon = app.staff(Role::Owner).await.makes_coupon(&[]).await;
    buyer.takes(coupon).await.goes_to();
    let order = buyer.orders(&[(app.town.goods.tea, units)]).await;
    assert_eq!(app.order(&order).await.order.totals.coupon.0, 1_000);
    order
}

/// How many coupons can be used, and how many came back.
async fn in_hand(app: &TestApp) -> (i64, i64) {
    let free = app.count("select count(*) from buyer_coupons where order_id is null").await;
    (free, app.count("select count(*) from coupon_events where cause = 'returned'").await)
}

async fn it_comes_back_when_the_buyer_cancels(app: TestApp) {
    let chen = app.buyer(CHEN).await;
    let order = used(&app, &chen, 1).await;
    assert_eq!(in_hand(&app).await, (0, 0));
    chen.cancels(&order).await.goes_to();
    assert_eq!(in_hand(&app).await, (1, 1));
    chen.get(&format!("/orders/{order}")).await.says(200, "「立减券」已退回");
    let again = chen.orders(&[(app.town.goods.cup, 1)]).await;
    assert_eq!(app.order(&again).await.order.totals.coupon.0, 1_000, "the very same is used again");
    chen.cancels(&again).await.goes_to();
    assert_eq!(in_hand(&app).await, (1, 2));
}

async fn it_comes_back_when_nobody_pays_in_time(app: TestApp) {
    let chen = app.buyer(CHEN).await;
    let order = used(&app, &chen, 1).await;
    app.wait(31 * MINUTE).await;
    assert_eq!((app.status(&order).await, in_hand(&app).await), (OrderStatus::Closed, (1, 1)));
    app.wait(DAY).await;
    assert_eq!(in_hand(&app).await, (1, 1));
}

async fn it_comes_back_when_the_shop_closes_the_order(app: TestApp) {
    let chen = app.buyer(CHEN).await;
    let order = used(&app, &chen, 1).await;
    app.staff(Role::Service).await.closes(&order).await.goes_to();
    assert_eq!(in_hand(&app).await, (1, 1));
}

async fn whose_time_is_over_is_not_revived(app: TestApp) {
    let (chen, owner) = (app.buyer(CHEN).await, app.staff(Role::Owner).await);
    let coupon = owner.makes_coupon(&[("until", "2026-11-22")]).await;
    chen.takes(coupon).await.goes_to();
    app.clock.advance(12 * 60 * MINUTE - 10 * MINUTE);
    let order = chen.orders(&[(app.town.goods.tea, 1)]).await;
    app.wait(31 * MINUTE).await;
    assert_eq!((app.status(&order).await, in_hand(&app).await), (OrderStatus::Closed, (0, 0)));
    chen.get(&format!("/orders/{order}")).await.says(200, "「立减券」已过有效期，不再退回");
}

async fn it_comes_back_when_all_is_refunded_before_it_is_shipped(app: TestApp) {
    let (chen, service) = (app.buyer(CHEN).await, app.staff(Role::Service).await);
    let order = used(&app, &chen, 2).await;
    chen.pays(&order, "wechat").await;
    let mut cases = Vec::new();
    for _ in 0..2 {
        let case = chen.applies(&order, "refund_only", "unwanted", &[1]).await;
        service.decides(&case, "agree_refund").await.goes_to();
        cases.push(case);
    }
    assert_eq!(in_hand(&app).await, (0, 0), "not while money is on its way");
    for case in &cases {
        app.money_goes_back(case).await;
    }
    let detail = app.order(&order).await;
    assert_eq!((detail.order.status(), detail.order.refunded.0), (OrderStatus::Closed, 19_000));
    assert_eq!(in_hand(&app).await, (1, 1));
    chen.get(&format!("/orders/{order}")).await.says(200, "「立减券」已退回");
}

async fn it_stays_when_a_part_is_refunded(app: TestApp) {
    let (chen, service) = (app.buyer(CHEN).await, app.staff(Role::Service).await);
    let order = used(&app, &chen, 2).await;
    chen.pays(&order, "wechat").await;
    let case = chen.applies(&order, "refund_only", "unwanted", &[1]).await;
    service.decides(&case, "agree_refund").await.goes_to();
    app.money_goes_back(&case).await;
    assert_eq!((app.order(&order).await.order.refunded.0, in_hand(&app).await), (9_500, (0, 0)));
}

async fn it_stays_once_the_goods_have_left(app: TestApp) {
    let (chen, service) = (app.buyer(CHEN).await, app.staff(Role::Service).await);
    let order = used(&app, &chen, 1).await;
    chen.pays(&order, "wechat").await;
    app.staff(Role::Warehouse).await.ships(&order, OUT).await.goes_to();
    chen.receives(&order).await.goes_to();
    let case = chen.applies(&order, "refund_only", "quality", &[1]).await;
    service.decides(&case, "agree_refund").await.goes_to();
    app.money_goes_back(&case).await;
    assert_eq!((app.order(&order).await.order.refunded.0, in_hand(&app).await), (9_000, (0, 0)));
}

/// B29: the coupon came back with the closing, the late money goes back alone.
async fn money_that_comes_after_closing_takes_no_coupon_along(app: TestApp) {
    let chen = app.buyer(CHEN).await;
    let order = used(&app, &chen, 1).await;
    chen.chooses(&order, "wechat").await;
    let payment = app.order(&order).await.payments[0].number.clone();
    sqlx::query("update payments set status = 'void' where number = $1").bind(&payment).execute(app.server.db.single()).await.unwrap();
    chen.cancels(&order).await.goes_to();
    app.bank.pays(&payment).await;
    app.until("the surplus is noticed", || async { app.count("select count(*) from payments where status = 'surplus'").await == 1 }).await;
    app.run_due_jobs().await;
    app.until("and back", || async { app.count("select count(*) from refunds where status = 'succeeded'").await == 1 }).await;
    assert_eq!((app.bank.paid_back(&payment).await, in_hand(&app).await), (9_000, (1, 1)));
}

async fn a_change_of_price_keeps_the_coupon(app: TestApp) {
    let (chen, service) = (app.buyer(CHEN).await, app.staff(Role::Service).await);
    let order = used(&app, &chen, 1).await;
    service.changes_price(&order, "-90", "0").await.says(422, "");
    service.changes_price(&order, "-89.99", "0").await.goes_to();
    chen.pays(&order, "wechat").await;
    let detail = app.order(&order).await;
    assert_eq!((detail.order.paid.0, detail.order.totals.coupon.0), (1, 1_000));
}
