use axum::http::HeaderMap;
use guitu::server::payments::alipay::moment;
use guitu::server::payments::alipay::sign::{Params, sign_notice};
use guitu::server::payments::keys::PrivateKey;
use guitu::server::payments::{Gateway, GatewayCallback, GatewayError, SignatureFault};

use super::support::{ALIPAY_KEY, APP, SELLER, SHOP_KEY, Town, deaf};
use crate::sandbox::support::HOUR;

fn now() -> i64 {
    use guitu::server::clock::{Clock, SystemClock};
    SystemClock.now().0
}

/// A notice of a payment, with some of it otherwise; what is empty is left out.
pub fn notice(otherwise: &[(&str, &str)]) -> Params {
    let sent = moment::written(now()).unwrap();
    let usual = [
        ("app_id", APP),
        ("seller_id", SELLER),
        ("notify_time", sent.as_str()),
        ("notify_type", "trade_status_sync"),
        ("trade_status", "TRADE_SUCCESS"),
        ("out_trade_no", "P1"),
        ("trade_no", "2026112522001400000000000001"),
        ("total_amount", "88.80"),
        ("gmt_payment", "2026-11-22 10:00:00"),
    ];
    let mut params: Params = usual.iter().chain(otherwise).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    params.retain(|_, value| !value.is_empty());
    params
}

pub fn signed(mut params: Params, key: &PrivateKey) -> String {
    sign_notice(&mut params, key).unwrap();
    serde_urlencoded::to_string(params).unwrap()
}

fn hears(body: impl AsRef<[u8]>) -> Result<GatewayCallback, GatewayError> {
    deaf().verify(&HeaderMap::new(), body.as_ref())
}

fn not_believed(body: impl AsRef<[u8]>) -> SignatureFault {
    match hears(body) {
        Err(GatewayError::BadSignature(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_notice_is_believed_as_it_was_signed_and_not_otherwise() {
    let good = signed(notice(&[]), &ALIPAY_KEY);
    assert!(matches!(hears(&good), Ok(GatewayCallback::Paid(receipt)) if receipt.amount == 8_880));

    assert_eq!(not_believed(signed(notice(&[]), &SHOP_KEY)), SignatureFault::Forged);
    assert_eq!(not_believed(good.replace("88.80", "08.80")), SignatureFault::Forged);
    assert_eq!(not_believed(format!("{good}&further=1")), SignatureFault::Forged);
    assert_eq!(not_believed(format!("{good}&total_amount=88.80")), SignatureFault::Missing, "which of the two was signed is open");
    assert_eq!(not_believed(good.replace("RSA2", "RSA")), SignatureFault::UnknownKey);
    let unsigned = serde_urlencoded::to_string(notice(&[])).unwrap();
    assert_eq!(not_believed(unsigned), SignatureFault::Missing);
}

#[test]
fn truncated_huge_and_senseless_notices_are_not_believed() {
    let good = signed(notice(&[]), &ALIPAY_KEY);
    for end in 0..good.len() {
        assert!(hears(&good[..end]).is_err(), "{}", &good[..end]);
    }
    assert_eq!(not_believed(format!("{good}&body={}", "茶".repeat(1_000_000))), SignatureFault::Forged);
    for nonsense in [&b""[..], b"{}", b"<html></html>", b"sign=", b"&&&==", b"\xff\xfe=\xff&sign=AAAA", b"sign=%ZZ&sign_type=RSA2"] {
        not_believed(nonsense);
    }
}

/// The same notice again is the same truth again; what it changes, it changes once.
#[tokio::test]
async fn a_recorded_notice_says_nothing_new_and_dies_of_age() {
    let town = Town::start().await;
    town.opened("P1", 100).await;
    town.confirms("P1").await;
    let told = town.shop.heard(1).await;
    let recorded = town.shop.heard_whole(1).await.remove(0).body;
    for _ in 0..3 {
        assert_eq!(hears(&recorded).unwrap(), told[0]);
    }
    for age in [49 * HOUR, -49 * HOUR] {
        let sent = moment::written(now() - age).unwrap();
        assert_eq!(not_believed(signed(notice(&[("notify_time", &sent)]), &ALIPAY_KEY)), SignatureFault::Stale);
    }
}

#[test]
fn what_alipay_signed_for_others_or_without_sense_decides_nothing() {
    for otherwise in [
        [("app_id", "2014072300007149")],
        [("app_id", "")],
        [("seller_id", "2088102180000002")],
        [("seller_id", "")],
        [("notify_time", "")],
        [("notify_time", "yesterday")],
        [("out_trade_no", "")],
        [("trade_no", "")],
        [("trade_status", "")],
        [("trade_status", "WAIT_BUYER_PAY")],
        [("trade_status", "TRADE_STOLEN")],
        [("total_amount", "")],
        [("total_amount", "8880")],
        [("total_amount", "-88.80")],
        [("total_amount", "88.801")],
        [("gmt_payment", "")],
    ] {
        let told = hears(signed(notice(&otherwise), &ALIPAY_KEY));
        if otherwise == [("total_amount", "8880")] {
            assert!(matches!(told, Ok(GatewayCallback::Paid(receipt)) if receipt.amount == 888_000), "yuan without decimals are yuan");
        } else {
            assert!(matches!(told, Err(GatewayError::Unknown(_))), "{otherwise:?}: {told:?}");
        }
    }
}

#[test]
fn the_end_of_a_trade_is_told_from_its_beginning() {
    let hears = |otherwise: &[(&str, &str)]| hears(signed(notice(otherwise), &ALIPAY_KEY)).unwrap();
    let closed = [("trade_status", "TRADE_CLOSED"), ("gmt_payment", ""), ("gmt_close", "2026-11-22 11:00:00")];
    assert_eq!(hears(&closed), GatewayCallback::Closed { payment_no: "P1".to_owned() });
    assert!(matches!(hears(&[("trade_status", "TRADE_FINISHED")]), GatewayCallback::Paid(_)));
    assert!(matches!(hears(&[("trade_status", "TRADE_CLOSED")]), GatewayCallback::Paid(_)), "money that has come and gone back has come");
    for status in ["TRADE_SUCCESS", "TRADE_CLOSED"] {
        let refund = [("trade_status", status), ("out_biz_no", "R1"), ("gmt_refund", "2026-11-22 12:00:00.123"), ("refund_fee", "40.00")];
        assert_eq!(hears(&refund), GatewayCallback::Refunded { payment_no: "P1".to_owned(), refund_no: "R1".to_owned() });
    }
}

#[test]
fn printing_an_account_shows_no_key() {
    let printed = format!("{:?}", super::support::settings("http://127.0.0.1:1"));
    assert!(printed.contains(APP) && printed.contains("PrivateKey(…)") && printed.contains("PublicKey(…)"), "{printed}");
    assert!(!printed.contains("MII"));
}
