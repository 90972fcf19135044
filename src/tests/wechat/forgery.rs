//! Notices that WeChat Pay did not send, or not now, or not like this.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use guitu::server::payments::keys::PrivateKey;
use guitu::server::payments::wechat::{ApiV3Key, WechatGateway, WechatSettings};
use guitu::server::payments::{Gateway, GatewayCallback, GatewayError, RefundOutcome, SignatureFault};
use serde_json::{Value, json};

use super::support::{APPID, MCHID, SERIAL, SHOP_KEY, Town, WECHAT_KEY, deaf, secret, settings};

fn seconds() -> i64 {
    use guitu::server::clock::{Clock, SystemClock};
    SystemClock.now().0 / 1_000
}

/// The headers of a message as its sender would make them, this many seconds ago.
pub fn signed(body: &[u8], key: &PrivateKey, serial: &str, age: i64) -> HeaderMap {
    let (timestamp, nonce) = ((seconds() - age).to_string(), "593BEC0C930BF1AFEB40B4A08C8FB242");
    let message = [format!("{timestamp}\n{nonce}\n").as_bytes(), body, b"\n"].concat();
    let signature = key.sign(&message).unwrap();
    let pairs = [("timestamp", timestamp.as_str()), ("nonce", nonce), ("signature", signature.as_str()), ("serial", serial)];
    let name = |name: &str| HeaderName::try_from(format!("wechatpay-{name}")).unwrap();
    pairs.into_iter().map(|(header, value)| (name(header), HeaderValue::from_str(value).unwrap())).collect()
}

/// The secret of a notice of a payment.
fn payment() -> Value {
    json!({
        "appid": APPID, "mchid": MCHID, "out_trade_no": "P00001", "transaction_id": "4200000991202103266853086457", "trade_type": "JSAPI",
        "trade_state": "SUCCESS", "success_time": "2026-11-22T10:00:00+08:00", "amount": { "total": 8_880, "payer_total": 8_880 },
    })
}

fn refund() -> Value {
    json!({
        "mchid": MCHID, "out_trade_no": "P00001", "transaction_id": "4200000991202103266853086457", "out_refund_no": "R1",
        "refund_id": "50001307732021032607480019805", "refund_status": "SUCCESS", "success_time": "2026-11-22T10:00:00+08:00",
        "user_received_account": "支付用户零钱", "amount": { "total": 8_880, "refund": 880, "payer_total": 8_880, "payer_refund": 880 },
    })
}

fn notice(event: &str, secret_part: &Value, key: &ApiV3Key) -> Vec<u8> {
    let resource = key.seal(secret_part.to_string().as_bytes(), "transaction", "Kj7QIyUiYx1q").unwrap();
    json!({
        "id": "EV-2018022511223320873", "create_time": "2026-11-22T10:00:00+08:00", "resource_type": "encrypt-resource",
        "event_type": event, "summary": "支付成功", "resource": resource,
    })
    .to_string()
    .into_bytes()
}

fn hears(body: &[u8]) -> Result<GatewayCallback, GatewayError> {
    deaf().verify(&signed(body, &WECHAT_KEY, SERIAL, 0), body)
}

fn not_believed(headers: &HeaderMap, body: &[u8]) -> SignatureFault {
    match deaf().verify(headers, body) {
        Err(GatewayError::BadSignature(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_notice_is_believed_as_it_was_signed_and_not_otherwise() {
    let body = notice("TRANSACTION.SUCCESS", &payment(), &secret());
    assert!(matches!(hears(&body), Ok(GatewayCallback::Paid(receipt)) if (receipt.amount, receipt.currency.as_str()) == (8_880, "CNY")));

    let stranger = PrivateKey::generate().unwrap();
    assert_eq!(not_believed(&signed(&body, &stranger, SERIAL, 0), &body), SignatureFault::Forged);
    assert_eq!(not_believed(&signed(&body, &SHOP_KEY, SERIAL, 0), &body), SignatureFault::Forged);
    for serial in ["0000", "", "PUB_KEY_ID_0"] {
        assert_eq!(not_believed(&signed(&body, &WECHAT_KEY, serial, 0), &body), SignatureFault::UnknownKey);
    }
    let headers = signed(&body, &WECHAT_KEY, SERIAL, 0);
    for header in headers.keys() {
        let mut fewer = headers.clone();
        fewer.remove(header);
        assert_eq!(not_believed(&fewer, &body), SignatureFault::Missing, "{header}");
    }
    let spaced = [body.as_slice(), b" "].concat();
    assert_eq!(not_believed(&headers, &spaced), SignatureFault::Forged);
    let retyped = String::from_utf8(body.clone()).unwrap().replace("TRANSACTION.SUCCESS", "REFUND.SUCCESS");
    assert_eq!(not_believed(&headers, retyped.as_bytes()), SignatureFault::Forged);
}

#[test]
fn what_is_older_than_five_minutes_or_not_yet_true_is_a_replay() {
    let body = notice("TRANSACTION.SUCCESS", &payment(), &secret());
    for age in [290, -290] {
        assert!(deaf().verify(&signed(&body, &WECHAT_KEY, SERIAL, age), &body).is_ok());
    }
    for age in [310, -310, 86_400] {
        assert_eq!(not_believed(&signed(&body, &WECHAT_KEY, SERIAL, age), &body), SignatureFault::Stale);
    }
}

#[test]
fn truncated_huge_and_senseless_notices_are_not_believed() {
    let body = notice("TRANSACTION.SUCCESS", &payment(), &secret());
    let headers = signed(&body, &WECHAT_KEY, SERIAL, 0);
    for end in 0..body.len() {
        assert_eq!(not_believed(&headers, &body[..end]), SignatureFault::Forged);
    }
    let huge = [body.as_slice(), "茶".repeat(1_000_000).as_bytes()].concat();
    assert_eq!(not_believed(&headers, &huge), SignatureFault::Forged);
    // Signed nonsense is nonsense still.
    for nonsense in [&b""[..], b"{}", b"null", b"<html></html>", b"\xff\xfe", br#"{"event_type":"TRANSACTION.SUCCESS"}"#] {
        assert!(matches!(hears(nonsense), Err(GatewayError::Unknown(_))));
    }
}

#[test]
fn a_secret_that_was_not_sealed_with_the_shops_key_stays_shut() {
    let other = ApiV3Key::new("fedcba9876543210fedcba9876543210").unwrap();
    let body = notice("TRANSACTION.SUCCESS", &payment(), &other);
    assert!(matches!(hears(&body), Err(GatewayError::BadSignature(SignatureFault::Sealed))));
    let body = String::from_utf8(notice("TRANSACTION.SUCCESS", &payment(), &secret())).unwrap();
    for (from, to) in
        [("AEAD_AES_256_GCM", "NONE"), ("Kj7QIyUiYx1q", "Kj7QIyUiYx1r"), ("Kj7QIyUiYx1q", ""), ("\"transaction\"", "\"refund\"")]
    {
        let touched = body.replace(from, to);
        assert!(matches!(hears(touched.as_bytes()), Err(GatewayError::BadSignature(SignatureFault::Sealed))), "{touched}");
    }
    let wrong = WechatGateway::new(WechatSettings { api_v3_key: other, ..settings("http://127.0.0.1:1") }).unwrap();
    let told = wrong.verify(&signed(body.as_bytes(), &WECHAT_KEY, SERIAL, 0), body.as_bytes());
    assert!(matches!(told, Err(GatewayError::BadSignature(SignatureFault::Sealed))));
}

/// A secret with one field otherwise, or without it.
fn otherwise(mut paper: Value, field: &str, value: &Value) -> Value {
    let fields = paper.as_object_mut().unwrap();
    fields.remove(field);
    if !value.is_null() {
        fields.insert(field.to_owned(), value.clone());
    }
    paper
}

#[test]
fn what_wechat_pay_signed_for_others_or_without_sense_decides_nothing() {
    for (field, value) in [
        ("mchid", json!("1900000001")),
        ("mchid", Value::Null),
        ("appid", json!("wx0000000000000000")),
        ("out_trade_no", Value::Null),
        ("transaction_id", Value::Null),
        ("trade_state", json!("NOTPAY")),
        ("trade_state", json!("STOLEN")),
        ("success_time", json!("yesterday")),
        ("success_time", Value::Null),
        ("amount", Value::Null),
        ("amount", json!({ "total": "8880" })),
        ("amount", json!({ "total": 88.8 })),
    ] {
        let told = hears(&notice("TRANSACTION.SUCCESS", &otherwise(payment(), field, &value), &secret()));
        assert!(matches!(told, Err(GatewayError::Unknown(_))), "{field} {value}: {told:?}");
    }
    for (field, value) in [
        ("mchid", json!("1900000001")),
        ("out_refund_no", Value::Null),
        ("refund_id", Value::Null),
        ("refund_status", json!("STOLEN")),
        ("success_time", json!("yesterday")),
        ("amount", Value::Null),
    ] {
        let told = hears(&notice("REFUND.SUCCESS", &otherwise(refund(), field, &value), &secret()));
        assert!(matches!(told, Err(GatewayError::Unknown(_))), "{field} {value}: {told:?}");
    }
    for event in ["", "COUPON.USE", "SECURITY_ECHO.SUCCESS", "REFUND.SUCCESS"] {
        assert!(matches!(hears(&notice(event, &payment(), &secret())), Err(GatewayError::Unknown(_))), "{event}");
    }
}

/// The state stands in the secret; the word on the envelope opens it.
#[test]
fn a_notice_of_a_refund_says_where_it_stands() {
    let told = hears(&notice("REFUND.SUCCESS", &refund(), &secret())).unwrap();
    assert!(
        matches!(&told, GatewayCallback::Refund(report) if (report.amount, &report.status) == (880, &RefundOutcome::Succeeded)),
        "{told:?}"
    );
    for word in ["ABNORMAL", "CLOSED"] {
        let paper = otherwise(otherwise(refund(), "refund_status", &json!(word)), "success_time", &Value::Null);
        let told = hears(&notice(&format!("REFUND.{word}"), &paper, &secret())).unwrap();
        assert!(
            matches!(&told, GatewayCallback::Refund(report) if matches!(&report.status, RefundOutcome::Failed(why) if why.code == word))
        );
    }
}

#[tokio::test]
async fn a_recorded_notice_says_nothing_new() {
    let town = Town::start().await;
    town.page(&town.order("P00001", 100)).await;
    town.confirms("P00001").await;
    let recorded = town.shop.heard_whole(1).await.remove(0);
    for _ in 0..3 {
        assert_eq!(deaf().verify(&recorded.headers, &recorded.body).unwrap(), recorded.notice);
    }
}

#[test]
fn printing_an_account_shows_no_key() {
    let printed = format!("{:?} {:?}", settings("http://127.0.0.1:1"), super::support::account());
    assert!(printed.contains(MCHID) && printed.contains("PrivateKey(…)") && printed.contains("ApiV3Key(…)"), "{printed}");
    assert!(!printed.contains("MII") && !printed.contains(super::support::SECRET));
}
