use super::super::envelope::AlipayEnvelope;
use super::*;
use crate::server::payments::keys::published;

/// `test/fixtures/alipay-public-key.pem` of alipay-sdk-nodejs-all.
const ALIPAY_KEY: &str = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAk7LzhmMa2c4qQd4fqAqenfbuFoA7stPKvoS1LrZEsVnOOGUUjwoa1oU9xsSPjcOW\
    hIerU/VAN4J95GIAXx59ipcleIyfLn2FhHXPgLJpvo+b2jJFyn/1/DbeJDh+0yDVAOf50Z7HhI0mdUhFMkXlT7BU0ZMtJf/TmISFEfhDU/w6qFd6D42L97byAkq0K6LroglS\
    VF24GqJEa7hSeUIkZWj7RasykXrc2uVJ1+ejkXE0LyPxa2AHykMGbJLf5SiZvaNzUZgnKIR36mLOHpQ/2JCXxhXZYUWHzy0kMH54JcUEeksFWBYLGvLjV1phbcUIc3Q76tIu\
    qApY6E222OoZZQIDAQAB";

/// An answer that its test `checkResponseSign` keeps of Alipay; `openssl dgst -sha256 -verify` takes it as well.
const ANSWER: &str = r#"{"alipay_open_file_upload_response":{"code":"10000","msg":"Success","file_id":"CAxAToWB1JsAAAAAAAAAAAAADgSLAQBr"},"sign":"F+LDzpTNiavn7xVZPGuPCSSVRSmWzJGgtuji6tVELGEaqMaNj0jRKXUEr5nloZJBBmwEnddOyCjjepMmrTKTvoOqQ0Efxpr/R1iEeHTHVbb/Q8TTh6Up5gHJDkILdaWS2q1cWeQ6VT+HQY9P3WRXS7uhILHuDODIhpAyCu5KhWGt0rMCIG+Im6NODJP2oohtSCtmTFXg58HH587Z2y2bdbjzOxLvzD9IrU1imghXQ2S/Q+wMIvRk9on6cWnBLkrNvJKapA2ReNGWOwyuASvB9zDVzhMPbR+3mfRGkVDxsq5HYLjBKGskJMXHw0HuugZij6ScRuaLPODhmHwr/pJ9yw=="}"#;

const REQUEST_SIGN: &str = "IKLXiGeqARwm6Yc2s/yRrwpgTx9ir+leN9BNlku/Fv83MXXiGLV3DUyfWLvW5EAHm8+65jlws1SbB+IjPCpQ3e8x6cO/fxkYDBTOJ/KyITG3B9VHRAc7\
    Pdq06vuA/U6Rq8FNPC1ztLOdIz4RHbUdNQAYoHCuJCZe0OffMO+D5NyCeBUi+Pi3C1MAP2g+C8kk5iIQlOVduD2xPlgM/OzVnFMR0d6NLE7bY48My8Hs\
    eFBqao+81x4Jx7CJzafNl4FLUINGO44gI+8hbr1TA+voJWgMzeZLDyptcSttotBgyHOKZCwYH9v8aEOzJYAK5n+iKLfjJMHoEoF/SD8O1yLlrw==";
const NOTICE_SIGN: &str = "UDIXMMm6ilPjXzBjcuznslKz7BL+L+uwtGsKoDhd2lnEZjas+xgmeb6lmTALrbMLJYfSslK5oYWNR+kIqgVkvaVwuAHYMNZAW1ivo6lQeU62RxsxGA+x\
    amGMOpLjNE8xXiU0P5SGMF9ubU1vm9AM4hUeqj+2NEHigF9hOaFqK+QCOUyLTXqfFM439axOfG0EtmkJ1py3tv0t2BCQghdI0ck2mJY36hSaQ2vZps1r\
    uNaMaN18qkXY9F+7qos5HNyPJMfwyL0lFpa6QzjwMZzPPWCftyCfWHcpQu5oX3HtlFdC5HOmxYPiVVAj4qZpVvGpSchi48s2OvgL8ysZmDzTUw==";

fn params(pairs: &[(&str, &str)]) -> Params {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn query() -> Params {
    params(&[
        ("method", "alipay.trade.query"),
        ("app_id", "2014072300007148"),
        ("charset", "utf-8"),
        ("timestamp", "2014-07-24 03:07:50"),
        ("version", "1.0"),
        ("format", "JSON"),
        ("return_url", ""),
        ("biz_content", r#"{"out_trade_no":"20150320010101001"}"#),
    ])
}

#[test]
fn the_published_answer_is_believed_and_nothing_like_it() {
    let key = PublicKey::from_pem(ALIPAY_KEY).unwrap();
    let AlipayEnvelope { node, sign: Some(sign) } = AlipayEnvelope::open("alipay.open.file.upload", ANSWER).unwrap() else {
        panic!("no signature")
    };
    assert_eq!(verify_node(node, sign, &key), Ok(()));
    for node in [node.replace("10000", "10001"), format!("{node} "), node.replace(r#","msg""#, r#", "msg""#)] {
        assert_eq!(verify_node(&node, sign, &key), Err(SignatureFault::Forged), "{node}");
    }
    assert_eq!(verify_node(node, "", &key), Err(SignatureFault::Forged));
    assert_eq!(verify_node(node, "wrong-sign", &key), Err(SignatureFault::Forged));
    assert_eq!(verify_node(node, sign, &PrivateKey::generate().unwrap().public().unwrap()), Err(SignatureFault::Forged));
}

/// The values were computed with `openssl dgst -sha256 -sign`.
#[test]
fn the_signature_is_the_one_that_openssl_computes() {
    let key = PrivateKey::from_pem(published::PRIVATE_KEY).unwrap();
    let mut request = query();
    sign_request(&mut request, &key).unwrap();
    assert_eq!(request["sign"], REQUEST_SIGN);
    let mut notice = query();
    sign_notice(&mut notice, &key).unwrap();
    assert_eq!(notice["sign"], NOTICE_SIGN);
}

#[test]
fn whatever_was_changed_is_noticed() {
    let key = PrivateKey::from_pem(published::PRIVATE_KEY).unwrap();
    let public = key.public().unwrap();
    let mut request = query();
    sign_request(&mut request, &key).unwrap();
    assert_eq!(verify_request(&request, &public), Ok(()));

    for (name, value) in [("app_id", "2014072300007149"), ("biz_content", "{}"), ("extra", "1"), ("version", "")] {
        let mut changed = request.clone();
        changed.insert(name.to_owned(), value.to_owned());
        assert_eq!(verify_request(&changed, &public), Err(SignatureFault::Forged), "{name}");
    }
    let without = |name: &str| request.clone().into_iter().filter(|(other, _)| other != name).collect::<Params>();
    assert_eq!(verify_request(&without("sign"), &public), Err(SignatureFault::Missing));
    assert_eq!(verify_request(&without("charset"), &public), Err(SignatureFault::Forged));
    let weak: Params = without("none").into_iter().chain([("sign_type".to_owned(), "RSA".to_owned())]).collect();
    assert_eq!(verify_request(&weak, &public), Err(SignatureFault::UnknownKey));
}

#[test]
fn a_notice_may_leave_its_way_of_signing_out() {
    let key = PrivateKey::from_pem(published::PRIVATE_KEY).unwrap();
    let mut notice = query();
    sign_notice(&mut notice, &key).unwrap();
    assert_eq!(verify_notice(&notice, &key.public().unwrap()), Ok(()));
    notice.remove("sign_type");
    assert_eq!(verify_notice(&notice, &key.public().unwrap()), Ok(()));
}

#[test]
fn an_answer_signed_before_its_slashes_were_escaped_is_believed() {
    let key = PrivateKey::from_pem(published::PRIVATE_KEY).unwrap();
    let sign = key.sign(br#"{"url":"https://example.com/1"}"#).unwrap();
    assert_eq!(verify_node(r#"{"url":"https:\/\/example.com\/1"}"#, &sign, &key.public().unwrap()), Ok(()));
}
