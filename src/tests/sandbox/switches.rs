use std::time::Duration;

use guitu::demo::sandbox::{Sandbox, SandboxConfig, SandboxError};
use guitu::server::payments::{Gateway, PaymentOutcome};
use serde_json::{Value, json};

use super::support::{HOUR, START};
use crate::wechat::support::Town;

#[tokio::test]
async fn faults_can_be_taken_back_and_must_make_sense() {
    let town = Town::start().await;
    town.plan_fault("pay", r#"{"kind":"down"}"#, 5).await;
    let url = format!("{}/control/faults", town.sandbox.base_url);
    town.browser.delete(&url).send().await.unwrap();
    town.page(&town.order("P00001", 100)).await;

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
    assert_eq!(town.seen("faults").await, json!([]));
}

#[tokio::test]
async fn a_payment_is_marked_as_paid_quietly_and_with_another_sum() {
    let town = Town::start().await;
    town.page(&town.order("P00001", 100)).await;
    let paid = town.control("payments/P00001/pay", r#"{"quiet":true,"amount":99}"#).await;
    assert_eq!((&paid["status"], &paid["paid_amount"], &paid["amount"]), (&Value::from("paid"), &Value::from(99), &Value::from(100)));
    let PaymentOutcome::Paid(receipt) = town.gateway.query("P00001").await.unwrap() else { panic!("not paid") };
    assert_eq!((receipt.amount, receipt.at), (99, START));
    assert!(town.shop.heard(0).await.is_empty());
}

#[tokio::test]
async fn a_refund_is_settled_quietly_and_once() {
    let town = Town::start_as("sqlite::memory:", |config| config.settle_after = Duration::from_mins(10)).await;
    town.paid("P00001", 1_000).await;
    town.gateway.refund(&town.refund_order("R1", "P00001", 400)).await.unwrap();
    town.lets_pass(HOUR).await;
    let settled = town.control("refunds/R1/settle", r#"{"quiet":true}"#).await;
    assert_eq!((settled["status"].as_str(), settled["settled_at"].as_i64()), (Some("succeeded"), Some(START + HOUR)));
    town.lets_pass(HOUR).await;
    assert_eq!(town.control("refunds/R1/settle", "{}").await, settled);
    assert!(town.shop.heard(0).await.is_empty());
}

#[tokio::test]
async fn the_clock_only_moves_on() {
    let town = Town::start().await;
    let url = format!("{}/control/clock", town.sandbox.base_url);
    for step in ["0", "-1", "999999999999999", "1.5", "null"] {
        let answer = town.browser.post(&url).body(format!(r#"{{"advance_ms":{step}}}"#)).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{step}");
    }
    assert_eq!(town.seen("clock").await["now"], START);
}

#[tokio::test]
async fn the_sandbox_never_listens_to_the_world() {
    let town = Town::start().await;
    let listen = "0.0.0.0:0".parse().unwrap();
    let config = SandboxConfig::new(listen, "sqlite::memory:", "http://127.0.0.1", town.clock.clone());
    assert!(matches!(Sandbox::start(config).await, Err(SandboxError::NotLoopback(_))));
}
