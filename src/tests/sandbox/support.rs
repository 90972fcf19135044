//! A sandbox, a shop that takes its callbacks, and a buyer's browser.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use guitu::sandbox::{ClockControl, Sandbox, SandboxConfig, SandboxHandle};
use guitu::server::payments::sandbox::{SandboxGateway, SandboxSettings};
use guitu::server::payments::{Channel, Gateway, Notice, PayOrder, PayScene, PayTicket, RefundOrder, RefundReport, RefundStatus};
use serde_json::Value;

pub const KEY: &[u8] = b"a key for tests";
pub const START: i64 = 1_795_312_800_000;
pub const HOUR: i64 = 3_600_000;

pub struct TestClock(AtomicI64);

impl TestClock {
    pub fn at(now: i64) -> Self {
        Self(AtomicI64::new(now))
    }
}

#[async_trait]
impl ClockControl for TestClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    async fn advance(&self, ms: i64) -> Result<i64, String> {
        Ok(self.0.fetch_add(ms, Ordering::SeqCst) + ms)
    }
}

/// The shop's end of the callbacks: notes what it can believe, answers what it was told to.
#[derive(Default)]
pub struct Shop {
    answers: Mutex<VecDeque<StatusCode>>,
    notices: Mutex<Vec<Notice>>,
}

pub struct Town {
    pub sandbox: SandboxHandle,
    pub gateway: SandboxGateway,
    pub browser: reqwest::Client,
    pub clock: Arc<TestClock>,
    pub shop: Arc<Shop>,
    pub shop_url: String,
}

impl Town {
    pub async fn start() -> Self {
        Self::start_with("sqlite::memory:").await
    }

    pub async fn start_with(database_url: &str) -> Self {
        Self::start_as(database_url, |_| {}).await
    }

    pub async fn start_as(database_url: &str, adjust: impl FnOnce(&mut SandboxConfig)) -> Self {
        let clock = Arc::new(TestClock::at(START));
        let shop = Arc::new(Shop::default());
        let shop_url = open(Arc::clone(&shop)).await;
        let listen = "127.0.0.1:0".parse().unwrap();
        let mut config = SandboxConfig::new(listen, database_url, "demo", KEY, &shop_url, clock.clone());
        config.settle_after = Duration::from_millis(30);
        config.retry_delays = vec![Duration::from_millis(20); 4];
        config.callback_timeout = Duration::from_secs(5);
        adjust(&mut config);
        let sandbox = Sandbox::start(config).await.unwrap();
        let gateway = gateway(&sandbox.base_url, KEY);
        let browser = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { sandbox, gateway, browser, clock, shop, shop_url }
    }

    /// The page at which this payment is made.
    pub async fn cashier(&self, order: &PayOrder) -> String {
        let PayTicket::Page(url) = self.gateway.pay(order).await.unwrap() else { panic!("no page") };
        url
    }

    pub fn order(&self, payment_no: &str, amount: i64) -> PayOrder {
        PayOrder {
            payment_no: payment_no.to_owned(),
            amount,
            title: "云朵马克杯 <2 件>".to_owned(),
            channel: Channel::Wechat,
            return_url: format!("{}/orders/1/pay", self.shop_url),
            notify_url: format!("{}/notify", self.shop_url),
            expires_at: START + HOUR,
            scene: PayScene::Browser { ip: "127.0.0.1".to_owned() },
        }
    }

    pub fn refund_order(&self, refund_no: &str, payment_no: &str, amount: i64, total: i64) -> RefundOrder {
        RefundOrder {
            refund_no: refund_no.to_owned(),
            payment_no: payment_no.to_owned(),
            amount,
            total,
            reason: "不喜欢".to_owned(),
            notify_url: format!("{}/notify", self.shop_url),
        }
    }

    /// A payment that came in, without a callback.
    pub async fn paid(&self, payment_no: &str, amount: i64) {
        self.gateway.pay(&self.order(payment_no, amount)).await.unwrap();
        self.post(&format!("/control/payments/{payment_no}/pay"), r#"{"quiet":true}"#).await;
    }

    pub async fn plan_fault(&self, operation: &str, fault: &str, count: u32) {
        let body = format!(r#"{{"operation":"{operation}","fault":{fault},"count":{count}}}"#);
        self.post("/control/faults", &body).await;
    }

    pub async fn get(&self, path: &str) -> Value {
        let url = format!("{}{path}", self.sandbox.base_url);
        self.browser.get(url).send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
    }

    pub async fn post(&self, path: &str, body: &str) -> Value {
        let url = format!("{}{path}", self.sandbox.base_url);
        self.browser.post(url).body(body.to_owned()).send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
    }

    /// Waits until a refund is no longer under way.
    pub async fn settled(&self, refund_no: &str) -> RefundReport {
        for _ in 0..1_000 {
            let report = self.gateway.query_refund("P1", refund_no).await.unwrap().unwrap();
            if report.status != RefundStatus::Processing {
                return report;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{refund_no} does not settle");
    }
}

impl Shop {
    /// The next callbacks get these answers, later ones a 204.
    pub fn answers(&self, answers: impl IntoIterator<Item = StatusCode>) {
        self.answers.lock().unwrap().extend(answers);
    }

    pub fn notices(&self) -> Vec<Notice> {
        self.notices.lock().unwrap().clone()
    }

    /// Waits until so many callbacks have come, then a little for one too many.
    pub async fn heard(&self, count: usize) -> Vec<Notice> {
        for _ in 0..1_000 {
            if self.notices().len() >= count {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        tokio::time::sleep(Duration::from_millis(80)).await;
        assert_eq!(self.notices().len(), count);
        self.notices()
    }
}

pub fn gateway(base_url: &str, key: &[u8]) -> SandboxGateway {
    waiting(base_url, key, Duration::from_secs(5))
}

pub fn waiting(base_url: &str, key: &[u8], timeout: Duration) -> SandboxGateway {
    let key_id = "demo".to_owned();
    SandboxGateway::new(&SandboxSettings { base_url: base_url.to_owned(), key_id, key: key.to_vec(), timeout }).unwrap()
}

async fn open(shop: Arc<Shop>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().route("/notify", post(notified)).with_state(shop);
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    url
}

async fn notified(State(shop): State<Arc<Shop>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let Ok(notice) = gateway("http://127.0.0.1:1", KEY).verify(&headers, &body) else { return StatusCode::UNAUTHORIZED };
    shop.notices.lock().unwrap().push(notice);
    shop.answers.lock().unwrap().pop_front().unwrap_or(StatusCode::NO_CONTENT)
}
