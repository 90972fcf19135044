use guitu::server::payments::{Gateway, GatewayCallback, GatewayError, GatewayRefusal, PaymentOutcome, RefundOutcome, Remedy};

use super::support::Town;
use crate::sandbox::support::START;

fn refused<T: std::fmt::Debug>(answer: Result<T, GatewayError>) -> GatewayRefusal {
    match answer {
        Err(GatewayError::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn money_goes_back_at_once_and_under_one_number_once() {
    let town = Town::start().await;
    town.paid("P1", 1_000).await;
    assert_eq!(town.gateway.query_refund("P1", "R1").await.unwrap(), None);

    let order = town.refund_order("R1", "P1", 405);
    let first = town.gateway.refund(&order).await.unwrap();
    assert_eq!((first.status, first.amount, first.currency.as_str()), (RefundOutcome::Succeeded, 405, "CNY"));

    let again = town.gateway.refund(&order).await.unwrap();
    assert_eq!(again.status, RefundOutcome::Processing, "a repeat moves nothing, and only a look-up tells that money went back before");
    let found = town.gateway.query_refund("P1", "R1").await.unwrap().unwrap();
    assert_eq!((found.status, found.amount, found.at), (RefundOutcome::Succeeded, 405, START));
    assert_eq!(found.gateway_refund_no, first.gateway_refund_no);
    assert_eq!(town.payouts("R1").await, 1);
}

#[tokio::test]
async fn parts_add_up_to_the_whole_and_not_a_fen_more() {
    let town = Town::start().await;
    town.paid("P1", 1_000).await;
    for (refund_no, amount) in [("R1", 333), ("R2", 333), ("R3", 1)] {
        let report = town.gateway.refund(&town.refund_order(refund_no, "P1", amount)).await.unwrap();
        assert_eq!((report.status, report.amount), (RefundOutcome::Succeeded, amount));
    }
    let too_much = refused(town.gateway.refund(&town.refund_order("R4", "P1", 334)).await);
    assert_eq!((too_much.code.as_str(), too_much.remedy()), ("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", Remedy::ByHand));
    assert_eq!(town.gateway.query_refund("P1", "R4").await.unwrap(), None);
    town.gateway.refund(&town.refund_order("R4", "P1", 333)).await.unwrap();

    let PaymentOutcome::Paid(receipt) = town.gateway.query("P1").await.unwrap() else { panic!("money that went back had come") };
    assert_eq!(receipt.amount, 1_000);
    for (refund_no, amount) in [("R1", 333), ("R2", 333), ("R3", 1), ("R4", 333)] {
        assert_eq!(town.gateway.query_refund("P1", refund_no).await.unwrap().unwrap().amount, amount);
    }
}

#[tokio::test]
async fn a_notice_of_a_refund_names_it_and_says_no_sum() {
    let town = Town::start().await;
    town.paid("P1", 1_000).await;
    town.gateway.refund(&town.refund_order("R1", "P1", 400)).await.unwrap();
    town.shop.heard(1).await;
    town.gateway.refund(&town.refund_order("R2", "P1", 600)).await.unwrap();
    let told = town.shop.heard(2).await;
    let told_of = |refund_no: &str| GatewayCallback::Refunded { payment_no: "P1".to_owned(), refund_no: refund_no.to_owned() };
    assert_eq!(told, [told_of("R1"), told_of("R2")]);
}

#[tokio::test]
async fn a_number_belongs_to_one_refund() {
    let town = Town::start().await;
    town.paid("P1", 1_000).await;
    town.paid("P2", 1_000).await;
    town.gateway.refund(&town.refund_order("R1", "P1", 400)).await.unwrap();
    for order in [town.refund_order("R1", "P1", 500), town.refund_order("R1", "P2", 400)] {
        let refusal = refused(town.gateway.refund(&order).await);
        assert_eq!((refusal.code.as_str(), refusal.remedy()), ("ACQ.DISCORDANT_REPEAT_REQUEST", Remedy::ByHand));
    }
    assert_eq!(town.gateway.query_refund("P2", "R1").await.unwrap(), None);
    assert_eq!(town.payouts("R1").await, 1);
}

#[tokio::test]
async fn only_money_that_came_can_go_back() {
    let town = Town::start().await;
    let unknown = refused(town.gateway.refund(&town.refund_order("R1", "P1", 400)).await);
    assert_eq!(unknown.code, "ACQ.TRADE_NOT_EXIST");
    assert_eq!(town.gateway.query_refund("P1", "R1").await.unwrap(), None);
    town.opened("P1", 1_000).await;
    let unpaid = refused(town.gateway.refund(&town.refund_order("R1", "P1", 400)).await);
    assert_eq!((unpaid.code.as_str(), unpaid.remedy()), ("ACQ.TRADE_STATUS_ERROR", Remedy::ByHand));
    let nothing = refused(town.gateway.refund(&town.refund_order("R1", "P1", 0)).await);
    assert_eq!(nothing.code, "ACQ.INVALID_PARAMETER");
}
