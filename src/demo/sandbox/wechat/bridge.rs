//! A stand-in for the cashier inside WeChat: a test's `WeixinJSBridge` hands over what the page called it with, and it is paid if the merchant signed it.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use super::WechatEndpoint;
use crate::demo::sandbox::books::{BookedPaymentStatus, Paying};
use crate::demo::sandbox::problem::{JsonAnswer, SandboxProblem, read};
use crate::server::payments::wechat::{WINDOW_SECONDS, wall_clock_seconds};

/// The arguments of `getBrandWCPayRequest`, read without the adapter's own types.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BridgeRequest {
    app_id: String,
    time_stamp: String,
    nonce_str: String,
    package: String,
    sign_type: String,
    pay_sign: String,
}

/// What the bridge tells the page.
#[derive(Serialize)]
pub struct BridgeAnswer {
    err_msg: &'static str,
    err_desc: &'static str,
}

const fn failed(err_desc: &'static str) -> BridgeAnswer {
    BridgeAnswer { err_msg: "get_brand_wcpay_request:fail", err_desc }
}

/// `POST /control/bridge`: the person pays.
pub async fn pay(State(endpoint): State<Arc<WechatEndpoint>>, body: Bytes) -> Result<JsonAnswer<BridgeAnswer>, SandboxProblem> {
    endpoint.pay_by_bridge(read(&body)?).await.map(JsonAnswer)
}

impl WechatEndpoint {
    async fn pay_by_bridge(&self, asked: BridgeRequest) -> Result<BridgeAnswer, SandboxProblem> {
        let BridgeRequest { app_id, time_stamp, nonce_str, package, sign_type, pay_sign } = asked;
        if app_id != self.account.appid || sign_type != "RSA" || nonce_str.is_empty() || nonce_str.len() > 32 {
            return Ok(failed("appId、signType 或 nonceStr 有误"));
        }
        let age = time_stamp.parse().map(|timestamp: i64| wall_clock_seconds().abs_diff(timestamp));
        if !age.is_ok_and(|age| age <= WINDOW_SECONDS) {
            return Ok(failed("timeStamp 有误"));
        }
        let signed = format!("{app_id}\n{time_stamp}\n{nonce_str}\n{package}\n");
        if !self.account.merchant_key.verifies(signed.as_bytes(), &pay_sign) {
            return Ok(failed("支付验证签名失败"));
        }
        let (books, now) = (&self.bank.books, self.bank.clock.now());
        let token = package.strip_prefix("prepay_id=wx").unwrap_or_default();
        let Some(payment) = books.payment_by_token(token, now).await? else { return Ok(failed("prepay_id 不存在")) };
        if payment.status != BookedPaymentStatus::Pending || !books.is_for_bridge(&payment.payment_no).await? {
            return Ok(failed("该订单不能支付"));
        }
        self.bank.pay(&payment.payment_no, Paying { at: now, amount: None, quiet: false }).await?;
        Ok(BridgeAnswer { err_msg: "get_brand_wcpay_request:ok", err_desc: "" })
    }
}
