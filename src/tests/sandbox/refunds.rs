use std::sync::Arc;
use std::time::Duration;

use guitu::server::payments::{Gateway, GatewayError, Notice, RefundStatus};
use tokio::task::JoinSet;

use super::support::Town;

fn code(answer: Result<impl std::fmt::Debug, GatewayError>) -> String {
    match answer.unwrap_err() {
        GatewayError::Refused(refusal) => refusal.code,
        other => panic!("not refused: {other}"),
    }
}

#[tokio::test]
async fn an_accepted_refund_settles_by_itself_and_calls_back() {
    let town = Town::start().await;
    town.paid("P1", 1_000).await;
    let accepted = town.gateway.refund(&town.refund_order("R1", "P1", 400, 1_000)).await.unwrap();
    assert_eq!((accepted.status, accepted.amount), (RefundStatus::Processing, 400));

    let settled = town.settled("R1").await;
    assert_eq!((&settled.status, &settled.gateway_refund_no), (&RefundStatus::Succeeded, &accepted.gateway_refund_no));
    assert_eq!(town.shop.heard(1).await, [Notice::Refund(settled)]);
    assert_eq!(town.get("/control/payments/P1").await["refunded"], 400);
}

#[tokio::test]
async fn one_number_is_paid_out_once_however_often_it_is_sent() {
    let town = Arc::new(Town::start().await);
    town.paid("P1", 1_000).await;
    let mut calls = JoinSet::new();
    for _ in 0..16 {
        let town = Arc::clone(&town);
        calls.spawn(async move { town.gateway.refund(&town.refund_order("R1", "P1", 600, 1_000)).await });
    }
    for answer in calls.join_all().await {
        assert_eq!(answer.unwrap().amount, 600);
    }
    town.settled("R1").await;
    let again = town.gateway.refund(&town.refund_order("R1", "P1", 600, 1_000)).await.unwrap();
    assert_eq!(again.status, RefundStatus::Succeeded);
    town.shop.heard(1).await;

    let seen = town.get("/control/refunds/R1").await;
    assert_eq!((seen["asked"].as_i64(), seen["payouts"].as_i64()), (Some(17), Some(1)));
    assert_eq!(town.get("/control/payments/P1").await["refunded"], 600);
}

#[tokio::test]
async fn one_number_never_means_two_things() {
    let town = Town::start().await;
    town.paid("P1", 1_000).await;
    town.paid("P2", 1_000).await;
    town.gateway.refund(&town.refund_order("R1", "P1", 400, 1_000)).await.unwrap();
    for other in [town.refund_order("R1", "P1", 401, 1_000), town.refund_order("R1", "P2", 400, 1_000)] {
        assert_eq!(code(town.gateway.refund(&other).await), "PARAM_MISMATCH");
    }
}

#[tokio::test]
async fn no_more_is_given_back_than_came_in() {
    let town = Arc::new(Town::start().await);
    town.paid("P1", 1_000).await;
    let mut calls = JoinSet::new();
    for number in 0..16 {
        let town = Arc::clone(&town);
        calls.spawn(async move { town.gateway.refund(&town.refund_order(&format!("R{number}"), "P1", 100, 1_000)).await });
    }
    let (accepted, refused): (Vec<_>, Vec<_>) = calls.join_all().await.into_iter().partition(Result::is_ok);
    assert_eq!(accepted.len(), 10);
    for answer in refused {
        assert_eq!(code(answer), "REFUND_EXCEEDED");
    }
    assert_eq!(town.get("/control/payments/P1").await["refunded"], 1_000);
}

#[tokio::test]
async fn what_makes_no_sense_is_refused() {
    let town = Town::start().await;
    town.paid("P1", 1_000).await;
    town.gateway.pay(&town.order("P2", 1_000)).await.unwrap();
    let refusals = [
        ("RESOURCE_NOT_EXISTS", town.refund_order("R1", "P0", 1, 1_000)),
        ("ORDER_NOT_PAID", town.refund_order("R1", "P2", 1, 1_000)),
        ("PARAM_ERROR", town.refund_order("R1", "P1", 1, 999)),
        ("PARAM_ERROR", town.refund_order("R1", "P1", 0, 1_000)),
        ("PARAM_ERROR", town.refund_order("R1", "P1", -1, 1_000)),
        ("PARAM_ERROR", town.refund_order("R 1", "P1", 1, 1_000)),
        ("PARAM_ERROR", town.refund_order("", "P1", 1, 1_000)),
    ];
    for (expected, order) in refusals {
        assert_eq!(code(town.gateway.refund(&order).await), expected);
    }
    assert_eq!(town.gateway.query_refund("P1", "R1").await.unwrap(), None);
}

#[tokio::test]
async fn the_seeder_settles_quietly_at_any_moment() {
    let town = Town::start_as("sqlite::memory:", |config| config.settle_after = Duration::from_mins(10)).await;
    town.paid("P1", 1_000).await;
    town.gateway.refund(&town.refund_order("R1", "P1", 400, 1_000)).await.unwrap();
    let settled = town.post("/control/refunds/R1/settle", r#"{"quiet":true,"at":4321}"#).await;
    assert_eq!((settled["status"].as_str(), settled["settled_at"].as_i64()), (Some("succeeded"), Some(4321)));
    let again = town.post("/control/refunds/R1/settle", r#"{"at":5432}"#).await;
    assert_eq!(again, settled);
    assert!(town.shop.heard(0).await.is_empty());
}
