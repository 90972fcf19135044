use std::sync::Arc;

use guitu::server::payments::{Gateway, GatewayError, RefundOutcome, Remedy};
use tokio::task::JoinSet;

use crate::wechat::support::Town;

#[tokio::test]
async fn one_number_is_paid_out_once_however_often_it_is_sent() {
    let town = Arc::new(Town::start().await);
    town.paid("P00001", 1_000).await;
    let mut calls = JoinSet::new();
    for _ in 0..16 {
        let town = Arc::clone(&town);
        calls.spawn(async move { town.gateway.refund(&town.refund_order("R1", "P00001", 600)).await });
    }
    for answer in calls.join_all().await {
        assert_eq!(answer.unwrap().amount, 600);
    }
    town.settled("R1").await;
    let again = town.gateway.refund(&town.refund_order("R1", "P00001", 600)).await.unwrap();
    assert_eq!(again.status, RefundOutcome::Succeeded);
    town.shop.heard(1).await;

    let seen = town.seen("refunds/R1").await;
    assert_eq!((seen["asked"].as_i64(), seen["payouts"].as_i64()), (Some(17), Some(1)));
    assert_eq!(town.seen("payments/P00001").await["refunded"], 600);
}

#[tokio::test]
async fn no_more_is_given_back_than_came_in() {
    let town = Arc::new(Town::start().await);
    town.paid("P00001", 1_000).await;
    let mut calls = JoinSet::new();
    for number in 0..16 {
        let town = Arc::clone(&town);
        calls.spawn(async move { town.gateway.refund(&town.refund_order(&format!("R{number}"), "P00001", 100)).await });
    }
    let (accepted, refused): (Vec<_>, Vec<_>) = calls.join_all().await.into_iter().partition(Result::is_ok);
    assert_eq!(accepted.len(), 10);
    for answer in refused {
        assert!(matches!(answer, Err(GatewayError::Refused(refusal)) if refusal.code == "INVALID_REQUEST"));
    }
    assert_eq!(town.seen("payments/P00001").await["refunded"], 1_000);
}

#[tokio::test]
async fn what_makes_no_sense_is_refused() {
    let town = Town::start().await;
    town.paid("P00001", 1_000).await;
    let refund = |number: &str, amount| town.refund_order(number, "P00001", amount);
    for order in [refund("R1", 0), refund("R1", -1), refund("R 1", 1), refund("", 1), refund(&"R".repeat(65), 1)] {
        let answer = town.gateway.refund(&order).await;
        assert!(matches!(&answer, Err(GatewayError::Refused(refusal)) if refusal.code == "PARAM_ERROR"), "{answer:?}");
    }
    assert_eq!(town.gateway.query_refund("P00001", "R1").await.unwrap(), None);
}

#[tokio::test]
async fn nothing_listens_so_nothing_was_sent() {
    let town = Town::start().await;
    let down = crate::wechat::support::deaf().refund(&town.refund_order("R1", "P00001", 1)).await.unwrap_err();
    assert!(matches!(down, GatewayError::Down(_)), "{down}");
    assert_eq!(down.remedy(), Remedy::RetryUnchanged);
}
