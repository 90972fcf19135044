//! The sandbox gateway beside the shop, in a hurry, and the switches of its console.

use axum::http::HeaderMap;
use guitu::sandbox::{ClockControl, Sandbox, SandboxConfig, SandboxHandle};
use guitu::server::clock::{Clock, MockClock};
use guitu::server::payments::Gateway;
use guitu::server::payments::sandbox::{SandboxGateway, SandboxSettings};
use guitu::server::payments::signing::{Signer, Subject};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

const KEY_ID: &str = "test";
const KEY: &[u8] = b"a key for tests";

pub struct Bank {
    sandbox: SandboxHandle,
    pub gateway: Arc<dyn Gateway>,
    http: reqwest::Client,
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
        let mut config = SandboxConfig::new("127.0.0.1:0".parse().unwrap(), "sqlite::memory:", KEY_ID, KEY, shop_url, control);
        config.settle_after = Duration::from_millis(30);
        config.retry_delays = vec![Duration::from_millis(50); 6];
        let sandbox = Sandbox::start(config).await.unwrap();
        let settings = SandboxSettings {
            base_url: sandbox.base_url.clone(),
            key_id: KEY_ID.to_owned(),
            key: KEY.to_vec(),
            timeout: Duration::from_secs(3),
        };
        let gateway = Arc::new(SandboxGateway::new(&settings).unwrap());
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { sandbox, gateway, http }
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

    async fn control(&self, path: &str, body: Value) {
        let answer = self.http.post(format!("{}/control/{path}", self.url())).body(body.to_string()).send().await.unwrap();
        answer.error_for_status().unwrap();
    }

    /// Calls the shop back as somebody with this key would; the status of its answer.
    pub async fn calls_back(&self, url: &str, key: &[u8], notice: &Value) -> u16 {
        let body = notice.to_string();
        self.http.post(url).headers(signed(key, body.as_bytes())).body(body).send().await.unwrap().status().as_u16()
    }

    /// Calls the shop back with the gateway's own key.
    pub async fn tells(&self, shop_url: &str, notice: &Value) -> u16 {
        self.calls_back(&format!("{shop_url}{}", guitu::routes::GATEWAY_NOTICES), KEY, notice).await
    }
}

/// The headers of a notice that is signed with this key.
fn signed(key: &[u8], body: &[u8]) -> HeaderMap {
    Signer::new(KEY_ID, key).unwrap().headers(Subject::NOTICE, "a nonce", body).unwrap()
}
