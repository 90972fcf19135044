//! WeChat Pay inside WeChat: its log-in, its cashier, and every way on which either goes wrong.

mod failing;
mod phone;
mod quiet;

use crate::support::{Browser, LI, TestApp, WANG, on_both_engines};
use guitu::domain::order::OrderStatus;
use phone::{Phone, expect_payments};

on_both_engines!(
    a_buyer_logs_in_once_and_pays_in_wechat,
    the_gateway_is_believed_and_the_bridge_is_not,
    a_way_back_is_good_once,
    a_way_back_is_one_buyers_and_one_orders,
    two_taps_open_one_payment,
    another_way_and_another_window_take_over,
    what_does_not_work_in_wechat_is_not_offered,
);

async fn a_buyer_logs_in_once_and_pays_in_wechat(app: TestApp) {
    let wang = Phone::of(&app, WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    wang.get(&format!("/orders/{order}/pay")).await.says(200, "在微信里直接付款").says(200, "微信内不能使用支付宝");
    let door = wang.taps(&order).await;
    let own = format!("{}/wechat/connect/oauth2/authorize?appid=wxd678efh567hg6787&redirect_uri=http%3A%2F%2F127.0.0.1", app.bank.url());
    assert!(door.starts_with(&own) && door.contains("&response_type=code&scope=snsapi_base&state="), "{door}");
    assert!(door.ends_with("#wechat_redirect"), "{door}");
    let back = wang.logs_in(&door).await;
    assert!(back.starts_with(&format!("{}/orders/{order}/pay/wechat/login?code=", app.url)), "{back}");
    expect_payments(&app, &order, 0).await;

    assert_eq!(wang.get(&back).await.goes_to(), format!("/orders/{order}/pay/wechat"));
    let page = wang.get(&format!("/orders/{order}/pay/wechat")).await;
    for words in ["¥100.00", "我已付款，查看结果", "换一种方式付款", "请允许浏览器运行脚本后刷新本页"] {
        page.says(200, words);
    }
    assert!(page.html.contains("/assets/wechat-pay-") && !page.html.contains(" style="), "{page}");
    wang.get(&format!("/orders/{order}/pay")).await.says(200, "已发起微信支付");
    assert_eq!(app.bank.pays_by_bridge(&wang.call(&order).await).await, "get_brand_wcpay_request:ok");
    app.until("the notice has come", || async { app.status(&order).await == OrderStatus::AwaitingShipment }).await;
    for gone in [format!("/orders/{order}/pay/wechat"), back] {
        assert_eq!(wang.get(&gone).await.goes_to(), format!("/orders/{order}"));
    }
    expect_payments(&app, &order, 1).await;

    let second = wang.orders(&[(app.town.goods.tea, 1)]).await;
    assert_eq!(wang.taps(&second).await, format!("/orders/{second}/pay/wechat"), "who is known is not asked again");
    wang.submit("/me", "/logout", &[]).await.goes_to();
    let wang = Phone { buyer: app.buyer_with(wang.browser(), WANG).await };
    assert!(wang.taps(&second).await.starts_with(app.bank.url()), "who has logged out is known no more");
}

/// The page goes to the order whatever WeChat's cashier says; there the gateway is asked.
async fn the_gateway_is_believed_and_the_bridge_is_not(app: TestApp) {
    let wang = Phone::of(&app, WANG).await;
    let order = wang.reaches_cashier().await;
    wang.get(&format!("/orders/{order}")).await.says(200, "待付款");
    assert_eq!(app.status(&order).await, OrderStatus::PendingPayment);
    wang.get(&format!("/orders/{order}/pay?cancelled=1")).await.says(200, "已取消微信支付。可以重新付款");
    let payment = app.order(&order).await.payments[0].number.clone();
    app.bank.pays_quietly(&payment).await;
    wang.get(&format!("/orders/{order}")).await.says(200, "待发货");
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingShipment);
}

async fn a_way_back_is_good_once(app: TestApp) {
    let wang = Phone::of(&app, WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let back = wang.logs_in(&wang.taps(&order).await).await;
    let (address, query) = back.split_once('?').unwrap();
    for guessed in ["", "?code=x", "?code=x&state=", "?code=x&state=0123456789abcdef0123456789abcdef"] {
        wang.get(&format!("{address}{guessed}")).await.says(409, "微信登录已失效，这次没有扣款。请重新点「确认付款」");
    }
    let code = query.split('&').next().unwrap();
    wang.get(&format!("{address}?{code}&state=0")).await.says(409, "微信登录已失效");
    assert_eq!(app.exchanges().await, 0, "WeChat is asked for nobody");
    expect_payments(&app, &order, 0).await;

    for _ in 0..3 {
        assert_eq!(wang.get(&back).await.goes_to(), format!("/orders/{order}/pay/wechat"), "the back button and a reload");
    }
    assert_eq!(app.exchanges().await, 1);
    expect_payments(&app, &order, 1).await;

    let late = wang.orders(&[(app.town.goods.cup, 1)]).await;
    let fresh = Phone::of(&app, WANG).await;
    let back = fresh.logs_in(&fresh.taps(&late).await).await;
    app.clock.advance(10 * 60_000);
    fresh.get(&back).await.says(409, "微信登录已失效");
    assert_eq!(app.exchanges().await, 1);
}

async fn a_way_back_is_one_buyers_and_one_orders(app: TestApp) {
    let (wang, li) = (Phone::of(&app, WANG).await, Phone::of(&app, LI).await);
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let (other, hers) = (wang.orders(&[(app.town.goods.cup, 1)]).await, li.orders(&[(app.town.goods.cup, 1)]).await);
    let back = wang.logs_in(&wang.taps(&order).await).await;
    assert_eq!(li.get(&back).await.status, 404, "an order is its buyer's alone");
    li.get(&back.replace(&order, &hers)).await.says(409, "微信登录已失效");
    assert!(Browser::new(&app.url).get(&back).await.goes_to().starts_with("/login"));
    assert_eq!(app.exchanges().await, 0, "nobody's code is shown to WeChat for somebody else");
    wang.get(&back.replace(&order, &other)).await.says(409, "微信登录已失效");
    wang.get(&back).await.says(409, "微信登录已失效");
    assert_eq!(app.exchanges().await, 0, "a state that was tried elsewhere is used up");
    let back = wang.logs_in(&wang.taps(&order).await).await;
    assert_eq!(wang.get(&back).await.goes_to(), format!("/orders/{order}/pay/wechat"));
    assert_eq!(li.get(&format!("/orders/{order}/pay/wechat")).await.status, 404);
    assert_eq!(app.count("select count(*) from payments").await, 1);
}

async fn two_taps_open_one_payment(app: TestApp) {
    let wang = Phone::of(&app, WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let (first, second) = (wang.taps(&order).await, wang.taps(&order).await);
    assert_eq!(first, second, "the second tap takes the way of the first");
    let back = wang.logs_in(&first).await;
    let (one, two) = tokio::join!(wang.get(&back), wang.get(&back));
    for page in [&one, &two] {
        assert!(matches!(page.status.as_u16(), 303 | 409), "{page}");
    }
    assert!([&one, &two].iter().any(|page| page.status == 303), "{one} {two}");
    expect_payments(&app, &order, 1).await;

    let door = wang.taps(&order).await;
    if door.starts_with("http") {
        wang.get(&wang.logs_in(&door).await).await.goes_to();
    }
    let pay = format!("/orders/{order}/pay");
    let form = wang.form(&pay, &pay).await.with("tender", "wechat");
    let (one, two) = tokio::join!(wang.send(&form), wang.send(&form));
    for page in [one, two] {
        assert_eq!(page.goes_to(), format!("/orders/{order}/pay/wechat"));
    }
    expect_payments(&app, &order, 1).await;
    assert_eq!(app.bank.pays_by_bridge(&wang.call(&order).await).await, "get_brand_wcpay_request:ok");
    app.until("it is paid", || async { app.status(&order).await == OrderStatus::AwaitingShipment }).await;
}

async fn another_way_and_another_window_take_over(app: TestApp) {
    let wang = Phone::of(&app, WANG).await;
    let order = wang.reaches_cashier().await;
    let call = wang.call(&order).await;
    let outside = app.buyer(WANG).await;
    let page = outside.get(&format!("/orders/{order}/pay/wechat")).await;
    page.says(200, "这笔付款要在微信里完成");
    assert!(!page.html.contains("wechat-pay-") && !page.html.contains("prepay_id"), "{page}");
    let known_nowhere = Phone::of(&app, WANG).await;
    assert_eq!(known_nowhere.get(&format!("/orders/{order}/pay/wechat")).await.goes_to(), format!("/orders/{order}/pay"));

    let cashier = outside.chooses(&order, "wechat").await;
    assert!(cashier.starts_with(app.bank.url()), "a browser is led to WeChat's page: {cashier}");
    assert_eq!(app.bank.pays_by_bridge(&call).await, "get_brand_wcpay_request:fail", "the one before is closed");
    assert_eq!(wang.get(&format!("/orders/{order}/pay/wechat")).await.goes_to(), format!("/orders/{order}/pay"));
    assert_eq!(wang.taps(&order).await, format!("/orders/{order}/pay/wechat"), "and back again");
    wang.pays(&order, "balance").await;
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingShipment);
    assert_eq!(app.count("select count(*) from payments where status = 'void'").await, 3);
}

async fn what_does_not_work_in_wechat_is_not_offered(app: TestApp) {
    let wang = Phone::of(&app, WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let pay = format!("/orders/{order}/pay");
    wang.submit(&pay, &pay, &[("tender", "alipay")]).await.says(422, "微信内打不开付款页");

    let without = phone::without_secret(&app).await;
    let page = wang.get(&format!("{without}{pay}")).await;
    page.says(200, "微信内不能使用微信支付和支付宝").says(200, "请在浏览器中打开本页付款");
    let form = page.form(&pay).with("tender", "wechat");
    let form = crate::support::Form { action: format!("{without}{pay}"), ..form };
    wang.send_from(&form, &without).await.says(422, "微信内打不开付款页");
    wang.get(&format!("{without}{pay}/wechat/login?code=1&state=2")).await.says(422, "微信内不能使用微信支付");
    expect_payments(&app, &order, 0).await;
}
