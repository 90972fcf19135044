use crate::support::{Browser, CHEN, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::order::OrderStatus;

on_both_engines!(
    each_tender_pays_an_order,
    points_balance_and_wechat_pay_one_order_together,
    an_order_that_the_wallet_covers_needs_no_cashier,
    finance_confirms_what_came_in_elsewhere,
    cash_is_collected_when_the_goods_arrive,
    a_wallet_that_holds_too_little_pays_nothing,
    inside_wechat_the_cashier_says_how_to_get_out,
);

async fn each_tender_pays_an_order(app: TestApp) {
    let wang = app.buyer(WANG).await;
    for tender in ["wechat", "alipay", "balance", "points", "cod"] {
        let order = wang.buys(&[(app.town.goods.tea, 1)], tender).await;
        assert_eq!(app.status(&order).await, OrderStatus::AwaitingShipment, "{tender}");
    }
    assert_eq!(app.purse(WANG).await, (40_000, 10_000));
}

async fn points_balance_and_wechat_pay_one_order_together(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = wang.orders_with(&[(app.town.goods.tea, 1), (app.town.goods.cup, 1)], &[("points", "333"), ("balance", "33.34")]).await;
    wang.get(&format!("/orders/{order}/pay")).await.says(200, "93.33");
    wang.pays(&order, "wechat").await;
    let detail = app.order(&order).await;
    let mut tenders: Vec<_> = detail.payments.iter().map(|payment| (payment.tender.code(), payment.amount.0)).collect();
    tenders.sort_unstable();
    assert_eq!(tenders, [("balance", 3_334), ("points", 333), ("wechat", 9_333)]);
}

async fn an_order_that_the_wallet_covers_needs_no_cashier(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = wang.orders_with(&[(app.town.goods.tea, 1)], &[("points", "4000"), ("balance", "60")]).await;
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingShipment);
    assert_eq!(app.purse(WANG).await, (44_000, 16_000));
}

async fn finance_confirms_what_came_in_elsewhere(app: TestApp) {
    let (chen, finance) = (app.buyer(CHEN).await, app.staff(Role::Finance).await);
    let order = chen.orders(&[(app.town.goods.pot, 1)]).await;
    chen.chooses(&order, "alipay").await;
    finance.confirms_payment(&order).await.goes_to();
    let detail = app.order(&order).await;
    assert_eq!((detail.order.status(), detail.order.paid.0), (OrderStatus::AwaitingShipment, 60_000));
    assert!(app.told(&order).await.iter().any(|words| words.contains("对公转账")));
}

async fn cash_is_collected_when_the_goods_arrive(app: TestApp) {
    let chen = app.buyer(CHEN).await;
    let order = app.shipped(&chen, &[(app.town.goods.tea, 1)], "cod").await;
    assert_eq!(app.order(&order).await.payments[0].collected_at(), None);
    chen.receives(&order).await.goes_to();
    assert_eq!(app.order(&order).await.payments[0].collected_at(), Some(app.server.now()));
}

async fn a_wallet_that_holds_too_little_pays_nothing(app: TestApp) {
    let chen = app.buyer(CHEN).await;
    let order = chen.orders(&[(app.town.goods.tea, 1)]).await;
    let pay = format!("/orders/{order}/pay");
    for (tender, words) in [("balance", "余额不足"), ("points", "积分不足"), ("offline", "请选择支付方式"), ("", "请选择支付方式")]
    {
        chen.submit(&pay, &pay, &[("tender", tender)]).await.says(422, words);
    }
    assert_eq!(app.status(&order).await, OrderStatus::PendingPayment);
    assert_eq!(app.count("select count(*) from payments").await, 0);
}

/// Neither page can be opened there: nothing is begun, and what needs no page still pays.
async fn inside_wechat_the_cashier_says_how_to_get_out(app: TestApp) {
    let wechat = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.50";
    let wang = app.buyer_with(Browser::named(&app.url, wechat), WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let pay = format!("/orders/{order}/pay");
    wang.get(&pay).await.says(200, "微信内不能使用支付宝").says(200, "在浏览器打开");
    wang.submit(&pay, &pay, &[("tender", "alipay")]).await.says(422, "请在浏览器中打开本页");
    assert_eq!(app.count("select count(*) from payments").await, 0);
    let elsewhere = app.buyer(WANG).await.get(&pay).await;
    assert!(!elsewhere.words().contains("在浏览器打开"), "{elsewhere}");
    wang.pays(&order, "balance").await;
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingShipment);
}
