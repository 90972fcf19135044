//! Who is not the merchant, or asks for what there is not, is shown the door.

use guitu::server::payments::keys::PrivateKey;
use guitu::server::payments::wechat::PlatformKeys;
use reqwest::header::AUTHORIZATION;
use serde_json::Value;

use super::support::{MCHID, SERIAL, SHOP_KEY, SHOP_SERIAL, Town, WECHAT_KEY, door};

/// A request signed as these say, and sent as it is.
struct Request<'a> {
    method: &'a str,
    url: &'a str,
    body: &'a str,
    mchid: &'a str,
    serial: &'a str,
    key: &'a PrivateKey,
    age: i64,
    nonce: &'a str,
}

impl Default for Request<'_> {
    fn default() -> Self {
        let url = "/v3/pay/transactions/out-trade-no/P00001?mchid=1900000109";
        Self {
            method: "GET",
            url,
            body: "",
            mchid: MCHID,
            serial: SHOP_SERIAL,
            key: &SHOP_KEY,
            age: 0,
            nonce: "593BEC0C930BF1AFEB40B4A08C8FB242",
        }
    }
}

impl Request<'_> {
    fn authorization(&self) -> String {
        use guitu::server::clock::{Clock, SystemClock};
        let timestamp = SystemClock.now().0 / 1_000 - self.age;
        let Self { method, url, body, mchid, serial, nonce, .. } = self;
        let signature = self.key.sign(format!("{method}\n{url}\n{timestamp}\n{nonce}\n{body}\n").as_bytes()).unwrap();
        format!(
            r#"WECHATPAY2-SHA256-RSA2048 mchid="{mchid}",nonce_str="{nonce}",signature="{signature}",timestamp="{timestamp}",serial_no="{serial}""#
        )
    }

    async fn sent(&self, town: &Town) -> (u16, Value) {
        sent(town, self.method, self.url, self.body, &self.authorization()).await
    }
}

/// Status and body of an answer, which WeChat Pay has signed whatever it says.
async fn sent(town: &Town, method: &str, url: &str, body: &str, authorization: &str) -> (u16, Value) {
    let request = town.browser.request(method.parse().unwrap(), format!("{}{url}", door(&town.sandbox.base_url)));
    let request = request.header(AUTHORIZATION, authorization).header("content-type", "application/json");
    let answer = request.body(body.to_owned()).send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let body = answer.bytes().await.unwrap();
    PlatformKeys::default().with(SERIAL, WECHAT_KEY.public().unwrap()).verify(&headers, &body).unwrap();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

#[tokio::test]
async fn the_merchant_is_let_in() {
    let town = Town::start().await;
    let (status, answer) = Request::default().sent(&town).await;
    assert_eq!((status, answer["code"].as_str()), (404, Some("ORDER_NOT_EXIST")));
    town.page(&town.order("P00001", 100)).await;
    let (status, answer) = Request { age: 290, ..Request::default() }.sent(&town).await;
    assert_eq!((status, answer["trade_state"].as_str(), answer["amount"]["total"].as_i64()), (200, Some("NOTPAY"), Some(100)));
}

#[tokio::test]
async fn who_does_not_sign_as_the_merchant_is_not() {
    let town = Town::start().await;
    town.page(&town.order("P00001", 100)).await;
    let stranger = PrivateKey::generate().unwrap();
    for request in [
        Request { key: &stranger, ..Request::default() },
        Request { key: &WECHAT_KEY, ..Request::default() },
        Request { mchid: "1900000001", ..Request::default() },
        Request { serial: SERIAL, ..Request::default() },
        Request { age: 310, ..Request::default() },
        Request { age: -310, ..Request::default() },
        Request { nonce: "", ..Request::default() },
    ] {
        let (status, answer) = request.sent(&town).await;
        assert_eq!((status, answer["code"].as_str()), (401, Some("SIGN_ERROR")), "{answer}");
        assert!(answer["message"].as_str().is_some_and(|words| !words.is_empty()));
    }
    let good = Request::default();
    for authorization in ["", "Bearer x", "WECHATPAY2-SHA256-RSA2048 ", &good.authorization().replace("RSA2048", "SM3")] {
        let (status, answer) = sent(&town, "GET", good.url, "", authorization).await;
        assert_eq!((status, answer["code"].as_str()), (401, Some("SIGN_ERROR")), "{authorization}");
    }
}

/// Method, address, query and body are all part of what is signed.
#[tokio::test]
async fn a_signature_holds_for_one_request_only() {
    let town = Town::start().await;
    town.paid("P00001", 1_000).await;
    let body = r#"{"out_trade_no":"P00001","out_refund_no":"R1","amount":{"refund":100,"total":1000,"currency":"CNY"}}"#;
    let refund = Request { method: "POST", url: "/v3/refund/domestic/refunds", body, ..Request::default() };
    let authorization = refund.authorization();
    for (method, url, body) in [
        ("POST", refund.url, body.replace("100,", "1000,")),
        ("POST", refund.url, body.replace("R1", "R2")),
        ("POST", refund.url, format!("{body} ")),
        ("POST", refund.url, String::new()),
        ("POST", "/v3/refund/domestic/refunds?a=b", body.to_owned()),
        ("POST", "/v3/pay/transactions/native", body.to_owned()),
        ("GET", refund.url, body.to_owned()),
    ] {
        let (status, answer) = sent(&town, method, url, &body, &authorization).await;
        assert_eq!((status, answer["code"].as_str()), (401, Some("SIGN_ERROR")), "{method} {url} {body}");
    }
    let (status, answer) = sent(&town, "POST", refund.url, body, &authorization).await;
    assert_eq!((status, answer["status"].as_str()), (200, Some("PROCESSING")), "{answer}");
}

#[tokio::test]
async fn what_there_is_not_is_not_found_and_nonsense_is_refused() {
    let town = Town::start().await;
    for (method, url) in [
        ("GET", "/v3/pay/transactions/h5"),
        ("DELETE", "/v3/refund/domestic/refunds/R1"),
        ("GET", "/v3/pay/transactions/id"),
        ("POST", "/v3/pay/transactions/app"),
        ("GET", "/v2/pay"),
        ("GET", "/wechat/v3/refund/domestic/refunds/R1"),
    ] {
        let (status, answer) = Request { method, url, ..Request::default() }.sent(&town).await;
        assert_eq!((status, answer["code"].as_str()), (404, Some("RESOURCE_NOT_EXISTS")), "{method} {url}");
    }
    let nobodys = Request { url: "/v3/pay/transactions/id/4200?mchid=1900000001", ..Request::default() };
    let (status, answer) = nobodys.sent(&town).await;
    assert_eq!((status, answer["code"].as_str()), (404, Some("ORDER_NOT_EXIST")));
    for (url, body) in [
        ("/v3/pay/transactions/native", ""),
        ("/v3/pay/transactions/native", "{}"),
        ("/v3/pay/transactions/native", "[[["),
        ("/v3/refund/domestic/refunds", r#"{"out_trade_no":7}"#),
        ("/v3/refund/domestic/refunds/1/apply-abnormal-refund", r#"{"out_refund_no":"R1","type":"CASH"}"#),
        ("/v3/pay/transactions/out-trade-no/P00001/close", "<xml/>"),
    ] {
        let (status, answer) = Request { method: "POST", url, body, ..Request::default() }.sent(&town).await;
        assert_eq!((status, answer["code"].as_str()), (400, Some("PARAM_ERROR")), "{url} {body}");
    }
    let url = "/v3/pay/transactions/out-trade-no/P00001?mchid=1900000001";
    let (status, answer) = Request { url, ..Request::default() }.sent(&town).await;
    assert_eq!((status, answer["code"].as_str()), (400, Some("MCH_NOT_EXISTS")));
}
