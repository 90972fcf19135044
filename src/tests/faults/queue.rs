//! What a channel allows of paying one payment back, and what becomes of the rest (M11).

use super::agreed_refund;
use crate::anomalies::{LIST, RESOLVED};
use crate::support::{Buyer, TestApp, WANG, on_both_engines};
use guitu::domain::after_sale::StateKind;
use guitu::domain::time::{DAY, MINUTE};
use guitu::domain::{RefundStatus, Role};
use serde_json::json;

on_both_engines!(
    wechat_pay_gets_the_parts_of_a_payment_a_minute_apart,
    alipay_gets_them_at_once,
    the_fifty_first_part_goes_another_way,
    a_payment_of_more_than_a_year_ago_goes_back_another_way,
    a_refund_sent_again_after_a_year_goes_another_way_too,
    who_agrees_is_paid_into_the_balance,
);

/// Two cases of one order, both agreed to: the numbers of their refunds.
async fn two_parts(app: &TestApp, tender: &str) -> [(String, String); 2] {
    let wang = app.buyer(WANG).await;
    let order = wang.buys(&[(app.town.goods.tea, 1), (app.town.goods.cup, 1)], tender).await;
    [part(app, &wang, &order, &[1, 0]).await, part(app, &wang, &order, &[0, 1]).await]
}

async fn part(app: &TestApp, wang: &Buyer, order: &str, units: &[i64]) -> (String, String) {
    let case = wang.applies(order, "refund_only", "unwanted", units).await;
    app.staff(Role::Service).await.decides(&case, "agree_refund").await.goes_to();
    let refund = app.case(&case).await.refunds[0].number.clone();
    (case, refund)
}

async fn wechat_pay_gets_the_parts_of_a_payment_a_minute_apart(app: TestApp) {
    let [(one, first), (other, second)] = two_parts(&app, "wechat").await;
    app.run_due_jobs().await;
    let asked = [app.bank.payouts(&first).await.0, app.bank.payouts(&second).await.0];
    assert!(asked == [1, 0] || asked == [0, 1], "{asked:?}");
    app.wait(MINUTE - 1_000).await;
    assert_eq!(app.bank.payouts(&first).await.0 + app.bank.payouts(&second).await.0, 1);
    app.wait(1_000).await;
    for (case, refund) in [(&one, &first), (&other, &second)] {
        app.until("both are back", || async { app.state(case).await == StateKind::Succeeded }).await;
        assert_eq!(app.bank.payouts(refund).await, (1, 1));
    }
}

async fn alipay_gets_them_at_once(app: TestApp) {
    let parts = two_parts(&app, "alipay").await;
    app.run_due_jobs().await;
    for (case, refund) in parts {
        assert_eq!((app.state(&case).await, app.bank.payouts(&refund).await), (StateKind::Succeeded, (1, 1)));
    }
}

/// No channel takes it: shop and buyer know, finance pays outside, and nothing is asked of the gateway.
async fn settled_another_way(app: &TestApp, wang: &Buyer, case: &str, refund: &str, why: &str) {
    let stuck = app.case(case).await.refunds[0].clone();
    assert_eq!((stuck.status(), app.state(case).await), (RefundStatus::Manual, StateKind::Refunding));
    assert_eq!(app.count("select count(*) from jobs").await, 0);
    let finance = app.staff(Role::Finance).await;
    finance.get(LIST).await.says(200, "退款被拒").says(200, "线下退款").says(200, refund);
    finance.get(&format!("/merchant/after-sales/{case}")).await.says(200, why);
    assert_eq!(app.count("select count(*) from messages where kind = 'anomaly_found' and facts like '%refund_refused%'").await, 1);
    wang.get("/me/messages").await.says(200, "退款方式待确认");
    wang.get(&format!("/after-sales/{case}")).await.says(200, "无法原路退回").says(200, "由商家线下退回");
    app.wait(DAY).await;
    assert_eq!(app.count("select count(*) from messages where kind = 'refund_needs_another_way'").await, 1);

    let dialog = format!("/merchant/refunds?q={refund}&dialog=settle&refund={refund}");
    let form =
        finance.form(&dialog, &format!("/merchant/refunds/{refund}/settle")).await.with("voucher", "银行转账 6621").with("consent", "1");
    finance.send(&form).await.goes_to();
    assert_eq!(app.state(case).await, StateKind::Succeeded);
    finance.get(RESOLVED).await.says(200, "已线下退款").says(200, "银行转账 6621");
    assert_eq!(app.bank.payouts(refund).await.1, 0);
}

async fn the_fifty_first_part_goes_another_way(app: TestApp) {
    const ASKED: &str = "insert into refunds
        (id, number, shop_id, order_id, payment_id, tender, amount_minor, status, created_at, asked_at, trouble)
        select $1, $2, shop_id, order_id, payment_id, tender, 1, 'failed', created_at, created_at, 'CLOSED' from refunds where number = $3";
    let (wang, case, refund) = agreed_refund(&app).await;
    for part in 1..=50 {
        let number = format!("EARLIER{part}");
        sqlx::query(ASKED).bind(part).bind(number).bind(&refund).execute(app.server.db.single()).await.unwrap();
    }
    app.wait(MINUTE).await;
    settled_another_way(&app, &wang, &case, &refund, "已退满 50 次").await;
    sqlx::query("delete from refunds where number like 'EARLIER%'").execute(app.server.db.single()).await.unwrap();
}

async fn a_payment_of_more_than_a_year_ago_goes_back_another_way(app: TestApp) {
    let (wang, case, refund) = agreed_refund(&app).await;
    grows_old(&app).await;
    app.run_due_jobs().await;
    settled_another_way(&app, &wang, &case, &refund, "付款已超过一年").await;
    assert_eq!(app.bank.payouts(&refund).await.0, 0);
}

/// The first try did not reach the gateway, and meanwhile the year is over.
async fn a_refund_sent_again_after_a_year_goes_another_way_too(app: TestApp) {
    let (wang, case, refund) = agreed_refund(&app).await;
    app.bank.plan_fault("refund", json!({ "kind": "down" }), 1).await;
    app.run_due_jobs().await;
    assert_eq!(app.case(&case).await.refunds[0].status(), RefundStatus::Unknown);
    grows_old(&app).await;
    app.wait(MINUTE).await;
    settled_another_way(&app, &wang, &case, &refund, "付款已超过一年").await;
}

/// No channel is needed for it.
async fn who_agrees_is_paid_into_the_balance(app: TestApp) {
    let (wang, case, refund) = agreed_refund(&app).await;
    grows_old(&app).await;
    app.run_due_jobs().await;
    assert_eq!((app.state(&case).await, app.purse(WANG).await.0), (StateKind::Refunding, 50_000));
    let page = format!("/after-sales/{case}");
    wang.submit(&format!("{page}?dialog=to-balance"), &format!("{page}/to-balance"), &[]).await.goes_to();
    assert_eq!((app.state(&case).await, app.purse(WANG).await.0), (StateKind::Succeeded, 60_000));
    assert_eq!(
        (app.bank.payouts(&refund).await.0, app.count("select count(*) from payment_anomalies where resolved_at is null").await),
        (0, 0)
    );
}

async fn grows_old(app: &TestApp) {
    sqlx::query("update payments set paid_at = paid_at - $1").bind(366 * DAY).execute(app.server.db.single()).await.unwrap();
}
