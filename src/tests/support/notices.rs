//! What WeChat Pay tells the shop of its own accord, and what somebody in its place would.

use super::bank::Bank;
use crate::wechat::forgery::signed;
use crate::wechat::support::{APPID, MCHID, SERIAL, WECHAT_KEY, secret};
use axum::http::HeaderMap;
use guitu::routes::WECHAT_NOTICES;
use guitu::server::payments::keys::PrivateKey;
use serde_json::{Value, json};

/// A notice before it is sealed.
#[derive(Clone)]
pub struct Told {
    event: String,
    kind: &'static str,
    secret: Value,
}

impl Told {
    /// Money came in.
    pub fn paid(payment_no: &str, amount: i64, currency: &str) -> Self {
        let secret = json!({
            "appid": APPID, "mchid": MCHID, "out_trade_no": payment_no, "transaction_id": "T1", "trade_type": "MWEB", "trade_state": "SUCCESS",
            "success_time": "2026-11-22T10:00:00+08:00", "amount": { "total": amount, "payer_total": amount, "currency": currency },
        });
        Self { event: "TRANSACTION.SUCCESS".to_owned(), kind: "transaction", secret }
    }

    /// A refund came to an end: `SUCCESS`, `ABNORMAL` or `CLOSED`.
    pub fn refunded(refund_no: &str, amount: i64, status: &str) -> Self {
        let secret = json!({
            "mchid": MCHID, "out_trade_no": "P00001", "transaction_id": "T1", "out_refund_no": refund_no, "refund_id": "B1",
            "refund_status": status, "success_time": "2026-11-22T10:00:00+08:00",
            "amount": { "total": amount, "refund": amount, "payer_total": amount, "payer_refund": amount },
        });
        Self { event: format!("REFUND.{status}"), kind: "refund", secret }
    }

    /// Something that nobody knows.
    pub fn gift() -> Self {
        Self { event: "GIFT.SUCCESS".to_owned(), kind: "gift", secret: json!({ "mchid": MCHID }) }
    }

    /// The body, sealed for the shop.
    pub fn sealed(&self) -> Vec<u8> {
        let resource = secret().seal(self.secret.to_string().as_bytes(), self.kind, "Kj7QIyUiYx1q").unwrap();
        let body = json!({
            "id": "EV-1", "create_time": "2026-11-22T10:00:00+08:00", "resource_type": "encrypt-resource", "event_type": self.event,
            "summary": "通知", "resource": resource,
        });
        body.to_string().into_bytes()
    }
}

impl Bank {
    /// Calls the shop back as WeChat Pay does; the status of its answer.
    pub async fn tells(&self, shop_url: &str, told: &Told) -> u16 {
        self.tells_as(shop_url, &WECHAT_KEY, told).await
    }

    /// As somebody with this key would.
    pub async fn tells_as(&self, shop_url: &str, key: &PrivateKey, told: &Told) -> u16 {
        let body = told.sealed();
        self.posts(&format!("{shop_url}{WECHAT_NOTICES}"), signed(&body, key, SERIAL, 0), body).await
    }

    /// Sends just this; the status of the answer.
    pub async fn posts(&self, url: &str, headers: HeaderMap, body: Vec<u8>) -> u16 {
        self.http.post(url).headers(headers).body(body).send().await.unwrap().status().as_u16()
    }
}
