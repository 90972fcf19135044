//! The sandbox gateway beside the shop, in a hurry, and the switches of its console.

use guitu::demo::sandbox::{ClockControl, Sandbox, SandboxConfig, SandboxHandle, WechatAccount};
use guitu::server::clock::{Clock, MockClock};
use guitu::server::payments::Gateways;
use guitu::server::payments::alipay::AlipayGateway;
use guitu::server::payments::wechat::WechatGateway;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

use crate::alipay::support as alipay;
use crate::wechat::support as wechat;

pub struct Bank {
    sandbox: SandboxHandle,
    pub gateways: Gateways,
    pub(super) http: reqwest::Client,
}

/// The shop's clock is the bank's.
struct SameClock(Arc<MockClock>);

#[async_trait::async_trait]
impl ClockControl for SameClock {
    fn now(&self) -> i64 {
        self.0.now().0
    }

    async fn advance(&self, ms: i64) -> Result<i64, String> {
        self.0.advance(ms);
        Ok(self.0.now().0)
    }
}

impl Bank {
    pub async fn open(shop_url: &str, clock: &Arc<MockClock>) -> Self {
        let control = Arc::new(SameClock(clock.clone()));
        let mut config = SandboxConfig::new("127.0.0.1:0".parse().unwrap(), "sqlite::memory:", shop_url, control);
        config.settle_after = Duration::from_millis(30);
        config.retry_delays = vec![Duration::from_millis(50); 6];
        config.alipay = Some(alipay::account());
        config.wechat = Some(WechatAccount { keeps_limits: true, ..wechat::account() });
        let sandbox = Sandbox::start(config).await.unwrap();
        let wechat = WechatGateway::new(wechat::settings(&wechat::door(&sandbox.base_url))).unwrap();
        let alipay = AlipayGateway::new(alipay::settings(&alipay::door(&sandbox.base_url))).unwrap();
        let gateways = Gateways { wechat: Some(Arc::new(wechat)), alipay: Some(Arc::new(alipay)) };
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { sandbox, gateways, http }
    }

    pub fn url(&self) -> &str {
        &self.sandbox.base_url
    }

    /// The next `count` requests of this kind meet this fault.
    pub async fn plan_fault(&self, operation: &str, fault: Value, count: u32) {
        self.control("faults", json!({ "operation": operation, "fault": fault, "count": count })).await;
    }

    /// The person at the cashier has paid, and the shop is told.
    pub async fn pays(&self, payment_no: &str) {
        self.control(&format!("payments/{payment_no}/pay"), json!({})).await;
    }

    /// The person has paid, and the shop is told nothing.
    pub async fn pays_quietly(&self, payment_no: &str) {
        self.control(&format!("payments/{payment_no}/pay"), json!({ "quiet": true })).await;
    }

    /// The person has paid another amount than was asked for, in fen, and the shop is told.
    pub async fn pays_so_much(&self, payment_no: &str, amount: i64) {
        self.control(&format!("payments/{payment_no}/pay"), json!({ "amount": amount })).await;
    }

    /// How often a refund was asked for, and how often money went out for it.
    pub async fn payouts(&self, refund_no: &str) -> (i64, i64) {
        let url = format!("{}/control/refunds/{refund_no}", self.url());
        let seen: Value = self.http.get(url).send().await.unwrap().json().await.unwrap();
        (seen["asked"].as_i64().unwrap_or(0), seen["payouts"].as_i64().unwrap_or(0))
    }

    /// Whether the shop took every notice about a number, of so many.
    pub async fn heard(&self, refund_no: &str, count: usize) -> bool {
        let url = format!("{}/control/refunds/{refund_no}", self.url());
        let seen: Value = self.http.get(url).send().await.unwrap().json().await.unwrap();
        let notices = seen["notices"].as_array().unwrap();
        notices.len() == count && notices.iter().all(|notice| notice["delivered"] == true)
    }

    /// All that went out for a payment.
    pub async fn paid_back(&self, payment_no: &str) -> i64 {
        let url = format!("{}/control/payments/{payment_no}", self.url());
        let seen: Value = self.http.get(url).send().await.unwrap().json().await.unwrap();
        seen["refunded"].as_i64().unwrap()
    }

    /// The bill of a channel for a day, byte for byte.
    pub async fn bill(&self, channel: &str, day: &str) -> Vec<u8> {
        let url = format!("{}/control/bills/{channel}/{day}", self.url());
        self.http.get(url).send().await.unwrap().error_for_status().unwrap().bytes().await.unwrap().to_vec()
    }

    /// Somebody inside WeChat pays what a page has called its cashier with; what the cashier says.
    pub async fn pays_by_bridge(&self, call: &str) -> String {
        let answer = self.http.post(format!("{}/control/bridge", self.url())).body(call.to_owned()).send().await.unwrap();
        let said: Value = answer.error_for_status().unwrap().json().await.unwrap();
        said["err_msg"].as_str().unwrap().to_owned()
    }

    /// What a page of the bank's shows.
    pub async fn looks_at(&self, url: &str) -> String {
        self.http.get(url).send().await.unwrap().text().await.unwrap()
    }

    async fn control(&self, path: &str, body: Value) {
        let answer = self.http.post(format!("{}/control/{path}", self.url())).body(body.to_string()).send().await.unwrap();
        answer.error_for_status().unwrap();
    }
}
