//! What WeChat Pay tells the merchant of its own accord: an envelope around a secret, sealed and signed anew for every attempt.

use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::account::WechatAccount;
use super::answer::platform;
use super::told;
use crate::demo::sandbox::books::{BookedPayment, BookedRefund};
use crate::server::payments::wechat::{moment, random_word};

/// A callback as the books keep it, open.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WechatNotice {
    /// The same on every attempt.
    id: String,
    create_time: String,
    event_type: String,
    summary: String,
    /// What is in the secret: `transaction` or `refund`.
    kind: String,
    secret: Map<String, Value>,
}

/// Money came in.
pub fn paid(payment: &BookedPayment, trade_type: &str) -> WechatNotice {
    let at = payment.paid_at.unwrap_or_default();
    told("TRANSACTION.SUCCESS", "支付成功", "transaction", at, told::paid(payment, trade_type))
}

/// A refund came to an end, or to a stop.
pub fn refunded(payment: &BookedPayment, refund: &BookedRefund) -> WechatNotice {
    let summary = match told::status(refund) {
        "SUCCESS" => "退款成功",
        "CLOSED" => "退款关闭",
        _ => "退款异常",
    };
    told(&format!("REFUND.{}", told::status(refund)), summary, "refund", refund.at, told::refunded(payment, refund))
}

fn told(event_type: &str, summary: &str, kind: &str, at: i64, secret: Map<String, Value>) -> WechatNotice {
    WechatNotice {
        id: random_word(),
        create_time: moment::written(at).unwrap_or_default(),
        event_type: event_type.to_owned(),
        summary: summary.to_owned(),
        kind: kind.to_owned(),
        secret,
    }
}

/// Headers and body of one attempt, or `None` if it cannot be sealed or signed.
pub fn sealed(account: &WechatAccount, told: &WechatNotice) -> Option<(HeaderMap, Vec<u8>)> {
    let mut secret = told.secret.clone();
    secret.insert("mchid".to_owned(), json!(account.mchid));
    if told.kind == "transaction" {
        secret.insert("appid".to_owned(), json!(account.appid));
    }
    let nonce: String = random_word().chars().take(12).collect();
    let resource = account.api_v3_key.seal(&serde_json::to_vec(&secret).ok()?, &told.kind, &nonce).ok()?;
    let body = json!({
        "id": told.id, "create_time": told.create_time, "resource_type": "encrypt-resource", "event_type": told.event_type,
        "summary": told.summary, "resource": resource,
    });
    let body = serde_json::to_vec(&body).ok()?;
    Some((platform(account).headers(&body).ok()?, body))
}
