use std::time::Duration;

use axum::http::StatusCode;
use guitu::server::payments::{Gateway, RefundOutcome};
use serde_json::json;

use crate::wechat::support::Town;

#[tokio::test]
async fn the_sandbox_gives_up_after_its_last_attempt() {
    let town = Town::start().await;
    town.shop.answers([(StatusCode::INTERNAL_SERVER_ERROR, ""); 20]);
    town.page(&town.order("P00001", 100)).await;
    town.confirms("P00001").await;
    town.shop.heard(5).await;
    // It counts an attempt once it has heard the answer.
    for _ in 0..500 {
        if town.seen("payments/P00001").await["notices"][0]["attempts"] == 5 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(town.seen("payments/P00001").await["notices"], json!([{ "attempts": 5, "delivered": false }]));
}

#[tokio::test]
async fn a_payment_confirmed_twice_is_told_once() {
    let town = Town::start().await;
    town.page(&town.order("P00001", 100)).await;
    for _ in 0..3 {
        town.confirms("P00001").await;
    }
    town.shop.heard(1).await;
}

#[tokio::test]
async fn what_was_under_way_goes_on_after_a_restart() {
    let file = std::env::temp_dir().join(format!("guitu-sandbox-{}.db", std::process::id()));
    let url = format!("sqlite:{}", file.display());
    let town = Town::start_as(&url, |config| config.settle_after = Duration::from_mins(10)).await;
    town.shop.answers([(StatusCode::INTERNAL_SERVER_ERROR, ""); 20]);
    town.paid("P00001", 1_000).await;
    town.gateway.refund(&town.refund_order("R1", "P00001", 400)).await.unwrap();
    town.page(&town.order("P00002", 100)).await;
    town.plan_fault("callback", r#"{"kind":"late","ms":60000}"#, 1).await;
    town.confirms("P00002").await;
    let orphan = town.shop_url.clone();
    let shop = town.shop.clone();
    town.stand.sandbox.shutdown().await;
    assert!(shop.heard(0).await.is_empty());

    let town = Town::start_as(&url, |_| {}).await;
    assert_ne!(orphan, town.shop_url);
    assert_eq!(town.settled("R1").await.status, RefundOutcome::Succeeded);
    for _ in 0..500 {
        if town.seen("payments/P00002").await["notices"][0]["attempts"].as_i64() > Some(0) {
            town.stand.sandbox.shutdown().await;
            std::fs::remove_file(&file).unwrap();
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the callback was forgotten");
}
