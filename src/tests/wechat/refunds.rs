use guitu::server::payments::{Gateway, GatewayCallback, GatewayError, GatewayRefusal, PaymentOutcome, RefundOrder, RefundOutcome, Remedy};

use super::support::Town;
use crate::sandbox::support::START;

fn refused<T: std::fmt::Debug>(answer: Result<T, GatewayError>) -> GatewayRefusal {
    match answer {
        Err(GatewayError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn money_is_accepted_goes_back_and_is_told_of_once() {
    let town = Town::start().await;
    town.paid("P00001", 1_000).await;
    assert_eq!(town.gateway.query_refund("P00001", "R1").await.unwrap(), None);

    let order = town.refund_order("R1", "P00001", 405);
    let first = town.gateway.refund(&order).await.unwrap();
    assert_eq!((&first.status, first.amount, first.currency.as_str(), first.at), (&RefundOutcome::Processing, 405, "CNY", START));
    town.settles("R1").await;
    let found = town.gateway.query_refund("P00001", "R1").await.unwrap().unwrap();
    assert_eq!((&found.status, found.amount, found.at), (&RefundOutcome::Succeeded, 405, START));
    assert_eq!(town.shop.heard(1).await, [GatewayCallback::Refund(found.clone())]);

    assert_eq!(town.gateway.refund(&order).await.unwrap(), found, "a repeat moves nothing and tells how it stands");
    assert_eq!(found.gateway_refund_no, first.gateway_refund_no);
    assert_eq!(town.payouts("R1").await, 1);
}

#[tokio::test]
async fn parts_add_up_to_the_whole_and_not_a_fen_more() {
    let town = Town::start().await;
    town.paid("P00001", 1_000).await;
    for (refund_no, amount) in [("R1", 333), ("R2", 333), ("R3", 1)] {
        assert_eq!(town.gateway.refund(&town.refund_order(refund_no, "P00001", amount)).await.unwrap().amount, amount);
    }
    let too_much = refused(town.gateway.refund(&town.refund_order("R4", "P00001", 334)).await);
    assert_eq!((too_much.code.as_str(), too_much.remedy()), ("INVALID_REQUEST", Remedy::ByHand));
    assert_eq!(town.gateway.query_refund("P00001", "R4").await.unwrap(), None);
    town.gateway.refund(&town.refund_order("R4", "P00001", 333)).await.unwrap();
    town.shop.heard(4).await;

    let PaymentOutcome::Paid(receipt) = town.gateway.query("P00001").await.unwrap() else { panic!("money that went back had come") };
    assert_eq!(receipt.amount, 1_000);
}

#[tokio::test]
async fn a_number_belongs_to_one_refund() {
    let town = Town::start().await;
    town.paid("P00001", 1_000).await;
    town.paid("P00002", 1_000).await;
    town.gateway.refund(&town.refund_order("R1", "P00001", 400)).await.unwrap();
    let reason = RefundOrder { reason: "又不喜欢".to_owned(), ..town.refund_order("R1", "P00001", 400) };
    for order in [town.refund_order("R1", "P00001", 500), town.refund_order("R1", "P00002", 400), reason] {
        let refusal = refused(town.gateway.refund(&order).await);
        assert_eq!((refusal.code.as_str(), refusal.remedy()), ("INVALID_REQUEST", Remedy::ByHand));
    }
    let another = town.gateway.query_refund("P00002", "R1").await.unwrap_err();
    assert!(matches!(another, GatewayError::Unknown(_)), "{another}");
    town.shop.heard(1).await;
    assert_eq!(town.payouts("R1").await, 1);
}

#[tokio::test]
async fn only_money_that_came_can_go_back() {
    let town = Town::start().await;
    let unknown = refused(town.gateway.refund(&town.refund_order("R1", "P00001", 400)).await);
    assert_eq!(unknown.code, "RESOURCE_NOT_EXISTS");
    assert_eq!(town.gateway.query_refund("P00001", "R1").await.unwrap(), None);
    town.page(&town.order("P00001", 1_000)).await;
    let unpaid = refused(town.gateway.refund(&town.refund_order("R1", "P00001", 400)).await);
    assert_eq!((unpaid.code.as_str(), unpaid.remedy()), ("RESOURCE_NOT_EXISTS", Remedy::ByHand));
    town.confirms("P00001").await;
    for order in [
        town.refund_order("R1", "P00001", 0),
        town.refund_order("R 1", "P00001", 400),
        town.refund_order("", "P00001", 400),
        RefundOrder { total: 999, ..town.refund_order("R1", "P00001", 400) },
    ] {
        assert_eq!(refused(town.gateway.refund(&order).await).code, "PARAM_ERROR", "{order:?}");
    }
    let long = RefundOrder { reason: "茶".repeat(200), ..town.refund_order("R|*@_-1", "P00001", 400) };
    assert_eq!(town.gateway.refund(&long).await.unwrap().refund_no, "R|*@_-1");
    assert!(town.gateway.query_refund("P00001", "R|*@_-1").await.unwrap().is_some());
}

/// WeChat Pay tells where the refund says to, and tells nobody if it says nothing.
#[tokio::test]
async fn a_refund_without_an_address_is_told_to_nobody() {
    let town = Town::start().await;
    town.paid("P00001", 1_000).await;
    let order = RefundOrder { notify_url: String::new(), ..town.refund_order("R1", "P00001", 400) };
    town.gateway.refund(&order).await.unwrap();
    town.settles("R1").await;
    assert!(town.shop.heard(0).await.is_empty());
    assert_eq!(town.payouts("R1").await, 1);
}
