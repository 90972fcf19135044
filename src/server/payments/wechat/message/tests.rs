use super::*;
use crate::server::payments::keys::{Certificate, published};

/// `core/notify/notify_test.go` of wechatpay-go.
const AT: i64 = 1_624_523_846;
const BODY: &str = include_str!("published_notice.json");
const SIGNED: &str = "tJHIiIS9eB2hAYstmAmbbD3ZE5LiIm/Ug5tuL4fC0YOFRWIHV39UFIZXC0e9Wl6lBu6sKvkqDkzpqzBsVHyXFlbYZTOQrVdG4b6LfTnK4mikv9++\
    ixJMd3vTf2yCqvBkh98zs3Ds5zsYQakzbcwhmw4fMJs4nPLws28H0UW9FjDR//rxELLwXvV1VEA1IBLX70xptjL8hrfUjEE8kkry6yNJTHZRU8CAc7qHli2Ng1V1qb9ARbK8\
    A3ThmFmPQvRGrapI/jS2laKKgYUmfdEdkNO6B2Cke5e8VTxY406ArAmQ90GAihDwIcb16TQMnzCMBoutnwZKNiKRACrFmtxw2Q==";

fn published_headers() -> HeaderMap {
    HeaderMap::from_iter([
        (NONCE, HeaderValue::from_static("EcZ9Cmy4Xyx1i6RlJQzLcCyEqDa26NBz")),
        (TIMESTAMP, HeaderValue::from_static("1624523846")),
        (SERIAL, HeaderValue::from_static("D7CE59D1F522D701")),
        (SIGNATURE, HeaderValue::from_static(SIGNED)),
    ])
}

fn platform() -> PlatformKeys {
    let certificate = Certificate::from_pem(published::CERTIFICATE).unwrap();
    let other = PrivateKey::generate().unwrap().public().unwrap();
    PlatformKeys::default().with(certificate.serial, certificate.key).with("PUB_KEY_ID_0", other)
}

#[test]
fn the_published_notice_is_believed_within_five_minutes() {
    for now in [AT, AT - 300, AT + 300] {
        assert_eq!(platform().verify_at(now, &published_headers(), BODY.as_bytes()), Ok(()));
        let mut named = published_headers();
        named.insert(SIGNATURE_TYPE, HeaderValue::from_static(SCHEME));
        assert_eq!(platform().verify_at(now, &named, BODY.as_bytes()), Ok(()));
    }
    for now in [AT - 301, AT + 301, i64::MIN, i64::MAX] {
        assert_eq!(platform().verify_at(now, &published_headers(), BODY.as_bytes()), Err(SignatureFault::Stale));
    }
    assert_eq!(platform().verify(&published_headers(), BODY.as_bytes()), Err(SignatureFault::Stale));
}

#[test]
fn whatever_was_changed_is_noticed() {
    let forged = Err(SignatureFault::Forged);
    let bytes = BODY.as_bytes();
    for body in [&bytes[..bytes.len() - 1], b"", &bytes[1..]] {
        assert_eq!(platform().verify_at(AT, &published_headers(), body), forged);
    }
    for (header, value, fault) in [
        (NONCE, "other", SignatureFault::Forged),
        (TIMESTAMP, "1624523847", SignatureFault::Forged),
        (TIMESTAMP, "today", SignatureFault::Missing),
        (SIGNATURE, "AAAA", SignatureFault::Forged),
        (SIGNATURE, "no base64!", SignatureFault::Forged),
        (SERIAL, "PUB_KEY_ID_0", SignatureFault::Forged),
        (SERIAL, "D7CE59D1F522D702", SignatureFault::UnknownKey),
        (SIGNATURE_TYPE, "WECHATPAY2-SM2-WITH-SM3", SignatureFault::UnknownKey),
    ] {
        let mut headers = published_headers();
        headers.insert(&header, HeaderValue::from_static(value));
        assert_eq!(platform().verify_at(AT, &headers, bytes), Err(fault), "{header}: {value}");
    }
    for header in [TIMESTAMP, NONCE, SIGNATURE, SERIAL] {
        let mut headers = published_headers();
        headers.remove(&header);
        assert_eq!(platform().verify_at(AT, &headers, bytes), Err(SignatureFault::Missing));
    }
}

/// The message is the one of WeChat Pay's documentation: method, path with query, time, nonce, body, each with its line feed.
#[test]
fn a_request_is_signed_line_by_line() {
    let lines = message(&["GET", "/v3/certificates?a=b"], 1_554_208_460, "593BEC0C930BF1AFEB40B4A08C8FB242", b"");
    assert_eq!(lines, b"GET\n/v3/certificates?a=b\n1554208460\n593BEC0C930BF1AFEB40B4A08C8FB242\n\n");
}

#[test]
fn an_authorization_names_its_merchant_and_key() {
    let key = PrivateKey::from_pem(published::PRIVATE_KEY).unwrap();
    let signer = Signer { mchid: "1900000001".to_owned(), serial: "5A4D".to_owned(), key };
    let header = signer.authorization("POST", "/v3/x", b"{}").unwrap();
    let header = header.to_str().unwrap();
    assert!(header.starts_with(r#"WECHATPAY2-SHA256-RSA2048 mchid="1900000001",nonce_str=""#), "{header}");
    assert!(header.ends_with(r#",serial_no="5A4D""#), "{header}");
}

#[test]
fn what_one_side_signs_the_other_believes() {
    let key = PrivateKey::generate().unwrap();
    let keys = PlatformKeys::default().with("AB01", key.public().unwrap());
    let signer = Signer { mchid: String::new(), serial: "ab01".to_owned(), key };
    let headers = signer.headers(b"tea").unwrap();
    assert!(is_signed(&headers));
    assert_eq!(headers["wechatpay-signature-type"], "WECHATPAY2-SHA256-RSA2048");
    assert_eq!(keys.verify(&headers, b"tea"), Ok(()));
}
