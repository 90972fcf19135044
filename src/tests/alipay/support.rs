//! A sandbox with an account for the shop, a shop that hears its notices, and a buyer's browser.

use std::collections::VecDeque;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::post;
use guitu::sandbox::{AlipayAccount, Sandbox, SandboxConfig, SandboxHandle};
use guitu::server::payments::alipay::sign::Params;
use guitu::server::payments::alipay::{AlipayGateway, AlipaySettings};
use guitu::server::payments::keys::PrivateKey;
use guitu::server::payments::{Channel, Gateway, Notice, PayOrder, PayScene, PayTicket, RefundOrder};
use reqwest::header::LOCATION;
use serde_json::Value;

use crate::sandbox::support::{HOUR, START, TestClock};

pub const APP: &str = "2014072300007148";
pub const SELLER: &str = "2088102180000001";

/// The keys of both sides: making them takes a while.
pub static SHOP_KEY: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().unwrap());
pub static ALIPAY_KEY: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().unwrap());

/// The shop's end of the notices: keeps what it believes, answers what it was told to.
#[derive(Default)]
pub struct Shop {
    answers: Mutex<VecDeque<&'static str>>,
    heard: Mutex<Vec<(Notice, Vec<u8>)>>,
}

pub struct Town {
    pub sandbox: SandboxHandle,
    pub gateway: AlipayGateway,
    pub browser: reqwest::Client,
    pub shop: Arc<Shop>,
    pub shop_url: String,
}

/// An account as the shop knows it, at whatever address.
pub fn settings(base_url: &str) -> AlipaySettings {
    AlipaySettings {
        base_url: base_url.to_owned(),
        app_id: APP.to_owned(),
        seller_id: SELLER.to_owned(),
        key: SHOP_KEY.clone(),
        alipay_key: ALIPAY_KEY.public().unwrap(),
        timeout: Duration::from_secs(5),
    }
}

/// The same account as the sandbox's Alipay knows it.
pub fn account() -> AlipayAccount {
    AlipayAccount {
        app_id: APP.to_owned(),
        seller_id: SELLER.to_owned(),
        key: ALIPAY_KEY.clone(),
        merchant_key: SHOP_KEY.public().unwrap(),
    }
}

/// Where the sandbox's Alipay is.
pub fn door(base_url: &str) -> String {
    format!("{base_url}/alipay/gateway.do")
}

/// The adapter of a shop that believes these keys, and asks nobody.
pub fn deaf() -> AlipayGateway {
    AlipayGateway::new(settings("http://127.0.0.1:1/gateway.do")).unwrap()
}

/// What the address of a page carries.
pub fn carried(url: &str) -> Params {
    serde_urlencoded::from_str(url.split_once('?').unwrap().1).unwrap()
}

impl Town {
    pub async fn start() -> Self {
        let clock = Arc::new(TestClock::at(START));
        let shop = Arc::new(Shop::default());
        let shop_url = listen(Router::new().route("/notify", post(notified)).with_state(Arc::clone(&shop))).await;
        let mut config = SandboxConfig::new("127.0.0.1:0".parse().unwrap(), "sqlite::memory:", &shop_url, clock);
        config.retry_delays = vec![Duration::from_millis(20); 4];
        config.alipay = Some(account());
        let sandbox = Sandbox::start(config).await.unwrap();
        let gateway = AlipayGateway::new(settings(&door(&sandbox.base_url))).unwrap();
        let browser = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { sandbox, gateway, browser, shop, shop_url }
    }

    pub fn settings(&self) -> AlipaySettings {
        settings(&door(&self.sandbox.base_url))
    }

    pub fn order(&self, payment_no: &str, amount: i64) -> PayOrder {
        PayOrder {
            payment_no: payment_no.to_owned(),
            amount,
            title: "云朵马克杯 & <2 件>".to_owned(),
            channel: Channel::Alipay,
            return_url: format!("{}/orders/1?from=pay", self.shop_url),
            notify_url: format!("{}/notify", self.shop_url),
            expires_at: START + HOUR,
            scene: PayScene::Browser { ip: "127.0.0.1".to_owned() },
        }
    }

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

    /// The address that the browser is led to.
    pub async fn page(&self, order: &PayOrder) -> String {
        let PayTicket::Page(url) = self.gateway.pay(order).await.unwrap() else { panic!("no page") };
        url
    }

    /// The buyer's browser has brought the order; the address of the cashier.
    pub async fn opened(&self, payment_no: &str, amount: i64) -> String {
        let answer = self.browser.get(self.page(&self.order(payment_no, amount)).await).send().await.unwrap();
        assert_eq!(answer.status(), 303);
        answer.headers()[LOCATION].to_str().unwrap().to_owned()
    }

    /// A payment that came in, without a notice.
    pub async fn paid(&self, payment_no: &str, amount: i64) {
        self.opened(payment_no, amount).await;
        self.control(&format!("payments/{payment_no}/pay"), r#"{"quiet":true}"#).await;
    }

    /// The person at the cashier confirms.
    pub async fn confirms(&self, payment_no: &str) {
        self.control(&format!("payments/{payment_no}/pay"), "{}").await;
    }

    pub async fn plan_fault(&self, operation: &str, fault: &str, count: u32) {
        self.control("faults", &format!(r#"{{"operation":"{operation}","fault":{fault},"count":{count}}}"#)).await;
    }

    /// How often money went out for a refund.
    pub async fn payouts(&self, refund_no: &str) -> i64 {
        let url = format!("{}/control/refunds/{refund_no}", self.sandbox.base_url);
        let seen: Value = self.browser.get(url).send().await.unwrap().error_for_status().unwrap().json().await.unwrap();
        seen["payouts"].as_i64().unwrap()
    }

    async fn control(&self, path: &str, body: &str) {
        let url = format!("{}/control/{path}", self.sandbox.base_url);
        self.browser.post(url).body(body.to_owned()).send().await.unwrap().error_for_status().unwrap();
    }
}

impl Shop {
    /// The next notices get these answers, later ones `success`.
    pub fn answers(&self, answers: impl IntoIterator<Item = &'static str>) {
        self.answers.lock().unwrap().extend(answers);
    }

    /// Waits until so many notices have come, then a little for one too many.
    pub async fn heard(&self, count: usize) -> Vec<Notice> {
        self.bodies(count).await;
        self.heard.lock().unwrap().iter().map(|(notice, _)| notice.clone()).collect()
    }

    /// The same, as they came.
    pub async fn bodies(&self, count: usize) -> Vec<Vec<u8>> {
        for _ in 0..1_000 {
            if self.heard.lock().unwrap().len() >= count {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        tokio::time::sleep(Duration::from_millis(80)).await;
        let heard = self.heard.lock().unwrap();
        assert_eq!(heard.len(), count);
        heard.iter().map(|(_, body)| body.clone()).collect()
    }
}

/// Serves on a port of its own; its address.
pub async fn listen(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    url
}

async fn notified(State(shop): State<Arc<Shop>>, headers: HeaderMap, body: Bytes) -> &'static str {
    let Ok(notice) = deaf().verify(&headers, &body) else { return "fail" };
    shop.heard.lock().unwrap().push((notice, body.to_vec()));
    shop.answers.lock().unwrap().pop_front().unwrap_or("success")
}
