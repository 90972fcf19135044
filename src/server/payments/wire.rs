//! The sandbox gateway's messages as they stand in JSON.

use serde::{Deserialize, Serialize};

/// `POST /v1/payments`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenPayment {
    pub payment_no: String,
    pub channel: String,
    pub amount: i64,
    pub currency: String,
    pub title: String,
    pub return_url: String,
    pub notify_url: String,
    pub expires_at: i64,
}

/// The answer to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedPayment {
    pub payment_no: String,
    pub cashier_url: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentStatus {
    Pending,
    Paid,
    Closed,
}

/// A payment as the gateway's books have it: the answer to a look-up and to a closing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    pub payment_no: String,
    pub status: PaymentStatus,
    /// What came in; what was asked for as long as nothing did.
    pub amount: i64,
    pub currency: String,
    pub trade_no: Option<String>,
    pub paid_at: Option<i64>,
}

/// `POST /v1/refunds`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenRefund {
    pub refund_no: String,
    pub payment_no: String,
    pub amount: i64,
    pub total: i64,
    pub currency: String,
    pub reason: String,
    pub notify_url: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundStatus {
    Processing,
    Succeeded,
    /// The money did not arrive; the same number may try again.
    Abnormal,
    /// Given up for good.
    Closed,
}

/// A refund as the gateway's books have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    pub refund_no: String,
    pub payment_no: String,
    pub gateway_refund_no: String,
    pub status: RefundStatus,
    pub amount: i64,
    pub currency: String,
    /// When it got this status.
    pub at: i64,
}

/// What a callback says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", content = "resource", rename_all = "snake_case")]
pub enum Notice {
    Paid(Payment),
    Refund(Refund),
}

/// The body of every refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub code: String,
    pub message: String,
}
