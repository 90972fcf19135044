use std::time::{Duration, Instant};

use guitu::server::payments::alipay::{AlipayGateway, AlipaySettings};
use guitu::server::payments::{Gateway, GatewayError, PaymentOutcome, RefundOutcome, Remedy};

use super::support::Town;
use axum::http::StatusCode;

/// A fault after which the outcome is unknown, although money went back.
async fn carried_out_without_an_answer(fault: &str) {
    let town = Town::start().await;
    town.paid("P1", 1_000).await;
    town.plan_fault("refund", fault, 1).await;
    let order = town.refund_order("R1", "P1", 400);

    let impatient = AlipayGateway::new(AlipaySettings { timeout: Duration::from_secs(1), ..town.settings() }).unwrap();
    let unknown = impatient.refund(&order).await.unwrap_err();
    assert_eq!(unknown.remedy(), Remedy::QueryFirst, "{unknown}");

    assert_eq!(town.gateway.query_refund("P1", "R1").await.unwrap().unwrap().status, RefundOutcome::Succeeded);
    town.gateway.refund(&order).await.unwrap();
    assert_eq!(town.payouts("R1").await, 1);
}

#[tokio::test]
async fn answered_late() {
    carried_out_without_an_answer(r#"{"kind":"late","ms":20000}"#).await;
}

#[tokio::test]
async fn connection_cut() {
    carried_out_without_an_answer(r#"{"kind":"cut"}"#).await;
}

#[tokio::test]
async fn answered_with_a_web_page() {
    carried_out_without_an_answer(r#"{"kind":"html"}"#).await;
}

#[tokio::test]
async fn answered_with_a_wrong_signature() {
    carried_out_without_an_answer(r#"{"kind":"forged"}"#).await;
}

/// A fault after which nothing was done, and what it asks for.
async fn not_carried_out(fault: &str, asks_for: Remedy) {
    let town = Town::start().await;
    town.paid("P1", 1_000).await;
    town.plan_fault("refund", fault, 1).await;
    let order = town.refund_order("R1", "P1", 400);
    let refused = town.gateway.refund(&order).await.unwrap_err();
    assert_eq!(refused.remedy(), asks_for, "{refused}");
    assert_eq!(town.gateway.query_refund("P1", "R1").await.unwrap(), None);
    assert_eq!(town.gateway.refund(&order).await.unwrap().status, RefundOutcome::Succeeded);
    assert_eq!(town.payouts("R1").await, 1);
}

#[tokio::test]
async fn refused_as_alipay_refuses() {
    for (code, asks_for) in [
        ("NOT_ENOUGH", Remedy::TopUp),
        ("20000", Remedy::QueryFirst),
        ("SYSTEM_ERROR", Remedy::QueryFirst),
        ("ACQ.SYSTEM_ERROR", Remedy::QueryFirst),
        ("AOP.ACQ.SYSTEM_ERROR", Remedy::QueryFirst),
        ("FREQUENCY_LIMITED", Remedy::RetryUnchanged),
        ("ACQ.TRADE_HAS_FINISHED", Remedy::ByHand),
        ("ISV.INVALID-SIGNATURE", Remedy::ByHand),
    ] {
        not_carried_out(&format!(r#"{{"kind":"refuse","code":"{code}"}}"#), asks_for).await;
    }
}

#[tokio::test]
async fn down_and_up_again() {
    not_carried_out(r#"{"kind":"down"}"#, Remedy::QueryFirst).await;
}

#[tokio::test]
async fn a_refund_that_failed_succeeds_under_its_own_number() {
    let town = Town::start().await;
    town.paid("P1", 1_000).await;
    town.plan_fault("refund", r#"{"kind":"fail_later","code":"ABNORMAL"}"#, 1).await;
    let order = town.refund_order("R1", "P1", 1_000);
    assert_eq!(town.gateway.refund(&order).await.unwrap().status, RefundOutcome::Processing);
    assert_eq!(town.gateway.query_refund("P1", "R1").await.unwrap(), None);
    assert!(town.shop.heard(0).await.is_empty(), "of a refund that brought no money Alipay says nothing");

    assert_eq!(town.gateway.refund(&order).await.unwrap().status, RefundOutcome::Succeeded);
    assert_eq!(town.payouts("R1").await, 1);
}

#[tokio::test]
async fn a_refund_that_is_not_allowed_any_more_is_for_people() {
    let town = Town::start().await;
    town.paid("P1", 1_000).await;
    town.plan_fault("refund", r#"{"kind":"fail_later","code":"CLOSED"}"#, 1).await;
    let order = town.refund_order("R1", "P1", 1_000);
    assert_eq!(town.gateway.refund(&order).await.unwrap().status, RefundOutcome::Processing);
    let refused = town.gateway.refund(&order).await.unwrap_err();
    assert!(matches!(&refused, GatewayError::Refused(refusal) if refusal.code == "ACQ.TRADE_NOT_ALLOW_REFUND"));
    assert_eq!(refused.remedy(), Remedy::ByHand);
    assert_eq!(town.payouts("R1").await, 0);
}

#[tokio::test]
async fn the_browser_meets_faults_as_well() {
    let town = Town::start().await;
    for (fault, status, words) in [
        (r#"{"kind":"down"}"#, 503, "down"),
        (r#"{"kind":"html"}"#, 200, "502 Bad Gateway"),
        (r#"{"kind":"refuse","code":"ACQ.TOTAL_FEE_EXCEED"}"#, 400, "金额超出支付宝限制"),
    ] {
        town.plan_fault("pay", fault, 1).await;
        let answer = town.browser.get(town.page(&town.order("P1", 100)).await).send().await.unwrap();
        assert_eq!(answer.status(), status);
        assert!(answer.text().await.unwrap().contains(words));
    }
    town.opened("P1", 100).await;
}

#[tokio::test]
async fn each_operation_meets_its_own_faults() {
    let town = Town::start().await;
    town.opened("P1", 100).await;
    town.plan_fault("query", r#"{"kind":"down"}"#, 1).await;
    town.plan_fault("close", r#"{"kind":"cut"}"#, 1).await;
    town.gateway.query("P1").await.unwrap_err();
    town.gateway.close("P1").await.unwrap_err();
    assert_eq!(town.gateway.query("P1").await.unwrap(), PaymentOutcome::Closed);
}

#[tokio::test]
async fn the_shop_is_called_until_it_says_that_it_heard() {
    let town = Town::start().await;
    town.shop.answers(["fail", "", "SUCCESS", "<p>success</p>"].map(|word| (StatusCode::OK, word)));
    town.opened("P1", 100).await;
    town.confirms("P1").await;
    let told = town.shop.heard(5).await;
    assert!(told.iter().all(|notice| *notice == told[0]));
}

#[tokio::test]
async fn told_twice_late_out_of_order_or_never() {
    let town = Town::start().await;
    for fault in [r#"{"kind":"silent"}"#, r#"{"kind":"twice"}"#, r#"{"kind":"late","ms":3000}"#] {
        town.plan_fault("callback", fault, 1).await;
    }
    for payment_no in ["P1", "P2", "P3", "P4"] {
        town.opened(payment_no, 100).await;
    }
    town.confirms("P1").await;
    town.shop.heard(0).await;
    town.confirms("P2").await;
    town.shop.heard(2).await;
    let start = Instant::now();
    town.confirms("P3").await;
    town.confirms("P4").await;
    let told = town.shop.heard(4).await;
    assert!(start.elapsed() >= Duration::from_secs(3));
    let numbers: Vec<String> = told.iter().map(|notice| format!("{notice:?}")).collect();
    assert!(numbers[2].contains("P4") && numbers[3].contains("P3"), "{numbers:?}");
}
