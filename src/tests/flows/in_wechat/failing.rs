//! WeChat does not say who the buyer is, or its cashier does not open: each is said with a way on, and nothing was begun.

use super::phone::{Phone, expect_payments};
use crate::support::{TestApp, WANG, on_both_engines};
use guitu::domain::order::OrderStatus;
use serde_json::{Value, json};

on_both_engines!(
    each_failure_of_the_log_in_is_said_and_the_next_tap_works,
    a_cashier_that_does_not_open_is_tried_again,
    a_name_that_is_refused_is_asked_for_anew,
);

fn refused(code: &str) -> Value {
    json!({ "kind": "refuse", "code": code })
}

async fn each_failure_of_the_log_in_is_said_and_the_next_tap_works(app: TestApp) {
    let wang = Phone::of(&app, WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let pay = format!("/orders/{order}/pay");
    for (fault, status, words) in [
        (refused("40029"), 409, "微信登录已失效，这次没有扣款。请重新点「确认付款」"),
        (refused("40163"), 409, "微信登录已失效"),
        (refused("40125"), 503, "暂时不能在微信内付款，这次没有扣款。请选择其他支付方式"),
        (refused("48001"), 503, "暂时不能在微信内付款"),
        (refused("-1"), 503, "微信正忙，这次没有扣款。请稍后重新点「确认付款」"),
        (json!({ "kind": "html" }), 503, "暂时联系不上微信，这次没有扣款。请稍后重新点「确认付款」"),
        (json!({ "kind": "down" }), 503, "暂时联系不上微信"),
        (json!({ "kind": "cut" }), 503, "暂时联系不上微信"),
        (json!({ "kind": "truncated" }), 503, "暂时联系不上微信"),
        (json!({ "kind": "late", "ms": 6_000 }), 503, "暂时联系不上微信"),
    ] {
        app.bank.plan_fault("login", fault.clone(), 1).await;
        let back = wang.logs_in(&wang.taps(&order).await).await;
        let page = wang.get(&back).await;
        page.says(status, words).says(status, "应付金额");
        assert!(page.has_form(&pay), "{fault}: {page}");
        wang.get(&back).await.says(409, "微信登录已失效");
        expect_payments(&app, &order, 0).await;
    }
    let back = wang.logs_in(&wang.taps(&order).await).await;
    assert_eq!(wang.get(&back).await.goes_to(), format!("{pay}/wechat"));
    assert_eq!(app.bank.pays_by_bridge(&wang.call(&order).await).await, "get_brand_wcpay_request:ok");
    app.until("it is paid", || async { app.status(&order).await == OrderStatus::AwaitingShipment }).await;
}

async fn a_cashier_that_does_not_open_is_tried_again(app: TestApp) {
    let wang = Phone::of(&app, WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    app.bank.plan_fault("pay", json!({ "kind": "down" }), 1).await;
    let back = wang.logs_in(&wang.taps(&order).await).await;
    wang.get(&back).await.says(503, "支付通道暂时没有响应");
    assert_eq!(wang.taps(&order).await, format!("/orders/{order}/pay/wechat"), "who is known is not asked again");
    app.bank.plan_fault("pay", json!({ "kind": "down" }), 1).await;
    wang.get(&format!("/orders/{order}/pay/wechat")).await.says(503, "支付通道暂时没有响应").says(503, "应付金额");
    assert_eq!(app.bank.pays_by_bridge(&wang.call(&order).await).await, "get_brand_wcpay_request:ok");
    app.until("it is paid", || async { app.status(&order).await == OrderStatus::AwaitingShipment }).await;
    expect_payments(&app, &order, 1).await;
}

async fn a_name_that_is_refused_is_asked_for_anew(app: TestApp) {
    let wang = Phone::of(&app, WANG).await;
    wang.reaches_cashier().await;
    let order = wang.orders(&[(app.town.goods.cup, 1)]).await;
    app.bank.plan_fault("pay", refused("OPENID_MISMATCH"), 1).await;
    let pay = format!("/orders/{order}/pay");
    wang.submit(&pay, &pay, &[("tender", "wechat")]).await.says(503, "支付通道暂时没有响应");
    let back = wang.logs_in(&wang.taps(&order).await).await;
    assert_eq!(wang.get(&back).await.goes_to(), format!("{pay}/wechat"));
    expect_payments(&app, &order, 1).await;
}
