//! What WeChat Pay says of a payment and of a refund, in an answer and in a notice.

use serde_json::{Map, Value, json};

use super::account::WechatAccount;
use crate::demo::sandbox::books::{BookedPayment, BookedPaymentStatus, BookedRefund, BookedRefundStatus};
use crate::server::payments::wechat::moment;

/// A payment looked up; `gone` is what went back of it, in fen.
pub fn payment(account: &WechatAccount, payment: &BookedPayment, trade_type: &str, gone: i64) -> Value {
    let (state, words) = match payment.status {
        BookedPaymentStatus::Pending => ("NOTPAY", "订单未支付"),
        BookedPaymentStatus::Closed => ("CLOSED", "订单已关闭"),
        // WeChat Pay says so of a part as of the whole.
        BookedPaymentStatus::Paid if gone > 0 => ("REFUND", "订单发生过退款，退款详情请查询退款单"),
        BookedPaymentStatus::Paid => ("SUCCESS", "支付成功"),
    };
    let mut paper = Map::from_iter([
        ("appid".to_owned(), json!(account.appid)),
        ("mchid".to_owned(), json!(account.mchid)),
        ("out_trade_no".to_owned(), json!(payment.payment_no)),
        ("trade_state".to_owned(), json!(state)),
        ("trade_state_desc".to_owned(), json!(words)),
        ("attach".to_owned(), json!("")),
        ("promotion_detail".to_owned(), json!([])),
    ]);
    if payment.status == BookedPaymentStatus::Paid {
        paper.extend(receipt(payment, trade_type));
    } else {
        paper.insert("amount".to_owned(), json!({ "total": payment.amount, "currency": payment.currency }));
    }
    Value::Object(paper)
}

/// What is only known of money that came in.
fn receipt(payment: &BookedPayment, trade_type: &str) -> Map<String, Value> {
    let (total, currency) = (payment.sum(), &payment.currency);
    Map::from_iter([
        ("transaction_id".to_owned(), json!(payment.trade_no)),
        ("trade_type".to_owned(), json!(trade_type)),
        ("bank_type".to_owned(), json!("OTHERS")),
        ("success_time".to_owned(), json!(payment.paid_at.and_then(moment::written))),
        ("payer".to_owned(), json!({ "openid": "oSandbox000000000000000000000" })),
        ("amount".to_owned(), json!({ "total": total, "payer_total": total, "currency": currency, "payer_currency": currency })),
    ])
}

/// The secret part of a notice of a payment; who the merchant is comes with the seal.
pub fn paid(payment: &BookedPayment, trade_type: &str) -> Map<String, Value> {
    let mut paper = receipt(payment, trade_type);
    paper.extend([
        ("out_trade_no".to_owned(), json!(payment.payment_no)),
        ("trade_state".to_owned(), json!("SUCCESS")),
        ("trade_state_desc".to_owned(), json!("支付成功")),
        ("attach".to_owned(), json!("")),
    ]);
    paper
}

/// A refund answered or looked up.
pub fn refund(payment: &BookedPayment, refund: &BookedRefund) -> Value {
    let (total, back) = (refund.total, refund.amount);
    let mut paper = common(payment, refund);
    paper.extend([
        ("status".to_owned(), json!(status(refund))),
        ("channel".to_owned(), json!("ORIGINAL")),
        ("funds_account".to_owned(), json!("AVAILABLE")),
        ("create_time".to_owned(), json!(moment::written(refund.created_at))),
        ("promotion_detail".to_owned(), json!([])),
        (
            "amount".to_owned(),
            json!({
                "total": total, "refund": back, "payer_total": total, "payer_refund": back, "settlement_total": total,
                "settlement_refund": back, "discount_refund": 0, "currency": refund.currency, "from": [],
            }),
        ),
    ]);
    Value::Object(paper)
}

/// The secret part of a notice of a refund, which has another name for the state and no currency.
pub fn refunded(payment: &BookedPayment, refund: &BookedRefund) -> Map<String, Value> {
    let (total, back) = (refund.total, refund.amount);
    let mut paper = common(payment, refund);
    paper.extend([
        ("refund_status".to_owned(), json!(status(refund))),
        ("amount".to_owned(), json!({ "total": total, "refund": back, "payer_total": total, "payer_refund": back })),
    ]);
    paper
}

/// The word for where a refund stands.
pub fn status(refund: &BookedRefund) -> &'static str {
    match refund.status {
        BookedRefundStatus::Processing => "PROCESSING",
        BookedRefundStatus::Succeeded => "SUCCESS",
        BookedRefundStatus::Abnormal => "ABNORMAL",
        BookedRefundStatus::Closed => "CLOSED",
    }
}

fn common(payment: &BookedPayment, refund: &BookedRefund) -> Map<String, Value> {
    let mut paper = Map::from_iter([
        ("refund_id".to_owned(), json!(refund.gateway_refund_no)),
        ("out_refund_no".to_owned(), json!(refund.refund_no)),
        ("transaction_id".to_owned(), json!(payment.trade_no)),
        ("out_trade_no".to_owned(), json!(refund.payment_no)),
        ("user_received_account".to_owned(), json!("支付用户零钱")),
    ]);
    if refund.status == BookedRefundStatus::Succeeded {
        paper.insert("success_time".to_owned(), json!(moment::written(refund.at)));
    }
    paper
}
