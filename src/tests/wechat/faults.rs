use std::time::{Duration, Instant};

use axum::http::StatusCode;
use guitu::server::payments::wechat::{WechatGateway, WechatSettings};
use guitu::server::payments::{Gateway, GatewayCallback, GatewayError, PaymentOutcome, RefundOutcome, Remedy, SignatureFault};

use super::support::Town;

/// A fault after which the outcome is unknown, although the refund was accepted.
async fn carried_out_without_an_answer(fault: &str) -> GatewayError {
    let town = Town::start().await;
    town.paid("P00001", 1_000).await;
    town.plan_fault("refund", fault, 1).await;
    let order = town.refund_order("R1", "P00001", 400);

    let impatient = WechatGateway::new(WechatSettings { timeout: Duration::from_secs(1), ..town.settings() }).unwrap();
    let unknown = impatient.refund(&order).await.unwrap_err();
    assert_eq!(unknown.remedy(), Remedy::QueryFirst, "{unknown}");

    assert!(town.gateway.query_refund("P00001", "R1").await.unwrap().is_some());
    town.gateway.refund(&order).await.unwrap();
    town.settles("R1").await;
    assert_eq!(town.gateway.query_refund("P00001", "R1").await.unwrap().unwrap().status, RefundOutcome::Succeeded);
    assert_eq!(town.payouts("R1").await, 1);
    unknown
}

#[tokio::test]
async fn answered_late() {
    carried_out_without_an_answer(r#"{"kind":"late","ms":20000}"#).await;
}

#[tokio::test]
async fn connection_cut() {
    carried_out_without_an_answer(r#"{"kind":"cut"}"#).await;
}

#[tokio::test]
async fn answered_with_a_web_page() {
    let unknown = carried_out_without_an_answer(r#"{"kind":"html"}"#).await;
    assert!(matches!(&unknown, GatewayError::Unknown(why) if why.contains("text/html")), "{unknown}");
}

#[tokio::test]
async fn answered_with_a_wrong_signature() {
    let unknown = carried_out_without_an_answer(r#"{"kind":"forged"}"#).await;
    assert!(matches!(unknown, GatewayError::BadSignature(SignatureFault::Forged)), "{unknown}");
}

#[tokio::test]
async fn answered_under_a_serial_that_nobody_knows() {
    let unknown = carried_out_without_an_answer(r#"{"kind":"stranger"}"#).await;
    assert!(matches!(unknown, GatewayError::BadSignature(SignatureFault::UnknownKey)), "{unknown}");
}

#[tokio::test]
async fn answered_with_the_first_half() {
    let unknown = carried_out_without_an_answer(r#"{"kind":"truncated"}"#).await;
    assert!(matches!(unknown, GatewayError::BadSignature(SignatureFault::Forged)), "{unknown}");
}

/// A fault after which nothing was done, and what it asks for.
async fn not_carried_out(fault: &str, asks_for: Remedy) {
    let town = Town::start().await;
    town.paid("P00001", 1_000).await;
    town.plan_fault("refund", fault, 1).await;
    let order = town.refund_order("R1", "P00001", 400);
    let refused = town.gateway.refund(&order).await.unwrap_err();
    assert_eq!(refused.remedy(), asks_for, "{refused}");
    assert_eq!(town.gateway.query_refund("P00001", "R1").await.unwrap(), None);
    town.gateway.refund(&order).await.unwrap();
    town.settles("R1").await;
    assert_eq!(town.payouts("R1").await, 1);
}

#[tokio::test]
async fn refused_as_wechat_pay_refuses() {
    for (code, asks_for) in [
        ("FREQUENCY_LIMITED", Remedy::RetryUnchanged),
        ("SYSTEM_ERROR", Remedy::QueryFirst),
        ("BANKERROR", Remedy::QueryFirst),
        ("BIZERR_NEED_RETRY", Remedy::RetryUnchanged),
        ("NOT_ENOUGH", Remedy::TopUp),
        ("USER_ACCOUNT_ABNORMAL", Remedy::ByHand),
        ("RESOURCE_NOT_EXISTS", Remedy::ByHand),
        ("TRADE_OVERDUE", Remedy::ByHand),
        ("NO_AUTH", Remedy::ByHand),
        ("SIGN_ERROR", Remedy::ByHand),
        ("INVALID_REQUEST", Remedy::ByHand),
        ("SOMETHING_NEW", Remedy::ByHand),
    ] {
        not_carried_out(&format!(r#"{{"kind":"refuse","code":"{code}"}}"#), asks_for).await;
    }
}

#[tokio::test]
async fn down_and_up_again() {
    not_carried_out(r#"{"kind":"down"}"#, Remedy::QueryFirst).await;
}

#[tokio::test]
async fn each_operation_meets_its_own_faults() {
    let town = Town::start().await;
    for fault in [r#"{"kind":"down"}"#, r#"{"kind":"cut"}"#, r#"{"kind":"html"}"#, r#"{"kind":"forged"}"#, r#"{"kind":"truncated"}"#] {
        town.plan_fault("pay", fault, 1).await;
        let unknown = town.gateway.pay(&town.order("P00001", 100)).await.unwrap_err();
        assert_eq!(unknown.remedy(), Remedy::QueryFirst, "{fault}: {unknown}");
    }
    town.page(&town.order("P00001", 100)).await;
    town.plan_fault("query", r#"{"kind":"down"}"#, 1).await;
    town.plan_fault("close", r#"{"kind":"cut"}"#, 1).await;
    town.gateway.query("P00001").await.unwrap_err();
    town.gateway.close("P00001").await.unwrap_err();
    assert_eq!(town.gateway.query("P00001").await.unwrap(), PaymentOutcome::Closed);
}

/// A close that was done is asked for again, and a look-up that is refused for another reason is no "never heard of it".
#[tokio::test]
async fn a_refused_look_up_decides_nothing() {
    let town = Town::start().await;
    town.paid("P00001", 1_000).await;
    town.gateway.refund(&town.refund_order("R1", "P00001", 400)).await.unwrap();
    for code in ["SYSTEM_ERROR", "FREQUENCY_LIMITED", "SIGN_ERROR"] {
        town.plan_fault("query", &format!(r#"{{"kind":"refuse","code":"{code}"}}"#), 2).await;
        town.gateway.query("P00001").await.unwrap_err();
        town.gateway.query_refund("P00001", "R1").await.unwrap_err();
    }
}

#[tokio::test]
async fn the_shop_is_called_until_it_takes_the_notice() {
    let town = Town::start().await;
    town.shop
        .answers([StatusCode::INTERNAL_SERVER_ERROR, StatusCode::NOT_FOUND, StatusCode::FOUND, StatusCode::OK].map(|status| (status, "")));
    town.page(&town.order("P00001", 100)).await;
    town.confirms("P00001").await;
    let told = town.shop.heard_whole(4).await;
    assert!(told.iter().all(|heard| heard.notice == told[0].notice));
    let id = |body: &[u8]| serde_json::from_slice::<serde_json::Value>(body).unwrap()["id"].clone();
    assert!(told.iter().all(|heard| id(&heard.body) == id(&told[0].body)), "it is the same notice");
    assert!(told[0].body != told[1].body && told[0].headers["wechatpay-nonce"] != told[1].headers["wechatpay-nonce"], "sealed anew");
}

#[tokio::test]
async fn told_twice_late_out_of_order_or_never() {
    let town = Town::start().await;
    for fault in [r#"{"kind":"silent"}"#, r#"{"kind":"twice"}"#, r#"{"kind":"late","ms":3000}"#] {
        town.plan_fault("callback", fault, 1).await;
    }
    for payment_no in ["P00001", "P00002", "P00003", "P00004"] {
        town.page(&town.order(payment_no, 100)).await;
    }
    town.confirms("P00001").await;
    town.shop.heard(0).await;
    town.confirms("P00002").await;
    town.shop.heard(2).await;
    let start = Instant::now();
    town.confirms("P00003").await;
    town.confirms("P00004").await;
    let told = town.shop.heard(4).await;
    assert!(start.elapsed() >= Duration::from_secs(3));
    let number = |notice: &GatewayCallback| match notice {
        GatewayCallback::Paid(receipt) => receipt.payment_no.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!([number(&told[2]), number(&told[3])], ["P00004", "P00003"]);
}
