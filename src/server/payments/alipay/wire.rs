//! The messages of Alipay's trade calls as they stand in `biz_content` and in the nodes of answers; amounts are in yuan.

use serde::{Deserialize, Serialize};

use super::moment;
use super::yuan::Yuan;
use crate::server::payments::{GatewayError, PayOrder, RefundOrder};

pub const PAY: &str = "alipay.trade.wap.pay";
pub const QUERY: &str = "alipay.trade.query";
pub const CLOSE: &str = "alipay.trade.close";
pub const REFUND: &str = "alipay.trade.refund";
pub const QUERY_REFUND: &str = "alipay.trade.fastpay.refund.query";

/// The answer is what was asked for.
pub const SUCCESS: &str = "10000";
/// The product behind `alipay.trade.wap.pay`.
const WAP: &str = "QUICK_WAP_WAY";

/// Alipay counts letters, Chinese ones too.
const LONGEST_SUBJECT: usize = 256;
const LONGEST_REASON: usize = 256;

/// `alipay.trade.wap.pay`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pay {
    pub out_trade_no: String,
    pub total_amount: Yuan,
    pub subject: String,
    pub product_code: String,
    /// From this moment nobody can pay.
    pub time_expire: String,
    /// Where the buyer goes who does not pay.
    pub quit_url: String,
}

/// `alipay.trade.query`, `alipay.trade.close`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlipayTradeRequest {
    pub out_trade_no: String,
}

/// `alipay.trade.refund`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlipayRefundRequest {
    pub out_trade_no: String,
    pub refund_amount: Yuan,
    pub out_request_no: String,
    #[serde(default)]
    pub refund_reason: String,
}

/// `alipay.trade.fastpay.refund.query`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlipayRefundQuery {
    pub out_trade_no: String,
    pub out_request_no: String,
    /// What else the answer shall hold.
    #[serde(default)]
    pub query_options: Vec<String>,
}

/// How every node begins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub code: String,
    #[serde(default)]
    pub msg: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sub_code: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sub_msg: String,
}

/// The answer to `alipay.trade.query`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TradeFound {
    pub out_trade_no: String,
    pub trade_no: String,
    pub trade_status: String,
    pub total_amount: Yuan,
    /// When the money came, if it did.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub send_pay_date: String,
}

/// The answer to `alipay.trade.close`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    pub out_trade_no: String,
    #[serde(default)]
    pub trade_no: String,
}

/// The answer to `alipay.trade.refund`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refunded {
    pub out_trade_no: String,
    pub trade_no: String,
    /// `Y`: this very request has moved money.
    #[serde(default)]
    pub fund_change: String,
    /// All that ever went back of the trade, under whatever number.
    pub refund_fee: Yuan,
}

/// The answer to `alipay.trade.fastpay.refund.query`; empty where nothing was paid out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundFound {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub out_trade_no: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub trade_no: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub out_request_no: String,
    /// What went back under this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund_amount: Option<Yuan>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub refund_status: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub gmt_refund_pay: String,
}

/// The order as the buyer's browser brings it.
pub fn pay(order: &PayOrder) -> Result<Pay, GatewayError> {
    Ok(Pay {
        out_trade_no: order.payment_no.clone(),
        total_amount: Yuan(order.amount),
        // Alipay takes no titles with these.
        subject: order.title.chars().filter(|sign| !"/=&".contains(*sign)).take(LONGEST_SUBJECT).collect(),
        product_code: WAP.to_owned(),
        time_expire: moment::written(order.expires_at).ok_or_else(|| GatewayError::NotBuilt("no such moment".to_owned()))?,
        quit_url: order.return_url.clone(),
    })
}

/// The refund as it is sent, the same on every retry.
pub fn refund(order: &RefundOrder) -> AlipayRefundRequest {
    AlipayRefundRequest {
        out_trade_no: order.payment_no.clone(),
        refund_amount: Yuan(order.amount),
        out_request_no: order.refund_no.clone(),
        refund_reason: order.reason.chars().take(LONGEST_REASON).collect(),
    }
}
