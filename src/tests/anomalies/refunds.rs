use super::{LIST, RESOLVED, at_the_cashier, finance, notices, only, presses};
use crate::faults::agreed_refund;
use crate::support::{TestApp, Told, goes_on, on_both_engines};
use guitu::domain::after_sale::StateKind;
use guitu::domain::time::{DAY, HOUR, MINUTE};
use guitu::server::anomalies;
use guitu::server::ctx::Ctx;
use serde_json::json;

on_both_engines!(
    a_refund_that_was_refused_is_listed_and_tried_again_by_its_button,
    a_refund_that_was_refused_and_paid_outside_is_done,
    a_refund_that_is_not_taken_is_listed_after_an_hour,
    a_refund_that_was_taken_has_days_to_arrive,
    a_surplus_that_the_bank_refuses_to_take_back_is_tried_again,
    a_report_of_another_amount_is_listed_and_changes_nothing,
);

async fn a_refund_that_was_refused_is_listed_and_tried_again_by_its_button(app: TestApp) {
    let (_, case, refund) = agreed_refund(&app).await;
    app.bank.plan_fault("refund", json!({ "kind": "refuse", "code": "USER_ACCOUNT_ABNORMAL" }), 1).await;
    app.run_due_jobs().await;
    let (id, finance) = (only(&app).await, finance(&app).await);
    finance.get(LIST).await.says(200, "退款被拒").says(200, "拒绝退款 ¥100.00").says(200, &case).says(200, &refund);
    // The case itself has told the shop.
    assert_eq!(notices(&app).await, 0);
    presses(&finance, id, "refund").await.goes_to();
    assert_eq!(app.state(&case).await, StateKind::Refunding);
    app.money_goes_back(&case).await;
    finance.get(RESOLVED).await.says(200, "退款已到账").says(200, "系统");
    assert_eq!((only(&app).await, app.bank.payouts(&refund).await.1), (id, 1));
}

async fn a_refund_that_was_refused_and_paid_outside_is_done(app: TestApp) {
    let (_, case, refund) = agreed_refund(&app).await;
    app.bank.plan_fault("refund", json!({ "kind": "refuse", "code": "USER_ACCOUNT_ABNORMAL" }), 1).await;
    app.run_due_jobs().await;
    let finance = finance(&app).await;
    finance.get(LIST).await.says(200, "重新退款").says(200, "线下退款").says(200, "刚刚");
    finance.decides(&case, "refund_manually").await.goes_to();
    finance.get(RESOLVED).await.says(200, "已线下退款").says(200, "银行转账 6621").says(200, "pine 财务");
    assert_eq!((app.state(&case).await, app.bank.payouts(&refund).await.1), (StateKind::Succeeded, 0));
    only(&app).await;
}

async fn a_refund_that_is_not_taken_is_listed_after_an_hour(app: TestApp) {
    let (_, case, refund) = agreed_refund(&app).await;
    app.bank.plan_fault("refund", json!({ "kind": "down" }), 3).await;
    app.run_due_jobs().await;
    app.wait(HOUR - MINUTE).await;
    assert_eq!(app.count("select count(*) from payment_anomalies").await, 0);
    app.wait(2 * MINUTE).await;
    app.clock.advance(5 * MINUTE);
    let others = [app.another_process().await, app.another_process().await];
    // Nobody is speaking with the gateway meanwhile, which would be no standstill.
    let (one, other) = (Ctx::system(&others[0]), Ctx::system(&others[1]));
    tokio::join!(goes_on(|| anomalies::scan(&one)), goes_on(|| anomalies::scan(&other)));
    app.clock.advance(5 * MINUTE);
    app.money_goes_back(&case).await;
    let finance = finance(&app).await;
    finance.get(RESOLVED).await.says(200, "退款无结果").says(200, "退款已到账").says(200, &refund);
    assert_eq!((only(&app).await > 0, notices(&app).await, app.bank.payouts(&refund).await.1), (true, 1, 1));
    for other in others {
        other.db.close().await;
    }
}

/// The gateway has taken it, and says nothing more.
async fn a_refund_that_was_taken_has_days_to_arrive(app: TestApp) {
    let (_, case, refund) = agreed_refund(&app).await;
    app.bank.plan_fault("callback", json!({ "kind": "silent" }), 1).await;
    app.run_due_jobs().await;
    sqlx::query("update jobs set run_at = run_at + 864000000").execute(app.server.db.single()).await.unwrap();
    app.wait(5 * DAY - HOUR).await;
    assert_eq!(app.count("select count(*) from payment_anomalies").await, 0);
    app.wait(2 * HOUR).await;
    let (id, finance) = (only(&app).await, finance(&app).await);
    finance.get(LIST).await.says(200, "退款无结果").says(200, "立即查询").says(200, &refund);
    presses(&finance, id, "refund").await.goes_to();
    app.run_due_jobs().await;
    finance.get(RESOLVED).await.says(200, "退款已到账");
    assert_eq!((app.state(&case).await, app.bank.payouts(&refund).await), (StateKind::Succeeded, (1, 1)));
}

async fn a_surplus_that_the_bank_refuses_to_take_back_is_tried_again(app: TestApp) {
    let (wang, order, payment) = at_the_cashier(&app).await;
    sqlx::query("update payments set status = 'void'").execute(app.server.db.single()).await.unwrap();
    wang.cancels(&order).await.goes_to();
    app.bank.plan_fault("refund", json!({ "kind": "fail_later", "code": "CLOSED" }), 1).await;
    app.bank.pays(&payment).await;
    app.until("the surplus is noticed", || async { app.count("select count(*) from payments where status = 'surplus'").await == 1 }).await;
    app.run_due_jobs().await;
    app.until("the refusal is told", || async { app.count("select count(*) from refunds where status = 'failed'").await == 1 }).await;
    let finance = finance(&app).await;
    finance.get(LIST).await.says(200, "关闭后到账").says(200, "原路退回没有成功").says(200, "退款被拒");
    let id = app.count("select id from payment_anomalies where kind = 'paid_after_closing'").await;
    let form = finance.form(LIST, &format!("{LIST}/{id}/refund")).await;
    let (one, other) = tokio::join!(finance.send(&form), finance.send(&form));
    assert!(one.status == 303 && other.status == 303, "{one} {other}");
    // WeChat Pay takes the refunds of one payment a minute apart.
    app.wait(MINUTE).await;
    app.until("the surplus is back", || async { app.count("select count(*) from refunds where status = 'succeeded'").await == 1 }).await;
    assert_eq!(app.bank.paid_back(&payment).await, 10_000);
    assert_eq!(app.count("select count(*) from payment_anomalies where resolution = 'returned'").await, 2);
    assert_eq!(notices(&app).await, 2);
}

async fn a_report_of_another_amount_is_listed_and_changes_nothing(app: TestApp) {
    let (_, case, refund) = agreed_refund(&app).await;
    let notice = Told::refunded(&refund, 9_999, "SUCCESS");
    for _ in 0..3 {
        assert_eq!(app.bank.tells(&app.url, &notice).await, 500);
    }
    let finance = finance(&app).await;
    finance.get(LIST).await.says(200, "金额不符").says(200, "应退 ¥100.00，微信支付 通知退款 ¥99.99");
    assert_eq!((app.state(&case).await, only(&app).await > 0, notices(&app).await), (StateKind::Refunding, true, 1));
    app.money_goes_back(&case).await;
    finance.get(RESOLVED).await.says(200, "退款已到账");
}
