//! The way out to the payment gateways: one trait, one adapter a gateway.
//!
//! Jobs and use-cases call it outside any transaction, from a row that was committed first. An answer, a poll and a
//! callback report the same types, so that each is settled by the same function.

pub mod alipay;
pub mod calling;
mod channel;
mod check;
mod error;
pub mod keys;
mod login_fault;
mod reading;
mod remedy;
pub mod trouble;
pub mod wechat;

use crate::domain::Channel;
use async_trait::async_trait;
use http::HeaderMap;

pub use channel::{Gateways, RefundLimits, name_in_english, notices, refund_limits};
pub use check::{Finding, GatewayCheck};
pub use error::{GatewayError, GatewayRefusal, SignatureFault};
pub use login_fault::LoginFault;
pub use remedy::Remedy;

/// The only currency that WeChat Pay and Alipay settle with a shop on the mainland.
pub const CURRENCY: &str = "CNY";

/// In front of what the buyer sits, which decides how the gateway lets itself be paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayScene {
    /// A browser: it is led to the gateway's own page. WeChat Pay wants to know the buyer's IP address.
    Browser { ip: String },
    /// A screen beside the phone that pays: it shows a code to scan.
    Screen,
    /// A page inside WeChat itself, whose login gave the shop the buyer's `openid`.
    InWechat { openid: wechat::OpenId },
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
    pub scene: PayScene,
}

/// The gateway awaits the buyer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayTicket {
    /// At this page, to which the browser goes.
    Page(String),
    /// Through this address, drawn as a code and scanned.
    Code(String),
    /// Inside WeChat, by `WeixinJSBridge` with these values, the last of which signs the others.
    Bridge(BridgeCall),
}

/// The arguments of `getBrandWCPayRequest`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BridgeCall {
    pub app_id: String,
    pub time_stamp: String,
    pub nonce_str: String,
    pub package: String,
    pub sign_type: String,
    pub pay_sign: String,
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

impl PaymentOutcome {
    /// What a refused close comes to by what the payment is found to be; the refusal stands while it waits for the buyer.
    fn after_refused_close(self, refusal: GatewayRefusal) -> Result<CloseAnswer, GatewayError> {
        match self {
            Self::Paid(receipt) => Ok(CloseAnswer::Paid(receipt)),
            Self::Closed => Ok(CloseAnswer::Closed),
            Self::NotFound => Ok(CloseAnswer::NotFound),
            Self::Pending => Err(refusal.into()),
        }
    }
}

/// What became of the wish to take no money for a payment any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CloseAnswer {
    Closed,
    /// The gateway never heard of the payment. Where the buyer's browser brings the order there, as to Alipay, it may still do so until the
    /// order expires; such money is a surplus.
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

/// Card and name of a person are never printed.
impl std::fmt::Debug for AbnormalTarget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::BuyerCard { .. } => "BuyerCard(…)",
            Self::MerchantAccount => "MerchantAccount",
        })
    }
}

/// A refund whose money came back to the merchant, and where it shall go instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbnormalRefund {
    pub refund_no: String,
    /// The gateway's own number.
    pub gateway_refund_no: String,
    pub to: AbnormalTarget,
}

/// The two ways that WeChat Pay offers.
#[derive(Clone, PartialEq, Eq)]
pub enum AbnormalTarget {
    /// A bank card of the buyer's; `bank_type` is WeChat Pay's word for the bank, as `ICBC_DEBIT`.
    BuyerCard { bank_type: String, account: String, name: String },
    /// The merchant's own bank account, whence finance pays by hand.
    MerchantAccount,
}

/// Where a refund stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundOutcome {
    /// Accepted, which is not paid.
    Processing,
    Succeeded,
    Failed(GatewayRefusal),
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
    pub status: RefundOutcome,
    pub at: i64,
}

/// A verified message that the gateway sent of its own accord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GatewayCallback {
    Paid(Receipt),
    Refund(RefundReport),
    /// Money went back. How much of it under this number is only told when asked.
    Refunded {
        payment_no: String,
        refund_no: String,
    },
    /// Nobody has paid, and nobody can any more.
    Closed {
        payment_no: String,
    },
}

/// A payment gateway.
#[async_trait]
pub trait Gateway: Send + Sync {
    /// Opens a payment; the same number with the same amount gives a ticket to the same payment.
    async fn pay(&self, order: &PayOrder) -> Result<PayTicket, GatewayError>;

    /// Looks a payment up.
    async fn query(&self, payment_no: &str) -> Result<PaymentOutcome, GatewayError>;

    /// Takes no money for this payment any more, unless it has come already.
    async fn close(&self, payment_no: &str) -> Result<CloseAnswer, GatewayError>;

    /// Gives money back; one number is paid out at most once, however often it is sent.
    async fn refund(&self, order: &RefundOrder) -> Result<RefundReport, GatewayError>;

    /// Looks a refund of a payment up; `None` when the gateway never heard of it, or paid nothing out: the same may be sent again.
    async fn query_refund(&self, payment_no: &str, refund_no: &str) -> Result<Option<RefundReport>, GatewayError>;

    /// Sends a refund that the buyer's account did not take to another of the buyer's accounts; a channel without such a way refuses.
    async fn refund_abnormal(&self, refund: &AbnormalRefund) -> Result<RefundReport, GatewayError> {
        tracing::warn!(refund_no = refund.refund_no, "this gateway knows no other way for a refund");
        Err(GatewayRefusal::new("NO_OTHER_WAY", "该渠道不支持异常退款，请线下退款").into())
    }

    /// Asks something harmless, for the self-check.
    async fn check(&self) -> GatewayCheck;

    /// The log-in by which a page inside the channel's own app learns who pays; absent where there is none, or it is not set up.
    fn login(&self) -> Option<&wechat::Login> {
        None
    }

    /// The origins that a page of this gateway's may stand at.
    fn cashiers(&self) -> Vec<String>;

    /// Believes a callback only if its signature and its age allow it.
    fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<GatewayCallback, GatewayError>;
}
