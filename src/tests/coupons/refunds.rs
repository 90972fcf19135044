//! B6, B7: what a coupon took off is never paid back as money, and parts add up to what was paid, to the fen.

use crate::support::{CHEN, LI, OUT, TestApp, WANG, on_both_engines};
use guitu::domain::Role;

on_both_engines!(
    unit_by_unit_the_refunds_add_up_to_what_was_paid,
    points_balance_and_a_coupon_go_back_each_its_way,
    a_line_that_the_coupon_did_not_suit_goes_back_whole,
);

/// Three units, ¥9.99 off, freight beside it: nothing divides evenly.
async fn unit_by_unit_the_refunds_add_up_to_what_was_paid(app: TestApp) {
    let (chen, service, owner) = (app.buyer(CHEN).await, app.staff(Role::Service).await, app.staff(Role::Owner).await);
    let coupon = owner.makes_coupon(&[("amount", "9.99")]).await;
    chen.takes(coupon).await.goes_to();
    let order = chen.orders(&[(app.town.goods.cup, 3)]).await;
    chen.pays(&order, "alipay").await;
    app.staff(Role::Warehouse).await.ships(&order, OUT).await.goes_to();
    chen.receives(&order).await.goes_to();
    let paid = app.order(&order).await.order.paid.0;
    assert_eq!(paid, 9_000 + 1_000 - 999);
    let mut asked = Vec::new();
    for _ in 0..3 {
        let case = chen.applies(&order, "refund_only", "quality", &[1]).await;
        service.decides(&case, "agree_refund").await.goes_to();
        app.money_goes_back(&case).await;
        asked.push(app.case(&case).await.case.amount().0);
    }
    let detail = app.order(&order).await;
    assert_eq!((asked.iter().sum::<i64>(), detail.order.refunded.0), (paid, paid), "{asked:?}");
    assert!(asked.iter().all(|amount| *amount < 3_000 + 1_000), "never the list price: {asked:?}");
    assert_eq!(app.bank.paid_back(&detail.payments[0].number).await, paid);
    assert_eq!(app.purse(CHEN).await.1, 0, "what it had earned is gone");
}

async fn points_balance_and_a_coupon_go_back_each_its_way(app: TestApp) {
    let (wang, service, owner) = (app.buyer(WANG).await, app.staff(Role::Service).await, app.staff(Role::Owner).await);
    let coupon = owner.makes_coupon(&[("amount", "33.33")]).await;
    wang.takes(coupon).await.goes_to();
    let goods = app.town.goods;
    let order = wang.orders_with(&[(goods.tea, 1), (goods.cup, 2)], &[("points", "1111"), ("balance", "22.22")]).await;
    wang.pays(&order, "wechat").await;
    let paid = app.order(&order).await.order.paid.0;
    assert_eq!(paid, 16_000 - 3_333);
    for units in [[0, 1], [1, 0], [0, 1]] {
        let case = wang.applies(&order, "refund_only", "unwanted", &units).await;
        service.decides(&case, "agree_refund").await.goes_to();
        app.money_goes_back(&case).await;
    }
    let detail = app.order(&order).await;
    assert!(detail.payments.iter().all(|payment| payment.refunded == payment.amount), "{:?}", detail.payments);
    assert_eq!((detail.order.refunded.0, app.purse(WANG).await), (paid, (50_000, 20_000)));
    assert_eq!(app.count("select count(*) from coupon_events where cause = 'returned'").await, 1);
}

async fn a_line_that_the_coupon_did_not_suit_goes_back_whole(app: TestApp) {
    let (li, service, owner, goods) = (app.buyer(LI).await, app.staff(Role::Service).await, app.staff(Role::Owner).await, app.town.goods);
    let product = goods.cup.product.0.to_string();
    let coupon = owner.makes_coupon(&[("scope", "chosen"), ("product", product.as_str())]).await;
    li.takes(coupon).await.goes_to();
    let order = li.orders(&[(goods.cup, 1), (goods.tea, 1)]).await;
    li.pays(&order, "balance").await;
    let lines = app.order(&order).await.order.lines;
    let tea = lines.iter().map(|line| i64::from(line.product_id == goods.tea.product)).collect::<Vec<_>>();
    let case = li.applies(&order, "refund_only", "unwanted", &tea).await;
    service.decides(&case, "agree_refund").await.goes_to();
    assert_eq!((app.case(&case).await.case.amount().0, app.order(&order).await.order.refunded.0), (10_000, 10_000));
}
