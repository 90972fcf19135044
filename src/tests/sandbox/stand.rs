//! What every gateway's tests stand on: a sandbox, a shop that hears its notices, a buyer's browser, and the sandbox's switches.

use super::ear::{Ear, Judge};
use super::support::{HOUR, START, TestClock};
use guitu::demo::sandbox::{Sandbox, SandboxConfig, SandboxHandle};
use guitu::domain::Channel;
use guitu::server::payments::{PayOrder, PayScene, RefundOrder};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

pub struct Stand {
    pub sandbox: SandboxHandle,
    pub browser: reqwest::Client,
    pub shop: Arc<Ear>,
    pub shop_url: String,
    pub clock: Arc<TestClock>,
}

impl Stand {
    /// A sandbox as `adjust` wants it, and a shop that believes what `judge` does.
    pub async fn open(database_url: &str, judge: Judge, adjust: impl FnOnce(&mut SandboxConfig)) -> Self {
        let clock = Arc::new(TestClock::at(START));
        let (shop, shop_url) = Ear::open(judge).await;
        let mut config = SandboxConfig::new("127.0.0.1:0".parse().unwrap(), database_url, &shop_url, clock.clone());
        config.retry_delays = vec![Duration::from_millis(20); 4];
        adjust(&mut config);
        let sandbox = Sandbox::start(config).await.unwrap();
        let browser = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { sandbox, browser, shop, shop_url, clock }
    }

    /// An order that a browser on a phone pays.
    pub fn order_by(&self, channel: Channel, payment_no: &str, amount: i64) -> PayOrder {
        PayOrder {
            payment_no: payment_no.to_owned(),
            amount,
            title: "云朵马克杯 & <2 件>".to_owned(),
            channel,
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

    /// The person at the cashier confirms.
    pub async fn confirms(&self, payment_no: &str) {
        self.control(&format!("payments/{payment_no}/pay"), "{}").await;
    }

    /// The same, and the shop is not told.
    pub async fn confirms_quietly(&self, payment_no: &str) {
        self.control(&format!("payments/{payment_no}/pay"), r#"{"quiet":true}"#).await;
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

    /// Presses a switch; what it says.
    pub async fn control(&self, path: &str, body: &str) -> Value {
        let url = format!("{}/control/{path}", self.sandbox.base_url);
        self.browser.post(url).body(body.to_owned()).send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
    }
}
