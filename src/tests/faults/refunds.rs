use super::agreed_refund;
use crate::support::{TestApp, on_both_engines};
use crate::wechat::support::settings;
use guitu::domain::after_sale::StateKind;
use guitu::domain::time::{DAY, MINUTE};
use guitu::domain::{RefundStatus, Role};
use guitu::server::jobs;
use guitu::server::payments::Gateways;
use guitu::server::payments::wechat::{WechatGateway, WechatSettings};
use serde_json::{Value, json};
use std::sync::Arc;

on_both_engines!(
    an_answer_that_is_lost_after_success_pays_once,
    an_answer_that_comes_too_late_pays_once,
    a_gateway_that_is_down_is_asked_again_until_it_is_up,
    after_an_hour_without_the_gateway_every_refund_goes_out_once,
    a_purse_that_is_short_is_tried_again_with_the_same_number,
    an_abnormal_refund_waits_for_a_person,
    a_closed_refund_is_seen_and_retried_with_a_new_number,
    a_failed_refund_is_tried_again_by_its_clock,
    what_the_gateway_finally_refuses_is_settled_by_hand,
    a_request_that_cannot_be_built_waits_for_a_person,
    what_may_have_been_paid_is_not_given_up_for_a_fault_of_ours,
);

/// The outcome is unknown: the buyer sees it under way, and a minute later the gateway is asked before anything else.
async fn unknown_then_found(app: &TestApp, fault: Value) {
    let (wang, case, refund) = agreed_refund(app).await;
    app.bank.plan_fault("refund", fault, 1).await;
    app.bank.plan_fault("callback", json!({ "kind": "silent" }), 1).await;
    app.run_due_jobs().await;
    assert_eq!((app.state(&case).await, app.case(&case).await.refunds[0].status()), (StateKind::Refunding, RefundStatus::Unknown));
    wang.get(&format!("/after-sales/{case}")).await.says(200, "退款中");

    app.wait(MINUTE).await;
    let is_found = || async {
        app.wait(MINUTE).await;
        app.state(&case).await == StateKind::Succeeded
    };
    app.until("the gateway says it paid", is_found).await;
    assert_eq!((app.state(&case).await, app.bank.payouts(&refund).await), (StateKind::Succeeded, (1, 1)));
}

async fn an_answer_that_is_lost_after_success_pays_once(app: TestApp) {
    unknown_then_found(&app, json!({ "kind": "cut" })).await;
}

async fn an_answer_that_comes_too_late_pays_once(app: TestApp) {
    unknown_then_found(&app, json!({ "kind": "late", "ms": 20_000 })).await;
}

async fn a_gateway_that_is_down_is_asked_again_until_it_is_up(app: TestApp) {
    let (_, case, refund) = agreed_refund(&app).await;
    app.bank.plan_fault("refund", json!({ "kind": "down" }), 3).await;
    for _ in 0..3 {
        app.wait(MINUTE).await;
        assert_eq!((app.state(&case).await, app.bank.payouts(&refund).await.1), (StateKind::Refunding, 0));
    }
    app.clock.advance(MINUTE);
    app.money_goes_back(&case).await;
    assert_eq!(app.bank.payouts(&refund).await, (4, 1));
}

/// Longer than the short pauses between questions: the refund waits, finance is told, and its number stays.
async fn after_an_hour_without_the_gateway_every_refund_goes_out_once(app: TestApp) {
    let (wang, case, refund) = agreed_refund(&app).await;
    app.bank.plan_fault("refund", json!({ "kind": "down" }), 9).await;
    for _ in 0..60 {
        app.wait(MINUTE).await;
    }
    assert_eq!((app.state(&case).await, app.bank.payouts(&refund).await.1), (StateKind::Refunding, 0));
    wang.get(&format!("/after-sales/{case}")).await.says(200, "退款中");
    app.until("the money is back", || async {
        app.wait(30 * MINUTE).await;
        app.state(&case).await == StateKind::Succeeded
    })
    .await;
    assert_eq!((app.case(&case).await.refunds.len(), app.bank.payouts(&refund).await.1), (1, 1));
}

async fn a_purse_that_is_short_is_tried_again_with_the_same_number(app: TestApp) {
    let (_, case, refund) = agreed_refund(&app).await;
    app.bank.plan_fault("refund", json!({ "kind": "refuse", "code": "NOT_ENOUGH" }), 2).await;
    app.run_due_jobs().await;
    app.wait(MINUTE).await;
    let row = app.case(&case).await.refunds.remove(0);
    assert_eq!((row.status(), row.number == refund), (RefundStatus::Retryable, true));
    app.staff(Role::Finance).await.get("/merchant/refunds?status=retryable").await.says(200, "余额不足");
    app.clock.advance(MINUTE);
    app.money_goes_back(&case).await;
    assert_eq!(app.bank.payouts(&refund).await.1, 1);
}

async fn an_abnormal_refund_waits_for_a_person(app: TestApp) {
    let (_, case, refund) = agreed_refund(&app).await;
    app.bank.plan_fault("refund", json!({ "kind": "fail_later", "code": "ABNORMAL" }), 1).await;
    app.run_due_jobs().await;
    app.until("the failure is told", || async { app.state(&case).await == StateKind::RefundFailed }).await;
    let row = app.case(&case).await.refunds.remove(0);
    assert_eq!((row.status(), row.trouble()), (RefundStatus::Failed, "ABNORMAL"));
    assert_eq!(app.order(&app.case(&case).await.order.order.number).await.order.refunded.0, 0, "a failure counts as nothing");
    assert_eq!(app.bank.payouts(&refund).await, (1, 0));
}

/// A refund that the gateway has given up for good.
async fn closed_for_good(app: &TestApp) -> (String, String) {
    let (wang, case, refund) = agreed_refund(app).await;
    app.bank.plan_fault("refund", json!({ "kind": "fail_later", "code": "CLOSED" }), 1).await;
    app.run_due_jobs().await;
    app.until("the failure is told", || async { app.state(&case).await == StateKind::RefundFailed }).await;
    wang.get(&format!("/after-sales/{case}")).await.says(200, "退款失败");
    assert_eq!(app.case(&case).await.order.order.refunded.0, 0);
    (case, refund)
}

async fn a_closed_refund_is_seen_and_retried_with_a_new_number(app: TestApp) {
    let (case, refund) = closed_for_good(&app).await;
    let finance = app.staff(Role::Finance).await;
    finance.get("/merchant/messages").await.says(200, "退款失败");
    finance.retries(&case).await.goes_to();
    app.money_goes_back(&case).await;
    let again = app.case(&case).await.refunds[0].number.clone();
    assert_ne!(again, refund);
    assert_eq!((app.bank.payouts(&refund).await.1, app.bank.payouts(&again).await.1), (0, 1));
}

async fn a_failed_refund_is_tried_again_by_its_clock(app: TestApp) {
    let (case, _) = closed_for_good(&app).await;
    assert_eq!(app.wait(DAY - 1).await.0, 0);
    assert_eq!(app.wait(1).await.0, 1);
    app.money_goes_back(&case).await;
}

async fn what_the_gateway_finally_refuses_is_settled_by_hand(app: TestApp) {
    let (_, case, refund) = agreed_refund(&app).await;
    app.bank.plan_fault("refund", json!({ "kind": "refuse", "code": "USER_ACCOUNT_ABNORMAL" }), 1).await;
    app.run_due_jobs().await;
    assert_eq!((app.state(&case).await, app.case(&case).await.refunds[0].status()), (StateKind::RefundFailed, RefundStatus::Failed));
    app.staff(Role::Finance).await.decides(&case, "refund_manually").await.goes_to();
    app.wait(2 * DAY).await;
    assert_eq!((app.state(&case).await, app.bank.payouts(&refund).await.1), (StateKind::Succeeded, 0));
    assert_eq!(app.case(&case).await.order.order.refunded.0, 10_000);
}

/// The worker of a process whose settings no request can be built with.
async fn runs_with_wrong_settings(app: &TestApp) {
    let settings = WechatSettings { serial: "of two\nlines".to_owned(), ..settings("http://127.0.0.1:1") };
    let gateways = Gateways { wechat: Some(Arc::new(WechatGateway::new(settings).unwrap())), alipay: None };
    jobs::run_due(&app.another_process_with(gateways).await).await.unwrap();
}

async fn a_request_that_cannot_be_built_waits_for_a_person(app: TestApp) {
    let (_, case, refund) = agreed_refund(&app).await;
    runs_with_wrong_settings(&app).await;
    let row = app.case(&case).await.refunds.remove(0);
    assert_eq!((app.state(&case).await, row.status(), row.trouble()), (StateKind::RefundFailed, RefundStatus::Failed, "not_built"));
    assert_eq!(app.bank.payouts(&refund).await, (0, 0));
    let finance = app.staff(Role::Finance).await;
    finance.get("/merchant/refunds?status=failed").await.says(200, "请检查商户配置");
    finance.retries(&case).await.goes_to();
    app.money_goes_back(&case).await;
    assert_eq!(app.bank.payouts(&refund).await, (1, 1));
}

async fn what_may_have_been_paid_is_not_given_up_for_a_fault_of_ours(app: TestApp) {
    let (_, case, refund) = agreed_refund(&app).await;
    app.bank.plan_fault("refund", json!({ "kind": "cut" }), 1).await;
    app.bank.plan_fault("callback", json!({ "kind": "silent" }), 1).await;
    app.run_due_jobs().await;
    app.clock.advance(MINUTE);
    runs_with_wrong_settings(&app).await;
    assert_eq!((app.state(&case).await, app.case(&case).await.refunds[0].status()), (StateKind::Refunding, RefundStatus::Unknown));
    app.until("the gateway says it paid", || async {
        app.wait(MINUTE).await;
        app.state(&case).await == StateKind::Succeeded
    })
    .await;
    assert_eq!(app.bank.payouts(&refund).await, (1, 1));
}
