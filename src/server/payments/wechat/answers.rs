//! What WeChat Pay says, in the words of the shop. What concerns another merchant or another number decides nothing.

use serde::de::DeserializeOwned;

use super::resource::{ALGORITHM, Sealed};
use super::settings::WechatSettings;
use super::{moment, wire};
use crate::server::payments::{
    CURRENCY, GatewayCallback, GatewayError, GatewayRefusal, PaymentOutcome, Receipt, RefundOrder, RefundOutcome, RefundReport,
    SignatureFault,
};

/// The gateway says by a code that it never heard of a number.
pub fn found<T>(answer: Result<T, GatewayError>, codes: &[&str]) -> Result<Option<T>, GatewayError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(GatewayError::Refused(refusal)) if codes.contains(&refusal.code.as_str()) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The answer to a look-up of a payment.
pub fn outcome(settings: &WechatSettings, payment_no: &str, payment: wire::WechatPayment) -> Result<PaymentOutcome, GatewayError> {
    if payment.out_trade_no != payment_no {
        return Err(another("payment"));
    }
    match payment.trade_state.as_str() {
        // Money that has come and gone back again has come.
        "SUCCESS" | "REFUND" => receipt(settings, payment).map(PaymentOutcome::Paid),
        "NOTPAY" | "USERPAYING" | "PAYERROR" | "ACCEPT" => Ok(PaymentOutcome::Pending),
        "CLOSED" | "REVOKED" => Ok(PaymentOutcome::Closed),
        other => Err(GatewayError::Unknown(format!("a payment in the state {other:?}"))),
    }
}

/// A payment counts as paid only together with its facts.
fn receipt(settings: &WechatSettings, payment: wire::WechatPayment) -> Result<Receipt, GatewayError> {
    if payment.mchid != settings.mchid || payment.appid != settings.appid {
        return Err(another("merchant"));
    }
    let (Some(trade_no), Some(amount), Some(at)) = (payment.transaction_id, payment.amount, payment.success_time) else {
        return Err(GatewayError::Unknown("paid without a number, an amount or a time".to_owned()));
    };
    Ok(Receipt {
        payment_no: payment.out_trade_no,
        trade_no,
        amount: amount.total,
        currency: amount.currency.unwrap_or_else(|| CURRENCY.to_owned()),
        at: moment::read(&at)?,
    })
}

/// The answer to a refund, which may have been accepted before.
pub fn accepted(order: &RefundOrder, refund: wire::WechatRefund) -> Result<RefundReport, GatewayError> {
    let report = refund_of(&order.payment_no, &order.refund_no, refund)?;
    if report.amount == order.amount { Ok(report) } else { Err(another("amount")) }
}

/// The answer to a look-up of a payment's refund.
pub fn refund_of(payment_no: &str, refund_no: &str, refund: wire::WechatRefund) -> Result<RefundReport, GatewayError> {
    let report = refund_report(refund_no, refund)?;
    if report.payment_no == payment_no { Ok(report) } else { Err(another("payment")) }
}

/// Where a refund stands.
pub fn refund_report(refund_no: &str, refund: wire::WechatRefund) -> Result<RefundReport, GatewayError> {
    if refund.out_refund_no != refund_no {
        return Err(another("refund"));
    }
    let at = refund.success_time.or(refund.create_time).map(|at| moment::read(&at)).transpose()?;
    Ok(RefundReport {
        refund_no: refund.out_refund_no,
        payment_no: refund.out_trade_no,
        gateway_refund_no: refund.refund_id,
        amount: refund.amount.refund,
        currency: refund.amount.currency.unwrap_or_else(|| CURRENCY.to_owned()),
        status: refund_status(&refund.status)?,
        at: at.unwrap_or_default(),
    })
}

fn refund_status(word: &str) -> Result<RefundOutcome, GatewayError> {
    match word {
        "PROCESSING" => Ok(RefundOutcome::Processing),
        "SUCCESS" => Ok(RefundOutcome::Succeeded),
        "ABNORMAL" | "CLOSED" => Ok(RefundOutcome::Failed(GatewayRefusal::new(word, ""))),
        other => Err(GatewayError::Unknown(format!("a refund in the state {other:?}"))),
    }
}

/// A callback whose signature was verified: what is sealed in it.
pub fn notice(settings: &WechatSettings, body: &[u8]) -> Result<GatewayCallback, GatewayError> {
    let envelope: wire::WechatEnvelope = serde_json::from_slice(body).map_err(|error| GatewayError::Unknown(error.to_string()))?;
    match envelope.event_type.as_str() {
        "TRANSACTION.SUCCESS" => {
            let payment: wire::WechatPayment = opened(settings, &envelope.resource)?;
            if payment.trade_state != "SUCCESS" {
                return Err(GatewayError::Unknown("a notice of success without success".to_owned()));
            }
            receipt(settings, payment).map(GatewayCallback::Paid)
        }
        "REFUND.SUCCESS" | "REFUND.ABNORMAL" | "REFUND.CLOSED" => {
            let told: wire::WechatRefundNotification = opened(settings, &envelope.resource)?;
            if told.mchid != settings.mchid {
                return Err(another("merchant"));
            }
            let refund = told.into_refund();
            refund_report(&refund.out_refund_no.clone(), refund).map(GatewayCallback::Refund)
        }
        other => Err(GatewayError::Unknown(format!("a notice of {other:?}"))),
    }
}

fn opened<T: DeserializeOwned>(settings: &WechatSettings, sealed: &Sealed) -> Result<T, GatewayError> {
    if sealed.algorithm != ALGORITHM {
        return Err(SignatureFault::Sealed.into());
    }
    let text = settings.api_v3_key.open(sealed)?;
    serde_json::from_slice(&text).map_err(|error| GatewayError::Unknown(error.to_string()))
}

fn another(what: &str) -> GatewayError {
    GatewayError::Unknown(format!("the answer is about another {what}"))
}
