//! How often and how long WeChat Pay pays back, where the sandbox keeps to it.

use guitu::demo::sandbox::WechatAccount;
use guitu::server::payments::{Gateway, GatewayError, Remedy};

use super::support::{Town, account};
use crate::sandbox::support::HOUR;

const MINUTE: i64 = HOUR / 60;

async fn town() -> Town {
    let town = Town::start_with(WechatAccount { keeps_limits: true, ..account() }).await;
    town.paid("P00001", 1_000).await;
    town
}

async fn sends(town: &Town, refund_no: &str) -> Result<(), (String, Remedy)> {
    match town.gateway.refund(&town.refund_order(refund_no, "P00001", 1)).await {
        Ok(_) => Ok(()),
        Err(GatewayError::Refused(refusal)) => Err((refusal.code.clone(), refusal.remedy())),
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn parts_are_a_minute_apart() {
    let town = town().await;
    sends(&town, "R1").await.unwrap();
    town.lets_pass(MINUTE - 1).await;
    assert_eq!(sends(&town, "R2").await, Err(("FREQUENCY_LIMITED".to_owned(), Remedy::RetryUnchanged)));
    sends(&town, "R1").await.unwrap();
    town.lets_pass(1).await;
    sends(&town, "R2").await.unwrap();
}

#[tokio::test]
async fn there_are_fifty_parts_at_most() {
    let town = town().await;
    for part in 1..=50 {
        sends(&town, &format!("R{part}")).await.unwrap();
        town.lets_pass(MINUTE).await;
    }
    assert_eq!(sends(&town, "R51").await, Err(("INVALID_REQUEST".to_owned(), Remedy::ByHand)));
    sends(&town, "R50").await.unwrap();
}

#[tokio::test]
async fn and_none_after_a_year() {
    let town = town().await;
    town.lets_pass(365 * 24 * HOUR).await;
    sends(&town, "R1").await.unwrap();
    town.lets_pass(MINUTE).await;
    assert_eq!(sends(&town, "R2").await, Err(("INVALID_REQUEST".to_owned(), Remedy::ByHand)));
    sends(&town, "R1").await.unwrap();
}
