//! The way out to the payment gateways: one trait, one adapter a gateway.
//!
//! Jobs and use-cases call it outside any transaction, from a row that was committed first. An answer, a poll and a
//! callback report the same types, so that each is settled by the same function.

mod error;
pub mod sandbox;
pub mod signing;
pub mod wire;

use async_trait::async_trait;
use axum::http::HeaderMap;

pub use error::{GatewayError, Refusal, Remedy};

/// The only currency that WeChat Pay and Alipay settle with a shop on the mainland.
pub const CURRENCY: &str = "CNY";

/// The purse that the buyer pays from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Wechat,
    Alipay,
}

impl Channel {
    /// The word on the wire and in rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wechat => "wechat",
            Self::Alipay => "alipay",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "wechat" => Some(Self::Wechat),
            "alipay" => Some(Self::Alipay),
            _ => None,
        }
    }
}

/// What the buyer is asked to pay, under a number that is ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayOrder {
    pub payment_no: String,
    /// In fen.
    pub amount: i64,
    pub title: String,
    pub channel: Channel,
    /// Where the buyer's browser goes afterwards; proves nothing about the payment.
    pub return_url: String,
    pub notify_url: String,
    /// From this moment (ms UTC) the gateway takes no money for it.
    pub expires_at: i64,
}

/// The gateway awaits the buyer at its cashier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayTicket {
    pub cashier_url: String,
}

/// Money that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub payment_no: String,
    /// The gateway's own number.
    pub trade_no: String,
    pub amount: i64,
    pub currency: String,
    pub at: i64,
}

/// What a look-up of a payment finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaymentOutcome {
    NotFound,
    Pending,
    Paid(Receipt),
    Closed,
}

/// What became of the wish to take no money for a payment any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CloseAnswer {
    Closed,
    /// The gateway never heard of the payment: nobody can pay it.
    NotFound,
    /// Refused, because the buyer was faster.
    Paid(Receipt),
}

/// Money to give back, under a number that stays the same on every retry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundOrder {
    pub refund_no: String,
    pub payment_no: String,
    pub amount: i64,
    /// The whole payment, which the gateway compares with its own books.
    pub total: i64,
    /// Shown to the buyer.
    pub reason: String,
    pub notify_url: String,
}

/// Where a refund stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundStatus {
    /// Accepted, which is not paid.
    Processing,
    Succeeded,
    Failed(Refusal),
}

/// What the gateway says of a refund: in its answer, when asked, or of its own accord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundReport {
    pub refund_no: String,
    pub payment_no: String,
    /// The gateway's own number.
    pub gateway_refund_no: String,
    pub amount: i64,
    pub currency: String,
    pub status: RefundStatus,
    pub at: i64,
}

/// A verified message that the gateway sent of its own accord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    Paid(Receipt),
    Refund(RefundReport),
}

/// A payment gateway.
#[async_trait]
pub trait Gateway: Send + Sync {
    /// Opens a payment; the same number with the same amount gives the same ticket.
    async fn pay(&self, order: &PayOrder) -> Result<PayTicket, GatewayError>;

    /// Looks a payment up.
    async fn query(&self, payment_no: &str) -> Result<PaymentOutcome, GatewayError>;

    /// Takes no money for this payment any more, unless it has come already.
    async fn close(&self, payment_no: &str) -> Result<CloseAnswer, GatewayError>;

    /// Gives money back; one number is paid out at most once, however often it is sent.
    async fn refund(&self, order: &RefundOrder) -> Result<RefundReport, GatewayError>;

    /// Looks a refund up; `None` when the gateway never heard of it.
    async fn query_refund(&self, refund_no: &str) -> Result<Option<RefundReport>, GatewayError>;

    /// Believes a callback only if its signature and its age allow it.
    fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<Notice, GatewayError>;
}
