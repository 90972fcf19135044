//! WeChat Pay has taken a refund, and the buyer's account has not: finance says where it goes, and no fen goes twice.

use super::{LIST, RESOLVED, finance, notices, only};
use crate::faults::agreed_refund;
use crate::support::{Buyer, Form, Staff, TestApp, Told, on_both_engines};
use guitu::domain::after_sale::StateKind;
use guitu::domain::time::MINUTE;
use guitu::domain::{RefundStatus, Role};
use serde_json::{Value, json};

on_both_engines!(
    it_goes_to_a_card_of_the_buyers,
    it_comes_back_to_the_shop_which_pays_by_hand,
    what_the_gateway_does_not_take_stands_where_it_stood,
    a_notice_that_is_faster_than_the_answer_hides_nothing,
    an_answer_that_was_lost_is_asked_about,
    a_wish_that_was_never_heard_can_be_made_again,
    a_failure_of_before_that_is_told_again_undoes_nothing,
);

const CARD: [(&str, &str); 5] =
    [("to", "buyer_card"), ("bank", "ICBC_DEBIT"), ("name", "王小明"), ("account", "6222 0200 0000 0000 000"), ("consent", "1")];

/// A refund of ¥100.00 that the buyer's account did not take: the buyer, the case, and its number.
async fn stopped(app: &TestApp) -> (Buyer, String, String) {
    let (wang, case, refund) = agreed_refund(app).await;
    app.bank.plan_fault("refund", json!({ "kind": "fail_later", "code": "ABNORMAL" }), 1).await;
    app.run_due_jobs().await;
    app.until("the failure is told", || async { app.state(&case).await == StateKind::RefundFailed }).await;
    (wang, case, refund)
}

async fn dialog(staff: &Staff, refund: &str) -> Form {
    let page = format!("/merchant/refunds?dialog=elsewhere&refund={refund}");
    staff.form(&page, &format!("/merchant/refunds/{refund}/elsewhere")).await
}

async fn status(app: &TestApp, case: &str) -> RefundStatus {
    app.case(case).await.refunds[0].status()
}

async fn it_goes_to_a_card_of_the_buyers(app: TestApp) {
    let (wang, case, refund) = stopped(&app).await;
    let finance = finance(&app).await;
    finance.get(LIST).await.says(200, "微信支付 已受理退款 ¥100.00，但款项未能到达买家账户").says(200, "处理异常退款");
    finance.get(&format!("/merchant/after-sales/{case}")).await.says(200, "处理异常退款");
    let form = dialog(&finance, &refund).await;
    finance.send(&form).await.says(422, "请选择退款退到哪里");
    let bare = finance.send(&form.clone().with("to", "buyer_card").with("name", "王小明").with("account", "62220200")).await;
    for words in ["请选择开户银行", "请填写 12 到 19 位数字的银行卡号", "退到其他账户须先征得买家同意"] {
        bare.says(422, words);
    }
    assert_eq!((status(&app, &case).await, app.bank.payouts(&refund).await), (RefundStatus::Failed, (1, 0)));

    let form = form.with_all(&CARD);
    assert_eq!(app.staff(Role::Service).await.send(&form).await.status, 403);
    let (one, other) = tokio::join!(finance.send(&form), finance.send(&form));
    assert!(one.status == 303 && other.status == 303, "{one} {other}");
    app.until("it has arrived", || async { app.state(&case).await == StateKind::Succeeded }).await;
    finance.send(&form).await.goes_to();
    assert_eq!((app.bank.payouts(&refund).await.1, app.case(&case).await.order.order.refunded.0), (1, 10_000));
    finance.get(RESOLVED).await.says(200, "退款已到账");
    finance.get("/merchant/refunds").await.says(200, "经买家同意，改退到银行卡");
    wang.get(&format!("/after-sales/{case}")).await.says(200, "¥100.00 未能退到原账户，改退到您的银行卡");
    only(&app).await;

    let told: Vec<String> =
        sqlx::query_scalar("select detail from audits where what = 'refund_sent_elsewhere'").fetch_all(app.server.db.read()).await.unwrap();
    assert_eq!(told, ["买家的银行卡（工商银行），已征得买家同意"]);
    let kept = "select (select count(*) from refunds where voucher like '%6222%' or trouble like '%6222%')
        + (select count(*) from events where facts like '%6222%' or facts like '%王小明%')
        + (select count(*) from messages where facts like '%6222%' or facts like '%王小明%')";
    assert_eq!(app.count(kept).await, 0);
}

async fn it_comes_back_to_the_shop_which_pays_by_hand(app: TestApp) {
    let (wang, case, refund) = stopped(&app).await;
    let finance = finance(&app).await;
    let form = dialog(&finance, &refund).await.with("to", "merchant_account");
    finance.send(&form).await.goes_to();
    app.until("the shop has it", || async { status(&app, &case).await == RefundStatus::Manual }).await;
    assert_eq!(
        (app.state(&case).await, app.case(&case).await.order.order.refunded.0),
        (StateKind::Refunding, 0),
        "the buyer has nothing yet"
    );
    wang.get(&format!("/after-sales/{case}")).await.says(200, "退到余额");
    finance.get(LIST).await.says(200, "款项已退到商户银行账户，请线下付给买家").says(200, "线下退款");
    finance.send(&form).await.goes_to();
    assert_eq!(app.bank.tells(&app.url, &Told::refunded(&refund, 10_000, "SUCCESS")).await, 204);
    assert_eq!(status(&app, &case).await, RefundStatus::Manual);

    let page = format!("/merchant/refunds?dialog=settle&refund={refund}");
    let by_hand = finance.form(&page, &format!("/merchant/refunds/{refund}/settle")).await;
    finance.send(&by_hand.with("voucher", "银行转账 6621").with("consent", "1")).await.goes_to();
    assert_eq!((app.state(&case).await, app.bank.payouts(&refund).await.1), (StateKind::Succeeded, 1));
    finance.get(RESOLVED).await.says(200, "已线下退款").says(200, "银行转账 6621");
}

async fn what_the_gateway_does_not_take_stands_where_it_stood(app: TestApp) {
    let (_, case, refund) = stopped(&app).await;
    let (finance, before) = (finance(&app).await, notices(&app).await);
    let form = dialog(&finance, &refund).await.with_all(&CARD);
    app.bank.plan_fault("refund", json!({ "kind": "refuse", "code": "PARAM_ERROR" }), 1).await;
    let refused = finance.send(&form).await;
    refused.says(422, "支付渠道没有受理：微信支付认为参数有误");
    assert!(refused.html.contains("王小明"), "what was typed is lost: {refused}");
    assert_eq!((app.state(&case).await, status(&app, &case).await), (StateKind::RefundFailed, RefundStatus::Failed));
    app.wait(2 * MINUTE).await;
    assert_eq!((status(&app, &case).await, notices(&app).await), (RefundStatus::Failed, before));
    finance.send(&form).await.says(409, "pine 财务已于").says(409, "处理了这笔退款");
    finance.send(&dialog(&finance, &refund).await.with_all(&CARD)).await.goes_to();
    app.until("it has arrived", || async { app.state(&case).await == StateKind::Succeeded }).await;
    assert_eq!(app.bank.payouts(&refund).await.1, 1);
}

/// The gateway is asked in this way, and the form is answered as if all had gone well, for nobody knows better.
async fn sent_with(app: &TestApp, fault: Value) -> (Staff, String, String) {
    let (_, case, refund) = stopped(app).await;
    let finance = finance(app).await;
    let form = dialog(&finance, &refund).await.with_all(&CARD);
    app.bank.plan_fault("refund", fault, 1).await;
    finance.send(&form).await.goes_to();
    assert_eq!(app.state(&case).await, StateKind::Refunding);
    (finance, case, refund)
}

async fn a_notice_that_is_faster_than_the_answer_hides_nothing(app: TestApp) {
    let (wang, case, refund) = stopped(&app).await;
    let finance = finance(&app).await;
    let form = dialog(&finance, &refund).await.with_all(&CARD);
    app.bank.plan_fault("refund", json!({ "kind": "late", "ms": 1_500 }), 1).await;
    finance.send(&form).await.goes_to();
    app.until("it has arrived", || async { app.state(&case).await == StateKind::Succeeded }).await;
    wang.get(&format!("/after-sales/{case}")).await.says(200, "¥100.00 未能退到原账户，改退到您的银行卡");
    assert_eq!(app.count("select count(*) from events where kind = 'refund_sent_elsewhere'").await, 1);
    assert_eq!(app.bank.payouts(&refund).await.1, 1);
}

async fn an_answer_that_was_lost_is_asked_about(app: TestApp) {
    let (finance, case, refund) = sent_with(&app, json!({ "kind": "cut" })).await;
    let by_hand = finance.get(&format!("/merchant/refunds?dialog=settle&refund={refund}")).await;
    assert!(!by_hand.has_form(&format!("/merchant/refunds/{refund}/settle")), "it may be under way: {by_hand}");
    app.wait(MINUTE).await;
    app.until("it has arrived", || async { app.state(&case).await == StateKind::Succeeded }).await;
    assert_eq!(app.bank.payouts(&refund).await.1, 1);
}

async fn a_wish_that_was_never_heard_can_be_made_again(app: TestApp) {
    let (finance, case, refund) = sent_with(&app, json!({ "kind": "down" })).await;
    app.run_due_jobs().await;
    assert_eq!(status(&app, &case).await, RefundStatus::Unknown, "too early to ask");
    app.wait(MINUTE).await;
    assert_eq!((app.state(&case).await, status(&app, &case).await), (StateKind::RefundFailed, RefundStatus::Failed));
    finance.get(LIST).await.says(200, "处理异常退款");
    finance.send(&dialog(&finance, &refund).await.with("to", "merchant_account")).await.goes_to();
    app.until("the shop has it", || async { status(&app, &case).await == RefundStatus::Manual }).await;
    assert_eq!(app.bank.payouts(&refund).await.1, 1);
}

async fn a_failure_of_before_that_is_told_again_undoes_nothing(app: TestApp) {
    let (_, case, refund) = stopped(&app).await;
    let finance = finance(&app).await;
    app.bank.plan_fault("callback", json!({ "kind": "late", "ms": 1_000 }), 1).await;
    finance.send(&dialog(&finance, &refund).await.with_all(&CARD)).await.goes_to();
    app.clock.advance(2 * MINUTE);
    assert_eq!(app.bank.tells(&app.url, &Told::refunded(&refund, 10_000, "ABNORMAL")).await, 204);
    assert_ne!(app.state(&case).await, StateKind::RefundFailed);
    app.until("it has arrived", || async { app.state(&case).await == StateKind::Succeeded }).await;
    assert_eq!(app.bank.payouts(&refund).await.1, 1);
}
