//! A sandbox with an account for the shop, a shop that hears its notices, and a buyer's browser.

use std::collections::VecDeque;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use guitu::sandbox::{Sandbox, SandboxConfig, SandboxHandle, WechatAccount};
use guitu::server::payments::keys::PrivateKey;
use guitu::server::payments::wechat::{ApiV3Key, PlatformKeys, WechatGateway, WechatSettings};
use guitu::server::payments::{Channel, Gateway, Notice, PayOrder, PayScene, PayTicket, RefundOrder, RefundReport, RefundStatus};
use serde_json::Value;

use crate::alipay::support::listen;
use crate::sandbox::support::{HOUR, START, TestClock};

pub const MCHID: &str = "1900000109";
pub const APPID: &str = "wxd678efh567hg6787";
/// Names the shop's key.
pub const SHOP_SERIAL: &str = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
/// Names the key of WeChat Pay.
pub const SERIAL: &str = "PUB_KEY_ID_0114232134912410000000000000";
pub const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// The keys of both sides: making them takes a while.
pub static SHOP_KEY: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().unwrap());
pub static WECHAT_KEY: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().unwrap());

/// The shop's end of the notices: keeps what it believes, answers what it was told to.
#[derive(Default)]
pub struct Shop {
    answers: Mutex<VecDeque<StatusCode>>,
    heard: Mutex<Vec<Heard>>,
}

/// A notice that was believed, and as it came.
#[derive(Clone)]
pub struct Heard {
    pub notice: Notice,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

pub struct Town {
    pub sandbox: SandboxHandle,
    pub gateway: WechatGateway,
    pub browser: reqwest::Client,
    pub shop: Arc<Shop>,
    pub shop_url: String,
    pub clock: Arc<TestClock>,
}

pub fn secret() -> ApiV3Key {
    ApiV3Key::new(SECRET).unwrap()
}

/// An account as the shop knows it, at whatever address.
pub fn settings(base_url: &str) -> WechatSettings {
    WechatSettings {
        base_url: base_url.to_owned(),
        mchid: MCHID.to_owned(),
        appid: APPID.to_owned(),
        serial: SHOP_SERIAL.to_owned(),
        key: SHOP_KEY.clone(),
        api_v3_key: secret(),
        platform: PlatformKeys::default().with(SERIAL, WECHAT_KEY.public().unwrap()),
        timeout: Duration::from_secs(5),
    }
}

/// The same account as the sandbox's WeChat Pay knows it.
pub fn account() -> WechatAccount {
    WechatAccount {
        mchid: MCHID.to_owned(),
        appid: APPID.to_owned(),
        serial: SERIAL.to_owned(),
        key: WECHAT_KEY.clone(),
        merchant_serial: SHOP_SERIAL.to_owned(),
        merchant_key: SHOP_KEY.public().unwrap(),
        api_v3_key: secret(),
        keeps_limits: false,
    }
}

/// Where the sandbox's WeChat Pay is.
pub fn door(base_url: &str) -> String {
    format!("{base_url}/wechat")
}

/// The adapter of a shop that believes these keys, and asks nobody.
pub fn deaf() -> WechatGateway {
    WechatGateway::new(settings("http://127.0.0.1:1")).unwrap()
}

impl Town {
    pub async fn start() -> Self {
        Self::start_with(account()).await
    }

    pub async fn start_with(account: WechatAccount) -> Self {
        Self::start_as("sqlite::memory:", |config| config.wechat = Some(account)).await
    }

    pub async fn start_as(database_url: &str, adjust: impl FnOnce(&mut SandboxConfig)) -> Self {
        let clock = Arc::new(TestClock::at(START));
        let shop = Arc::new(Shop::default());
        let shop_url = listen(Router::new().route("/notify", post(notified)).with_state(Arc::clone(&shop))).await;
        let mut config = SandboxConfig::new("127.0.0.1:0".parse().unwrap(), database_url, &shop_url, clock.clone());
        config.settle_after = Duration::from_millis(30);
        config.retry_delays = vec![Duration::from_millis(20); 4];
        config.wechat = Some(account());
        adjust(&mut config);
        let sandbox = Sandbox::start(config).await.unwrap();
        let gateway = WechatGateway::new(settings(&door(&sandbox.base_url))).unwrap();
        let browser = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { sandbox, gateway, browser, shop, shop_url, clock }
    }

    pub fn settings(&self) -> WechatSettings {
        settings(&door(&self.sandbox.base_url))
    }

    pub fn order(&self, payment_no: &str, amount: i64) -> PayOrder {
        PayOrder {
            payment_no: payment_no.to_owned(),
            amount,
            title: "云朵马克杯 & <2 件>".to_owned(),
            channel: Channel::Wechat,
            return_url: format!("{}/orders/1?from=pay", self.shop_url),
            notify_url: format!("{}/notify", self.shop_url),
            expires_at: START + HOUR,
            scene: PayScene::Browser { ip: "127.0.0.1".to_owned() },
        }
    }

    /// A refund of a payment of ¥10.00.
    pub fn refund_order(&self, refund_no: &str, payment_no: &str, amount: i64) -> RefundOrder {
        RefundOrder {
            refund_no: refund_no.to_owned(),
            payment_no: payment_no.to_owned(),
            amount,
            total: 1_000,
            reason: "不喜欢".to_owned(),
            notify_url: format!("{}/notify", self.shop_url),
        }
    }

    /// The page to which the browser is led.
    pub async fn page(&self, order: &PayOrder) -> String {
        let PayTicket::Page(url) = self.gateway.pay(order).await.unwrap() else { panic!("no page") };
        url
    }

    /// A payment that came in, without a notice.
    pub async fn paid(&self, payment_no: &str, amount: i64) {
        self.page(&self.order(payment_no, amount)).await;
        self.control(&format!("payments/{payment_no}/pay"), r#"{"quiet":true}"#).await;
    }

    /// The person at the cashier confirms.
    pub async fn confirms(&self, payment_no: &str) {
        self.control(&format!("payments/{payment_no}/pay"), "{}").await;
    }

    /// The money of a refund takes its way, or its fault.
    pub async fn settles(&self, refund_no: &str) {
        self.control(&format!("refunds/{refund_no}/settle"), "{}").await;
    }

    pub async fn plan_fault(&self, operation: &str, fault: &str, count: u32) {
        self.control("faults", &format!(r#"{{"operation":"{operation}","fault":{fault},"count":{count}}}"#)).await;
    }

    pub async fn lets_pass(&self, ms: i64) {
        self.control("clock", &format!(r#"{{"advance_ms":{ms}}}"#)).await;
    }

    /// How often money went out for a refund.
    pub async fn payouts(&self, refund_no: &str) -> i64 {
        self.seen(&format!("refunds/{refund_no}")).await["payouts"].as_i64().unwrap()
    }

    /// What the switches show.
    pub async fn seen(&self, path: &str) -> Value {
        let url = format!("{}/control/{path}", self.sandbox.base_url);
        self.browser.get(url).send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
    }

    /// Waits until a refund of `P00001` is no longer under way.
    pub async fn settled(&self, refund_no: &str) -> RefundReport {
        for _ in 0..1_000 {
            let report = self.gateway.query_refund("P00001", refund_no).await.unwrap().unwrap();
            if report.status != RefundStatus::Processing {
                return report;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{refund_no} does not settle");
    }

    /// Presses a switch; what it says.
    pub async fn control(&self, path: &str, body: &str) -> Value {
        let url = format!("{}/control/{path}", self.sandbox.base_url);
        self.browser.post(url).body(body.to_owned()).send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
    }
}

impl Shop {
    /// The next notices get these answers, later ones 204.
    pub fn answers(&self, answers: impl IntoIterator<Item = StatusCode>) {
        self.answers.lock().unwrap().extend(answers);
    }

    /// Waits until so many notices have come, then a little for one too many.
    pub async fn heard(&self, count: usize) -> Vec<Notice> {
        self.heard_whole(count).await.into_iter().map(|heard| heard.notice).collect()
    }

    /// The same, as they came.
    pub async fn heard_whole(&self, count: usize) -> Vec<Heard> {
        for _ in 0..1_000 {
            if self.heard.lock().unwrap().len() >= count {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        tokio::time::sleep(Duration::from_millis(80)).await;
        let heard = self.heard.lock().unwrap();
        assert_eq!(heard.len(), count);
        heard.clone()
    }
}

async fn notified(State(shop): State<Arc<Shop>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let Ok(notice) = deaf().verify(&headers, &body) else { return StatusCode::UNAUTHORIZED };
    shop.heard.lock().unwrap().push(Heard { notice, headers, body: body.to_vec() });
    shop.answers.lock().unwrap().pop_front().unwrap_or(StatusCode::NO_CONTENT)
}
