//! Whoever answers in Alipay's place decides nothing.

use axum::Router;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use guitu::server::payments::alipay::{AlipayGateway, AlipaySettings};
use guitu::server::payments::keys::PrivateKey;
use guitu::server::payments::{Gateway, GatewayError, PaymentOutcome, Remedy, SignatureFault};

use super::support::{ALIPAY_KEY, SHOP_KEY, Town, settings};
use crate::sandbox::ear::listen;

/// The adapter before somebody who always answers this.
async fn before(status: StatusCode, answer: impl Into<String>) -> AlipayGateway {
    let answer = answer.into();
    let url = listen(Router::new().fallback(async move || (status, answer.clone()).into_response())).await;
    AlipayGateway::new(settings(&url)).unwrap()
}

/// An answer in Alipay's form, signed with some key.
fn answer(node: &str, text: &str, key: &PrivateKey) -> String {
    format!(r#"{{"{node}":{text},"sign":"{}"}}"#, key.sign(text.as_bytes()).unwrap())
}

const NOT_EXIST: &str = r#"{"code":"40004","msg":"Business Failed","sub_code":"ACQ.TRADE_NOT_EXIST","sub_msg":"交易不存在"}"#;
const PAID: &str = r#"{"code":"10000","msg":"Success","out_trade_no":"P1","trade_no":"T1","trade_status":"TRADE_SUCCESS","total_amount":"1.00","send_pay_date":"2026-11-22 10:00:00"}"#;

#[tokio::test]
async fn the_gateways_own_word_counts() {
    let gateway = before(StatusCode::OK, answer("alipay_trade_query_response", NOT_EXIST, &ALIPAY_KEY)).await;
    assert_eq!(gateway.query("P1").await.unwrap(), PaymentOutcome::NotFound);
    let gateway = before(StatusCode::OK, answer("alipay_trade_query_response", PAID, &ALIPAY_KEY)).await;
    assert!(matches!(gateway.query("P1").await.unwrap(), PaymentOutcome::Paid(receipt) if receipt.amount == 100));
}

/// "No such trade" must not come from a proxy in between: a refund would be sent again, an order closed.
#[tokio::test]
async fn nobody_elses_does() {
    let stranger = PrivateKey::generate().unwrap();
    for (status, said) in [
        (StatusCode::OK, format!(r#"{{"alipay_trade_query_response":{NOT_EXIST}}}"#)),
        (StatusCode::OK, format!(r#"{{"error_response":{NOT_EXIST}}}"#)),
        (StatusCode::OK, format!(r#"{{"alipay_trade_query_response":{PAID}}}"#)),
        (StatusCode::OK, format!(r#"{{"alipay_trade_query_response":{PAID},"sign":null}}"#)),
        (StatusCode::OK, format!(r#"{{"alipay_trade_query_response":{PAID},"sign":""}}"#)),
        (StatusCode::OK, answer("alipay_trade_query_response", NOT_EXIST, &stranger)),
        (StatusCode::OK, answer("alipay_trade_query_response", PAID, &SHOP_KEY)),
        (StatusCode::OK, answer("alipay_trade_query_response", PAID, &ALIPAY_KEY).replace("1.00", "9.00")),
        (StatusCode::OK, answer("alipay_trade_close_response", PAID, &ALIPAY_KEY)),
        (StatusCode::OK, answer("alipay_trade_query_response", &PAID.replace("P1", "P2"), &ALIPAY_KEY)),
        (StatusCode::OK, answer("alipay_trade_query_response", &PAID.replace("TRADE_SUCCESS", "TRADE_STOLEN"), &ALIPAY_KEY)),
        (StatusCode::OK, answer("alipay_trade_query_response", r#"{"code":"10000"}"#, &ALIPAY_KEY)),
        (StatusCode::BAD_GATEWAY, answer("alipay_trade_query_response", NOT_EXIST, &ALIPAY_KEY)),
        (StatusCode::OK, "<!DOCTYPE html><title>请登录</title>".to_owned()),
        (StatusCode::NOT_FOUND, String::new()),
        (StatusCode::FOUND, String::new()),
        (StatusCode::OK, "null".to_owned()),
        (StatusCode::OK, format!("{{\"alipay_trade_query_response\":\"{}\"", "茶".repeat(700_000))),
    ] {
        let short: String = said.chars().take(200).collect();
        let error = before(status, said).await.query("P1").await.unwrap_err();
        assert!(matches!(error, GatewayError::Unknown(_) | GatewayError::BadSignature(SignatureFault::Forged)), "{short}: {error}");
        assert_eq!(error.remedy(), Remedy::QueryFirst);
    }
}

/// Code 10000 says that the question was understood, no more.
#[tokio::test]
async fn an_understood_question_is_no_refund() {
    let node = "alipay_trade_fastpay_refund_query_response";
    let asks = async |text: &str| before(StatusCode::OK, answer(node, text, &ALIPAY_KEY)).await.query_refund("P1", "R1").await;
    for nothing in [
        r#"{"code":"10000","msg":"Success"}"#,
        r#"{"code":"10000","msg":"Success","out_trade_no":"P1","out_request_no":"R1","refund_amount":"4.00"}"#,
        r#"{"code":"10000","msg":"Success","out_trade_no":"P1","out_request_no":"R1","refund_amount":"4.00","refund_status":"REFUND_FAIL"}"#,
        NOT_EXIST,
    ] {
        assert_eq!(asks(nothing).await.unwrap(), None, "{nothing}");
    }
    let found = r#"{"code":"10000","msg":"Success","out_trade_no":"P1","trade_no":"T1","out_request_no":"R1","refund_amount":"4.00","refund_status":"REFUND_SUCCESS"}"#;
    assert_eq!(asks(found).await.unwrap().unwrap().amount, 400);
    for wrong in [
        found.replace("R1", "R2"),
        found.replace("P1", "P2"),
        found.replace(r#""refund_amount":"4.00","#, ""),
        found.replace("4.00", "4.005"),
        found.replace("REFUND_SUCCESS", "REFUND_STOLEN"),
    ] {
        assert!(matches!(asks(&wrong).await, Err(GatewayError::Unknown(_))), "{wrong}");
    }
}

/// All that ever went back cannot be less than what went back now.
#[tokio::test]
async fn a_refund_of_less_than_was_asked_is_none() {
    let town = Town::start().await;
    let text = r#"{"code":"10000","msg":"Success","out_trade_no":"P1","trade_no":"T1","fund_change":"Y","refund_fee":"3.99"}"#;
    let gateway = before(StatusCode::OK, answer("alipay_trade_refund_response", text, &ALIPAY_KEY)).await;
    let error = gateway.refund(&town.refund_order("R1", "P1", 400)).await.unwrap_err();
    assert!(matches!(error, GatewayError::Unknown(_)), "{error}");
}

#[tokio::test]
async fn wrong_keys_and_names_are_told_apart() {
    let town = Town::start().await;
    town.opened("P1", 100).await;
    let asks = async |settings: AlipaySettings| AlipayGateway::new(settings).unwrap().query("P1").await.unwrap_err();

    let wrong_own = asks(AlipaySettings { key: PrivateKey::generate().unwrap(), ..town.settings() }).await;
    assert!(matches!(&wrong_own, GatewayError::Refused(refusal) if refusal.code == "isv.invalid-signature"), "{wrong_own}");
    assert_eq!(wrong_own.remedy(), Remedy::ByHand);

    let wrong_theirs = asks(AlipaySettings { alipay_key: SHOP_KEY.public().unwrap(), ..town.settings() }).await;
    assert!(matches!(wrong_theirs, GatewayError::BadSignature(SignatureFault::Forged)), "{wrong_theirs}");

    let wrong_app = asks(AlipaySettings { app_id: "2014072300007149".to_owned(), ..town.settings() }).await;
    assert!(matches!(&wrong_app, GatewayError::Unknown(why) if why.contains("isv.invalid-app-id")), "{wrong_app}");

    let nobody = asks(settings("http://127.0.0.1:1/gateway.do")).await;
    assert!(matches!(nobody, GatewayError::Down(_)), "{nobody}");
}
