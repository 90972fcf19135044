use super::agreed_refund;
use crate::support::{TestApp, Told, WANG, on_both_engines, warm_up};
use guitu::domain::after_sale::StateKind;
use guitu::domain::order::OrderStatus;
use guitu::domain::{RefundStatus, Role};
use guitu::routes::WECHAT_NOTICES;
use guitu::server::ctx::Ctx;
use guitu::server::money::refunds;
use guitu::server::payments::keys::PrivateKey;
use guitu::server::payments::{RefundOutcome, RefundReport};
use serde_json::json;

on_both_engines!(
    a_payment_told_many_times_counts_once,
    a_refund_told_many_times_counts_once,
    a_refund_told_before_it_was_answered_counts_once,
    an_acceptance_that_comes_after_the_failure_undoes_nothing,
    what_the_gateway_did_not_sign_changes_nothing,
    what_does_not_match_our_books_changes_nothing,
    an_address_in_the_browser_pays_nothing,
);

/// The online payment of a fresh order.
async fn begun(app: &TestApp) -> (String, String) {
    let wang = app.buyer(WANG).await;
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    wang.chooses(&order, "wechat").await;
    let payment = app.order(&order).await.payments[0].number.clone();
    (order, payment)
}

/// Tells the shop the same so many times at once; every answer.
async fn told(app: &TestApp, notice: &Told, times: usize) -> Vec<u16> {
    warm_up(&app.server).await;
    let calls: Vec<_> = (0..times)
        .map(|_| {
            let (app, notice) = (app.clone(), notice.clone());
            tokio::spawn(async move { app.bank.tells(&app.url, &notice).await })
        })
        .collect();
    let mut answers = Vec::new();
    for call in calls {
        answers.push(call.await.unwrap());
    }
    answers
}

async fn a_payment_told_many_times_counts_once(app: TestApp) {
    let (order, payment) = begun(&app).await;
    let answers = told(&app, &Told::paid(&payment, 10_000, "CNY"), 24).await;
    assert!(answers.iter().all(|answer| *answer == 204), "{answers:?}");
    assert_eq!((app.status(&order).await, app.told(&order).await.len()), (OrderStatus::AwaitingShipment, 2));
    assert_eq!(app.count("select count(*) from messages where kind = 'order_paid'").await, 1);
}

async fn a_refund_told_many_times_counts_once(app: TestApp) {
    let (_, case, refund) = agreed_refund(&app).await;
    app.money_goes_back(&case).await;
    let answers = told(&app, &Told::refunded(&refund, 10_000, "SUCCESS"), 24).await;
    assert!(answers.iter().all(|answer| *answer == 204), "{answers:?}");
    assert_eq!(told(&app, &Told::refunded(&refund, 10_000, "ABNORMAL"), 1).await, [204], "a failure that comes late undoes nothing");
    assert_eq!((app.state(&case).await, app.case(&case).await.order.order.refunded.0), (StateKind::Succeeded, 10_000));
    assert_eq!(app.count("select count(*) from messages where kind = 'refund_succeeded'").await, 1);
}

async fn a_refund_told_before_it_was_answered_counts_once(app: TestApp) {
    let (_, case, refund) = agreed_refund(&app).await;
    app.bank.plan_fault("refund", json!({ "kind": "late", "ms": 800 }), 1).await;
    app.run_due_jobs().await;
    app.until("the case has succeeded", || async { app.state(&case).await == StateKind::Succeeded }).await;
    assert_eq!((app.run_due_jobs().await, app.bank.payouts(&refund).await), ((0, 0), (1, 1)));
    assert_eq!(app.count("select count(*) from jobs").await, 0);
}

async fn an_acceptance_that_comes_after_the_failure_undoes_nothing(app: TestApp) {
    let (_, case, refund) = agreed_refund(&app).await;
    app.bank.plan_fault("refund", json!({ "kind": "fail_later", "code": "CLOSED" }), 1).await;
    app.run_due_jobs().await;
    app.until("the failure is told", || async { app.state(&case).await == StateKind::RefundFailed }).await;
    let taken = RefundReport {
        refund_no: refund,
        payment_no: String::new(),
        gateway_refund_no: "B1".to_owned(),
        amount: 10_000,
        currency: "CNY".to_owned(),
        status: RefundOutcome::Processing,
        at: 1,
    };
    refunds::settle(&Ctx::system(&app.server), &taken).await.unwrap();
    assert_eq!(app.case(&case).await.refunds[0].status(), RefundStatus::Failed);
    app.staff(Role::Finance).await.retries(&case).await.goes_to();
    app.money_goes_back(&case).await;
}

async fn what_the_gateway_did_not_sign_changes_nothing(app: TestApp) {
    let (order, payment) = begun(&app).await;
    let (url, notice) = (format!("{}{WECHAT_NOTICES}", app.url), Told::paid(&payment, 10_000, "CNY"));
    assert_eq!(app.bank.tells_as(&app.url, &PrivateKey::generate().unwrap(), &notice).await, 401);
    let unsigned = reqwest::Client::builder().no_proxy().build().unwrap();
    assert_eq!(unsigned.post(&url).body(notice.sealed()).send().await.unwrap().status(), 401);
    assert_eq!(
        unsigned.post(&url).header("origin", "https://evil.example").body(notice.sealed()).send().await.unwrap().status().as_u16() / 100,
        4
    );
    assert_eq!(app.status(&order).await, OrderStatus::PendingPayment);
}

async fn what_does_not_match_our_books_changes_nothing(app: TestApp) {
    let (order, payment) = begun(&app).await;
    assert_eq!(app.bank.tells(&app.url, &Told::paid("P-nobody-knows", 10_000, "CNY")).await, 404);
    assert_eq!(app.bank.tells(&app.url, &Told::paid(&payment, 1, "CNY")).await, 500);
    assert_eq!(app.bank.tells(&app.url, &Told::paid(&payment, 10_000, "USD")).await, 500);
    assert_eq!(app.bank.tells(&app.url, &Told::gift()).await, 400);
    assert_eq!(app.status(&order).await, OrderStatus::PendingPayment);

    let (_, case, refund) = agreed_refund(&app).await;
    assert_eq!(app.bank.tells(&app.url, &Told::refunded(&refund, 9_999, "SUCCESS")).await, 500);
    assert_eq!(app.bank.tells(&app.url, &Told::refunded("R-nobody-knows", 10_000, "SUCCESS")).await, 404);
    assert_eq!(app.state(&case).await, StateKind::Refunding);
}

async fn an_address_in_the_browser_pays_nothing(app: TestApp) {
    let (order, _) = begun(&app).await;
    let wang = app.buyer(WANG).await;
    for query in ["", "?paid=1", "?trade_status=TRADE_SUCCESS", "?status=awaiting_shipment"] {
        wang.get(&format!("/orders/{order}{query}")).await.says(200, "待付款");
    }
    assert_eq!(wang.get(WECHAT_NOTICES).await.status, 405);
    assert_eq!(app.status(&order).await, OrderStatus::PendingPayment);
}
