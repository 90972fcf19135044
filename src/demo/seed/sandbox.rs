//! The demo's hand at the sandbox gateway: buyers' browsers go there, and its bank does what the story wants.

use super::internal;
use crate::server::error::Result;
use serde_json::{Value, json};

pub struct SandboxClient {
    url: String,
    http: reqwest::Client,
}

impl SandboxClient {
    pub fn at(url: &str) -> Result<Self> {
        let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().map_err(internal)?;
        Ok(Self { url: url.to_owned(), http })
    }

    /// A buyer's browser goes to the page, whatever it finds: Alipay hears of an order from it alone.
    pub async fn visit(&self, page: &str) -> Result<()> {
        self.http.get(page).send().await.map(drop).map_err(internal)
    }

    /// The buyer has paid, and the shop is told nothing.
    pub async fn pays(&self, payment_no: &str) -> Result<()> {
        self.control(&format!("payments/{payment_no}/pay"), &json!({ "quiet": true })).await
    }

    /// The refund has arrived, and the shop is told nothing.
    pub async fn settles(&self, refund_no: &str) -> Result<()> {
        self.control(&format!("refunds/{refund_no}/settle"), &json!({ "quiet": true })).await
    }

    /// The bank will say no, once.
    pub async fn refuses_the_next_refund(&self) -> Result<()> {
        let fault = json!({ "operation": "refund", "fault": { "kind": "refuse", "code": "USER_ACCOUNT_ABNORMAL" }, "count": 1 });
        self.control("faults", &fault).await
    }

    async fn control(&self, path: &str, body: &Value) -> Result<()> {
        let answer = self.http.post(format!("{}/control/{path}", self.url)).json(body).send().await.map_err(internal)?;
        answer.error_for_status().map(drop).map_err(internal)
    }
}
