//! S73: money goes back another way than it came only if the buyer agrees, and that stays on record.

use crate::support::{Buyer, CHEN, Form, LI, OUT, TestApp, WANG, in_words, on_both_engines};
use guitu::domain::Role;
use guitu::domain::after_sale::StateKind;
use serde_json::json;

on_both_engines!(
    a_refund_goes_to_the_balance_if_the_buyer_agrees,
    nobody_agrees_for_the_buyer,
    a_refund_that_the_bank_refused_goes_to_the_balance,
    what_is_under_way_is_not_given_a_second_time,
    cash_that_was_collected_goes_to_the_balance,
    who_agrees_while_the_shop_decides_is_paid_once,
    the_pages_say_what_goes_back_where,
    the_shop_pays_outside_only_if_the_buyer_agrees,
    what_the_bank_refused_is_paid_outside_only_if_the_buyer_agrees,
    cash_has_no_way_back_that_the_buyer_could_insist_on,
);

/// The dialog's form.
async fn consent(buyer: &Buyer, case: &str) -> Form {
    let page = format!("/after-sales/{case}");
    buyer.form(&format!("{page}?dialog=to-balance"), &format!("{page}/to-balance")).await
}

async fn a_refund_goes_to_the_balance_if_the_buyer_agrees(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = wang.orders_with(&[(app.town.goods.tea, 2)], &[("points", "5000")]).await;
    wang.pays(&order, "wechat").await;
    let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    wang.get(&format!("/after-sales/{case}")).await.says(200, "微信支付 ¥75.00 原路退回").says(200, "2,500 积分即时退回");
    let form = consent(&wang, &case).await;
    for _ in 0..3 {
        wang.send(&form).await.goes_to();
    }
    wang.get(&format!("/after-sales/{case}")).await.says(200, "¥75.00 退到本店余额").says(200, "您已同意退到本店余额");
    service.get(&format!("/merchant/after-sales/{case}")).await.says(200, "买家同意退到余额").says(200, "立即退回 2,500 积分、余额 ¥75.00");
    service.decides(&case, "agree_refund").await.goes_to();
    assert_eq!((app.state(&case).await, app.purse(WANG).await), (StateKind::Succeeded, (57_500, 17_500)));
    let payment = app.order(&order).await.payments.into_iter().find(|payment| payment.tender.is_online()).unwrap();
    assert_eq!((payment.refunded.0, app.bank.paid_back(&payment.number).await), (7_500, 0));
    assert_eq!(app.count("select count(*) from refund_consents").await, 1);
    assert_eq!(app.case(&case).await.timeline.iter().filter(|line| in_words(line).contains("同意退款退到本店余额")).count(), 1);
    let records = app.staff(Role::Finance).await.get("/merchant/refunds").await;
    records.says(200, "原为微信支付").says(200, "买家同意退到余额");
    assert!(!records.html.contains("王小满"), "{records}");
    wang.get("/me/wallet").await.says(200, "售后退款").says(200, "+¥75.00");
}

async fn nobody_agrees_for_the_buyer(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let order = wang.buys(&[(app.town.goods.tea, 1)], "wechat").await;
    let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    let form = consent(&wang, &case).await;
    assert_eq!(app.buyer(LI).await.send(&form).await.status, 404);
    assert_eq!(app.staff(Role::Owner).await.send(&form).await.status, 401);
    assert_eq!(wang.send(&form.clone().with("version", "99")).await.status, 409);
    let paid_by_balance = wang.buys(&[(app.town.goods.tea, 1)], "balance").await;
    let other = wang.applies(&paid_by_balance, "refund_only", "unwanted", &[1]).await;
    let path = format!("/after-sales/{other}/to-balance");
    assert!(!wang.get(&format!("/after-sales/{other}")).await.has_form(&path), "it goes there anyway");
    assert_eq!(wang.send(&Form { action: path, ..form.with("request_key", "other") }).await.status, 409);
    assert_eq!(app.count("select count(*) from refund_consents").await, 0);
}

async fn a_refund_that_the_bank_refused_goes_to_the_balance(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = wang.buys(&[(app.town.goods.tea, 1)], "wechat").await;
    let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    app.bank.plan_fault("refund", json!({ "kind": "refuse", "code": "USER_ACCOUNT_ABNORMAL" }), 1).await;
    service.decides(&case, "agree_refund").await.goes_to();
    app.run_due_jobs().await;
    app.until("it has failed", || async { app.state(&case).await == StateKind::RefundFailed }).await;
    let form = consent(&wang, &case).await;
    wang.send(&form).await.goes_to();
    assert_eq!((app.state(&case).await, app.purse(WANG).await.0), (StateKind::Succeeded, 60_000));
    app.wait(3 * 24 * 3_600_000).await;
    let payment = app.order(&order).await.payments[0].number.clone();
    assert_eq!((app.bank.paid_back(&payment).await, app.purse(WANG).await.0), (0, 60_000), "and not by the bank as well");
    assert_eq!(app.count("select count(*) from payment_anomalies where resolved_at is null").await, 0);
}

/// B2.
async fn what_is_under_way_is_not_given_a_second_time(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let order = wang.buys(&[(app.town.goods.tea, 1)], "wechat").await;
    let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    let form = consent(&wang, &case).await;
    service.decides(&case, "agree_refund").await.goes_to();
    assert!(!wang.get(&format!("/after-sales/{case}")).await.has_form(&form.action));
    let version = app.case(&case).await.case.version;
    assert_eq!(wang.send(&form.with("version", version)).await.status, 409);
    app.money_goes_back(&case).await;
    assert_eq!(app.purse(WANG).await.0, 50_000);
}

async fn cash_that_was_collected_goes_to_the_balance(app: TestApp) {
    let (chen, service) = (app.buyer(CHEN).await, app.staff(Role::Service).await);
    let order = app.completed(&chen, &[(app.town.goods.tea, 1)], "cod").await;
    let case = chen.applies(&order, "refund_only", "quality", &[1]).await;
    service.decides(&case, "agree_refund").await.goes_to();
    let page = chen.get(&format!("/after-sales/{case}")).await;
    page.says(200, "填写退款账户").says(200, "退到余额");
    let form = consent(&chen, &case).await;
    chen.send(&form).await.goes_to();
    assert_eq!((app.state(&case).await, app.purse(CHEN).await.0), (StateKind::Succeeded, 10_000));
    assert!(!chen.get(&format!("/after-sales/{case}")).await.words().contains("填写退款账户"));
}

async fn who_agrees_while_the_shop_decides_is_paid_once(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    for _ in 0..4 {
        let order = wang.buys(&[(app.town.goods.cup, 1)], "wechat").await;
        let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
        let (form, decision) = (consent(&wang, &case).await, service.decision(&case, "agree_refund").await);
        let before = app.purse(WANG).await.0;
        let (agreed, decided) = tokio::join!(wang.send(&form), service.send(&decision));
        decided.goes_to();
        app.money_goes_back(&case).await;
        let payment = app.order(&order).await.payments[0].clone();
        let (by_bank, into_balance) = (app.bank.paid_back(&payment.number).await, app.purse(WANG).await.0 - before);
        let expected = if agreed.status == 303 { (0, 4_000) } else { (4_000, 0) };
        assert_eq!((by_bank, into_balance), expected, "{agreed}");
    }
}

async fn the_pages_say_what_goes_back_where(app: TestApp) {
    let (wang, service, owner) = (app.buyer(WANG).await, app.staff(Role::Service).await, app.staff(Role::Owner).await);
    let coupon = owner.makes_coupon(&[]).await;
    wang.takes(coupon).await.goes_to();
    let order = wang.orders_with(&[(app.town.goods.tea, 2)], &[("points", "1000"), ("balance", "50")]).await;
    wang.pays(&order, "alipay").await;
    app.staff(Role::Warehouse).await.ships(&order, OUT).await.goes_to();
    wang.receives(&order).await.goes_to();
    let case = wang.applies(&order, "refund_only", "quality", &[1]).await;
    let (buyer_page, shop_page) = (format!("/after-sales/{case}"), format!("/merchant/after-sales/{case}"));
    let page = wang.get(&buyer_page).await;
    for words in [
        "500 积分即时退回",
        "余额 ¥25.00 退回本店余额，即时到账",
        "支付宝 ¥65.00 原路退回，一般 1–3 个工作日到账",
        "「立减券」优惠 ¥10.00 已分摊到各件商品",
        "扣回这部分商品赠送的 90 积分",
    ] {
        page.says(200, words);
    }
    let page = service.get(&shop_page).await;
    for words in ["500 积分、余额 ¥25.00、支付宝 ¥65.00", "券不退回", "90 积分，退款时扣回"] {
        page.says(200, words);
    }
    service.decides(&case, "agree_refund").await.goes_to();
    app.money_goes_back(&case).await;
    wang.get(&buyer_page).await.says(200, "500 积分、余额 ¥25.00、支付宝 ¥65.00 已于").says(200, "支付宝 ¥65.00 · 已到账");
    assert_eq!(app.purse(WANG).await, (47_500, 20_000 - 1_000 + 180 + 500 - 90));
    let picking = app.staff(Role::Warehouse).await.get(&shop_page).await;
    assert!(picking.status == 200 && !picking.words().contains("券不退回"), "{picking}");
}

fn without_consent(mut form: Form) -> Form {
    form.fields.retain(|(name, _)| name != "consent");
    form
}

async fn the_shop_pays_outside_only_if_the_buyer_agrees(app: TestApp) {
    let (wang, finance) = (app.buyer(WANG).await, app.staff(Role::Finance).await);
    for tender in ["wechat", "alipay"] {
        let order = wang.buys(&[(app.town.goods.cup, 1)], tender).await;
        let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
        let form = finance.decision(&case, "refund_manually").await;
        let refused = finance.send(&without_consent(form.clone())).await;
        refused.says(422, "这笔钱可以原路退回，改为线下退款须先征得买家同意");
        assert!(refused.html.contains("银行转账 6621"), "the voucher is lost: {refused}");
        assert_eq!((app.state(&case).await, app.case(&case).await.refunds.len()), (StateKind::Applied, 0));
        for _ in 0..2 {
            finance.send(&form).await.goes_to();
        }
        assert_eq!(app.state(&case).await, StateKind::Succeeded);
        let told = app.case(&case).await.timeline;
        assert_eq!(told.iter().filter(|line| in_words(line).ends_with("银行转账 6621，已征得买家同意不原路退回")).count(), 1);
    }
}

async fn what_the_bank_refused_is_paid_outside_only_if_the_buyer_agrees(app: TestApp) {
    let (wang, finance) = (app.buyer(WANG).await, app.staff(Role::Finance).await);
    let order = wang.buys(&[(app.town.goods.tea, 1)], "wechat").await;
    let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    app.bank.plan_fault("refund", json!({ "kind": "refuse", "code": "USER_ACCOUNT_ABNORMAL" }), 1).await;
    finance.decides(&case, "agree_refund").await.goes_to();
    app.run_due_jobs().await;
    let refund = app.case(&case).await.refunds[0].number.clone();
    let page = format!("/merchant/refunds?dialog=settle&refund={refund}");
    let form = finance.form(&page, &format!("/merchant/refunds/{refund}/settle")).await.with("voucher", "银行转账 6621");
    let refused = finance.send(&form).await;
    refused.says(422, "这笔钱原本应当原路退回，线下退款须先征得买家同意");
    assert!(refused.html.contains("银行转账 6621"), "the voucher is lost: {refused}");
    assert_eq!((app.state(&case).await, app.order(&order).await.order.refunded.0), (StateKind::RefundFailed, 0));
    finance.send(&form.with("consent", "1")).await.goes_to();
    assert_eq!(app.state(&case).await, StateKind::Succeeded);
    let noted = "select count(*) from audits where what = 'refund_settled_outside' and detail like '已征得买家同意%6621'";
    assert_eq!(app.count(noted).await, 1);
}

async fn cash_has_no_way_back_that_the_buyer_could_insist_on(app: TestApp) {
    let (chen, finance) = (app.buyer(CHEN).await, app.staff(Role::Finance).await);
    let order = app.completed(&chen, &[(app.town.goods.tea, 1)], "cod").await;
    let case = chen.applies(&order, "refund_only", "quality", &[1]).await;
    let page = finance.get(&format!("/merchant/after-sales/{case}")).await;
    assert!(!page.words().contains("已征得买家同意"), "{page}");
    finance.send(&without_consent(finance.decision(&case, "refund_manually").await)).await.goes_to();
    assert_eq!(app.state(&case).await, StateKind::Succeeded);
}
