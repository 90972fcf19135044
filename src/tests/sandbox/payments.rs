use guitu::server::payments::{CloseAnswer, Gateway, GatewayError, Notice, PaymentOutcome, Receipt, Remedy};
use serde_json::Value;

use super::support::{HOUR, START, Town};

fn receipt(outcome: PaymentOutcome) -> Receipt {
    match outcome {
        PaymentOutcome::Paid(receipt) => receipt,
        other => panic!("not paid: {other:?}"),
    }
}

#[tokio::test]
async fn poll_closing_and_callback_report_the_same_receipt() {
    let town = Town::start().await;
    town.gateway.pay(&town.order("P1", 26_900)).await.unwrap();
    assert_eq!(town.gateway.query("P1").await.unwrap(), PaymentOutcome::Pending);

    town.post("/control/payments/P1/pay", "{}").await;

    let polled = receipt(town.gateway.query("P1").await.unwrap());
    assert_eq!((polled.payment_no.as_str(), polled.amount, polled.currency.as_str(), polled.at), ("P1", 26_900, "CNY", START));
    assert_eq!(town.shop.heard(1).await, [Notice::Paid(polled.clone())]);
    assert_eq!(town.gateway.close("P1").await.unwrap(), CloseAnswer::Paid(polled));
}

#[tokio::test]
async fn the_same_number_opens_the_same_payment_and_no_other() {
    let town = Town::start().await;
    let first = town.gateway.pay(&town.order("P1", 100)).await.unwrap();
    assert_eq!(town.gateway.pay(&town.order("P1", 100)).await.unwrap(), first);

    let refused = town.gateway.pay(&town.order("P1", 200)).await.unwrap_err();
    assert!(matches!(&refused, GatewayError::Refused(refusal) if refusal.code == "PARAM_MISMATCH"));
    assert_eq!(refused.remedy(), Remedy::ByHand);
    assert_eq!(town.get("/control/payments/P1").await["asked"], 3);
}

#[tokio::test]
async fn a_closed_payment_takes_no_money() {
    let town = Town::start().await;
    town.gateway.pay(&town.order("P1", 100)).await.unwrap();
    assert_eq!(town.gateway.close("P1").await.unwrap(), CloseAnswer::Closed);
    assert_eq!(town.gateway.close("P1").await.unwrap(), CloseAnswer::Closed);
    assert_eq!(town.gateway.query("P1").await.unwrap(), PaymentOutcome::Closed);

    let refused = town.gateway.pay(&town.order("P1", 100)).await.unwrap_err();
    assert!(matches!(refused, GatewayError::Refused(refusal) if refusal.code == "ORDER_CLOSED"));
    let url = format!("{}/control/payments/P1/pay", town.sandbox.base_url);
    assert_eq!(town.browser.post(url).send().await.unwrap().status(), 409);
    assert!(town.shop.heard(0).await.is_empty());
}

#[tokio::test]
async fn an_unknown_payment_is_not_found() {
    let town = Town::start().await;
    assert_eq!(town.gateway.query("P0").await.unwrap(), PaymentOutcome::NotFound);
    assert_eq!(town.gateway.close("P0").await.unwrap(), CloseAnswer::NotFound);
}

#[tokio::test]
async fn a_payment_closes_by_itself_when_its_time_is_over() {
    let town = Town::start().await;
    town.gateway.pay(&town.order("P1", 100)).await.unwrap();
    town.post("/control/clock", &format!(r#"{{"advance_ms":{HOUR}}}"#)).await;
    assert_eq!(town.gateway.query("P1").await.unwrap(), PaymentOutcome::Closed);
}

#[tokio::test]
async fn the_seeder_pays_quietly_at_any_moment() {
    let town = Town::start().await;
    town.gateway.pay(&town.order("P1", 100)).await.unwrap();
    let paid = town.post("/control/payments/P1/pay", r#"{"quiet":true,"at":1234,"amount":99}"#).await;
    assert_eq!((&paid["status"], &paid["paid_amount"], &paid["amount"]), (&Value::from("paid"), &Value::from(99), &Value::from(100)));
    let receipt = receipt(town.gateway.query("P1").await.unwrap());
    assert_eq!((receipt.amount, receipt.at), (99, 1234));
    assert!(town.shop.heard(0).await.is_empty());
}
