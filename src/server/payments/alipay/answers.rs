//! What Alipay answers, in the words of the shop. What concerns another number decides nothing.

use super::{moment, wire};
use crate::server::payments::{CURRENCY, GatewayError, PaymentOutcome, Receipt, RefundOrder, RefundOutcome, RefundReport};

/// The answer to a look-up of a payment.
pub fn outcome(payment_no: &str, trade: wire::TradeFound) -> Result<PaymentOutcome, GatewayError> {
    if trade.out_trade_no != payment_no {
        return Err(another("payment"));
    }
    match trade.trade_status.as_str() {
        "WAIT_BUYER_PAY" => Ok(PaymentOutcome::Pending),
        "TRADE_CLOSED" if trade.send_pay_date.is_empty() => Ok(PaymentOutcome::Closed),
        // Money that has come and gone back again has come.
        "TRADE_SUCCESS" | "TRADE_FINISHED" | "TRADE_CLOSED" => Ok(PaymentOutcome::Paid(Receipt {
            payment_no: trade.out_trade_no,
            trade_no: trade.trade_no,
            amount: trade.total_amount.0,
            currency: CURRENCY.to_owned(),
            at: moment::read(&trade.send_pay_date)?,
        })),
        other => Err(GatewayError::Unknown(format!("a trade in the state {other:?}"))),
    }
}

/// The answer to a refund. Without `Y` no money moved now: a look-up tells whether it did before.
pub fn refund_report(order: &RefundOrder, answer: wire::Refunded) -> Result<RefundReport, GatewayError> {
    if answer.out_trade_no != order.payment_no {
        return Err(another("payment"));
    }
    let moved = answer.fund_change == "Y";
    if moved && answer.refund_fee.0 < order.amount {
        return Err(GatewayError::Unknown(format!("{} went back in all, less than now", answer.refund_fee)));
    }
    Ok(RefundReport {
        refund_no: order.refund_no.clone(),
        payment_no: answer.out_trade_no,
        gateway_refund_no: answer.trade_no,
        amount: order.amount,
        currency: CURRENCY.to_owned(),
        status: if moved { RefundOutcome::Succeeded } else { RefundOutcome::Processing },
        at: 0,
    })
}

/// The answer to a look-up of a refund: that the question was understood says nothing of the money.
pub fn refund_found(payment_no: &str, refund_no: &str, found: wire::RefundFound) -> Result<Option<RefundReport>, GatewayError> {
    let status = match found.refund_status.as_str() {
        "REFUND_SUCCESS" => RefundOutcome::Succeeded,
        "REFUND_PROCESSING" => RefundOutcome::Processing,
        "" | "REFUND_FAIL" => return Ok(None),
        other => return Err(GatewayError::Unknown(format!("a refund in the state {other:?}"))),
    };
    if found.out_trade_no != payment_no || found.out_request_no != refund_no {
        return Err(another("refund"));
    }
    let amount = found.refund_amount.ok_or_else(|| GatewayError::Unknown("a refund without its amount".to_owned()))?;
    let at = if found.gmt_refund_pay.is_empty() { 0 } else { moment::read(&found.gmt_refund_pay)? };
    Ok(Some(RefundReport {
        refund_no: found.out_request_no,
        payment_no: found.out_trade_no,
        gateway_refund_no: found.trade_no,
        amount: amount.0,
        currency: CURRENCY.to_owned(),
        status,
        at,
    }))
}

fn another(what: &str) -> GatewayError {
    GatewayError::Unknown(format!("the answer is about another {what}"))
}
