//! M7: earned once when the order is completed, on money alone; taken back with the goods, below zero if need be.

use crate::support::{CHEN, LI, OUT, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::order::OrderStatus;
use guitu::domain::time::DAY;

on_both_engines!(
    a_completed_order_earns_its_points_once,
    points_that_paid_earn_none,
    what_was_cancelled_before_it_was_completed_earns_nothing,
    refunds_take_back_their_share_until_all_of_it_is_gone,
    points_that_were_spent_are_owed,
    an_order_paid_by_points_alone_gives_them_back,
    a_shop_that_gives_none_gives_none,
    rules_from_before_there_were_points_can_be_changed,
    refunds_that_arrive_at_once_take_back_once_each,
);

async fn a_completed_order_earns_its_points_once(app: TestApp) {
    let chen = app.buyer(CHEN).await;
    let order = app.shipped(&chen, &[(app.town.goods.tea, 2)], "wechat").await;
    assert_eq!(app.purse(CHEN).await.1, 0, "nothing before it is completed");
    app.wait(16 * DAY).await;
    assert_eq!((app.status(&order).await, app.purse(CHEN).await.1), (OrderStatus::Completed, 200));
    app.wait(DAY).await;
    assert_eq!(app.count("select count(*) from money_events where cause = 'earned'").await, 1);
    chen.get("/me/wallet?account=points").await.says(200, "订单完成赠送").says(200, "+200 积分").says(200, &order);
    chen.get(&format!("/orders/{order}")).await.says(200, "获得积分");
}

async fn points_that_paid_earn_none(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = wang.orders_with(&[(app.town.goods.tea, 1)], &[("points", "4000"), ("balance", "60")]).await;
    app.staff(Role::Warehouse).await.ships(&order, OUT).await.goes_to();
    wang.receives(&order).await.goes_to();
    assert_eq!(app.purse(WANG).await, (44_000, 16_060));
}

async fn what_was_cancelled_before_it_was_completed_earns_nothing(app: TestApp) {
    let (chen, service) = (app.buyer(CHEN).await, app.staff(Role::Service).await);
    let order = chen.buys(&[(app.town.goods.tea, 2)], "wechat").await;
    let case = chen.applies(&order, "refund_only", "unwanted", &[1]).await;
    service.decides(&case, "agree_refund").await.goes_to();
    app.money_goes_back(&case).await;
    app.staff(Role::Warehouse).await.ships(&order, OUT).await.goes_to();
    chen.receives(&order).await.goes_to();
    assert_eq!(app.purse(CHEN).await.1, 100);
}

async fn refunds_take_back_their_share_until_all_of_it_is_gone(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = app.completed(&wang, &[(app.town.goods.cup, 3), (app.town.goods.last, 1)], "balance").await;
    let mut held = app.purse(WANG).await.1;
    assert_eq!(held, 20_140);
    for units in [[1, 0], [1, 1], [1, 0]] {
        let case = wang.applies(&order, "refund_only", "quality", &units).await;
        service.decides(&case, "agree_refund").await.goes_to();
        let left = app.purse(WANG).await.1;
        assert!(left < held, "{held} to {left}");
        held = left;
    }
    assert_eq!((held, app.purse(WANG).await.0), (20_000, 50_000));
    assert!(app.told(&order).await.iter().any(|words| words.contains("退款")));
    wang.get("/me/messages").await.says(200, "赠送积分已扣回");
}

async fn points_that_were_spent_are_owed(app: TestApp) {
    let (chen, service, finance) = (app.buyer(CHEN).await, app.staff(Role::Service).await, app.staff(Role::Finance).await);
    let tea = app.town.goods.tea;
    let order = app.completed(&chen, &[(tea, 2)], "wechat").await;
    chen.orders_with(&[(tea, 1)], &[("points", "200")]).await;
    assert_eq!(app.purse(CHEN).await.1, 0);
    let case = chen.applies(&order, "refund_only", "quality", &[2]).await;
    service.decides(&case, "agree_refund").await.goes_to();
    app.money_goes_back(&case).await;
    assert_eq!(app.purse(CHEN).await.1, -200, "never a silent floor");
    let payment = app.order(&order).await.payments[0].number.clone();
    assert_eq!(app.bank.paid_back(&payment).await, 20_000, "and no silent deduction of money");
    chen.get("/me/wallet?account=points").await.says(200, "−200 积分").says(200, "补回到 0 以上才能使用");

    let form = chen.checkout(&[(tea, 1)]).await.with("points", "1");
    chen.send(&form).await.says(422, "补回到 0 以上才能使用");
    let given = finance.wallet_form(CHEN, &[("account", "points"), ("amount", "250"), ("reason", "活动赠送")]).await;
    finance.send(&given).await.goes_to();
    chen.send(&form.with("points", "50")).await.goes_to();
    assert_eq!(app.purse(CHEN).await.1, 0);
}

async fn an_order_paid_by_points_alone_gives_them_back(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = app.completed(&wang, &[(app.town.goods.tea, 2)], "points").await;
    assert_eq!(app.purse(WANG).await, (50_000, 0), "and earned none");
    for _ in 0..2 {
        let case = wang.applies(&order, "refund_only", "quality", &[1]).await;
        service.decides(&case, "agree_refund").await.goes_to();
        wang.get(&format!("/after-sales/{case}")).await.says(200, "10,000 积分");
    }
    assert_eq!(app.purse(WANG).await, (50_000, 20_000));
    assert_eq!(app.order(&order).await.order.refunded.0, 20_000);
}

async fn a_shop_that_gives_none_gives_none(app: TestApp) {
    let (chen, owner) = (app.buyer(CHEN).await, app.staff(Role::Owner).await);
    let rules = "/merchant/settings/clocks";
    owner.submit(rules, rules, &[("points_per_yuan", "0")]).await.goes_to();
    app.completed(&chen, &[(app.town.goods.tea, 1)], "wechat").await;
    assert_eq!(app.purse(CHEN).await.1, 0);
    owner.submit(rules, rules, &[("points_per_yuan", "3")]).await.goes_to();
    app.completed(&chen, &[(app.town.goods.tea, 1)], "wechat").await;
    assert_eq!(app.purse(CHEN).await.1, 300);
}

/// What an older version wrote lacks the rule, and is not the text that we would write.
async fn rules_from_before_there_were_points_can_be_changed(app: TestApp) {
    let (chen, owner) = (app.buyer(CHEN).await, app.staff(Role::Owner).await);
    let stored: String = sqlx::query_scalar("select policy from shops order by id").fetch_one(app.server.db.read()).await.unwrap();
    let mut rules: serde_json::Value = serde_json::from_str(&stored).unwrap();
    rules.as_object_mut().unwrap().remove("points_per_yuan").expect("the rule");
    sqlx::query("update shops set policy = $1").bind(format!("{rules:#}")).execute(app.server.db.single()).await.unwrap();
    app.completed(&chen, &[(app.town.goods.tea, 1)], "wechat").await;
    assert_eq!(app.purse(CHEN).await.1, 100, "one a yuan, as for a fresh shop");

    let page = "/merchant/settings/clocks";
    let (form, stale) = (owner.form(page, page).await.with("points_per_yuan", "2"), owner.form(page, page).await.with("pay_minutes", "40"));
    owner.send(&form).await.goes_to();
    assert_eq!(owner.send(&stale).await.status, 409, "of two who change them, one");
    app.completed(&chen, &[(app.town.goods.tea, 1)], "wechat").await;
    assert_eq!(app.purse(CHEN).await.1, 300);
}

async fn refunds_that_arrive_at_once_take_back_once_each(app: TestApp) {
    let (li, service) = (app.buyer(LI).await, app.staff(Role::Service).await);
    let goods = app.town.goods;
    let order = app.completed(&li, &[(goods.tea, 1), (goods.cup, 1), (goods.last, 1)], "balance").await;
    assert_eq!(app.purse(LI).await.1, 20_180);
    let mut sent = Vec::new();
    for units in [[1, 0, 0], [0, 1, 0], [0, 0, 1]] {
        let case = li.applies(&order, "refund_only", "quality", &units).await;
        let (service, form) = (service.clone(), service.decision(&case, "agree_refund").await);
        sent.push(tokio::spawn(async move { service.send(&form).await }));
    }
    let spends = li.checkout(&[(goods.tea, 1)]).await.with("points", "5000");
    li.send(&spends).await.goes_to();
    for answer in sent {
        answer.await.unwrap().goes_to();
    }
    assert_eq!(app.purse(LI).await, (50_000, 15_000));
}
