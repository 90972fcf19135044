use std::time::{Duration, Instant};

use axum::http::StatusCode;
use guitu::server::payments::{Gateway, RefundStatus};

use super::support::Town;

#[tokio::test]
async fn the_shop_is_called_until_it_takes_the_notice() {
    let town = Town::start().await;
    town.shop.answers([StatusCode::INTERNAL_SERVER_ERROR, StatusCode::BAD_GATEWAY]);
    town.gateway.pay(&town.order("P1", 100)).await.unwrap();
    town.post("/control/payments/P1/pay", "{}").await;

    let notices = town.shop.heard(3).await;
    assert!(notices.iter().all(|notice| *notice == notices[0]));
    let seen = town.get("/control/payments/P1").await;
    assert_eq!(seen["notices"], serde_json::json!([{ "attempts": 3, "delivered": true }]));
}

#[tokio::test]
async fn the_sandbox_gives_up_after_its_last_attempt() {
    let town = Town::start().await;
    town.shop.answers([StatusCode::INTERNAL_SERVER_ERROR; 20]);
    town.gateway.pay(&town.order("P1", 100)).await.unwrap();
    town.post("/control/payments/P1/pay", "{}").await;

    town.shop.heard(5).await;
    let seen = town.get("/control/payments/P1").await;
    assert_eq!(seen["notices"], serde_json::json!([{ "attempts": 5, "delivered": false }]));
}

#[tokio::test]
async fn twice_late_or_never() {
    let town = Town::start().await;
    for fault in [r#"{"kind":"silent"}"#, r#"{"kind":"twice"}"#, r#"{"kind":"late","ms":300}"#] {
        town.plan_fault("callback", fault, 1).await;
    }
    for payment_no in ["P1", "P2", "P3"] {
        town.gateway.pay(&town.order(payment_no, 100)).await.unwrap();
    }
    town.post("/control/payments/P1/pay", "{}").await;
    town.shop.heard(0).await;
    town.post("/control/payments/P2/pay", "{}").await;
    town.shop.heard(2).await;
    let start = Instant::now();
    town.post("/control/payments/P3/pay", "{}").await;
    town.shop.heard(3).await;
    assert!(start.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn a_payment_confirmed_twice_is_told_once() {
    let town = Town::start().await;
    town.gateway.pay(&town.order("P1", 100)).await.unwrap();
    for _ in 0..3 {
        town.post("/control/payments/P1/pay", "{}").await;
    }
    town.shop.heard(1).await;
}

#[tokio::test]
async fn what_was_under_way_goes_on_after_a_restart() {
    let file = std::env::temp_dir().join(format!("guitu-sandbox-{}.db", std::process::id()));
    let url = format!("sqlite:{}", file.display());
    let town = Town::start_as(&url, |config| config.settle_after = Duration::from_mins(10)).await;
    town.shop.answers([StatusCode::INTERNAL_SERVER_ERROR; 20]);
    town.paid("P1", 1_000).await;
    town.gateway.refund(&town.refund_order("R1", "P1", 400, 1_000)).await.unwrap();
    town.gateway.pay(&town.order("P2", 100)).await.unwrap();
    town.plan_fault("callback", r#"{"kind":"late","ms":60000}"#, 1).await;
    town.post("/control/payments/P2/pay", "{}").await;
    let orphan = town.shop_url.clone();
    town.sandbox.shutdown().await;
    assert!(town.shop.notices().is_empty());

    let town = Town::start_with(&url).await;
    assert_ne!(orphan, town.shop_url);
    assert_eq!(town.settled("R1").await.status, RefundStatus::Succeeded);
    for _ in 0..100 {
        if town.get("/control/payments/P2").await["notices"][0]["attempts"].as_i64() > Some(0) {
            town.sandbox.shutdown().await;
            std::fs::remove_file(&file).unwrap();
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the callback was forgotten");
}
