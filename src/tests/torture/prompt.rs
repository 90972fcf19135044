//! A gateway without chance: it takes every payment, and pays back at once unless told to refuse, so that two towns can live through the
//! very same day.

use axum::http::HeaderMap;
use guitu::server::payments::{
    CURRENCY, CloseAnswer, Gateway, GatewayCallback, GatewayCheck, GatewayError, GatewayRefusal, PayOrder, PayTicket, PaymentOutcome,
    Receipt, RefundOrder, RefundOutcome, RefundReport,
};
use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Default)]
pub struct Prompt {
    /// What each payment is for, in fen; all of them are paid.
    paid: Mutex<HashMap<String, i64>>,
    /// What went back under each number.
    back: Mutex<HashMap<String, RefundReport>>,
    refusing: AtomicBool,
}

impl Prompt {
    /// From now on it pays nothing back, or does so again.
    pub fn refuses(&self, refusing: bool) {
        self.refusing.store(refusing, Ordering::SeqCst);
    }

    fn receipt(&self, payment_no: &str) -> Option<Receipt> {
        let amount = *self.paid.lock().unwrap().get(payment_no)?;
        Some(Receipt {
            payment_no: payment_no.to_owned(),
            trade_no: format!("T-{payment_no}"),
            amount,
            currency: CURRENCY.to_owned(),
            at: 1,
        })
    }
}

#[async_trait::async_trait]
impl Gateway for Prompt {
    async fn pay(&self, order: &PayOrder) -> Result<PayTicket, GatewayError> {
        self.paid.lock().unwrap().insert(order.payment_no.clone(), order.amount);
        Ok(PayTicket::Page("https://cashier.example/".to_owned()))
    }

    async fn query(&self, payment_no: &str) -> Result<PaymentOutcome, GatewayError> {
        Ok(self.receipt(payment_no).map_or(PaymentOutcome::NotFound, PaymentOutcome::Paid))
    }

    async fn close(&self, payment_no: &str) -> Result<CloseAnswer, GatewayError> {
        Ok(self.receipt(payment_no).map_or(CloseAnswer::NotFound, CloseAnswer::Paid))
    }

    async fn refund(&self, order: &RefundOrder) -> Result<RefundReport, GatewayError> {
        if self.refusing.load(Ordering::SeqCst) {
            return Err(GatewayRefusal::new("USER_ACCOUNT_ABNORMAL", "the buyer's account is closed").into());
        }
        let report = RefundReport {
            refund_no: order.refund_no.clone(),
            payment_no: order.payment_no.clone(),
            gateway_refund_no: format!("B-{}", order.refund_no),
            amount: order.amount,
            currency: CURRENCY.to_owned(),
            status: RefundOutcome::Succeeded,
            at: 1,
        };
        let known = self.back.lock().unwrap().insert(order.refund_no.clone(), report.clone());
        if known.is_some() { Err(GatewayRefusal::new("TWICE", "asked twice for one number").into()) } else { Ok(report) }
    }

    async fn query_refund(&self, _: &str, refund_no: &str) -> Result<Option<RefundReport>, GatewayError> {
        Ok(self.back.lock().unwrap().get(refund_no).cloned())
    }

    async fn check(&self) -> GatewayCheck {
        GatewayCheck { clock_ahead: None, answer: Ok(()), more: Vec::new() }
    }

    fn cashiers(&self) -> Vec<String> {
        Vec::new()
    }

    fn verify(&self, _: &HeaderMap, _: &[u8]) -> Result<GatewayCallback, GatewayError> {
        Err(GatewayError::Unknown("it says nothing of its own accord".to_owned()))
    }
}
