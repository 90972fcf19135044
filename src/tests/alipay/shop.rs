//! The whole shop before the sandbox's Alipay.

use guitu::domain::after_sale::StateKind;
use guitu::domain::order::OrderStatus;
use guitu::domain::{RefundStatus, Role};
use guitu::routes::ALIPAY_NOTICES;
use serde_json::json;

use crate::support::{Buyer, TestApp, WANG, on_both_engines};

on_both_engines!(
    money_comes_and_goes_back_through_alipay,
    a_refund_whose_answer_was_lost_is_told_by_its_notice,
    what_alipay_did_not_sign_changes_nothing,
);

/// An order of ¥100.00 that was paid at Alipay's cashier.
async fn bought(app: &TestApp) -> (Buyer, String) {
    let wang = app.buyer(WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let cashier = wang.chooses(&order, "alipay").await;
    wang.confirms_at(&cashier).await;
    app.until("the order is paid", || async { app.status(&order).await == OrderStatus::AwaitingShipment }).await;
    (wang, order)
}

/// A refund of all of it that waits for the worker: the case, and the number of the refund.
async fn agreed(app: &TestApp) -> (String, String) {
    let (wang, order) = bought(app).await;
    let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    app.staff(Role::Service).await.decides(&case, "agree_refund").await.goes_to();
    let refund = app.case(&case).await.refunds[0].number.clone();
    (case, refund)
}

async fn money_comes_and_goes_back_through_alipay(app: TestApp) {
    let (case, refund) = agreed(&app).await;
    app.run_due_jobs().await;
    assert_eq!(app.state(&case).await, StateKind::Succeeded, "Alipay pays back at once");
    app.until("the shop has heard of it as well", || app.bank.heard(&refund, 1)).await;
    assert_eq!(app.bank.payouts(&refund).await, (1, 1));
    assert_eq!(app.count("select count(*) from jobs").await, 0);
}

async fn a_refund_whose_answer_was_lost_is_told_by_its_notice(app: TestApp) {
    let (case, refund) = agreed(&app).await;
    app.bank.plan_fault("refund", json!({ "kind": "cut" }), 1).await;
    app.bank.plan_fault("callback", json!({ "kind": "late", "ms": 1_000 }), 1).await;
    app.run_due_jobs().await;
    assert_eq!(app.case(&case).await.refunds[0].status(), RefundStatus::Unknown);
    app.until("the notice has come", || async { app.state(&case).await == StateKind::Succeeded }).await;
    app.until("and was acknowledged", || app.bank.heard(&refund, 1)).await;
    assert_eq!(app.bank.payouts(&refund).await, (1, 1));
}

async fn what_alipay_did_not_sign_changes_nothing(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    wang.chooses(&order, "alipay").await;
    let payment = app.order(&order).await.payments[0].number.clone();
    let stranger = reqwest::Client::builder().no_proxy().build().unwrap();
    let notice = format!("out_trade_no={payment}&trade_status=TRADE_SUCCESS&total_amount=100.00&sign=AAAA&sign_type=RSA2");
    for body in [notice.as_str(), "", "nonsense", "{}"] {
        let answer = stranger.post(format!("{}{ALIPAY_NOTICES}", app.url)).body(body.to_owned()).send().await.unwrap();
        assert_eq!(answer.status(), 401);
        assert_eq!(answer.text().await.unwrap(), "fail");
    }
    assert_eq!(app.status(&order).await, OrderStatus::PendingPayment);
}
