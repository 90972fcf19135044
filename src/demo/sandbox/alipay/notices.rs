//! What Alipay tells the merchant of a trade: a form, signed anew for every attempt.

use super::account::AlipayAccount;
use crate::demo::sandbox::books::{BookedPayment, BookedRefund};
use crate::server::clock::{Clock, SystemClock, random_u64};
use crate::server::payments::alipay::moment;
use crate::server::payments::alipay::sign::{Params, sign_notice};
use crate::server::payments::alipay::yuan::Yuan;

/// Money came in.
pub fn paid(payment: &BookedPayment) -> Params {
    told(payment, "TRADE_SUCCESS", [])
}

/// Money went back; `gone` is all that did, in fen. A trade of which nothing is left is closed.
pub fn refunded(payment: &BookedPayment, refund: &BookedRefund, gone: i64) -> Params {
    let status = if gone == payment.sum() { "TRADE_CLOSED" } else { "TRADE_SUCCESS" };
    let further = [("out_biz_no", refund.refund_no.clone()), ("gmt_refund", text(refund.at)), ("refund_fee", Yuan(gone).to_string())];
    told(payment, status, further)
}

/// Nobody paid.
pub fn closed(payment: &BookedPayment, at: i64) -> Params {
    told(payment, "TRADE_CLOSED", [("gmt_close", text(at))])
}

/// The body of one attempt, or `None` if it cannot be signed.
pub fn form(account: &AlipayAccount, mut notice: Params) -> Option<String> {
    let own = [
        ("app_id", account.app_id.clone()),
        ("auth_app_id", account.app_id.clone()),
        ("seller_id", account.seller_id.clone()),
        // Messages live by the machine's own clock: the shop's may be moved in a demo.
        ("notify_time", text(SystemClock.now().0)),
    ];
    notice.extend(own.map(|(name, value)| (name.to_owned(), value)));
    sign_notice(&mut notice, &account.key).ok()?;
    serde_urlencoded::to_string(&notice).ok()
}

fn told<const N: usize>(payment: &BookedPayment, status: &str, further: [(&str, String); N]) -> Params {
    let common = [
        ("notify_type", "trade_status_sync".to_owned()),
        ("notify_id", format!("{:016x}{:016x}", random_u64(), random_u64())),
        ("charset", "utf-8".to_owned()),
        ("version", "1.0".to_owned()),
        ("trade_status", status.to_owned()),
        ("out_trade_no", payment.payment_no.clone()),
        ("trade_no", payment.trade_no.clone().unwrap_or_default()),
        ("total_amount", Yuan(payment.sum()).to_string()),
        ("subject", payment.title.clone()),
        ("gmt_create", text(payment.created_at)),
        ("gmt_payment", payment.paid_at.map(text).unwrap_or_default()),
    ];
    let pairs = common.into_iter().chain(further);
    pairs.filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name.to_owned(), value)).collect()
}

fn text(at: i64) -> String {
    moment::written(at).unwrap_or_default()
}
