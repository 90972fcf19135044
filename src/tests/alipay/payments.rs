use guitu::server::payments::alipay::sign::verify_request;
use guitu::server::payments::{CloseAnswer, Gateway, GatewayCallback, GatewayError, PaymentOutcome, Receipt, Remedy};
use reqwest::header::LOCATION;
use serde_json::{Value, json};

use super::support::{APP, SHOP_KEY, Town, carried};
use crate::sandbox::support::{HOUR, START};

fn receipt(outcome: PaymentOutcome) -> Receipt {
    match outcome {
        PaymentOutcome::Paid(receipt) => receipt,
        other => panic!("not paid: {other:?}"),
    }
}

#[tokio::test]
async fn the_address_carries_the_whole_order_signed() {
    let town = Town::start().await;
    let order = town.order("P1", 26_905);
    let url = town.page(&order).await;
    assert!(url.starts_with(&format!("{}/alipay/gateway.do?", town.sandbox.base_url)));
    let params = carried(&url);
    verify_request(&params, &SHOP_KEY.public().unwrap()).unwrap();
    let public = ["method", "app_id", "sign_type", "charset", "return_url", "notify_url"].map(|name| params[name].as_str());
    assert_eq!(public, ["alipay.trade.wap.pay", APP, "RSA2", "utf-8", &order.return_url, &order.notify_url]);
    let content: Value = serde_json::from_str(&params["biz_content"]).unwrap();
    assert_eq!(
        content,
        json!({
            "out_trade_no": "P1", "total_amount": "269.05", "subject": "云朵马克杯  <2 件>", "product_code": "QUICK_WAP_WAY",
            "time_expire": "2026-11-22 11:00:00", "quit_url": order.return_url,
        })
    );
}

#[tokio::test]
async fn nobody_knows_a_payment_before_the_browser_brings_it() {
    let town = Town::start().await;
    town.page(&town.order("P1", 100)).await;
    assert_eq!(town.gateway.query("P1").await.unwrap(), PaymentOutcome::NotFound);
    assert_eq!(town.gateway.close("P1").await.unwrap(), CloseAnswer::NotFound);
    town.opened("P1", 100).await;
    assert_eq!(town.gateway.query("P1").await.unwrap(), PaymentOutcome::Pending);
}

#[tokio::test]
async fn poll_closing_and_notice_report_the_same_receipt() {
    let town = Town::start().await;
    let cashier = town.opened("P1", 26_900).await;
    let answer = town.browser.post(format!("{cashier}/confirm")).send().await.unwrap();
    assert_eq!(answer.headers()[LOCATION], town.order("P1", 1).return_url);

    let polled = receipt(town.gateway.query("P1").await.unwrap());
    assert_eq!((polled.payment_no.as_str(), polled.amount, polled.currency.as_str(), polled.at), ("P1", 26_900, "CNY", START));
    assert_eq!(town.shop.heard(1).await, [GatewayCallback::Paid(polled.clone())]);
    assert_eq!(town.gateway.close("P1").await.unwrap(), CloseAnswer::Paid(polled));
}

#[tokio::test]
async fn a_closed_payment_takes_no_money_and_says_so() {
    let town = Town::start().await;
    let cashier = town.opened("P1", 100).await;
    assert_eq!(town.gateway.close("P1").await.unwrap(), CloseAnswer::Closed);
    assert_eq!(town.shop.heard(1).await, [GatewayCallback::Closed { payment_no: "P1".to_owned() }]);
    assert_eq!(town.gateway.close("P1").await.unwrap(), CloseAnswer::Closed);
    assert_eq!(town.gateway.query("P1").await.unwrap(), PaymentOutcome::Closed);

    assert_eq!(town.browser.post(format!("{cashier}/confirm")).send().await.unwrap().status(), 410);
    let answer = town.browser.get(town.page(&town.order("P1", 100)).await).send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert!(answer.text().await.unwrap().contains("交易已关闭"));
    assert_eq!(town.gateway.query("P1").await.unwrap(), PaymentOutcome::Closed);
}

#[tokio::test]
async fn nobody_pays_after_the_end() {
    let town = Town::start().await;
    let cashier = town.opened("P1", 100).await;
    town.browser
        .post(format!("{}/control/clock", town.sandbox.base_url))
        .body(format!(r#"{{"advance_ms":{HOUR}}}"#))
        .send()
        .await
        .unwrap()
        .error_for_status()
        .unwrap();
    assert_eq!(town.browser.post(format!("{cashier}/confirm")).send().await.unwrap().status(), 410);
    assert_eq!(town.gateway.query("P1").await.unwrap(), PaymentOutcome::Closed);
}

#[tokio::test]
async fn the_same_number_opens_the_same_payment_and_no_other() {
    let town = Town::start().await;
    let cashier = town.opened("P1", 100).await;
    assert_eq!(town.opened("P1", 100).await, cashier);
    let answer = town.browser.get(town.page(&town.order("P1", 200)).await).send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert!(answer.text().await.unwrap().contains("与首次不一致"));
    town.confirms("P1").await;
    assert_eq!(receipt(town.gateway.query("P1").await.unwrap()).amount, 100);
}

#[tokio::test]
async fn an_address_that_was_changed_opens_nothing() {
    let town = Town::start().await;
    let url = town.page(&town.order("P1", 20_000)).await;
    let cheaper = url.replace("200.00", "000.01");
    assert_ne!(cheaper, url);
    let answer = town.browser.get(cheaper).send().await.unwrap().text().await.unwrap();
    assert!(answer.contains("isv.invalid-signature"), "{answer}");
    assert_eq!(town.gateway.query("P1").await.unwrap(), PaymentOutcome::NotFound);
}

#[tokio::test]
async fn what_is_no_order_is_refused_at_the_door() {
    let town = Town::start().await;
    let refused = [town.order("P 1", 100), town.order("P1", 0), town.order("", 100)];
    for order in refused {
        let answer = town.browser.get(town.page(&order).await).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{order:?}");
    }
    let nameless = town.gateway.query("").await;
    assert_eq!(nameless.unwrap(), PaymentOutcome::NotFound);
    let wide = guitu::server::payments::PayOrder { expires_at: i64::MAX, ..town.order("P1", 100) };
    let never = town.gateway.pay(&wide).await.unwrap_err();
    assert!(matches!(never, GatewayError::NotBuilt(_)));
    assert_eq!(never.remedy(), Remedy::ByHand);
}
