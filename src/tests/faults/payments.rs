use crate::support::{TestApp, WANG, on_both_engines};
use guitu::domain::order::OrderStatus;
use guitu::domain::time::MINUTE;
use serde_json::json;

on_both_engines!(
    a_cashier_that_is_down_is_told_and_tried_again,
    a_callback_that_never_comes_is_not_needed,
    money_that_comes_after_the_order_was_closed_goes_back,
    an_order_is_not_closed_while_the_gateway_does_not_answer,
);

async fn a_cashier_that_is_down_is_told_and_tried_again(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let pay = format!("/orders/{order}/pay");
    for fault in [json!({ "kind": "down" }), json!({ "kind": "cut" }), json!({ "kind": "refuse", "code": "SYSTEM_BUSY" })] {
        app.bank.plan_fault("pay", fault, 1).await;
        wang.submit(&pay, &pay, &[("tender", "wechat")]).await.says(503, "支付通道暂时没有响应");
    }
    wang.pays(&order, "wechat").await;
    assert_eq!(app.count("select count(*) from payments where status = 'succeeded'").await, 1);
}

async fn a_callback_that_never_comes_is_not_needed(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    app.bank.plan_fault("callback", json!({ "kind": "silent" }), 1).await;
    let cashier = wang.chooses(&order, "alipay").await;
    wang.confirms_at(&cashier).await;
    wang.get(&format!("/orders/{order}")).await.says(200, "待发货");
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingShipment);
}

/// The gateway has promised that the payment is closed, and takes the money all the same.
async fn money_that_comes_after_the_order_was_closed_goes_back(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = wang.orders_with(&[(app.town.goods.tea, 1)], &[("points", "1000")]).await;
    wang.chooses(&order, "wechat").await;
    let payment = app.order(&order).await.payments.into_iter().find(|payment| payment.tender.is_online()).unwrap().number;
    sqlx::query("update payments set status = 'void' where number = $1").bind(&payment).execute(app.server.db.single()).await.unwrap();
    wang.cancels(&order).await.goes_to();
    app.bank.pays(&payment).await;

    app.until("the surplus is noticed", || async { app.count("select count(*) from payments where status = 'surplus'").await == 1 }).await;
    app.run_due_jobs().await;
    app.until("the surplus is back", || async { app.bank.paid_back(&payment).await == 9_000 }).await;
    app.until("and written down", || async { app.count("select count(*) from refunds where status = 'succeeded'").await == 1 }).await;
    assert_eq!((app.status(&order).await, app.purse(WANG).await), (OrderStatus::Closed, (50_000, 20_000)));
    wang.get(&format!("/orders/{order}")).await.says(200, "原路退回");
}

async fn an_order_is_not_closed_while_the_gateway_does_not_answer(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    wang.chooses(&order, "wechat").await;
    app.bank.plan_fault("close", json!({ "kind": "down" }), 2).await;
    wang.cancels(&order).await.says(503, "支付通道暂时没有响应");
    app.wait(30 * MINUTE).await;
    assert_eq!(app.status(&order).await, OrderStatus::PendingPayment);
    app.wait(MINUTE).await;
    assert_eq!((app.status(&order).await, app.shelf(app.town.goods.tea).await), (OrderStatus::Closed, (10, 0, 0)));
}
