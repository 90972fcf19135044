use std::time::Duration;

use guitu::server::payments::{Gateway, GatewayError, Notice, PaymentOutcome, RefundStatus, Remedy};

use super::support::{KEY, Town, waiting};

/// A fault after which the outcome is unknown, although the refund was taken.
async fn taken_without_an_answer(fault: &str) {
    let town = Town::start().await;
    town.paid("P1", 1_000).await;
    town.plan_fault("refund", fault, 1).await;
    let order = town.refund_order("R1", "P1", 400, 1_000);

    let impatient = waiting(&town.sandbox.base_url, KEY, Duration::from_secs(1));
    let unknown = impatient.refund(&order).await.unwrap_err();
    assert!(matches!(unknown, GatewayError::Unknown(_)), "{unknown}");
    assert_eq!(unknown.remedy(), Remedy::QueryFirst);

    assert_eq!(town.settled("R1").await.amount, 400);
    town.gateway.refund(&order).await.unwrap();
    let seen = town.get("/control/refunds/R1").await;
    assert_eq!((seen["asked"].as_i64(), seen["payouts"].as_i64()), (Some(2), Some(1)));
}

#[tokio::test]
async fn answered_late() {
    taken_without_an_answer(r#"{"kind":"late","ms":20000}"#).await;
}

#[tokio::test]
async fn connection_cut() {
    taken_without_an_answer(r#"{"kind":"cut"}"#).await;
}

#[tokio::test]
async fn answered_with_a_web_page() {
    taken_without_an_answer(r#"{"kind":"html"}"#).await;
}

#[tokio::test]
async fn down_and_up_again() {
    let town = Town::start().await;
    town.paid("P1", 1_000).await;
    town.plan_fault("refund", r#"{"kind":"down"}"#, 2).await;
    let order = town.refund_order("R1", "P1", 400, 1_000);
    for _ in 0..2 {
        assert_eq!(town.gateway.refund(&order).await.unwrap_err().remedy(), Remedy::QueryFirst);
        assert_eq!(town.gateway.query_refund("P1", "R1").await.unwrap(), None);
    }
    assert_eq!(town.gateway.refund(&order).await.unwrap().status, RefundStatus::Processing);
    assert_eq!(town.get("/control/refunds/R1").await["asked"], 3);
}

#[tokio::test]
async fn refused_until_the_purse_is_filled() {
    let town = Town::start().await;
    town.paid("P1", 1_000).await;
    town.plan_fault("refund", r#"{"kind":"refuse","code":"NOT_ENOUGH"}"#, 1).await;
    let order = town.refund_order("R1", "P1", 400, 1_000);

    let refused = town.gateway.refund(&order).await.unwrap_err();
    assert!(matches!(&refused, GatewayError::Refused(refusal) if refusal.words.contains("余额不足")));
    assert_eq!(refused.remedy(), Remedy::TopUp);
    assert!(town.get("/control/refunds/R1").await["status"].is_null());

    town.gateway.refund(&order).await.unwrap();
    assert_eq!(town.settled("R1").await.status, RefundStatus::Succeeded);
}

#[tokio::test]
async fn an_abnormal_refund_succeeds_under_its_own_number() {
    let town = Town::start().await;
    town.paid("P1", 1_000).await;
    town.plan_fault("refund", r#"{"kind":"fail_later","code":"ABNORMAL"}"#, 1).await;
    let order = town.refund_order("R1", "P1", 1_000, 1_000);
    town.gateway.refund(&order).await.unwrap();

    let RefundStatus::Failed(refusal) = town.settled("R1").await.status else { panic!("settled") };
    assert_eq!(refusal.remedy(), Remedy::ByHand);
    assert!(matches!(&town.shop.heard(1).await[0], Notice::Refund(report) if matches!(report.status, RefundStatus::Failed(_))));

    town.gateway.refund(&order).await.unwrap();
    assert_eq!(town.settled("R1").await.status, RefundStatus::Succeeded);
    assert_eq!(town.get("/control/refunds/R1").await["payouts"], 1);
}

#[tokio::test]
async fn a_closed_refund_needs_a_new_number() {
    let town = Town::start().await;
    town.paid("P1", 1_000).await;
    town.plan_fault("refund", r#"{"kind":"fail_later","code":"CLOSED"}"#, 1).await;
    town.gateway.refund(&town.refund_order("R1", "P1", 1_000, 1_000)).await.unwrap();
    town.settled("R1").await;

    let again = town.gateway.refund(&town.refund_order("R1", "P1", 1_000, 1_000)).await.unwrap();
    let RefundStatus::Failed(refusal) = again.status else { panic!("{again:?}") };
    assert_eq!(refusal.remedy(), Remedy::NewNumber);

    town.gateway.refund(&town.refund_order("R2", "P1", 1_000, 1_000)).await.unwrap();
    assert_eq!(town.settled("R2").await.status, RefundStatus::Succeeded);
}

#[tokio::test]
async fn each_operation_meets_its_own_faults() {
    let town = Town::start().await;
    town.plan_fault("query", r#"{"kind":"down"}"#, 1).await;
    town.plan_fault("close", r#"{"kind":"cut"}"#, 1).await;
    town.gateway.pay(&town.order("P1", 100)).await.unwrap();
    town.gateway.query("P1").await.unwrap_err();
    town.gateway.close("P1").await.unwrap_err();
    assert_eq!(town.gateway.query("P1").await.unwrap(), PaymentOutcome::Closed);
}

#[tokio::test]
async fn faults_can_be_taken_back_and_must_make_sense() {
    let town = Town::start().await;
    town.plan_fault("pay", r#"{"kind":"down"}"#, 5).await;
    let url = format!("{}/control/faults", town.sandbox.base_url);
    town.browser.delete(&url).send().await.unwrap();
    town.gateway.pay(&town.order("P1", 100)).await.unwrap();

    for body in [
        r#"{"operation":"pay","fault":{"kind":"twice"}}"#,
        r#"{"operation":"callback","fault":{"kind":"cut"}}"#,
        r#"{"operation":"pay","fault":{"kind":"fail_later","code":"CLOSED"}}"#,
        r#"{"operation":"pay","fault":{"kind":"down"},"count":0}"#,
        r#"{"operation":"pay","fault":{"kind":"late","ms":86400000}}"#,
        r#"{"operation":"tea","fault":{"kind":"down"}}"#,
        "nonsense",
    ] {
        assert_eq!(town.browser.post(&url).body(body).send().await.unwrap().status(), 400, "{body}");
    }
    assert_eq!(town.get("/control/faults").await, serde_json::json!([]));
}
